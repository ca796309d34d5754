"""What people write in the portal leaves stored verdicts as a full evaluation gives them.

A record, a list of who came, a correction, a withdrawal, in any order, judged as after a write:
with and without units abroad at once.
"""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from tests.builders import (
    Row,
    a_branch,
    a_feature,
    a_group_company,
    a_meeting,
    a_member,
    a_person,
    a_post,
    an_enterprise,
)
from tests.compiled import PROGRAMS
from tests.platform.store import hours_later, take_in

from tongrong.actions.correct_record import correct_record, withdraw_record
from tongrong.actions.record_attendance import Presence, record_attendance
from tongrong.actions.record_fact import record_fact
from tongrong.actions.refresh import Engine, refresh, refresh_marked
from tongrong.engine.again import norms_of
from tongrong.engine.judged import from_run
from tongrong.engine.run import evaluate
from tongrong.facts.clearance import without_overseas
from tongrong.facts.registry import LEDGERS
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import Kept, is_open, kept_findings, open_name, stored_states
from tongrong.queries.judgements import with_open
from tongrong.queries.policy import Grant, Viewer
from tongrong.records.models import LEDGER_MODELS, Stale
from tongrong.vocabulary.roles import Role

CHECKLIST = "branch-standard"
DAY = dt.date(2026, 9, 30)
ROUNDS, WRITES = 2, 8
WRITER = Viewer(1, "wang", "王", cleared=True, grants=(Grant(Role.SECRETARY, "QY1", "/QY1/"),))
BRANCHES, PEOPLE = ("ZB1", "ZB2"), tuple(f"RY{n}" for n in range(1, 7))
KINDS = ("支部党员大会", "支部委员会", "党课", "主题党日", "组织生活会")
WAYS = ("出席", "列席", "缺席")

pytestmark = pytest.mark.usefixtures("database")


def group(*, abroad: bool) -> dict[str, list[Row]]:
    """Two branches with three members each, the second of an enterprise that may be abroad."""
    members = [(one, BRANCHES[number // 3]) for number, one in enumerate(PEOPLE)]
    return {
        "enterprises": [a_group_company("QY1"), an_enterprise("QY2", parent="QY1")],
        "enterprise_features": [a_feature("境外企业", "是", of="QY2")] if abroad else [],
        "party_organizations": [
            a_branch("ZB1", of="QY1", name="第一支部"),
            a_branch("ZB2", of="QY2", name="第二支部"),
        ],
        "persons": [a_person(one) for one in PEOPLE],
        "memberships": [a_member(one, of=branch, full_on="2020-07-01") for one, branch in members],
        "posts": [a_post("RY1", "党支部书记", of="ZB1"), a_post("RY4", "党支部书记", of="ZB2")],
        "meetings": [
            a_meeting(
                f"HY{branch}{month}", of=branch, on=f"2026-{month:02}-15", kind=KINDS[month % 5]
            )
            for branch in BRANCHES
            for month in range(1, 7)
        ],
    }


class Desk:
    """Somebody who writes at random, each time a little later."""

    def __init__(self, roll: random.Random) -> None:
        self._roll, self._hours = roll, 10
        self.written = 0

    def write(self) -> None:
        """One write of any kind."""
        ways: tuple[Callable[[], object], ...] = (
            self._record, self._record, self._list, self._list, self._correct, self._withdraw
        )  # fmt: skip
        self._roll.choice(ways)()
        self.written += 1

    def now(self) -> dt.datetime:
        self._hours += 1
        return hours_later(self._hours)

    def _day(self) -> dt.date:
        return dt.date(2026, self._roll.randint(1, 9), self._roll.randint(1, 28))

    def _record(self) -> object:
        """A meeting, or a talk between two."""
        unit, day = self._roll.choice(BRANCHES), self._day()
        if self._roll.randint(0, 2):
            kind = self._roll.choice(KINDS)
            return self._recorded("meetings", unit=unit, kind=kind, held_on=day)
        talker, listener = self._roll.sample(PEOPLE, 2)
        said = {"talker": talker, "listener": listener, "talked_on": day}
        return self._recorded("talks", unit=unit, kind="谈心谈话", **said)

    def _recorded(self, code: str, **values: Any) -> object:
        return record_fact(viewer=WRITER, ledger=LEDGERS[code], values=values, at=self.now())

    def _list(self) -> object:
        """Who came to a meeting; some are absent, some not named any more."""
        people = self._roll.sample(PEOPLE, self._roll.randint(0, 4))
        said = {one: Presence(self._roll.choice(WAYS), "出差") for one in people}
        number = self._any("meetings").version_id
        return record_attendance(
            viewer=WRITER, meeting=number, said=said, reason="补登", at=self.now()
        )

    def _correct(self) -> object:
        """Another day or kind of a meeting, the end of a post or of a membership."""
        code = self._roll.choice(("meetings", "posts", "memberships"))
        changes: dict[str, Any] = {"until_on": self._roll.choice((None, self._day()))}
        if code == "meetings":
            changes = {"held_on": self._day(), "kind": self._roll.choice(KINDS)}
        return self._by_hand(correct_record, code, changes=changes)

    def _withdraw(self) -> object:
        return self._by_hand(withdraw_record, self._roll.choice(("meetings", "memberships")))

    def _by_hand(self, action: Callable[..., object], code: str, **more: Any) -> object:
        given = {"ledger": LEDGERS[code], "record": self._any(code).record, "actor": "wang"}
        return action(**given, **more, recorded_at=self.now(), reason="记错", viewer=WRITER)

    def _any(self, code: str) -> Any:
        rows = LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True, status="有效")
        return self._roll.choice(list(rows.order_by("record")))


def by_the_engine(key: str) -> set[Kept]:
    """All verdicts of what the database holds now, judged afresh."""
    facts = current_snapshot()
    facts = without_overseas(facts) if is_open(key) else facts
    family = norms_of(CHECKLIST, DAY).family
    run = evaluate(family, facts, DAY, details=True, programs=PROGRAMS)
    return {Kept.of(one) for some in from_run(run) for one in some}


@pytest.mark.parametrize("abroad", [True, False])
def test_stored_verdicts_follow_what_is_written_by_hand(*, abroad: bool) -> None:
    take_in(group(abroad=abroad))
    for key in with_open([CHECKLIST]):
        refresh(checklist=key, as_of=DAY, at=hours_later(1), engine=Engine(PROGRAMS))
    keys = {one.checklist for one in stored_states()}
    assert keys == ({CHECKLIST, open_name(CHECKLIST)} if abroad else {CHECKLIST})
    desk = Desk(random.Random(f"by hand {abroad}"))  # noqa: S311 the same writes every time
    before = {key: set(kept_findings(key)) for key in keys}
    for _ in range(ROUNDS):
        for _ in range(WRITES):
            desk.write()
            judged = refresh_marked(at=desk.now())
            assert None not in judged.values(), "nothing is left for later"
        assert not Stale.objects.exists()
        for key in keys:
            assert set(kept_findings(key)) == by_the_engine(key), (key, desk.written)
    assert all(set(kept_findings(key)) != before[key] for key in keys)
