"""`import --partial`: what goes in, what comes back, and where it is never written.

And an import that is watched on a terminal, or interrupted there.
"""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from tests.platform.test_import_in_part import a_book, a_branch, a_meeting
from tests.portal.conftest import SOURCE, START, Run, as_process

GOOD, BAD = a_branch("DZ1", "第一支部"), a_branch("DZ2", "第二支部", "不详")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a good branch, a bad one and a meeting of each."""
    meetings = [a_meeting("HY1", "DZ1"), a_meeting("HY2", "第二支部")]
    return a_book(tmp_path / "台账.xlsx", 党组织=[GOOD, BAD], 会议活动=meetings)


def mend(path: Path) -> None:
    """Write the right day where the copy says it is wrong."""
    book = openpyxl.load_workbook(path)
    cell = book["党组织"]["E3"]
    assert "应为：日期" in cell.comment.text
    cell.value = "2020-05-01"
    book.save(path)


def test_the_good_rows_now_and_the_others_once_mended(
    env: dict[str, str], tmp_path: Path, book: Path
) -> None:
    whole = as_process("import", book.name, env=env, cwd=tmp_path)
    assert (whole.returncode, whole.stdout) == (3, "")
    assert not (tmp_path / "台账-待改.xlsx").exists()
    part = as_process("import", book.name, "--partial", env=env, cwd=tmp_path)
    assert part.returncode == 3
    assert "新增 2，更正 0，撤回 0，未变 0" in part.stdout
    assert "暂缓 2 行（党组织 1 行，会议活动 1 行）" in part.stdout
    assert "已写出 台账-待改.xlsx" in part.stdout
    assert "台账.xlsx!党组织!E3：不详" in part.stderr
    mend(tmp_path / "台账-待改.xlsx")
    rest = as_process("import", "台账-待改.xlsx", "--partial", env=env, cwd=tmp_path)
    assert (rest.returncode, rest.stderr) == (0, "")
    assert "新增 2，更正 0，撤回 0，未变 2" in rest.stdout
    assert not (tmp_path / "台账-待改-2.xlsx").exists()
    verified = as_process("verify", env=env, cwd=tmp_path)
    assert verified.returncode == 0


def test_a_copy_is_never_written_over_work(env: dict[str, str], tmp_path: Path, book: Path) -> None:
    original, words = book.read_bytes(), ("import", book.name, "--partial")
    (tmp_path / "台账-待改.xlsx").write_text("改了一半")
    taken = as_process(*words, env=env, cwd=tmp_path)
    assert (taken.returncode, taken.stdout) == (2, "")
    assert (tmp_path / "台账-待改.xlsx").read_text() == "改了一半"
    named = as_process(*words, "--copy", "另存.xlsx", env=env, cwd=tmp_path)
    assert "已写出 另存.xlsx" in named.stdout
    again = as_process(*words, "--force", env=env, cwd=tmp_path)
    assert "新增 0，更正 0，撤回 0，未变 2" in again.stdout
    mend(tmp_path / "台账-待改.xlsx")
    assert book.read_bytes() == original


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--partial", "--copy", "台账.xlsx", "--force"), "原文件以外的文件"),
        (("--partial", "--copy", "台账.csv"), ".xlsx 工作簿"),
        (("--partial", "--copy", "没有/改.xlsx"), "已有的文件夹中的文件"),
        (("--copy", "改.xlsx"), "与 --partial 合用"),
        (("别的.xlsx", "--partial", "--copy", "改.xlsx"), "一次导入一个文件"),
    ],
)
def test_where_a_copy_cannot_go_nothing_is_done(
    words: tuple[str, ...],
    found: str,
    tongrong: Run,
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("TONGRONG_HOME", str(tmp_path / "家"))
    original = book.read_bytes()
    result = tongrong("import", book.name, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert found in result.stderr
    assert (book.read_bytes(), [*tmp_path.iterdir()]) == (original, [book])


def test_a_rehearsal_gives_the_copy_and_writes_no_record(
    env: dict[str, str], tmp_path: Path, book: Path, session_home: Path
) -> None:
    env.setdefault("DATABASE_URL", f"sqlite:///{tmp_path / '库.sqlite3'}")
    env["TONGRONG_HOME"] = str(session_home)  # programs once compiled are there
    dry = as_process("import", book.name, "--partial", "--dry-run", env=env, cwd=tmp_path)
    assert dry.returncode == 3
    assert "以上为试导，除待改副本外没有写入任何内容" in dry.stdout
    mend(tmp_path / "台账-待改.xlsx")
    result = as_process("import", "台账-待改.xlsx", env=env, cwd=tmp_path)
    assert "新增 4，更正 0" in result.stdout


def test_each_of_several_files_has_a_copy_of_its_own(
    env: dict[str, str], tmp_path: Path, book: Path
) -> None:
    folder = tmp_path / "二月"
    folder.mkdir()
    lines = "会议编号,召开单位编号,会议类型,开会日期\nHY3,DZ1,支部党员大会,2026.2.3\n"
    (folder / "会议活动.csv").write_text(f"{lines}HY4,DZ1,支部大大会,2026.2.4\n", "utf-8")
    told = ("--column", "开会日期=召开日期", "--sender", "第一支部", "--reason", "补录")
    words = ("import", book.name, folder.name, "--partial", *told)
    result = as_process(*words, env=env, cwd=tmp_path)
    assert result.returncode == 3
    assert "二月：暂缓 1 行（会议活动 1 行）" in result.stdout
    copy = openpyxl.load_workbook(tmp_path / "二月-待改.xlsx")
    assert copy["会议活动"]["C3"].comment.text.endswith("“支部大大会”是否应为“支部党员大会”？")
    copy["会议活动"]["C3"] = "支部党员大会"
    copy.save(tmp_path / "二月-待改.xlsx")
    words = ("import", "二月-待改.xlsx", "--sender", "第一支部")
    mended = as_process(*words, env=env, cwd=tmp_path)
    assert "新增 1，更正 0，撤回 0，未变 1" in mended.stdout


def watched(*words: object, env: dict[str, str], cwd: Path, until: str) -> tuple[int, str]:
    """Runs `tongrong …` on a terminal, with Ctrl-C at the first sight of `until`."""
    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "TONGRONG_HOME")}
    more = {"COLUMNS": "100", "TERM": "xterm", "PYTHONPATH": SOURCE}
    settings = {"DJANGO_SETTINGS_MODULE": "tongrong.config.settings.dev"}
    process = subprocess.Popen(
        [sys.executable, "-c", START, *map(str, words)],
        env={**kept, **more, **settings, **env},
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        # What starts the tests in the background may have had Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    os.close(theirs)
    seen = b""
    for part in _shown(ours):
        before, seen = until in seen.decode(errors="ignore"), seen + part
        if not before and until in seen.decode(errors="ignore"):
            process.send_signal(signal.SIGINT)
    os.close(ours)
    return process.wait(), seen.decode(errors="ignore")


def _shown(terminal: int) -> Iterator[bytes]:
    try:
        while part := os.read(terminal, 4096):
            yield part
    except OSError:  # the other side is closed
        return


@pytest.mark.parametrize("stage", ["读取 会议活动", "核对", "写入 会议活动"])
def test_ctrl_c_at_any_stage_leaves_the_store_as_it_was(
    stage: str, env: dict[str, str], tmp_path: Path
) -> None:
    meetings = [a_meeting(f"HY{n}", "DZ1") for n in range(20_000)]
    many = a_book(tmp_path / "很多.xlsx", 党组织=[GOOD], 会议活动=meetings)
    few = a_book(tmp_path / "台账.xlsx", 党组织=[GOOD], 会议活动=meetings[:1])
    as_process("import", few.name, env=env, cwd=tmp_path)
    code, shown = watched("import", many.name, env=env, cwd=tmp_path, until=stage)
    assert code == 130
    assert stage in shown
    assert "已中断：报过“新增…”的文件已写入，其余的一行没有写入" in shown
    kept = as_process("export", "出.xlsx", env=env, cwd=tmp_path)
    assert "（2 条记录）" in kept.stdout
