"""`import` of a sheet whose headings are its sender's own: said once, remembered for the next."""

from pathlib import Path

import pytest
from tests.platform.sheets import Rows, a_workbook
from tests.portal.conftest import as_process

PEOPLE: Rows = [["工作证号", "大名", "备注"], ["RY01", "样例甲", "新来"], ["合计", 1]]
SAID = ("--column", "工作证号=人员编号", "--column", "大名=姓名", "--column", "备注=")


def test_headings_said_once_are_remembered_of_their_sender(
    env: dict[str, str], tmp_path: Path
) -> None:
    a_workbook(tmp_path / "人员.xlsx", {"人员": PEOPLE})

    def run(*words: str) -> tuple[int, str, str]:
        done = as_process("import", "人员.xlsx", *words, env=env, cwd=tmp_path)
        return done.returncode, done.stdout, done.stderr

    code, _, said = run()
    assert code == 3
    assert "--column '大名=列名'" in said
    assert "人员.xlsx!人员!A1：工作证号" in said
    code, out, said = run(*SAID, "--sender", "样例制造")
    assert (code, out.splitlines()[0]) == (0, "人员.xlsx：新增 1，更正 0，撤回 0，未变 0")
    assert "人员.xlsx!人员：第3行是合计行，没有读入" in said
    code, out, _ = run("--sender", "样例制造")
    assert (code, out.strip()) == (0, "人员.xlsx：新增 0，更正 0，撤回 0，未变 1")
    assert run("--sender", "样例贸易")[0] == 3
    assert run("--sender", "样例制造", "--column", "大名=")[0] == 3


@pytest.mark.parametrize("said", ["大名", "大名=性名", "=姓名"])
def test_a_column_that_no_ledger_has_is_refused(said: str, tmp_path: Path) -> None:
    a_workbook(tmp_path / "人员.xlsx", {"人员": PEOPLE})
    env = {"TONGRONG_HOME": str(tmp_path / "家")}
    done = as_process("import", "人员.xlsx", "--column", said, env=env, cwd=tmp_path)
    assert done.returncode == 2
    assert "cli.column" in done.stderr
    assert ("姓名、" in done.stderr) == (said == "大名=性名")
