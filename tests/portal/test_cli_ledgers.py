"""`template`, `import`, `export` and `demo`, on files and on both kinds of database."""

import json
import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.compiled import with_programs
from tests.portal import small
from tests.portal.conftest import Run, as_process

from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.facts.from_files import read_facts
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook

ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}|Error|libpq")


def test_a_template_can_be_filled_in_and_read(tongrong: Run, tmp_path: Path) -> None:
    assert tongrong("template").exit_code == 0
    assert read_facts(tmp_path / "台账模板.xlsx").snapshot.row_count == 0
    assert tongrong("template", "示例.xlsx", "--samples").exit_code == 0
    assert read_facts(tmp_path / "示例.xlsx").snapshot.row_count > 30


def test_a_template_of_some_ledgers(tongrong: Run, tmp_path: Path) -> None:
    words = ("template", "a.xlsx", "--ledger", "议题", "--ledger", "meetings")
    assert tongrong(*words).exit_code == 0
    sheets = CalamineWorkbook.from_path(tmp_path / "a.xlsx").sheet_names
    assert {"议题", "会议活动"} <= set(sheets)
    assert "任职" not in sheets
    for wrong, meant in (("议提", "议题"), ("meetingz", "会议活动")):
        assert f"是否应为 {meant}？" in tongrong("template", "b.xlsx", "--ledger", wrong).stderr


