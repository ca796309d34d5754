"""What a person gets told where days or trees make no sense, and what is never written over."""

import errno
import json
from pathlib import Path

import pytest
from tests.builders import a_meeting, a_post, a_row
from tests.portal import small
from tests.portal.conftest import Run, as_process

from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook
from tongrong.portal.cli.outputs import whole_file


def book_with(folder: Path, **rows: list[dict[str, object]]) -> Path:
    """A workbook of the small group with further rows."""
    path = folder / "台账.xlsx"
    tables = {code: table.to_pylist() for code, table in small.facts().tables.items()}
    for code, more in rows.items():
        tables[code] = [*tables[code], *more]
    write_workbook(Snapshot.of_rows(tables), path)
    return path


@pytest.mark.parametrize(
    "written", ["2026/5/20", "2026.5.20", "2026年5月20日", "20260520", "2026-5-20", " 2026-05-20 "]
)
def test_a_day_may_be_written_as_people_do(
    tongrong: Run, small_checklist: Path, small_book: Path, written: str
) -> None:
    given = ("--checklist", str(small_checklist), "--as-of", written, "--format", "json")
    result = tongrong("evaluate", small_book, *given)
    assert json.loads(result.stdout) == small.VERDICTS


@pytest.mark.parametrize("written", ["5/20/2026", "26-5-20", "2026-13-01", "2026520", "2026-02-30"])
def test_a_day_that_could_be_another_is_refused(
    tongrong: Run, small_checklist: Path, small_book: Path, written: str
) -> None:
    result = tongrong(
        "evaluate", small_book, "--checklist", str(small_checklist), "--as-of", written
    )
    assert result.exit_code == 2
    assert written in result.output


