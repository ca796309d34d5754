"""Two who save who came to one meeting at one moment: the later is told, nothing is lost."""

import pytest
from tests.platform.store import hours_later, take_in
from tests.platform.test_writes_by_hand import WRITER, group

from tongrong.actions.correct_record import ChangedMeanwhile
from tongrong.actions.record_attendance import AttendanceRecorded, Presence, record_attendance
from tongrong.records.models import LEDGER_MODELS

pytestmark = pytest.mark.usefixtures("database")

Said = dict[str, Presence]
NOTHING: Said = {}
CAME, ILL = Presence("出席"), Presence("缺席", "病假")


def save(said: Said, *, seen: Said, hour: int) -> AttendanceRecorded:
    """Save the list of the first branch's meeting of January, put together from what was seen."""
    meeting = LEDGER_MODELS["meetings"].objects.get(number="HYZB11").version_id
    return record_attendance(
        viewer=WRITER, meeting=meeting, said=said, reason="补登", at=hours_later(hour), seen=seen
    )


def standing() -> set[tuple[object, ...]]:
    """How each person stands now."""
    rows = LEDGER_MODELS["attendance"].objects.filter(superseded_at__isnull=True, status="有效")
    return set(rows.values_list("person", "present", "absence_reason"))


def test_a_list_put_together_before_another_was_saved_is_not_written_over_it() -> None:
    take_in(group(abroad=False))
    save({"RY1": CAME, "RY2": ILL}, seen=NOTHING, hour=10)
    with pytest.raises(ChangedMeanwhile):
        save({"RY1": CAME, "RY3": CAME}, seen=NOTHING, hour=11)
    assert standing() == {("RY1", True, None), ("RY2", False, "病假")}


def test_what_was_seen_as_it_is_may_be_changed() -> None:
    take_in(group(abroad=False))
    save({"RY1": CAME, "RY2": ILL}, seen=NOTHING, hour=10)
    save({"RY1": CAME}, seen={"RY1": CAME, "RY2": ILL}, hour=11)
    assert standing() == {("RY1", True, None)}, "who is not named any more is withdrawn"
