"""导入 in the browser: looked through first, then whole or in part; of one's own units only."""

import io
import os
import re
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import a_branch, a_meeting
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import MEETINGS, a_workbook, do_jobs, go_on, meetings, send
from tests.portal.web.test_pages import queries, text_of

from tongrong.actions.jobs import begin_next, take_up_again
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook
from tongrong.portal import clock, upload_limit
from tongrong.portal.jobs.lock import take_lock
from tongrong.portal.jobs.perform import perform
from tongrong.portal.pages import imports
from tongrong.queries.findings import kept_findings
from tongrong.records.models import LEDGER_MODELS, Appointment, AuditEntry, Job, SenderColumn

LECTURE = ("HY20", "ZB1", "党课", "2026-09-20")
WRONG_DAY = ("HY21", "ZB1", "党课", "2026-13-40")


def current() -> set[str]:
    rows = LEDGER_MODELS["meetings"].objects.filter(superseded_at__isnull=True)
    return set(rows.values_list("number", flat=True))


@pytest.fixture
def officer(signed_in: SignedIn) -> Client:
    """Somebody who records for QY2 and below."""
    return signed_in("party_officer")


def test_a_file_is_looked_through_and_nothing_of_it_stays(officer: Client) -> None:
    before, entries = current(), AuditEntry.objects.count()
    address = send(officer, meetings(LECTURE))
    text = text_of(officer, address)
    assert "检查通过，导入后" in text
    assert re.search(r"新增 1 更正 0 撤回 0 未变 0", text)
    assert re.search(r"会变化的结果 .*▲ 预警 → ● 达标 11.1.e .* 第一支部", text)
    assert (current(), AuditEntry.objects.count()) == (before, entries)


def test_a_file_without_a_record_is_refused_with_its_name_and_no_copy(officer: Client) -> None:
    page = officer.get(send(officer, meetings(), "空白.xlsx")).content.decode()
    assert "空白.xlsx" in page
    assert "没有可导入的记录" in page
    assert "/sent/" not in page, "where it is kept is nobody's business"
    assert "下载待改副本" not in page
    assert "不能导入，要先改" in text_of(officer, "/imports/")


def test_the_template_of_a_ledger_is_got_from_its_list(officer: Client, tmp_path: Path) -> None:
    assert "/ledgers/meetings/template/" in officer.get("/ledgers/meetings/").content.decode()
    answer = officer.get("/ledgers/meetings/template/")
    file = tmp_path / "模板.xlsx"
    file.write_bytes(answer.getvalue())
    book = openpyxl.load_workbook(file)
    assert "会议活动" in book.sheetnames
    assert book["会议活动"]["B1"].value == "召开单位编号"


def test_verdicts_of_units_no_longer_seen_are_no_longer_told(officer: Client) -> None:
    address = send(officer, meetings(LECTURE))
    assert "第一支部" in text_of(officer, address)
    Appointment.objects.filter(account__login="party_officer").update(unit="QY3")
    assert "11.1.e" not in text_of(officer, address)


def test_what_was_looked_through_is_taken_in_and_turns_the_verdict(officer: Client) -> None:
    address = send(officer, meetings(LECTURE))
    go_on(officer, address, "whole", reason="补录")
    text = text_of(officer, address)
    assert "已导入" in text
    assert re.search(r"变化的结果 .*▲ 预警 → ● 达标 11.1.e .* 第一支部", text)
    assert "HY20" in current()
    row = LEDGER_MODELS["meetings"].objects.get(number="HY20")
    assert (row.recorded_by, row.recorded_because) == ("party_officer", "补录")
    assert row.source_file == "九月会议.xlsx"
    for name in (a_group.FULL, f"{a_group.FULL}（不含境外）"):
        (stored,) = kept_findings(name, ["ZB1"], ["11.1.e"])
        assert str(stored.verdict) == "met", name
    go_on(officer, address, "whole")
    assert Job.objects.count() == 1, "what is taken in is not taken in again"


def test_the_good_rows_go_in_and_the_others_come_back_marked(officer: Client) -> None:
    address = send(officer, meetings(LECTURE, WRONG_DAY))
    text = text_of(officer, address)
    assert "会议活动!D3 2026-13-40" in text
    assert "先导入没有错的 1 行" in text
    assert "导入全部" not in text
    go_on(officer, address, "part")
    assert "暂缓，待改 1 行" in text_of(officer, address)
    assert current() >= {"HY20"}
    assert "HY21" not in current()
    answer = officer.get(f"{address}copy/")
    assert "attachment" in answer.headers["Content-Disposition"]
    copy = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    assert copy.sheetnames[0] == "待改清单"
    assert copy["会议活动"]["D3"].comment is not None
    copy["会议活动"]["D3"] = "2026-09-22"
    mended = io.BytesIO()
    copy.save(mended)
    address = send(officer, mended.getvalue(), "九月会议-待改.xlsx")
    assert re.search(r"新增 1 更正 0 撤回 0 未变 1", text_of(officer, address))
    go_on(officer, address, "whole")
    assert current() >= {"HY20", "HY21"}


