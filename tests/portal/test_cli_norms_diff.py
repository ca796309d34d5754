"""`tongrong norms diff` as a user meets it."""

import json
import re
from pathlib import Path

from tests.portal.conftest import Run
from tests.science.test_norms_problems import CHECKLIST, a_checklist


def two(folder: Path) -> tuple[Path, Path]:
    """Two small checklists, the second for every quarter."""
    a_checklist(folder / "甲")
    a_checklist(folder / "乙", CHECKLIST.replace("per: month", "per: quarter"))
    return folder / "甲" / "tiny", folder / "乙" / "tiny"


def test_differences_are_told_item_by_item(tongrong: Run, tmp_path: Path) -> None:
    old, new = two(tmp_path)
    result = tongrong("norms", "diff", old, new)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "1 研究",
        "  改动 1.1.a 周期",
        f"    - 每月  {old.resolve()}/checklist.yaml:22:17",
        f"    + 每季度  {new.resolve()}/checklist.yaml:22:17",
    ]
    assert tongrong("norms", "diff", old, new, "--exit-code").exit_code == 1


def test_the_same_differences_as_json(tongrong: Run, tmp_path: Path) -> None:
    old, new = two(tmp_path)
    (one,) = json.loads(tongrong("norms", "diff", old, new, "--format", "json").stdout)
    assert one == {
        "group": "1 研究",
        "subject": "1.1.a",
        "path": "per",
        "words": "周期",
        "old": {"words": "每月", "where": f"{old.resolve()}/checklist.yaml:22:17"},
        "new": {"words": "每季度", "where": f"{new.resolve()}/checklist.yaml:22:17"},
    }


def test_a_checklist_is_the_same_as_itself(tongrong: Run) -> None:
    result = tongrong("norms", "diff", "442-2018", "442-2018", "--exit-code")
    assert (result.exit_code, result.stdout) == (0, "两份清单相同\n")
    assert tongrong("norms", "diff", "442-2018", "442-2018", "--format", "json").stdout == "[]\n"


def test_a_checklist_that_does_not_read_is_refused(tongrong: Run, tmp_path: Path) -> None:
    old, new = two(tmp_path)
    (new / "thresholds.yaml").write_text("studies: {label: 无}\n", encoding="utf-8")
    result = tongrong("norms", "diff", old, new)
    assert result.exit_code == 3
    assert "N010" in result.stderr


def test_its_options_are_documented(tongrong: Run) -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/command-line.md").read_text(encoding="utf-8")
    options = re.findall(r"(--[a-z][a-z-]+)", tongrong("norms", "diff", "--help").stdout)
    assert {"--format", "--exit-code"} <= set(options)
    assert [one for one in options if one not in page and one != "--help"] == []
