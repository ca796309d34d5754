"""What must not happen: work lost, an empty all-clear, characters cropped, pipes and encodings."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.portal import small
from tests.portal.conftest import SOURCE, START, Run, as_process

from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_folder, write_workbook

DRAWN = set("─━╭╮╰╯│┃ \n")


@pytest.fixture
def given(small_checklist: Path) -> tuple[str, ...]:
    return ("--checklist", str(small_checklist), "--as-of", "2026-05-20")


# --- nothing is written over -----------------------------------------------------------------


def test_a_file_that_is_there_is_kept_unless_forced(
    tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    for form in ("json", "xlsx", "parquet", "table"):
        ending = "txt" if form == "table" else form
        taken = tmp_path / f"别人的.{ending}"
        taken.write_text("别人的")
        words = ("evaluate", small_book, *given, "--format", form, "-o", taken)
        refused = tongrong(*words)
        assert (refused.exit_code, taken.read_text()) == (2, "别人的")
        assert "cli.exists" in refused.stderr
        assert "--force" in refused.stderr
        assert tongrong(*words, "--force").exit_code == 0
        assert taken.read_bytes() != "别人的".encode()


def test_force_does_not_reach_ledgers_or_their_folder(
    tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    book, folder, link = tmp_path / "台账.xlsx", tmp_path / "台账", tmp_path / "别名.xlsx"
    book.write_bytes(small_book.read_bytes())
    link.symlink_to(book)
    write_folder(small.facts(), folder)
    before = {path: path.read_bytes() for path in (book, *folder.iterdir())}
    for facts, form, target in (
        (book, "xlsx", book), (book, "xlsx", link), (folder, "json", folder / "企业.json"),
        (folder, "json", next(folder.iterdir())),
    ):  # fmt: skip
        result = tongrong("evaluate", facts, *given, "--format", form, "-o", target, "--force")
        assert result.exit_code == 2
        assert "台账以外的文件" in result.stderr
    assert {path: path.read_bytes() for path in before} == before
    assert not (folder / "企业.json").exists()


@pytest.mark.parametrize("name", ["tongrong.sqlite3", "tongrong.sqlite3-wal"])
def test_force_does_not_reach_the_database(
    name: str, tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TONGRONG_HOME", str(tmp_path))
    (tmp_path / name).write_text("数据")
    result = tongrong("evaluate", small_book, *given, "-o", name, "--force")
    assert (result.exit_code, (tmp_path / name).read_text()) == (2, "数据")
    assert "业务数据库的文件" in result.stderr


@pytest.mark.parametrize(
    ("form", "name"), [("json", "a.xlsx"), ("xlsx", "a.json"), ("parquet", "a.csv"),
                       ("table", "a.xlsx")]
)  # fmt: skip
def test_an_ending_that_contradicts_the_format_is_refused(
    form: str, name: str, tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path
) -> None:
    result = tongrong("evaluate", small_book, *given, "--format", form, "-o", name)
    assert result.exit_code == 2
    assert "cli.output" in result.stderr
    assert not (tmp_path / name).exists()


# --- nothing judged is no all-clear ----------------------------------------------------------


def test_ledgers_without_units_are_refused(
    tongrong: Run, given: tuple[str, ...], tmp_path: Path
) -> None:
    assert tongrong("template", "空.xlsx").exit_code == 0
    write_workbook(Snapshot.of_rows({"persons": [{"number": "P1", "name": "某"}]}), Path("人.xlsx"))
    for book in ("空.xlsx", "人.xlsx"):
        result = tongrong("evaluate", book, *given)
        assert result.exit_code == 3
        assert "没有可判定的单位：“企业”“党组织”两张表没有记录" in result.stderr
        assert result.stdout == ""
    imported = as_process("import", "空.xlsx", env={"TONGRONG_HOME": "家"}, cwd=tmp_path)
    assert imported.returncode == 3
    assert "没有可导入的记录" in imported.stderr
    assert not (tmp_path / "家").exists()


def test_a_day_before_every_unit_is_refused(
    tongrong: Run, small_checklist: Path, small_book: Path
) -> None:
    result = tongrong(
        "evaluate", small_book, "--checklist", small_checklist, "--as-of", "1999-05-20"
    )
    assert result.exit_code == 3, result.output
    assert "没有可判定的单位：1999-05-20" in result.stderr
    assert "没有不达标" not in result.stdout


def test_a_database_not_made_yet_says_to_import_first(
    new_env: dict[str, str], tmp_path: Path
) -> None:
    for words in (("evaluate",), ("explain", "QY1", "1.1.b"), ("export", "a.xlsx")):
        result = as_process(*words, env=new_env, cwd=tmp_path)
        assert result.returncode == 4
        assert "还没有导入过台账" in result.stderr
        assert "先 tongrong import" in result.stderr
        assert "database.empty" in result.stderr
        assert "SELECT" not in result.stderr
    assert not (tmp_path / "家" / "tongrong.sqlite3").exists()


# --- tables, pipes, encodings ----------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("unit", [(), ("--unit", "QY1")])
def test_no_character_is_lost_at_any_width(
    width: int, unit: tuple[str, ...], tongrong: Run, given: tuple[str, ...], small_book: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def shown(columns: int, *words: object) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        return tongrong(*words, *given).stdout

    for words in (
        ("evaluate", small_book, *unit),
        ("explain", "QY1", "1.1.a", "--facts", small_book),
    ):
        whole, narrow = shown(600, *words), shown(width, *words)
        assert "…" not in narrow.replace("……", "")
        assert max(map(cell_len, narrow.splitlines())) <= width
        assert _characters(narrow) == _characters(whole)


def _characters(text: str) -> Counter[str]:
    return Counter(one for one in text if one not in DRAWN)


@pytest.mark.parametrize(
    "words", ["evaluate", "json", "missing", "explain", "norms", "--help", "evaluate --help"]
)
def test_a_pipe_nobody_reads_ends_quietly(
    words: str, given: tuple[str, ...], small_book: Path, session_home: Path, tmp_path: Path
) -> None:
    asked = {
        "evaluate": ("evaluate", small_book, *given),
        "json": ("evaluate", small_book, *given, "--format", "json"),
        "missing": ("evaluate", "没有.xlsx", *given),
        "explain": ("explain", "QY1", "1.1.a", "--facts", small_book, *given),
        "norms": ("norms", "show"),
    }.get(words, tuple(words.split()))
    read, write = os.pipe()
    os.close(read)
    error = write if words == "missing" else subprocess.PIPE
    try:
        result = subprocess.run(
            [sys.executable, "-c", START, *map(str, asked)],
            env={**os.environ, "PYTHONPATH": SOURCE, "TONGRONG_HOME": str(session_home)},
            cwd=tmp_path, stdout=write, stderr=error, text=True, check=False,
        )  # fmt: skip
    finally:
        os.close(write)
    assert result.returncode == 141
    assert not result.stderr


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_an_encoding_without_the_lamps_is_no_traceback(
    encoding: str, given: tuple[str, ...], small_book: Path, session_home: Path, tmp_path: Path
) -> None:
    for words in (("evaluate", small_book, *given), ("evaluate", "没有.xlsx"), ("--help",)):
        result = subprocess.run(
            [sys.executable, "-c", START, *map(str, words)],
            env={**os.environ, "PYTHONPATH": SOURCE, "TONGRONG_HOME": str(session_home),
                 "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert result.returncode == (3 if "没有.xlsx" in words else 0), result.stderr
        assert b"Traceback" not in result.stderr
        if encoding == "gbk" and words[0] == "evaluate":
            assert "单位" in (result.stdout + result.stderr).decode("gbk") or result.returncode


# --- Ctrl-C ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("evaluate", "台账.xlsx"), "原有的文件和数据库都没有改动"),
        (("import", "台账.xlsx"), "其余的一行没有写入"),
    ],
)
def test_an_interrupted_command_says_what_is_true_of_what_was_written(
    words: tuple[str, ...], said: str, tongrong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(path: Path, *_: object, **__: object) -> None:
        raise KeyboardInterrupt(path)

    monkeypatch.setattr("tongrong.facts.from_files.read_facts", interrupted)
    result = tongrong(*words)
    assert (result.exit_code, result.stdout) == (130, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("已中断：")
    assert said in line


def test_the_engine_interrupted_while_it_computes_is_no_traceback(
    tongrong: Run, given: tuple[str, ...], small_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB makes an error of a Ctrl-C while a query runs; any other error stays one."""
    said = "Query interrupted"

    def computing(*_: object, **__: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr("tongrong.engine.run.evaluate", computing)
    result = tongrong("evaluate", small_book, *given)
    assert (result.exit_code, result.stdout) == (130, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("已中断：")
    said = "something else"
    assert isinstance(tongrong("evaluate", small_book, *given).exception, RuntimeError)


def test_an_interrupted_file_is_not_there(
    tongrong: Run, given: tuple[str, ...], small_book: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def interrupted(findings: object, target: Path) -> None:
        target.write_text(str(findings))
        raise KeyboardInterrupt

    monkeypatch.setattr("tongrong.portal.cli.verdict_files.write_json", interrupted)
    result = tongrong("evaluate", small_book, *given, "--format", "json", "-o", "a.json")
    assert result.exit_code == 130
    assert "没有报“已写出”的文件没有写出" in result.stderr
    assert list(tmp_path.iterdir()) == []
