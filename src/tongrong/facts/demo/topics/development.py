"""How the demo's new members were developed, step by step, and who moved between branches."""

import datetime as dt

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, FIRST_MONTH, is_workday
from tongrong.facts.demo.people import Cast
from tongrong.facts.ledgers.development import STEPS

# Days from the branch assembly that admitted the candidate to each step before it and to the
# steps of the year after; and from the end of that year to the steps that confirm the member.
_BEFORE = (-760, -745, -560, -550, -545, -400, -150, -140, -135, -110, -90, -40, -30, -12)
_AFTER = (0, 15, 40, 60, 66, 90, 200)
_CONFIRMED = (-10, 0, 45, 75)


def write(book: Book, _cast: Cast) -> None:
    """Enters the steps of everyone admitted since the demo begins, and every transfer."""
    left = {(row["person"], row.get("until_on")): row for row in book.rows["memberships"]}
    for row in list(book.rows["memberships"]):
        before = left.get((row["person"], row["from_on"]))
        if before is not None:
            book.add(
                "transfers",
                unit=before["unit"],
                person=row["person"],
                sent_on=row["from_on"],
                received_by=row["unit"],
                received_on=row["from_on"],
            )
        elif row["admitted_on"] >= FIRST_MONTH:
            _steps(book, row["unit"], row["person"], row["admitted_on"])


def _steps(book: Book, unit: str, person: str, admitted_on: dt.date) -> None:
    """The twenty-five steps so far as they are done."""
    year_over = admitted_on.replace(year=admitted_on.year + 1)
    days = [admitted_on + dt.timedelta(days=n) for n in (*_BEFORE, *_AFTER)]
    days += [year_over + dt.timedelta(days=n) for n in _CONFIRMED]
    for step, day in zip(STEPS, map(_at_work, days), strict=True):
        if day <= AS_OF:
            book.add("development_steps", unit=unit, person=person, step=step, done_on=day)


def _at_work(day: dt.date) -> dt.date:
    """The day, or the first workday after it."""
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day
