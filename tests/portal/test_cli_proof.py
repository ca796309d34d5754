"""From a correction to its proof: history, known-at, erasure, backup and restore at the prompt."""

import datetime as dt
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.portal import small
from tests.portal.conftest import Run, as_process

from tongrong.facts.from_files import read_facts

Prompt = Callable[..., subprocess.CompletedProcess[str]]
HEAD = re.compile(r"审计链末端 (\d+:[0-9a-f]{64})")


@pytest.fixture
def prompt(env: dict[str, str], tmp_path: Path, small_book: Path) -> Prompt:
    """`tongrong …` on a database of each kind that the small workbook was imported into."""

    def run(*words: object, **other: str) -> subprocess.CompletedProcess[str]:
        return as_process(*words, env={**env, **other}, cwd=tmp_path)

    assert run("import", small_book, "--actor", "小王").returncode == 0
    return run


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


def test_a_withdrawal_its_history_and_what_was_known_before(
    prompt: Prompt, small_checklist: Path, tmp_path: Path
) -> None:
    before = now()
    words = ("withdraw", "会议活动/HY1", "--reason", "没有开成", "--actor", "小李")
    done = prompt(*words)
    assert (done.returncode, done.stdout) == (
        0,
        "meetings/HY1 第 2 版：已撤回，不再计入；以前各版都还在\n",
    )
    assert prompt(*words).stdout == "meetings/HY1 第 2 版：已经撤回，没有改动\n"

    told = prompt("history", "HY1").stdout
    assert "会议活动 meetings/HY1：2 版" in told
    assert re.search(r"第 1 版  有效  .* 止  小王 导入  小企业.xlsx!会议活动 第 \d+ 行", told)
    assert re.search(
        r"第 2 版  撤回  .* 起  小李 撤回  原因：没有开成\n    记录状态：有效 → 撤回", told
    )
    plain = json.loads(prompt("history", "HY1", "--format", "json").stdout)
    assert [one["entry"] for one in plain["versions"]] == [1, 2]
    assert plain["versions"][0]["changes"][0]["cell"].startswith("小企业.xlsx!会议活动!A")

    asked = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--format", "json")
    assert json.loads(prompt("evaluate", *asked).stdout)[0]["measured"] == "2/5"
    then = prompt("evaluate", *asked, "--known-at", before)
    assert json.loads(then.stdout) == small.VERDICTS
    assert "已登记的内容，其后的补录、更正、撤回不计" in then.stderr
    explained = prompt("explain", "QY1", "1.1.a", *asked[:4], "--known-at", before)
    assert small.VERDICTS[0]["measured"] in explained.stdout
    assert prompt("export", "当时.xlsx", "--known-at", before).returncode == 0
    meetings = read_facts(tmp_path / "当时.xlsx").snapshot["meetings"]
    assert set(meetings["status"].to_pylist()) == {"有效"}
    yesterday = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2)).date().isoformat()
    early = prompt("evaluate", *asked, "--known-at", yesterday)
    assert (early.returncode, "第一次登记在" in early.stderr) == (2, True)


def test_a_correction_by_command(prompt: Prompt) -> None:
    words = ("correct", "HY1", "--ledger", "会议活动", "--set", "召开日期=2026年1月8日")
    done = prompt(*words, "--set", "form=线上", "--reason", "记错")
    assert done.stdout == "meetings/HY1 第 2 版：已更正\n", done.stderr
    assert "召开日期：2026-01-" in prompt("history", "HY1").stdout
    for wrong, code in (
        ("召开日=2026-01-08", "cli.set"),
        ("召开日期=2月30日", "facts.cell."),
        ("会议编号=HY99", "record.key"),
        ("召开单位编号=DZ99", "facts.reference.unknown"),
    ):
        refused = prompt("correct", "HY1", "--set", wrong, "--reason", "试")
        assert code in refused.stderr, (wrong, refused.stderr)
        assert refused.returncode in (2, 3)
    assert "record.reason" in prompt("correct", "HY1", "--set", "form=", "--reason", " ").stderr
    assert prompt("correct", "HY1", "--set", "form=").returncode == 2


