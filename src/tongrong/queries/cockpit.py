"""驾驶舱: enterprises by item in the colours of their verdicts, and what share is met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Window

from tongrong.findings.rollup import ItemStanding, UnitStanding, item_verdict
from tongrong.findings.subtree import Share
from tongrong.norms.checklist import Item
from tongrong.queries.judgements import Judgements, worst_by_answering
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Place
from tongrong.vocabulary.verdicts import Verdict

ON_A_PAGE = 40


@dataclass(frozen=True)
class Cell:
    """An enterprise's verdict on an item, with how many of its clauses are met of those binding."""

    item: Item
    verdict: Verdict
    share: Share

    @property
    def told(self) -> str:
        """All of it in words."""
        return f"{self.item.title}：{self.verdict.label}，判据达标 {self.share}"


@dataclass(frozen=True)
class Row:
    """An enterprise with a cell for every item, and how many items are met."""

    unit: str
    name: str
    depth: int
    cells: tuple[Cell, ...]
    share: Share


@dataclass(frozen=True)
class Matrix:
    """Enterprises by item; `columns` says of each item how many of these enterprises meet it."""

    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    columns: tuple[tuple[Item, Share], ...]
    page: int
    pages: int


@dataclass(frozen=True)
class ItemCard:
    """An item of one enterprise: its verdict, and how many clauses that apply are at each lamp."""

    item: Item
    verdict: Verdict
    counts: tuple[tuple[Verdict, int], ...]
    share: Share


@dataclass(frozen=True)
class SectionCards:
    """A section with the cards of its items."""

    title: str
    cards: tuple[ItemCard, ...]


@dataclass(frozen=True)
class Firms:
    """A page of the enterprises a viewer may see, in the order of the group."""

    places: tuple[Place, ...]
    page: int
    pages: int
    total: int


def firms(viewer: Viewer, page: int) -> Firms:
    """The enterprises the viewer may see, some at a time; a page too far is the last."""
    every = visible(viewer, Permission.SEE_COCKPIT).filter(enterprise=True).order_by("path")
    counted = every.annotate(total=Window(Count("unit")))
    some = list(counted[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    if not some and page > 1:
        return firms(viewer, max(1, -(-every.count() // ON_A_PAGE)))
    total = some[0].total if some else 0
    return Firms(tuple(some), page, max(1, -(-total // ON_A_PAGE)), total)


def matrix(viewer: Viewer, seen: Judgements, some: Firms) -> Matrix:
    """These enterprises by item."""
    units = [one.unit for one in some.places]
    places = visible(viewer, Permission.SEE_COCKPIT).filter(answering__in=units)
    found = worst_by_answering(seen, places)
    least = min((one.path.count("/") for one in some.places), default=0)
    items = tuple(seen.checklist.items())
    rows = tuple(
        _row(one, one.path.count("/") - least, found[one.unit], items)
        for one in some.places
        if one.unit in found
    )
    columns = tuple(
        (item, _share(row.cells[at].verdict for row in rows)) for at, item in enumerate(items)
    )
    return Matrix(items, rows, columns, some.page, some.pages)


def cards_of(whole: UnitStanding) -> tuple[SectionCards, ...]:
    """The items of one unit by section."""
    return tuple(
        SectionCards(
            f"{one.section.id}、{one.section.title} {one.section.subtitle}".strip(),
            tuple(_card(item) for item in one.items),
        )
        for one in whole.sections
    )


def _row(place: Place, depth: int, verdicts: Mapping[str, Verdict], items: tuple[Item, ...]) -> Row:
    cells = tuple(_cell(item, verdicts) for item in items)
    return Row(place.unit, place.name, depth, cells, _share(one.verdict for one in cells))


def _cell(item: Item, verdicts: Mapping[str, Verdict]) -> Cell:
    clauses = (one.id for indicator in item.indicators for one in indicator.clauses)
    share = _share(verdicts[one] for one in clauses if one in verdicts)
    return Cell(item, item_verdict(item, verdicts), share)


def _card(told: ItemStanding) -> ItemCard:
    verdicts = [one.verdict for one in told.clauses()]
    ordered = sorted(Verdict, key=lambda one: one.severity, reverse=True)[:-1]
    counts = tuple((one, verdicts.count(one)) for one in ordered if one in verdicts)
    return ItemCard(told.item, told.verdict, counts, _share(verdicts))


def _share(verdicts: Iterable[Verdict]) -> Share:
    applying = [one for one in verdicts if one is not Verdict.NOT_APPLICABLE]
    return Share(applying.count(Verdict.MET), len(applying))
