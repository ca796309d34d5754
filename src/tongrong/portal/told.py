"""An explanation cut to what fits a page: what falls short first, and so many records."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongrong.findings.explanation import Explanation, ToldCell, ToldLedger, ToldPart
from tongrong.vocabulary.verdicts import Verdict

MOST_CELLS, MOST_RECORDS = 24, 50
GOOD = (Verdict.MET, Verdict.JUSTIFIED, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class PageCell:
    """A period and member with its verdict."""

    period: str
    member: str
    verdict: Verdict
    numbers: str
    found: str
    due: str


@dataclass(frozen=True)
class PagePart:
    """A part of the rule; `more` cells are not shown."""

    told: ToldPart
    cells: tuple[PageCell, ...]
    more: int
    met: int
    of: int


@dataclass(frozen=True)
class PageLedger:
    """The records counted of a ledger as a table; `more` are not shown."""

    label: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    more: int


@dataclass(frozen=True)
class PageExplanation:
    """All a page shows of an explanation."""

    told: Explanation
    parts: tuple[PagePart, ...]
    ledgers: tuple[PageLedger, ...]


def told_explanation(told: Explanation) -> PageExplanation:
    """What a page shows of an explanation."""
    return PageExplanation(told, tuple(map(_part, told.parts)), tuple(map(_ledger, told.ledgers)))


def _part(part: ToldPart) -> PagePart:
    cells = [one for one in part.cells if one.period or one.member]
    if len(cells) > MOST_CELLS:
        cells.sort(key=lambda one: -one.verdict.severity)
    good = sum(one.verdict in GOOD for one in part.cells)
    some = tuple(map(_cell, cells[:MOST_CELLS]))
    return PagePart(part, some, len(cells) - len(some), good, len(part.cells))


def _cell(cell: ToldCell) -> PageCell:
    return PageCell(
        period=cell.period_words,
        member=cell.member_name,
        verdict=cell.verdict,
        numbers=cell.measured or "",
        found=cell.found,
        due=cell.reason.label or str(cell.due or ""),
    )


def _ledger(ledger: ToldLedger) -> PageLedger:
    some: Sequence[dict[str, str]] = [dict(one.values) for one in ledger.records[:MOST_RECORDS]]
    headings = tuple(dict.fromkeys(label for row in some for label in row))
    rows = tuple(tuple(row.get(label, "") for label in headings) for row in some)
    count = len(ledger.records)
    return PageLedger(ledger.label, headings, rows, count, count - len(rows))