def test_backup_erasure_restore_and_verification(prompt: Prompt, tmp_path: Path) -> None:
    saved = prompt("backup", "甲.zip")
    assert (saved.returncode, "妥善保管" in saved.stderr) == (0, True), saved.stderr
    (head,) = HEAD.findall(saved.stdout)
    assert prompt("backup", "甲.zip").returncode == 2

    person = small.facts()["persons"].to_pylist()[0]
    erased = prompt(
        "erase", person["number"], "--reason", "本人申请", "--basis", "收文7号", "--actor", "小李"
    )
    assert "人员 1 版" in erased.stdout
    assert "以前的备份、导出的文件" in erased.stderr
    assert person["name"] not in erased.stdout + erased.stderr

    checked = prompt("verify", "--head", head)
    assert (checked.returncode, "全部相符" in checked.stdout) == (0, True), checked.stderr
    of_file = prompt("verify", "甲.zip", "--head", head)
    assert (of_file.returncode, HEAD.findall(of_file.stdout)) == (0, [head]), of_file.stderr
    forged = prompt("verify", "--head", head[:-1] + ("0" if head[-1] != "0" else "1"))
    assert (forged.returncode, "proof.head.known" in forged.stderr) == (3, True)
    assert "cli.head" in prompt("verify", "--head", "12").stderr

    refused = prompt("restore", "甲.zip")
    assert (refused.returncode, "restore.not_empty" in refused.stderr) == (3, True)
    fresh = {"TONGRONG_HOME": str(tmp_path / "新家"), "DATABASE_URL": ""}
    restored = prompt("restore", "甲.zip", **fresh)
    assert (restored.returncode, HEAD.findall(restored.stdout)) == (0, [head]), restored.stderr
    assert "须逐一再运行 tongrong erase" in restored.stderr
    assert "已删除" not in prompt("history", f"persons/{person['number']}", **fresh).stdout


def test_a_damaged_backup_is_told(prompt: Prompt, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "别的.zip", "w") as archive:
        archive.writestr("a", "b")
    for words in (("restore", "别的.zip"), ("verify", "别的.zip")):
        refused = prompt(*words)
        assert (refused.returncode, "backup.damaged" in refused.stderr) == (3, True)
    missing = prompt("verify", "没有.zip")
    assert (missing.returncode, "没有这个文件" in missing.stderr) == (2, True)


def test_an_erased_person_does_not_come_back_by_the_old_workbook(
    prompt: Prompt, small_book: Path
) -> None:
    person = small.facts()["persons"].to_pylist()[0]["number"]
    prompt("erase", person, "--reason", "本人申请", "--basis", "收文7号")
    again = prompt("import", small_book)
    assert "新增 0，更正 0，撤回 0" in again.stdout
    assert "有已依法删除的个人信息（人员 1 行）：没有导入" in again.stderr


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-02-30", "cli.day"),
        ("2026-03-01T10:00", "在时刻后写时区"),
        ("昨天", "cli.day"),
        ("10:00点", "cli.known_at"),
        ("2999-01-01", "应为：1949 年至 2100 年"),
        ("2099-01-01", "已经到来的时刻"),
    ],
)
def test_a_moment_that_is_none_is_refused(tongrong: Run, moment: str, said: str) -> None:
    refused = tongrong("export", "a.xlsx", "--known-at", moment)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr


def test_a_file_does_not_know_what_was_known(tongrong: Run, small_book: Path) -> None:
    for words in (("evaluate", small_book), ("explain", "QY1", "1.1.a", "--facts", small_book)):
        refused = tongrong(*words, "--known-at", "2026-03-01")
        assert (refused.exit_code, "文件不记每一版何时登记" in refused.stderr) == (2, True)
