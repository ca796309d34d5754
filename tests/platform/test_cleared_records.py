"""五不公开: to who is not cleared, a record of a unit abroad is as one that was never recorded."""

from typing import Any

import pytest
from tests.builders import (
    a_branch,
    a_committee,
    a_feature,
    a_group_company,
    a_meeting,
    a_member,
    a_person,
    an_enterprise,
)
from tests.platform.store import hours_later, take_in

from tongrong.actions.correct_record import correct_record
from tongrong.facts.registry import LEDGERS
from tongrong.queries.history import find_record
from tongrong.vocabulary.errors import TongrongError

pytestmark = pytest.mark.usefixtures("database")
HERE: dict[str, list[Any]] = {
    "enterprises": [a_group_company("QY1")],
    "party_organizations": [a_committee("DW1", of="QY1"), a_branch("ZB1", of="QY1")],
    "persons": [a_person("RY1"), a_person("RY2")],
    "memberships": [a_member("RY1", of="ZB1")],
    "meetings": [a_meeting("HY1", of="DW1", on="2026-01-15")],
}
ABROAD: dict[str, list[Any]] = {
    "enterprises": [an_enterprise("QY9", parent="QY1")],
    "enterprise_features": [a_feature("境外企业", "是", of="QY9")],
    "party_organizations": [a_committee("DW9", of="QY9", superior="DW1")],
    "persons": [a_person("RY9")],
    "memberships": [a_member("RY9", of="DW9")],
    "meetings": [a_meeting("HY9", of="DW9", on="2026-01-15")],
}


def refusal(text: str, ledger: str, **given: Any) -> str:
    with pytest.raises(TongrongError) as refused:
        find_record(text, LEDGERS[ledger], **given)
    return str(refused.value)


@pytest.mark.parametrize(
    ("ledger", "hidden", "unknown"),
    [
        ("enterprises", "QY9", "QY8"),
        ("party_organizations", "DW9", "DW8"),
        ("meetings", "HY9", "HY8"),
        ("persons", "RY9", "RY8"),
    ],
)
def test_what_is_abroad_is_refused_as_what_does_not_exist(
    ledger: str, hidden: str, unknown: str
) -> None:
    """Also what the refusal suggests instead is only of units here."""
    take_in(HERE)
    take_in(ABROAD, hours=1)
    said = refusal(hidden, ledger)
    assert said == refusal(unknown, ledger).replace(unknown, hidden)
    assert said.count(hidden) == 1
    assert find_record(hidden, LEDGERS[ledger], cleared=True)[1] == f"{ledger}/{hidden}"
    assert hidden in refusal(unknown, ledger, cleared=True)


def test_what_is_here_is_told_of() -> None:
    take_in(HERE)
    take_in(ABROAD, hours=1)
    for text in ("QY1", "ZB1", "HY1", "persons/RY1", "persons/RY2"):
        assert find_record(text)[1].endswith(text.rpartition("/")[2])


def test_a_record_that_was_of_a_unit_abroad_before_a_correction_is_hidden() -> None:
    """Its history would name the unit."""
    take_in(HERE)
    take_in(ABROAD, hours=1)
    for hours, unit in ((2, "DW9"), (3, "DW1")):
        assert find_record("HY1", cleared=True)[1] == "meetings/HY1"
        correct_record(
            ledger=LEDGERS["meetings"],
            record="meetings/HY1",
            changes={"unit": unit},
            actor="小李",
            recorded_at=hours_later(hours),
            reason="核对",
        )
    assert "record.unknown" in refusal("HY1", "meetings")


def test_of_the_same_number_in_two_ledgers_only_the_one_here_is_meant() -> None:
    take_in(HERE)
    take_in({**ABROAD, "meetings": [a_meeting("RY2", of="DW9", on="2026-01-15")]}, hours=1)
    assert find_record("RY2")[1] == "persons/RY2"
    with pytest.raises(TongrongError, match=r"record\.ambiguous"):
        find_record("RY2", cleared=True)