@pytest.mark.parametrize("written", ["0001-01-01", "1948-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_outside_of_the_years_of_the_ledgers_is_refused(
    tongrong: Run, small_checklist: Path, small_book: Path, written: str
) -> None:
    for command in (("evaluate", small_book), ("explain", "QY1", "1.1.a", "--facts", small_book)):
        result = tongrong(*command, "--checklist", small_checklist, "--as-of", written)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"--as-of：{written}\n    应为：1949 年至 2100 年之间的日期" in result.stderr


@pytest.mark.parametrize("written", ["1948", "2101", "26", "二〇二六"])
def test_a_year_outside_of_the_years_of_the_ledgers_is_refused(
    tongrong: Run, small_checklist: Path, small_book: Path, written: str
) -> None:
    given = ("--checklist", small_checklist, "--as-of", "2026-05-20", "--year", written)
    result = tongrong("evaluate", small_book, *given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "在 1949 至 2100 之间" in result.stderr


def test_the_last_day_of_the_ledgers_can_be_asked_for(
    tongrong: Run, small_checklist: Path, small_book: Path
) -> None:
    given = ("--checklist", small_checklist, "--as-of", "2100-12-31", "--format", "json")
    assert tongrong("evaluate", small_book, *given).exit_code == 0


def test_records_after_the_day_are_told_and_not_counted(
    tongrong: Run, small_checklist: Path, small_book: Path
) -> None:
    given = ("--checklist", str(small_checklist), "--as-of", "2000-01-02", "--format", "json")
    result = tongrong("evaluate", small_book, *given)
    assert "之后，未计入" in result.stderr


def test_only_effective_records_after_the_day_are_told(
    tongrong: Run, small_checklist: Path, tmp_path: Path
) -> None:
    """A meeting and a post of June count as later; a draft, and what is of the day, do not."""
    meetings = [
        a_meeting("HY5", of="DW1", on="2026-05-20"),
        a_meeting("HY6", of="DW1", on="2026-06-01"),
        a_meeting("HY7", of="DW1", on="2026-06-02", status="草稿"),
    ]
    post = a_post("P20", "总经理", of="QY1", since="2026-06-01")
    book = book_with(tmp_path, meetings=meetings, posts=[post])
    given = ("--checklist", str(small_checklist), "--as-of", "2026-05-20", "--format", "json")
    assert "有 2 条记录的日期在考核日 2026-05-20 之后" in tongrong("evaluate", book, *given).stderr


def test_without_records_after_the_day_nothing_is_told(
    tongrong: Run, small_checklist: Path, small_book: Path
) -> None:
    given = ("--checklist", str(small_checklist), "--as-of", "2026-05-20", "--format", "json")
    assert not tongrong("evaluate", small_book, *given).stderr


def test_a_day_to_come_is_told(tongrong: Run, small_checklist: Path, small_book: Path) -> None:
    given = ("--checklist", str(small_checklist), "--as-of", "2099-01-01", "--format", "json")
    result = tongrong("evaluate", small_book, *given)
    assert result.exit_code == 0
    said = "考核日 2099-01-01 在今天之后，只按现有记录推算"
    assert said in result.stderr
    words = ("QY1", "1.1.a", "--facts", small_book, *given[:-2])
    assert said in tongrong("explain", *words).stderr


def test_blanks_around_a_unit_are_no_part_of_it(tongrong: Run, small_book: Path) -> None:
    given = ("--facts", small_book, "--as-of", "2026-05-20")
    plain, padded = (tongrong("explain", unit, "1.1.b", *given) for unit in ("QY1", " QY1 "))
    assert (padded.exit_code, padded.stdout) == (0, plain.stdout)


def test_a_database_url_that_does_not_read_is_told_once(tmp_path: Path) -> None:
    result = as_process("evaluate", env={"DATABASE_URL": "mysql://u:secret@h/d"}, cwd=tmp_path)
    assert result.returncode == 4
    assert (result.stderr.count("应为："), result.stderr.count("办法：")) == (1, 1)
    assert "sqlite:////" in result.stderr
    assert "secret" not in result.stderr


def test_the_demo_has_a_largest_size(tongrong: Run) -> None:
    result = tongrong("demo", "--units", "100000000")
    assert result.exit_code == 2
    assert "--units 的值不对：100000000" in result.stderr
    assert "至多 20000" in result.stderr


def test_an_empty_unit_is_no_unit(tongrong: Run, small_book: Path) -> None:
    result = tongrong("evaluate", small_book, "--as-of", "2026-05-20", "--unit", "")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "要看全部单位，就不写 --unit" in result.stderr


def test_a_post_that_ends_before_it_begins_is_refused_at_its_cell(
    tongrong: Run, tmp_path: Path
) -> None:
    unit = small.facts()["enterprises"]["number"][0].as_py()
    person = small.facts()["persons"]["number"][0].as_py()
    post = a_post(person, "总经理", of=unit, since="2026-03-01", until="2026-02-28")
    result = tongrong("evaluate", book_with(tmp_path, posts=[post]), "--as-of", "2026-05-20")
    assert result.exit_code == 3
    assert "任职!" in result.stderr
    assert "不早于" in result.stderr
    assert "2026-02-28" in result.stderr


def test_enterprises_that_own_each_other_are_refused(tongrong: Run, tmp_path: Path) -> None:
    pair = [
        a_row("enterprises", number=one, name=one, is_group=False, parent=other,
              founded_on="2000-01-01")
        for one, other in (("甲甲", "乙乙"), ("乙乙", "甲甲"))
    ]  # fmt: skip
    result = tongrong("evaluate", book_with(tmp_path, enterprises=pair), "--as-of", "2026-05-20")
    assert result.exit_code == 3
    assert "甲甲 → 乙乙 → 甲甲" in result.stderr


def test_the_demo_is_not_written_over_somebodys_file(tongrong: Run, tmp_path: Path) -> None:
    own = tmp_path / "我的.xlsx"
    own.write_bytes(b"my work")
    assert tongrong("demo", own).exit_code == 2
    assert own.read_bytes() == b"my work"
    assert tongrong("demo", own, "--force").exit_code == 0


def test_a_file_that_could_not_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "判定.json"
    old.write_text("old", encoding="utf-8")

    def fill_the_disk() -> None:
        with whole_file(old) as part:
            part.write_text("half", encoding="utf-8")
            raise OSError(errno.ENOSPC, "disk full")

    with pytest.raises(OSError, match=r"disk full: '.*判定\.json'"):
        fill_the_disk()
    assert old.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [old]
