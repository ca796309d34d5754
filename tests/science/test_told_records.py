"""The records counted are told the oldest first, whatever their codes."""

from tests.builders import a_meeting, a_post, a_row
from tests.portal.small import facts

from tongrong.facts.snapshot import Snapshot
from tongrong.findings.names import Names
from tongrong.findings.told_records import told_records


def told(snapshot: Snapshot, *records: str) -> list[str]:
    return [
        one.record for ledger in told_records(records, snapshot, Names(snapshot))
        for one in ledger.records
    ]  # fmt: skip


def test_meetings_stand_in_order_of_their_days() -> None:
    days = {"M10": "2026-01-05", "M2": "2026-03-05", "M12": "2026-02-05"}
    snapshot = facts(meetings=[a_meeting(code, of="DW1", on=on) for code, on in days.items()])
    ids = [f"meetings/{code}" for code in days]
    assert told(snapshot, *ids) == ["meetings/M10", "meetings/M12", "meetings/M2"]


def test_of_one_day_they_stand_in_order_of_their_numbers() -> None:
    codes = ("M2", "M10", "M1")
    snapshot = facts(meetings=[a_meeting(code, of="DW1", on="2026-03-05") for code in codes])
    ids = [f"meetings/{code}" for code in sorted(codes)]
    assert told(snapshot, *ids) == ["meetings/M1", "meetings/M2", "meetings/M10"]


def test_what_bears_its_day_through_a_meeting_stands_in_order_of_that() -> None:
    days = {"M10": "2026-01-05", "M2": "2026-03-05"}
    items = [
        a_row("agenda_items", meeting=code, item="1", topic="党建工作", title="研究")
        for code in days
    ]
    meetings = [a_meeting(code, of="DW1", on=on) for code, on in days.items()]
    snapshot = facts(meetings=meetings, agenda_items=items)
    ids = snapshot["agenda_items"]["record"].to_pylist()
    assert told(snapshot, *reversed(ids)) == ids


def test_posts_stand_in_order_of_the_day_they_began() -> None:
    later = a_post("P02", "总经理", of="QY1", since="2020-01-01")
    first = a_post("P11", "总经理", of="QY1", since="2010-01-01", until="2020-01-01")
    snapshot = facts(posts=[later, first])
    ids = [one for one in snapshot["posts"]["record"].to_pylist() if "总经理" in one]
    assert [one.split("|")[1] for one in told(snapshot, *sorted(ids))] == ["P11", "P02"]
