"""The seven verdicts, the strength of a requirement, and who is judged."""

from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """What the system says of one clause and one unit; the value is the stable code."""

    NOT_APPLICABLE = "not_applicable"
    MET = "met"
    JUSTIFIED = "justified"
    PENDING = "pending"
    AT_RISK = "at_risk"
    NO_DATA = "no_data"
    UNMET = "unmet"

    @property
    def label(self) -> str:
        """The name users read."""
        return _LABELS[self]

    @property
    def severity(self) -> "Severity":
        """The rank in “the worst part decides”."""
        return _SEVERITIES[self]


_LABELS = {
    Verdict.NOT_APPLICABLE: "不适用",
    Verdict.MET: "达标",
    Verdict.JUSTIFIED: "有说明",
    Verdict.PENDING: "推进中",
    Verdict.AT_RISK: "预警",
    Verdict.NO_DATA: "缺数据",
    Verdict.UNMET: "不达标",
}


class Severity(IntEnum):
    """The order of verdicts when several join: the largest wins.

    One order serves periods and members within a clause, parts of a clause, and the
    roll-up of clauses: unmet, no_data, at_risk, pending, justified, met, not_applicable.
    """

    NOT_APPLICABLE = 0
    MET = 1
    JUSTIFIED = 2
    PENDING = 3
    AT_RISK = 4
    NO_DATA = 5
    UNMET = 6

    @property
    def verdict(self) -> Verdict:
        """The verdict of this rank."""
        return _VERDICTS[self]


# Asked for every verdict a page shows: a look-up by name would be most of a roll-up's time.
_SEVERITIES = {Verdict[one.name]: one for one in Severity}
_VERDICTS = tuple(Verdict[one.name] for one in sorted(Severity))


class Reason(StrEnum):
    """Why a verdict is not_applicable or no_data, or what kind of shortfall it is."""

    NONE = ""
    NO_FULL_PERIOD = "no_full_period"
    EMPTY_POPULATION = "empty_population"
    REGISTER_NOT_KEPT = "register_not_kept"
    CONDITION_NOT_MET = "condition_not_met"
    CONDITION_UNKNOWN = "condition_unknown"
    NOT_TAKEN_UP = "not_taken_up"
    MEASURE_MISSING = "measure_missing"
    ORDER_UNKNOWN = "order_unknown"

    @property
    def label(self) -> str:
        """The reason in the words users read."""
        return _REASONS[self]


_REASONS = {
    Reason.NONE: "",
    Reason.NO_FULL_PERIOD: "本期内设立，未满一个完整考核期",
    Reason.EMPTY_POPULATION: "台账已建，本期无此对象",
    Reason.REGISTER_NOT_KEPT: "台账未建，也未申报“本期无”",
    Reason.CONDITION_NOT_MET: "不符合本条适用条件",
    Reason.CONDITION_UNKNOWN: "适用条件所需的信息未登记",
    Reason.NOT_TAKEN_UP: "鼓励事项，未开展",
    Reason.MEASURE_MISSING: "计算所需的数据未登记",
    Reason.ORDER_UNKNOWN: "登记在同一天，先后无法判断",
}


class Strength(StrEnum):
    """Normative strength, taken from the seed's own words."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"

    @property
    def label(self) -> str:
        """The name users read."""
        return {"must": "必须", "should": "应当", "may": "鼓励"}[self.value]


class Scope(StrEnum):
    """Who gets a verdict on a clause."""

    ENTERPRISE = "enterprise"
    GROUP = "group"
    ORGANIZATION = "organization"
    BRANCH = "branch"
    SUPERIOR = "superior"

    @property
    def label(self) -> str:
        """The name users read."""
        return _SCOPES[self]


_SCOPES = {
    Scope.ENTERPRISE: "企业",
    Scope.GROUP: "集团公司",
    Scope.ORGANIZATION: "党组织",
    Scope.BRANCH: "党支部",
    Scope.SUPERIOR: "上级党委",
}
