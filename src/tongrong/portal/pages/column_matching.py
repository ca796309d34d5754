"""列名对应: which ledger a file is and what each heading was read as, and what somebody says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongrong.facts.headings import Meant, heading_means, sheet_columns
from tongrong.facts.registry import LEDGERS

NOT_READ, LEDGER = "-", "ledger"


@dataclass(frozen=True)
class Matched:
    """A heading with the field to choose what it is: value, word and whether it is chosen."""

    name: str
    heading: str
    letter: str
    unknown: bool
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class MatchedSheet:
    """A sheet with the ledger it is, and how many of its headings nobody knows."""

    label: str
    sheet: str
    unknown: int
    columns: tuple[Matched, ...]


@dataclass(frozen=True)
class Matching:
    """The sheets of a file; of one without any, such as a CSV, the ledgers to choose from."""

    sheets: tuple[MatchedSheet, ...]
    ledgers: tuple[tuple[str, str, bool], ...] = ()

    @property
    def unknown(self) -> int:
        """How many headings somebody has to say something of, or that of a file without any."""
        return sum(one.unknown for one in self.sheets) if self.sheets else 1


def matching(report: Mapping[str, Any]) -> Matching | None:
    """What the sheets of a file were read as; None where it was not looked through."""
    sheets = tuple(_sheet(at, sheet) for at, sheet in enumerate(report.get("sheets", ())))
    if not report.get("sheetless"):
        return Matching(sheets) if sheets else None
    now = next((sheet["ledger"] for sheet in report["sheets"]), "")
    known = (("", "请选择", True),) if not now else ()
    ledgers = ((code, ledger.label, code == now) for code, ledger in LEDGERS.items())
    return Matching(sheets, (*known, *ledgers))


def _sheet(at: int, sheet: Mapping[str, Any]) -> MatchedSheet:
    labels = [one.label for one in sheet_columns(LEDGERS[sheet["ledger"]]).values()]
    columns = tuple(
        Matched(
            name=_field(at, number),
            heading=one["heading"],
            letter=one["letter"],
            unknown=one["unknown"],
            choices=tuple(_choices(labels, _now(one))),
        )
        for number, one in enumerate(sheet["columns"])
    )
    unknown = sum(one.unknown for one in columns)
    return MatchedSheet(sheet["label"], sheet["sheet"], unknown, columns)


def _field(sheet: int, column: int) -> str:
    return f"column-{sheet}-{column}"


def _now(column: Mapping[str, Any]) -> str:
    """What the heading is read as now; empty where somebody has to say."""
    return "" if column["unknown"] else column["column"] or NOT_READ


def _choices(labels: Sequence[str], now: str) -> Iterator[tuple[str, str, bool]]:
    if not now:
        yield "", "请选择", True
    yield NOT_READ, "不读", now == NOT_READ
    for label in labels:
        yield label, label, label == now


def said_ledger(report: Mapping[str, Any], sent: Mapping[str, str], before: str) -> str:
    """The code of the ledger somebody says a file without sheets is, else what it was before."""
    said = sent.get(LEDGER, "")
    return said if report.get("sheetless") and said in LEDGERS else before


def said_columns(report: Mapping[str, Any], sent: Mapping[str, str]) -> Iterator[Meant]:
    """What somebody says headings are, where it is not what they were read as.

    Nothing, where they say that the whole file is of another ledger.
    """
    if any(one["ledger"] != sent.get(LEDGER, one["ledger"]) for one in report.get("sheets", ())):
        return
    for at, sheet in enumerate(report.get("sheets", ())):
        ledger = LEDGERS[sheet["ledger"]]
        labels = {one.label for one in sheet_columns(ledger).values()}
        for number, one in enumerate(sheet["columns"]):
            said = sent.get(_field(at, number), "")
            if said != _now(one) and (said == NOT_READ or said in labels):
                label = "" if said == NOT_READ else said
                yield heading_means(one["heading"], label, ledger.code)
