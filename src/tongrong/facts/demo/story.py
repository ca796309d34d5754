"""What a planted story is: one verdict the demo must give on a day, worked out by hand."""

import datetime as dt
from typing import NamedTuple

from tongrong.facts.demo.days import AS_OF, LAST_YEAR
from tongrong.vocabulary.verdicts import Reason, Verdict

MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
AT_RISK, JUSTIFIED = Verdict.AT_RISK, Verdict.JUSTIFIED
NOT_APPLICABLE, NO_DATA = Verdict.NOT_APPLICABLE, Verdict.NO_DATA

LAST_YEAR_END = dt.date(LAST_YEAR, 12, 31)
"""The day on which what is asked of a year is decided for the demo's first one."""


class Story(NamedTuple):
    """One verdict the demo must give; `why` says in Chinese what was recorded.

    Judged at the end of `day`, for the year of that day. What only one unit is judged on (the
    group, the superior committee) is told twice: met on one day, unmet on another.

    What is not as it should be says why in a form that can be checked: `lacking` the periods,
    members or parts that decide the verdict, joined by “、”; `measured` as `3/4`, or `3` where
    nothing is divided; `due` the day until which there is still time; `reason` what cannot be
    told. A leader of the unit stands as {书记}, of another enterprise as {QY12.书记}; all members
    of a branch as {DZB45}, the ninth from its last as {DZB04-9}.
    """

    unit: str
    clause: str
    verdict: Verdict
    why: str
    day: dt.date = AS_OF
    lacking: str = ""
    measured: str = ""
    due: dt.date | None = None
    reason: Reason = Reason.NONE
