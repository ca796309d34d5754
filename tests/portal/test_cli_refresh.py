"""`refresh`, and what `import` says of verdicts once they are stored."""

from pathlib import Path

from tests.builders import Row, a_branch, a_meeting, a_person, a_post
from tests.portal.conftest import as_process

from tongrong.facts.snapshot import Snapshot
from tongrong.facts.to_sheets import write_workbook

ASSEMBLY = a_meeting("HY1", of="DZ1", on="2026-01-09", kind="支部党员大会")
SCORED = ("--checklist", "branch-scored")


def a_book(path: Path, **post: str) -> Path:
    """A branch with its secretary and one meeting."""
    rows: dict[str, list[Row]] = {
        "party_organizations": [a_branch("DZ1", of=None)],
        "persons": [a_person("张")],
        "posts": [{**a_post("张", "党支部书记", of="DZ1"), **post}],
        "meetings": [ASSEMBLY],
    }
    write_workbook(Snapshot.of_rows(rows), path)
    return path


def test_an_import_tells_which_verdicts_became_others_once_they_are_stored(
    env: dict[str, str], tmp_path: Path
) -> None:
    plain = a_book(tmp_path / "一.xlsx")
    withdrawn = a_book(tmp_path / "二.xlsx", status="撤回")

    def run(*words: object) -> str:
        done = as_process(*words, env=env, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "判定" not in run("import", plain), "nothing is stored, so nothing is judged"
    assert "全部重新判定 16 条，结果没有变化" in run("refresh", *SCORED)
    rehearsed = run("import", withdrawn, "--dry-run")
    assert "将有" in rehearsed
    assert "没有写入任何内容" in rehearsed
    told = run("import", withdrawn)
    assert "撤回 1" in told
    assert "1.1.a" in told
    assert told.count("DZ1") == rehearsed.count("DZ1") > 0
