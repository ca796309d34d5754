"""A small group with somebody in every role, and verdicts set by hand: what pages are tested on.

SJ1 上级党委
└ QY1 甲集团（DW1）
  ├ QY2 乙公司（DW2，第一支部 ZB1）
  └ QY3 丙公司，境外（ZB3）：does not exist for who is not cleared
"""

import datetime as dt
from dataclasses import dataclass

from tests.builders import (
    Row,
    a_branch,
    a_committee,
    a_feature,
    a_group_company,
    a_meeting,
    a_member,
    a_person,
    an_agenda_item,
    an_enterprise,
)
from tests.platform.store import take_in

from tongrong.actions.accounts import appoint, make_account
from tongrong.actions.keep_tallies import keep_own, sum_up
from tongrong.engine.again import fingerprint, norms_of
from tongrong.norms.from_files import default_checklist
from tongrong.queries.findings import Kept, kept_findings, open_name
from tongrong.records.models import LEDGER_MODELS, Evaluation, FindingChange, StoredFinding
from tongrong.vocabulary.roles import Role
from tongrong.vocabulary.verdicts import Reason, Severity, Verdict

AS_OF = dt.date(2026, 9, 25)
SINCE = dt.date(2026, 1, 1)
NOON = dt.datetime(2026, 9, 25, 4, tzinfo=dt.UTC)
PASSWORD = "correct-horse-77"  # noqa: S105 of people who do not exist
FULL = default_checklist()
UNITS = ("enterprises", "enterprise_features", "party_organizations")


@dataclass(frozen=True)
class Somebody:
    """A person of the tests: a role held in a unit; no role: nobody has appointed them."""

    login: str
    role: Role | None
    unit: str
    cleared: bool = False


PEOPLE = (
    Somebody("superior", Role.SUPERIOR, "SJ1", cleared=True),
    Somebody("uncleared", Role.SUPERIOR, "SJ1"),
    Somebody("secretary", Role.SECRETARY, "DW2"),
    Somebody("party_officer", Role.PARTY_OFFICER, "QY2"),
    Somebody("board_office", Role.BOARD_OFFICE, "QY2"),
    Somebody("discipline", Role.DISCIPLINE, "QY2"),
    Somebody("human_resources", Role.HUMAN_RESOURCES, "QY2"),
    Somebody("finance", Role.FINANCE, "QY2"),
    Somebody("branch_secretary", Role.BRANCH_SECRETARY, "ZB1"),
    Somebody("member", Role.MEMBER, "ZB1"),
    Somebody("staff", Role.STAFF, "QY2"),
    Somebody("assessor", Role.ASSESSOR, "SJ1"),
    Somebody("system_admin", Role.SYSTEM_ADMIN, ""),
    Somebody("security_admin", Role.SECURITY_ADMIN, ""),
    Somebody("audit_admin", Role.AUDIT_ADMIN, ""),
    Somebody("nobody", None, ""),
)

_MAY = "2026-05"
# unit, clause, verdict, num, den, due, missing: the numbers are those of the words beside them.
_VERDICTS = (
    ("QY1", "1.1.a", Verdict.MET, 1, 1, None, ()),
    ("QY1", "1.1.b", Verdict.MET, 9, 9, "2026-10-31", ()),
    ("QY2", "1.1.a", Verdict.MET, 1, 1, None, ()),
    ("QY2", "1.1.b", Verdict.UNMET, 8, 9, "2026-10-31", (_MAY,)),  # 缺 2026年5月
    ("QY2", "1.3.a", Verdict.AT_RISK, 1, None, "2026-09-30", ("2026",)),  # 还有 5 天
    ("QY2", "2.6.a", Verdict.NO_DATA, None, None, None, ()),
    ("QY2", "9.1.a", Verdict.PENDING, 2, 3, "2026-10-20", ()),  # 25 天后，在 30 日内
    ("QY2", "8.5.a", Verdict.PENDING, 0, None, "2026-12-31", ()),  # 97 天后，不在待办
    ("ZB1", "11.1.e", Verdict.AT_RISK, 2, 3, "2026-09-30", ("2026Q3",)),  # 还有 5 天
    ("ZB1", "11.1.f", Verdict.UNMET, 8, 9, "2026-10-31", (_MAY,)),
    ("DW2", "1.2.a", Verdict.MET, 1, 1, None, ()),
    ("ZB1", "1.2.a", Verdict.UNMET, 0, 1, "2026-12-31", ("2026",)),
)
_ABROAD = (
    ("QY3", "1.1.b", Verdict.UNMET, 1, 9, "2026-10-31", (_MAY,)),
    ("QY1", "10.2.a", Verdict.UNMET, 0, 1, "2026-12-31", ()),
)