def test_a_unit_beyond_ones_own_is_told_as_one_that_is_not_there(officer: Client) -> None:
    """Above one's own, abroad, or nowhere."""
    rows = [(f"HY3{n}", unit, "党委会", "2026-09-20") for n, unit in enumerate(("DW1", "ZB3"))]
    before = current()
    page = text_of(officer, send(officer, meetings(*rows, ("HY39", "DW9", "党委会", "2026-09-20"))))
    told = re.findall(
        r"会议活动!B\d (\w+) (“召开单位编号”是[^；]*?已有的编号或名称) (改正它，或先登记它)", page
    )
    assert {unit for unit, *_ in told} == {"DW1", "ZB3", "DW9"}
    assert len({(expected, remedy) for _, expected, remedy in told}) == 1
    assert "丙公司" not in page
    assert current() == before


def test_names_of_others_are_not_taken_for_ones_own(officer: Client) -> None:
    page = text_of(officer, send(officer, meetings(("HY30", "丙公司支部", "党课", "2026-09-20"))))
    assert "“召开单位编号”是台账" in page
    assert "ZB3" not in page


def test_a_code_that_another_units_record_has_is_refused(officer: Client) -> None:
    """HY1 is a meeting of the committee above, HY3 one abroad; told alike."""
    page = text_of(
        officer,
        send(
            officer,
            meetings(("HY1", "ZB1", "党课", "2026-09-20"), ("HY3", "ZB1", "党课", "2026-09-21")),
        ),
    )
    assert page.count("可以使用的会议编号") == 2
    assert "丙公司" not in page
    assert "先导入" not in page


def test_a_register_may_say_again_what_it_says_and_nothing_else(
    officer: Client, tmp_path: Path
) -> None:
    def told(name: str) -> str:
        branch = a_branch("ZB1", of="QY2", name=name, superior="DW2")
        meeting = a_meeting("HY20", of="ZB1", on="2026-09-20", kind="党课")
        path = tmp_path / "支部.xlsx"
        write_workbook(
            Snapshot.of_rows({"party_organizations": [branch], "meetings": [meeting]}), path
        )
        return text_of(officer, send(officer, path.read_bytes()))

    assert re.search(r"检查通过，导入后 新增 1 更正 0 撤回 0 未变 1", told("第一支部"))
    text = told("另一支部")
    assert "党组织!A2 ZB1 “党组织”与已登记的相同" in text
    assert "暂缓，待改 1 行" in text, "the meeting refers to the branch as it is recorded"


def test_a_heading_is_said_once_and_remembered_of_its_sender(officer: Client) -> None:
    odd = (*MEETINGS[:3], "哪天开的")
    content = a_workbook({"会议活动": [odd, LECTURE]})
    address = send(officer, content, sender="第一支部")
    text = text_of(officer, address)
    assert "1 个列名不认识" in text
    assert "--column" not in text
    go_on(officer, address, "check", **{"column-0-3": "召开日期"})
    assert "检查通过" in text_of(officer, address)
    assert not SenderColumn.objects.exists(), "looking through writes nothing"
    go_on(officer, address, "whole")
    told = SenderColumn.objects.values_list("sender", "heading", "label")
    assert list(told) == [("第一支部", "哪天开的", "召开日期")]
    again = send(officer, content, sender="第一支部")
    assert re.search(r"检查通过，导入后 新增 0 更正 0 撤回 0 未变 1", text_of(officer, again))


