"""Party dues of the demo's members, month by month, at the national rates."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.bodies import BRANCHES
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import months, on, workday
from tongrong.facts.demo.people import Cast, Member

_SEPTEMBER = on("2026-09-01")
_BY_QUARTER = {"DZB08", "DZB34"}
_MIDDLE_OF_MONTH = 16
"""Who is in a branch on this day is in it for at least half the month."""

# Per mille of the whole base by the highest base the rate is for; all amounts in 分.
_WORKING = ((300_000, 5), (500_000, 10), (1_000_000, 15), (10**12, 20))
_RETIRED = ((500_000, 5), (10**12, 10))
_FIXED = 20


class Pay(NamedTuple):
    """What a member's dues rest on."""

    category: str
    base: int | None


class _Oddity(NamedTuple):
    """One member's month that went otherwise, and how; members are counted from the last."""

    branch: str
    from_last: int
    month: dt.date
    what: str


_ODDITIES = (
    _Oddity("DZB05", 9, on("2026-04-01"), "short"),
    _Oddity("DZB04", 9, on("2026-02-01"), "payroll"),
    _Oddity("DZB02", 5, _SEPTEMBER, "unpaid"),
    _Oddity("DZB02", 7, _SEPTEMBER, "unpaid"),
    _Oddity("DZB10", 4, on("2026-07-01"), "no_base"),
    *[_Oddity("DZB03", 8, on(f"2026-{n:02d}-01"), "reduced") for n in range(5, 10)],
)


def write(book: Book, cast: Cast) -> None:
    """Enters every member's dues of every month; a few went otherwise than they should."""
    pays: dict[str, Pay] = {}
    odd = {(_of(cast, one), one.month): one.what for one in _ODDITIES}
    for body in BRANCHES:
        for month in months():
            for member in cast.of_branch(body.number, month.replace(day=_MIDDLE_OF_MONTH)):
                if member.person not in pays:
                    pays[member.person] = _pay(book)
                pay = pays[member.person]
                what = odd.get((member.person, month), "")
                if what == "short":  # 1.5 % of 6835.00 is 102.525, so 102.53 is owed
                    pay = Pay("在职", 683_500)
                if what != "unpaid":
                    _enter(book, member, month, (pay, what))


def _of(cast: Cast, oddity: _Oddity) -> str:
    standing = [m for m in cast.branches[oddity.branch] if m.until is None]
    return standing[-oddity.from_last].person


def _pay(book: Book) -> Pay:
    chance = book.rng.random()
    if chance < 0.01:
        return Pay("定额", None)
    if chance < 0.06:
        return Pay("离退休", book.rng.randint(2_600, 7_800) * 100)
    scale = book.rng.choice((2_800, 3_000, 4_350, 5_000, 5_860, 7_215, 9_400, 12_600))
    return Pay("在职", scale * 100 + book.rng.randint(0, 300) * 50)


def owed(pay: Pay) -> int:
    """What is owed a month, in 分, rounded half up."""
    if pay.base is None:
        return _FIXED
    table = _RETIRED if pay.category == "离退休" else _WORKING
    rate = next(rate for up_to, rate in table if pay.base <= up_to)
    return (pay.base * rate + 500) // 1000


def _enter(book: Book, member: Member, month: dt.date, how: tuple[Pay, str]) -> None:
    pay, what = how
    paid_on = workday(book.rng, month, 3, 20)
    if member.branch in _BY_QUARTER:
        last = month.replace(month=(month.month + 2) // 3 * 3)
        paid_on = workday(book.rng, last, 14, 18)
    reduced = what == "reduced"
    amount = owed(pay)
    book.add(
        "dues",
        unit=member.branch,
        person=member.person,
        month=month,
        category="在职" if what == "no_base" else pay.category,
        base=None if what == "no_base" else pay.base,
        paid=amount - (what == "short") if not reduced else amount // 2,
        paid_on=paid_on,
        by_payroll=what == "payroll",
        reduced_to=amount // 2 if reduced else None,
        reduction_approver="DZZ01" if reduced else None,
    )