def test_a_filled_in_template_is_not_written_over(tongrong: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("填好的")
    result = tongrong("template", "a.xlsx")
    assert (result.exit_code, (tmp_path / "a.xlsx").read_text()) == (2, "填好的")
    assert tongrong("template", "a.xlsx", "--force").exit_code == 0
    assert tongrong("template", "a.xls").exit_code == 2


def test_in_and_out_of_the_database(
    new_env: dict[str, str], tmp_path: Path, small_book: Path, small_checklist: Path
) -> None:
    first = as_process("import", small_book, env=new_env, cwd=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert f"新增 {small.facts().row_count}，更正 0，撤回 0，未变 0" in first.stdout
    again = as_process("import", small_book, env=new_env, cwd=tmp_path)
    assert "新增 0，更正 0，撤回 0，未变" in again.stdout
    asked = ("--checklist", small_checklist, "--as-of", "2026-05-20")
    judged = as_process("evaluate", *asked, "--format", "json", env=new_env, cwd=tmp_path)
    assert json.loads(judged.stdout) == small.VERDICTS
    told = as_process("explain", "QY1", "1.3.a", *asked, env=new_env, cwd=tmp_path)
    assert "2/7" in told.stdout
    for words in (("出.xlsx",), ("出",), ("出柜", "--parquet")):
        out = as_process("export", *words, env=new_env, cwd=tmp_path)
        assert out.returncode == 0, out.stderr
        back = read_facts(tmp_path / words[0]).snapshot
        for code in LEDGERS:
            assert sorted(map(str, back[code].to_pylist())) == sorted(
                map(str, read_facts(small_book).snapshot[code].to_pylist())
            )
    taken = as_process("export", "出.xlsx", env=new_env, cwd=tmp_path)
    assert taken.returncode == 2


def test_a_correction_and_a_withdrawal_change_the_verdict(
    env: dict[str, str], tmp_path: Path, small_book: Path, small_checklist: Path
) -> None:
    as_process("import", small_book, env=env, cwd=tmp_path)
    withdrawn = {"number": "HY1", "status": "撤回", "unit": "DW1", "kind": "党委会"}
    held = small.facts()["meetings"].to_pylist()
    first = next(row for row in held if row["number"] == "HY1")
    rows = {"meetings": [{**first, **withdrawn}]}
    units = {code: small.facts()[code].to_pylist() for code in ("enterprises",)}
    organizations = {"party_organizations": small.facts()["party_organizations"].to_pylist()}
    write_workbook(Snapshot.of_rows({**rows, **units, **organizations}), tmp_path / "更正.xlsx")
    result = as_process("import", "更正.xlsx", "--reason", "误录", env=env, cwd=tmp_path)
    assert "撤回 1" in result.stdout
    judged = as_process(
        "evaluate", "--checklist", small_checklist, "--as-of", "2026-05-20", "--format", "json",
        env=env, cwd=tmp_path,
    )  # fmt: skip
    assert json.loads(judged.stdout)[0]["measured"] == "2/5"


def test_a_deleted_row_is_not_withdrawn_and_the_import_says_so(
    env: dict[str, str], tmp_path: Path, small_book: Path
) -> None:
    as_process("import", small_book, env=env, cwd=tmp_path)
    tables = {code: table.to_pylist() for code, table in small.facts().tables.items()}
    tables["meetings"] = [row for row in tables["meetings"] if row["number"] != "HY2"]
    write_workbook(Snapshot.of_rows(tables), tmp_path / small_book.name)
    result = as_process("import", small_book.name, env=env, cwd=tmp_path)
    assert result.returncode == 0
    (line,) = result.stderr.splitlines()
    assert "有 1 条记录" in line
    assert "会议活动 1 条（HY2）" in line
    assert "“记录状态”填为“撤回”" in line
    gone = next(row for row in small.facts()["meetings"].to_pylist() if row["number"] == "HY2")
    tables["meetings"].append({**gone, "status": "撤回"})
    write_workbook(Snapshot.of_rows(tables), tmp_path / small_book.name)
    again = as_process("import", small_book.name, env=env, cwd=tmp_path)
    assert (again.stderr, "撤回 1" in again.stdout) == ("", True)


def test_the_template_says_that_deleting_a_row_withdraws_nothing(
    tongrong: Run, tmp_path: Path
) -> None:
    tongrong("template", "a.xlsx")
    guide = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("说明").to_python()
    assert any("删去行不等于撤回" in str(cell) for row in guide for cell in row)


def test_nothing_is_written_of_files_of_which_one_is_wrong(
    env: dict[str, str], tmp_path: Path, small_book: Path
) -> None:
    (tmp_path / "坏.xlsx").write_text("不是工作簿")
    result = as_process("import", small_book, "坏.xlsx", env=env, cwd=tmp_path)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert as_process("evaluate", env=env, cwd=tmp_path).returncode == 4


@pytest.mark.parametrize(
    "url", ["postgresql://nobody:x@127.0.0.1:1/nothing", "mysql://a/b", "sqlite:////proc/no/db"]
)
def test_a_database_out_of_reach_is_no_traceback(
    url: str, tmp_path: Path, small_book: Path
) -> None:
    env = {"DATABASE_URL": url, "TONGRONG_HOME": str(with_programs(tmp_path))}
    for words in (("evaluate",), ("export", "a.xlsx"), ("import", small_book)):
        result = as_process(*words, env=env, cwd=tmp_path)
        assert "Traceback" not in result.stderr
        assert "办法：" in result.stderr
        assert result.returncode == 4, (words, result.stderr)
        found = result.stderr.splitlines()[0].removeprefix(str(Path("/proc/no")))
        assert not ENGLISH.search(found.replace("DATABASE_URL", "")), found


# --- the demo ------------------------------------------------------------------------------


def test_the_demo_is_a_workbook_like_any_other(tongrong: Run, tmp_path: Path) -> None:
    result = tongrong("demo", "示范.xlsx")
    assert result.exit_code == 0
    assert f"--as-of {AS_OF}" in result.stdout
    assert read_facts(tmp_path / "示范.xlsx").snapshot.row_count == demo_snapshot().row_count
    assert tongrong("demo", "示范.csv").exit_code == 2


def test_the_demo_from_the_workbook_to_two_explanations(
    env: dict[str, str], tmp_path: Path
) -> None:
    home = Path(env["TONGRONG_HOME"])
    result = as_process("demo", "--run", env=env, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (home / "demo.xlsx").is_file()
    text = result.stdout
    places = [text.index(said) for said in (
        "已写出虚构集团的台账", "新增", "天工样例集团股份有限公司（QY00）", "1 统筹谋划部署有力",
        "1.1.b", "怎样达标", "9.3.b", "接着可以试",
    )]  # fmt: skip
    assert places == sorted(places)
    again = as_process("demo", "--run", "--serve", env={**env, "CI": "true"}, cwd=tmp_path)
    assert "新增 0，更正 0" in again.stdout
    portal = again.stdout[again.stdout.index("门户") :]
    places = [portal.index(said) for said in (
        "全部重新判定", "样例账户", "shangji", "上级监管", "tongrong serve", "http://127.0.0.1:8000/",
    )]  # fmt: skip
    assert places == sorted(places), "on a build machine it says how to open it, and ends"


def test_the_demo_keeps_out_of_a_database_in_use(
    env: dict[str, str], tmp_path: Path, small_book: Path
) -> None:
    as_process("import", small_book, env=env, cwd=tmp_path)
    result = as_process("demo", "--run", env=env, cwd=tmp_path)
    assert result.returncode == 4
    assert "QY1" in result.stderr


def test_the_demo_is_not_written_over_somebodys_own_unit_of_the_same_code(
    env: dict[str, str], tmp_path: Path
) -> None:
    """The sample rows name their own group company QY01, as the demo does one of its firms."""
    as_process("template", "示例.xlsx", "--samples", env=env, cwd=tmp_path)
    assert as_process("import", "示例.xlsx", env=env, cwd=tmp_path).returncode == 0
    result = as_process("demo", "--run", env=env, cwd=tmp_path)
    assert result.returncode == 4, result.stdout
    assert "企业 QY01" in result.stderr
    as_process("export", "库.xlsx", env=env, cwd=tmp_path)
    kept = read_facts(tmp_path / "库.xlsx").snapshot["enterprises"].to_pylist()
    sample = read_facts(tmp_path / "示例.xlsx").snapshot["enterprises"].to_pylist()
    assert {one["name"] for one in kept} == {one["name"] for one in sample}
