"""The marks of the seven verdicts: a shape each, so that no colour is needed to tell them apart."""

from collections.abc import Mapping
from types import MappingProxyType

from tongrong.vocabulary.verdicts import Verdict

MARKS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.MET: "●",
        Verdict.JUSTIFIED: "○",
        Verdict.PENDING: "◔",
        Verdict.AT_RISK: "▲",
        Verdict.UNMET: "✖",
        Verdict.NO_DATA: "▨",
        Verdict.NOT_APPLICABLE: "—",
    }
)
# The order in which counts stand: what calls for action first.
WORST_FIRST = tuple(sorted(Verdict, key=lambda verdict: verdict.severity, reverse=True))
