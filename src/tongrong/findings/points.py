"""Points (得分): what verdicts come to on a sheet that gives points, exactly and nothing guessed.

What is not settled on the day is told as a range: `most` if nothing more is lost, `least` if
everything still open stays as it stands. Points belong to the unit judged: they are added up
for its own items and total, never averaged, and never compared between units or persons.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tongrong.norms.checklist import Clause
from tongrong.norms.points import Add, marked
from tongrong.vocabulary.verdicts import Severity, Verdict

NONE = Decimal(0)
PLACES = Decimal("0.0001")
OPEN = (Severity.PENDING, Severity.AT_RISK, Severity.NO_DATA)


@dataclass(frozen=True)
class Points:
    """At least and at most so many, of so many there are to get (应得分); bonuses are `of` 0."""

    of: Decimal
    least: Decimal
    most: Decimal

    def __add__(self, other: "Points") -> "Points":
        return Points(self.of + other.of, self.least + other.least, self.most + other.most)

    def as_plain(self) -> dict[str, str]:
        """The points in JSON's own types, as exact text."""
        return {name: marked(value) for name, value in vars(self).items()}

    @property
    def got(self) -> str:
        """得分 as text: `1.4`, or least and most with a dash while something is open."""
        least, most = marked(self.least), marked(self.most)
        return most if least == most else f"{least}\u2013{most}"

    @property
    def words(self) -> str:
        """得分/应得分: `1.4/2`; a bonus alone `+0.5`."""
        return f"{self.got}/{marked(self.of)}" if self.of else f"+{self.got}"


@dataclass(frozen=True)
class Short:
    """A period or member not satisfied, and how many are lacking in it (None: unknown).

    Of an assessment, satisfied or not, `got` is the part of the full score that was given.
    """

    severity: Severity
    lacking: int | None
    got: Decimal | None = None


def points_of(
    clause: Clause, verdict: Verdict, short: Iterable[Short], records: int
) -> Points | None:
    """The points of one finding; None where the clause has none, or does not apply.

    A justified shortfall takes nothing off. `records` is how many records were counted, for
    a bonus. What lacks data without saying of whom may take everything off.
    """
    if verdict is Verdict.NOT_APPLICABLE:
        return None
    if clause.add:
        return _bonus(clause.add, short, records)
    if clause.points is None or clause.deduct is None:
        return None
    most = clause.deduct.at_most or clause.points
    each = clause.deduct.points or clause.points
    lost = open_ = NONE
    for one in short:
        if one.got is not None and clause.deduct.by_score:
            lost += most - _part(most, one.got)
        elif one.severity is Severity.UNMET:
            lost += each * (one.lacking or 1)
        elif one.severity in OPEN:
            open_ += most if one.lacking is None else each * one.lacking
    return Points(
        clause.points,
        clause.points - min(most, lost + open_),
        clause.points - min(most, lost),
    )


def _bonus(add: Add, short: Iterable[Short], records: int) -> Points:
    """So much for each record; of an assessment the part of the most that its score gives."""
    given = [one.got for one in short if one.got is not None]
    gained = _part(add.at_most, max(given)) if given else add.points * records
    gained = min(add.at_most, gained)
    return Points(NONE, gained, gained)


def _part(points: Decimal, got: Decimal) -> Decimal:
    """A part of so many points, to four places."""
    return (points * got).quantize(PLACES)


def total(points: Iterable[Points | None]) -> Points | None:
    """All points together; None where there are none."""
    known = [one for one in points if one is not None]
    return sum(known[1:], known[0]) if known else None
