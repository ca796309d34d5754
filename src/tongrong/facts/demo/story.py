"""What a planted story is: one verdict the demo must give on a day, worked out by hand."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.days import AS_OF, LAST_YEAR
from tongrong.vocabulary.verdicts import Verdict

MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
AT_RISK, JUSTIFIED = Verdict.AT_RISK, Verdict.JUSTIFIED
NOT_APPLICABLE, NO_DATA = Verdict.NOT_APPLICABLE, Verdict.NO_DATA

LAST_YEAR_END = dt.date(LAST_YEAR, 12, 31)
"""The day on which what is asked of a year is decided for the demo's first one."""


class Story(NamedTuple):
    """One verdict the demo must give; `why` says in Chinese what was recorded.

    Judged at the end of `day`, for the year of that day. What only one unit is judged on (the
    group, the superior committee) is told twice: met on one day, unmet on another.
    """

    unit: str
    clause: str
    verdict: Verdict
    why: str
    day: dt.date = AS_OF