def test_a_file_that_is_none_is_told_in_words(officer: Client) -> None:
    address = send(officer, b"%PDF-1.7 not a table", "扫描件.xlsx")
    text = text_of(officer, address)
    assert "这个文件还不能导入" in text
    assert "PDF 文件" in text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("合同.pdf", b"%PDF", "不是表格文件"), ("空.xlsx", b"", "文件是空的")],
)
def test_what_cannot_be_a_table_is_refused_at_once(
    name: str, content: bytes, said: str, officer: Client
) -> None:
    answer = officer.post("/imports/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_a_file_too_large_is_refused_and_not_kept(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_limit, "MOST_BYTES", 1000)
    monkeypatch.setattr(imports, "MOST_BYTES", 1000)
    answer = officer.post("/imports/", {"file": SimpleUploadedFile("大.csv", b"a" * 200_000)})
    assert answer.status_code == 422
    assert "文件超过" in answer.content.decode()
    assert not Job.objects.exists()


def test_an_import_is_its_senders_alone(officer: Client, signed_in: SignedIn) -> None:
    address = send(officer, meetings(LECTURE, WRONG_DAY))
    for login in ("secretary", "finance"):  # of the same enterprise
        other = signed_in(login)
        assert other.get(address).status_code == 404
        assert other.get(f"{address}copy/").status_code == 404
        assert other.post(address, {"act": "part"}).status_code == 404
    do_jobs()
    assert "HY20" not in current()


def test_a_job_cut_off_after_its_write_judges_and_does_not_write_again(officer: Client) -> None:
    address = send(officer, meetings(LECTURE))
    officer.post(address, {"act": "whole"})
    job = begin_next(at=clock.now())
    assert job is not None
    perform(job.key)
    Job.objects.update(state="running", ended_at=None)  # killed while it judged
    take_up_again(at=clock.now())
    do_jobs()
    text = text_of(officer, address)
    assert re.search(r"已导入 新增 1 更正 0 撤回 0 未变 0", text)
    assert LEDGER_MODELS["meetings"].objects.filter(number="HY20").count() == 1


def test_who_waits_is_told_and_may_cancel(officer: Client) -> None:
    given = {"file": SimpleUploadedFile("九月会议.xlsx", meetings(LECTURE))}
    address = str(officer.post("/imports/", given).headers["Location"])
    assert "后台任务没有运行" in text_of(officer, address)
    lock = take_lock()
    assert lock is not None
    assert "后台任务没有运行" not in text_of(officer, address)
    os.close(lock)
    part = officer.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "排队" in part
    go_on(officer, address, "cancel")
    assert "已取消，没有写入任何内容" in text_of(officer, address)
    assert officer.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_pages_ask_the_queries_written_down_whatever_the_file_holds(
    officer: Client, signed_in: SignedIn
) -> None:
    """Three of them say who is asking."""
    few = send(officer, meetings(LECTURE))
    many = send(officer, meetings(*((f"HY5{n}", "ZB1", "党课", "2026-09-2") for n in range(9))))
    assert queries(officer, few) == queries(officer, many) == 5
    assert queries(officer, "/imports/") == 4
    assert queries(signed_in("system_admin"), "/jobs/") == 5
    for client, address in ((officer, "/imports/"), (officer, many)):
        page = client.get(address).content.decode()
        assert re.search(r"<title>导入.* · 同融</title>", page)
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", page)


def lectures(*rows: str, heading: str = "党课日期") -> bytes:
    """What a program of somebody's writes: a CSV file whose name and headings are its own."""
    return "\n".join([f"编号,支部,类别,{heading}", *rows]).encode()


def test_a_file_without_sheets_is_of_the_ledger_somebody_chooses_and_known_the_next_time(
    officer: Client,
) -> None:
    address = send(officer, lectures("HY20,ZB1,党课,2026-09-20"), "导出1.csv", sender="乙公司")
    text = text_of(officer, address)
    assert "这个文件还不能导入" in text
    assert "在“哪个台账”里选，再点“重新检查”" in text
    assert "表名" not in text
    go_on(officer, address, "check", ledger="meetings")
    page = officer.get(address).content.decode()
    assert '<option value="meetings" selected>会议活动' in page
    fields = dict(re.findall(r'for="(column-0-\d)">([^<（]+)', page))
    columns = dict(zip(("编号", "支部", "类别", "党课日期"), MEETINGS, strict=True))
    said = {name: columns[heading] for name, heading in fields.items()}
    go_on(officer, address, "check", ledger="meetings", **said)
    assert "检查通过" in text_of(officer, address)
    go_on(officer, address, "whole")
    assert "HY20" in current()
    again = send(officer, lectures("HY21,ZB1,党课,2026-09-21"), "导出2.csv", sender="乙公司")
    assert "检查通过" in text_of(officer, again)
    other = send(officer, lectures("HY22,ZB1,党课,2026-09-22"), "导出3.csv", sender="丙人")
    assert "还不能导入" in text_of(officer, other), "of another sender nothing is known"


def test_a_ledger_chosen_wrongly_is_chosen_anew(officer: Client) -> None:
    address = send(officer, lectures("HY20,ZB1,党课,2026-09-20", heading="召开日期"), "导出.csv")
    go_on(officer, address, "check", ledger="talks")
    assert '<option value="talks" selected>' in officer.get(address).content.decode()
    go_on(officer, address, "check", ledger="meetings")
    assert '<option value="meetings" selected>' in officer.get(address).content.decode()
