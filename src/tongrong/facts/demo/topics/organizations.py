"""How the demo's Party and mass organizations came to be: elections, terms and disposals."""

import datetime as dt

from tongrong.facts.demo.bodies import BODIES, TEMPORARY, Body
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    DISPOSALS,
    ENTERPRISES,
    FIRM,
    MIXED,
    SERVICE,
    ZOMBIE,
)
from tongrong.facts.demo.people import Cast

# Elections that are not the usual ones, by body: the day elected and the end of the term.
_ELECTIONS = {
    "DZB05": (("2023-11-10", "2026-11-10"),),  # pending: in the last sixty days
    "DZB22": (("2023-10-15", "2026-10-15"),),  # at risk: in the last thirty days
    "DZB26": (("2023-07-31", "2026-07-31"),),  # overdue
    "DZB36": (("2023-04-10", "2026-04-10"), ("2026-06-05", "2029-06-05")),  # two months late
    "DZB29": (),  # never recorded
}
_KINDS = ("工会", "共青团", "女工委")
_LACKING = {(SERVICE, "女工委")}
_NOT_ELECTED = {(MIXED, "女工委")}
_TERM_UNTIL = {
    (CARRIER, "工会"): "2026-08-20",  # overdue
    (BUILDER, "共青团"): "2026-11-05",  # pending
}
_NO_REGISTER = {ZOMBIE, BANKRUPT}
"""Enterprises in disposal that keep no register of mass organizations any more."""
_NO_NIL = {CARRIER}
"""The carrier did not declare that it has no enterprise in disposal."""


def write(book: Book, cast: Cast) -> None:  # noqa: ARG001 elections name no persons
    """Enters elections of all bodies, mass organizations, and who has no disposal."""
    for body in BODIES:
        if body.number != TEMPORARY:
            for elected_on, until in _ELECTIONS.get(body.number, (_usual(body),)):
                _election(book, body.number, "党组织", on(elected_on), on(until))
    for enterprise in ENTERPRISES:
        if enterprise not in _NO_REGISTER:
            _mass(book, enterprise)
    disposed = {unit for unit, *_ in DISPOSALS}
    for enterprise in ENTERPRISES:
        if enterprise not in disposed | _NO_NIL:
            book.add(
                "nil_declarations", unit=enterprise, ledger="企业处置", declared_on=on("2026-01-15")
            )


def _usual(body: Body) -> tuple[str, str]:
    """The last election: a committee's five years, a branch's three, a new body's first."""
    years = 5 if body.kind == "党委" else 3
    elected = max(body.founded_on, on("2023-03-16") if years > 3 else on("2024-06-20"))
    return str(elected), str(elected.replace(year=elected.year + years))


def _mass(book: Book, enterprise: str) -> None:
    for kind in _KINDS:
        if (enterprise, kind) in _LACKING:
            continue
        founded = max(FIRM[enterprise].founded_on, on("2010-05-04"))
        book.add(
            "mass_organizations",
            number=f"QT{enterprise}-{_KINDS.index(kind) + 1}",
            unit=enterprise,
            kind=kind,
            name=f"{FIRM[enterprise].name}{kind}",
            founded_on=founded,
        )
        if (enterprise, kind) in _NOT_ELECTED:
            continue
        years = 3 if kind == "共青团" else 5
        elected = max(founded, on("2024-05-04"))
        until = elected.replace(year=elected.year + years)
        if (enterprise, kind) in _TERM_UNTIL:
            until = on(_TERM_UNTIL[enterprise, kind])
            elected = until.replace(year=until.year - years)
        _election(book, enterprise, kind, elected, until)


def _election(book: Book, unit: str, body: str, elected_on: dt.date, until: dt.date) -> None:
    book.add("elections", unit=unit, body=body, elected_on=elected_on, term_until=until)
