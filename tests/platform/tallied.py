"""How verdicts stand, counted one by one, to hold the stored tallies against."""

import datetime as dt
from collections import Counter

from tongrong.engine.again import norms_of
from tongrong.facts.unit_tree import way_of
from tongrong.queries.findings import OPEN, kept_findings
from tongrong.records.models import Place, UnitTally
from tongrong.vocabulary.verdicts import Strength, Verdict

MONTH = dt.timedelta(days=30)


def assert_tallied(key: str, name: str, day: dt.date) -> None:
    """The tallies under a key are those of the verdicts under it, as of a day.

    Those of each unit alone, and added up those of each with all that stand below it.
    """
    checklist = norms_of(name.removesuffix(OPEN), day).family.on(day).checklist
    found: Counter[tuple[str, bool, str, str]] = Counter()
    ways = {one.unit: way_of(one.path) for one in Place.objects.all()}
    for one in kept_findings(key):
        section, clause = next(
            (section.id, clause)
            for section in checklist.sections()
            for item in section.items
            for indicator in item.indicators
            for clause in indicator.clauses
            if clause.id == one.clause
        )
        if clause.strength is Strength.MAY or one.verdict is Verdict.NOT_APPLICABLE:
            continue
        said = ["applying", one.verdict.value]
        if one.verdict is Verdict.PENDING and one.due and one.due <= day + MONTH:
            said.append("soon")
        found.update((one.unit, False, section, lamp) for lamp in said)
        for upper in ways.get(one.unit, ()):
            found.update((upper, True, section, lamp) for lamp in said)
    lamps = ("applying", "met", "unmet", "no_data", "at_risk", "soon")
    stored = {
        (row["unit"], row["below"], row["section"], lamp): row[lamp]
        for row in UnitTally.objects.filter(checklist=key).values()
        for lamp in lamps
        if row[lamp]
    }
    counted = {at: number for at, number in found.items() if at[3] in lamps}
    assert stored.items() ^ counted.items() == set()
