"""五不公开: neither a verification nor an erasure names what is abroad to who is not cleared."""

from typing import Any

import pytest
from tests.builders import (
    a_committee,
    a_document,
    a_feature,
    a_group_company,
    a_meeting,
    a_person,
    an_enterprise,
)
from tests.platform.store import by_hand, hours_later, take_in

from tongrong.actions.erase_person import Erasure, erase_person
from tongrong.actions.import_facts import Sender
from tongrong.facts.headings import Meant
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS
from tongrong.vocabulary.errors import TongrongError

pytestmark = pytest.mark.usefixtures("database")
ROWS: dict[str, list[Any]] = {
    "enterprises": [a_group_company("QY1"), an_enterprise("QY9", parent="QY1")],
    "enterprise_features": [a_feature("境外企业", "是", of="QY9")],
    "party_organizations": [a_committee("DW1", of="QY1"), a_committee("DW9", of="QY9")],
    "persons": [a_person("RY1", name="甄实在"), a_person("RY9", name="贾样例")],
    "meetings": [a_meeting(f"HY{n}", of=f"DW{n}", on="2026-01-15") for n in (1, 9)],
    "attendance": [
        {"meeting": meeting, "person": person, "role": "应到", "present": False, **why}
        for meeting, person, why in (
            ("HY1", "RY1", {"absence_reason": "住院"}),
            ("HY9", "RY1", {"absence_reason": "住院"}),
            ("HY9", "RY9", {}),
        )
    ],
    "documents": [
        a_document(f"WJ{n}", "党委会议事规则", of=f"DW{n}", title="关于甄实在的通知")
        for n in (1, 9)
    ],
}  # fmt: skip
FILE = "海外公司.xlsx"
ABROAD = ("QY9", "DW9", "HY9", "RY9", "WJ9", "海外公司")


def a_store() -> None:
    """A committee here and one abroad; the sender of the file abroad uses words of their own."""
    meant = Sender("海外公司", [Meant("开会日期", "召开日期")])
    take_in(ROWS, file_name=FILE, sender=meant)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_meetings SET held_on = '2026-01-08' WHERE number = 'HY9'",
        "UPDATE ledger_meetings SET record = 'meetings/HY9x' WHERE number = 'HY9'",
        "UPDATE ledger_meetings SET version = 2 WHERE number = 'HY9'",
        "UPDATE ledger_meetings SET recorded_by = '小李' WHERE number = 'HY9'",
        "DELETE FROM ledger_meetings WHERE number = 'HY9'",
        "UPDATE ledger_meetings SET entry = 9 WHERE number = 'HY9'",
        "UPDATE ledger_enterprise_features SET value = '否' WHERE unit = 'QY9'",
        "UPDATE import_runs SET rows = 99",
        "DELETE FROM import_runs",
        "UPDATE audit_entries SET actor = '小李' WHERE number = 1",
        "UPDATE sender_columns SET label = '登记日期'",
        "DELETE FROM sender_columns",
    ],
)
def test_what_was_tampered_with_is_found_and_named_by_numbers_only(statement: str) -> None:
    """Who is not cleared is told as many faults, of the same kinds, as who is."""
    a_store()
    assert by_hand(statement) >= 1
    told, cleared = verify_store().problems, verify_store(cleared=True).problems
    assert told
    assert [one.code for one in told] == [one.code for one in cleared]
    assert [word for word in ABROAD if word in "\n".join(map(str, told))] == []


def test_a_changed_row_has_the_number_by_which_who_is_cleared_finds_it() -> None:
    """Of a record here just as of one abroad: numbers for these alone would tell which they are."""
    a_store()
    by_hand("UPDATE ledger_meetings SET held_on = '2026-01-08'")
    changed = [one.where for one in verify_store().problems if one.code == "proof.version.changed"]
    assert changed == ["会议活动 流水号 1", "会议活动 流水号 2"]
    named = [one.where for one in verify_store(cleared=True).problems]
    assert named[:2] == ["会议活动 meetings/HY1 第 1 版", "会议活动 meetings/HY9 第 1 版"]


def erase(person: str, **given: Any) -> Erasure:
    said = {"basis": "收文2026-7号", "reason": "本人申请", "actor": "小李"}
    return erase_person(person=person, recorded_at=hours_later(3), **said, **given)


def test_an_erasure_reaches_records_abroad_and_does_not_tell_of_them() -> None:
    a_store()
    done = erase("RY1")
    assert done.versions == {"人员": 1, "出席情况": 1}
    assert done.remaining == ("制度文件 documents/WJ1 第 1 版 文件名称",)
    reasons = LEDGER_MODELS["attendance"].objects.values_list("absence_reason", flat=True)
    assert set(reasons) == {done.pseudonym, None}


def test_to_who_is_cleared_an_erasure_tells_of_all() -> None:
    a_store()
    done = erase("RY1", cleared=True)
    assert done.versions == {"人员": 1, "出席情况": 2}
    assert [place.split()[1] for place in done.remaining] == ["documents/WJ1", "documents/WJ9"]


def test_a_person_of_a_unit_abroad_alone_is_refused_as_an_unknown_one() -> None:
    a_store()
    said = []
    for person in ("RY9", "RY8"):
        with pytest.raises(TongrongError) as refused:
            erase(person)
        said.append(str(refused.value).replace(person, "—"))
    assert said[0] == said[1]
    assert erase("RY9", cleared=True).versions == {"人员": 1}