def facts() -> dict[str, list[Row]]:
    """The units; what 1.1.b counts of QY2, a meeting in April; of ZB1 two members and lectures."""
    return {
        "enterprises": [
            a_group_company("QY1", name="甲集团", superior="SJ1"),
            an_enterprise("QY2", name="乙公司", parent="QY1", superior="DW1"),
            an_enterprise("QY3", name="丙公司", parent="QY1", superior="DW1"),
        ],
        "enterprise_features": [a_feature("境外企业", "是", of="QY3")],
        "party_organizations": [
            a_committee("SJ1", of=None, name="上级党委"),
            a_committee("DW1", of="QY1", name="甲集团党委", superior="SJ1"),
            a_committee("DW2", of="QY2", name="乙公司党委", superior="DW1"),
            a_branch("ZB1", of="QY2", name="第一支部", superior="DW2"),
            a_branch("ZB3", of="QY3", name="丙公司支部", superior="DW1", leads=True),
        ],
        "persons": [a_person("RY1", name="白一"), a_person("RY2", name="白二")],
        "memberships": [a_member("RY1", of="ZB1"), a_member("RY2", of="ZB1")],
        "meetings": [
            a_meeting("HY1", of="DW1", on="2026-03-05"),
            a_meeting("HY3", of="ZB3", on="2026-03-06", kind="党课"),
            a_meeting("HY4", of="DW2", on="2026-04-08"),
            a_meeting("HY5", of="ZB1", on="2026-02-10", kind="党课"),
            a_meeting("HY6", of="ZB1", on="2026-05-11", kind="党课"),
        ],
        "agenda_items": [an_agenda_item(of="HY4", topic="党建工作", title="研究四月党建")],
    }


def build() -> None:
    """Import the group, appoint everybody, store the verdicts."""
    take_in(facts())
    appoint_everybody()
    store(FULL, (*_VERDICTS, *_ABROAD))
    store(open_name(FULL), _VERDICTS)
    FindingChange.objects.create(
        checklist=FULL, unit="QY2", clause="1.1.b", before=int(Severity.PENDING),
        after=int(Severity.UNMET), as_of=dt.date(2026, 5, 31), at=NOON, cause="五月台账.xlsx",
    )  # fmt: skip


def build_bare() -> None:
    """The same people in the same units, of which nothing was ever recorded or judged."""
    take_in({name: facts()[name] for name in UNITS})
    appoint_everybody()


def appoint_everybody() -> None:
    """An account for each of PEOPLE, and what they do."""
    for one in PEOPLE:
        make_account(
            login=one.login,
            label=one.login,
            password=PASSWORD,
            actor="试验",
            at=NOON,
            cleared=one.cleared,
        )
        if one.role is not None:
            hold(one.login, one.role, one.unit)


def hold(login: str, role: Role, unit: str, until: dt.date | None = None) -> bool:
    """Let somebody hold a role."""
    return appoint(
        login=login, role=role, unit=unit, from_on=SINCE, until=until, actor="试验", at=NOON
    )


def store(key: str, verdicts: tuple[tuple[object, ...], ...]) -> None:
    """Store verdicts under a key, as `tongrong refresh` would."""
    norms = norms_of(FULL, AS_OF)
    bound, made_by = norms.bound, fingerprint(norms.family)
    Evaluation.objects.get_or_create(
        checklist=key, defaults={"as_of": AS_OF, "fingerprint": made_by, "judged_at": NOON}
    )
    units = {str(one[0]) for one in verdicts}
    for unit, clause, verdict, num, den, due, missing in verdicts:
        kept = Kept(
            unit=str(unit), clause=str(clause), severity=Severity[str(verdict).upper()],
            part=bound[str(clause)].parts[0].index, num=num, den=den,  # type: ignore[arg-type]
            single=den is None, due=due and dt.date.fromisoformat(str(due)),  # type: ignore[arg-type]
            reason=Reason.REGISTER_NOT_KEPT if verdict is Verdict.NO_DATA else Reason.NONE,
            missing=missing, records=(), counted=0,  # type: ignore[arg-type]
        )  # fmt: skip
        StoredFinding.objects.create(checklist=key, **kept.values())
    keep_own(key, norms, units, kept_findings(key, units))
    sum_up(key)


def number_of(meeting: str) -> int:
    """The number in the address of a meeting's page."""
    rows = LEDGER_MODELS["meetings"].objects.filter(record=f"meetings/{meeting}")
    return rows.get(superseded_at__isnull=True).version_id
