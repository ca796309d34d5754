"""The verdicts of a past day are those the engine gives as of it, whatever is written later."""

import datetime as dt
from collections.abc import Mapping

import pytest
from tests.builders import Row, a_branch, a_meeting, an_agenda_item
from tests.compiled import PROGRAMS
from tests.platform.store import hours_later, take_in
from tests.platform.tallied import assert_tallied
from tests.platform.test_open_findings import OPEN, SCORED, group

from tongrong.actions import past_days
from tongrong.actions.accounts import make_account
from tongrong.actions.past_days import STORING, catch_up, judge_day
from tongrong.engine import judged as judged_at_once
from tongrong.engine.again import fingerprint, norms_of
from tongrong.engine.judged import from_run
from tongrong.engine.run import evaluate
from tongrong.facts.clearance import without_overseas
from tongrong.queries.facts import current_snapshot
from tongrong.queries.findings import Kept, is_open, kept_findings, stored_states, waiting
from tongrong.queries.past_days import past_key, up_to_date
from tongrong.queries.tallies import whole

PAST = dt.date(2026, 2, 28)

pytestmark = pytest.mark.usefixtures("database")


def judged(key: str = SCORED, day: dt.date = PAST) -> set[Kept]:
    """Have a day judged; its verdicts as stored."""
    judge_day(key=key, day=day, at=hours_later(50), programs=PROGRAMS)
    assert_tallied(past_key(key, day), key, day)
    return set(kept_findings(past_key(key, day)))


def by_the_engine(key: str = SCORED, day: dt.date = PAST) -> set[Kept]:
    """What `tongrong evaluate --as-of` says of the facts known now."""
    facts = current_snapshot()
    facts = without_overseas(facts) if is_open(key) else facts
    run = evaluate(norms_of(SCORED, day).family, facts, day, details=True, programs=PROGRAMS)
    return {Kept.of(one) for some in from_run(run) for one in some}


def is_current(key: str = SCORED, day: dt.date = PAST) -> bool:
    stored = past_key(key, day)
    return stored in up_to_date({stored: fingerprint(norms_of(SCORED, day).family)})


def written_late(**rows: list[Row]) -> None:
    take_in({code.replace("__", "_"): some for code, some in rows.items()}, hours=3, file_name="补")


@pytest.mark.parametrize("key", [SCORED, OPEN])
def test_a_past_day_is_as_the_engine_judges_it_and_so_after_late_entries(key: str) -> None:
    take_in(group())
    assert not is_current(key)
    assert judged(key) == by_the_engine(key)
    assert is_current(key)
    before = by_the_engine(key)
    late = a_meeting("HY2", of="ZB1", on="2026-02-09", kind="主题党日")
    abroad = a_meeting("HY3", of="ZB3", on="2026-02-10", kind="主题党日")
    written_late(meetings=[late, abroad], agenda_items=[an_agenda_item(of="HY2")])
    assert not is_current(key), "a page asks for it to be judged again"
    assert judged(key) == by_the_engine(key) != before
    assert is_current(key)


def test_what_was_written_late_is_judged_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is not asked a second time; where much was written it is."""
    take_in(group())
    judged()
    runs: list[Mapping[str, object]] = []

    def counted(*given: object, **more: object) -> object:
        runs.append(more)
        return evaluate(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(past_days, "evaluate", counted)
    written_late(meetings=[a_meeting("HY2", of="ZB1", on="2026-02-09", kind="主题党日")])
    assert judged() == by_the_engine()
    assert runs == []
    monkeypatch.setattr(past_days, "MANY_RECORDS", 0)
    take_in({"meetings": [a_meeting("HY4", of="ZB1", on="2026-02-11", kind="党课")]}, hours=4)
    assert judged() == by_the_engine()
    assert len(runs) == 1


def test_a_branch_that_moves_or_goes_is_counted_where_it_stands_on_every_day_kept() -> None:
    take_in(group())
    judged()
    key = past_key(SCORED, PAST)
    assert whole(key, ["QY1"]).applying == whole(key, ["ZB1", "ZB3"]).applying > 0
    written_late(party_organizations=[a_branch("ZB1", of="QY3", name="第一支部")])
    assert whole(key, ["QY3"]) == whole(key, ["QY1"]) == whole(key, ["ZB1", "ZB3"])
    assert_tallied(key, SCORED, PAST)
    gone = {**a_branch("ZB1", of="QY3", name="第一支部"), "status": "撤回"}
    take_in({"party_organizations": [gone]}, hours=4)
    assert whole(key, ["QY1"]) == whole(key, ["ZB3"])
    assert_tallied(key, SCORED, PAST)


def test_past_days_are_apart_from_today_and_from_one_another() -> None:
    take_in(group())
    earlier = dt.date(2026, 1, 31)
    assert judged(day=earlier) != judged(day=PAST)
    assert stored_states() == ()
    assert waiting(past_key(SCORED, PAST)).last == 0


def test_a_new_account_changes_no_verdict() -> None:
    take_in(group())
    judged()
    make_account(login="new", label="新", password="battery-staple-42",  # noqa: S106 of nobody
                 actor="试验", at=hours_later(4))  # fmt: skip
    assert is_current()


def test_while_somebody_waits_only_a_little_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day nobody looked at is left alone, and so is one where much was written."""
    take_in(group())
    at = hours_later(50)
    assert not catch_up(key=SCORED, day=PAST, at=at)
    assert not list(kept_findings(past_key(SCORED, PAST)))
    judged()
    assert catch_up(key=SCORED, day=PAST, at=at), "nothing was written"
    written_late(meetings=[a_meeting("HY2", of="ZB1", on="2026-02-09", kind="主题党日")])
    monkeypatch.setattr(past_days, "MANY_AT_ONCE", 0)
    assert not catch_up(key=SCORED, day=PAST, at=at)
    assert not is_current()
    monkeypatch.setattr(past_days, "MANY_AT_ONCE", 300)
    assert catch_up(key=SCORED, day=PAST, at=at)
    assert set(kept_findings(past_key(SCORED, PAST))) == by_the_engine()


def test_a_day_killed_while_it_is_stored_is_not_shown_and_is_judged_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take_in(group())
    monkeypatch.setattr(judged_at_once, "UNITS_AT_ONCE", 1)

    def killed(what: str, done: int, _total: int) -> None:
        if what == STORING and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge_day(key=SCORED, day=PAST, at=hours_later(50), programs=PROGRAMS, progress=killed)
    assert list(kept_findings(past_key(SCORED, PAST))), "a part of it was stored"
    assert not is_current()
    assert not catch_up(key=SCORED, day=PAST, at=hours_later(50))
    assert judged() == by_the_engine()


@pytest.mark.parametrize("most", ["MOST_DAYS", "MOST_VERDICTS"])
def test_of_very_many_days_or_verdicts_the_newest_days_are_kept(
    most: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_days, most, 1)
    take_in(group())
    earlier = dt.date(2026, 1, 31)
    judged(day=earlier)
    judge_day(key=SCORED, day=PAST, at=hours_later(60), programs=PROGRAMS)
    assert is_current(day=PAST)
    assert not is_current(day=earlier)
    assert not list(kept_findings(past_key(SCORED, earlier)))
