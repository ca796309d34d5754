"""An explanation cut to what fits a page: what falls short first, and so many records."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongrong.findings.explanation import Explanation, ToldCell, ToldLedger, ToldPart, ToldRecord
from tongrong.vocabulary.verdicts import Verdict

MOST_CELLS, MOST_RECORDS = 24, 50
HEADINGS = ("期间", "对象", "数", "查到的", "期限或原因")
GOOD = (Verdict.MET, Verdict.JUSTIFIED, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True)
class PageCell:
    """A period and member with its verdict: texts, each with its heading in the part."""

    verdict: Verdict
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PagePart:
    """A part of the rule with a line a period and member, no empty column among them.

    Of many lines those that fall short are shown; `good` says how many of all are in order.
    """

    told: ToldPart
    headings: tuple[str, ...]
    cells: tuple[PageCell, ...]
    hidden: int
    good: int
    of: int


@dataclass(frozen=True)
class PageRecord:
    """A record counted: texts with their headings; `number` is that of its page, if any."""

    ledger: str
    number: int | None
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageLedger:
    """The records counted of a ledger as a table; `more` are not shown."""

    label: str
    headings: tuple[str, ...]
    rows: tuple[PageRecord, ...]
    count: int
    more: int


@dataclass(frozen=True)
class PageExplanation:
    """All a page shows of an explanation."""

    told: Explanation
    parts: tuple[PagePart, ...]
    ledgers: tuple[PageLedger, ...]


def told_explanation(told: Explanation, numbers: Mapping[str, int]) -> PageExplanation:
    """What a page shows of an explanation; `numbers` are those of the pages of its records."""
    ledgers = tuple(_ledger(one, numbers) for one in told.ledgers)
    return PageExplanation(told, tuple(map(_part, told.parts)), ledgers)


def records_told(told: Explanation) -> frozenset[str]:
    """The records that a page shows of an explanation."""
    some = (one.records[:MOST_RECORDS] for one in told.ledgers)
    return frozenset(record.record for records in some for record in records)


def _part(part: ToldPart) -> PagePart:
    good = sum(one.verdict in GOOD for one in part.cells)
    cells = [one for one in part.cells if one.period or one.member]
    shown = cells
    if len(cells) > MOST_CELLS:
        short = [one for one in cells if one.verdict not in GOOD]
        shown = sorted(short, key=lambda one: -one.verdict.severity)[:MOST_CELLS]
    texts = [_texts(one) for one in shown]
    filled = [at for at in range(len(HEADINGS)) if any(row[at] for row in texts)]
    return PagePart(
        told=part,
        headings=tuple(HEADINGS[at] for at in filled),
        cells=tuple(
            PageCell(one.verdict, tuple((HEADINGS[at], row[at]) for at in filled))
            for one, row in zip(shown, texts, strict=True)
        ),
        hidden=len(cells) - len(shown),
        good=good,
        of=len(part.cells),
    )


def _texts(cell: ToldCell) -> tuple[str, ...]:
    """What stands under each of HEADINGS."""
    due = cell.reason.label or str(cell.due or "")
    return (cell.period_words, cell.member_name, cell.measured or "", cell.found, due)


def _ledger(ledger: ToldLedger, numbers: Mapping[str, int]) -> PageLedger:
    some = ledger.records[:MOST_RECORDS]
    headings = tuple(dict.fromkeys(label for one in some for label, _ in one.values))
    rows = tuple(_record(one, headings, numbers.get(one.record)) for one in some)
    count = len(ledger.records)
    return PageLedger(ledger.label, headings, rows, count, count - len(rows))


def _record(told: ToldRecord, headings: tuple[str, ...], number: int | None) -> PageRecord:
    said = dict(told.values)
    values = tuple((label, said.get(label, "")) for label in headings)
    return PageRecord(told.record.partition("/")[0], number, values)
