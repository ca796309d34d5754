"""Versions of one checklist on the command line."""

from pathlib import Path

import pytest
from tests.portal.conftest import Run
from tests.science.test_norms_problems import CHECKLIST
from tests.science.test_versions import MEETINGS, STATE, TWICE, facts, write

from tongrong.facts.to_sheets import write_workbook
from tongrong.norms import from_files


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of two versions of 小, which is where checklists are looked for."""
    write(tmp_path, "small-2018", "{from: 2018-01-01}", CHECKLIST)
    write(tmp_path, "small-2026", "{from: 2026-07-01}", CHECKLIST + STATE, TWICE)
    monkeypatch.setattr(from_files, "norms_home", lambda: tmp_path)
    write_workbook(facts(*MEETINGS), tmp_path / "台账.xlsx")
    return tmp_path


def test_a_family_is_chosen_by_its_name(tongrong: Run, home: Path) -> None:
    asked = ("--as-of", "2026-08-31", "--unit", "甲", "--checklist", "小")
    text = tongrong("evaluate", home / "台账.xlsx", *asked).stdout
    assert "小清单（small-2026）" in text
    assert "1.1.b" in text


def test_the_explanation_names_the_version_of_the_old_months(tongrong: Run, home: Path) -> None:
    asked = ("--as-of", "2026-08-31", "--facts", home / "台账.xlsx", "--checklist", "小")
    text = tongrong("explain", "甲", "1.1.a", *asked).stdout
    assert "small-2018 2018-01-01至2026-06-30" in text
    assert text.index("2026年8月") < text.index("2026年5月")


def test_a_day_without_a_version_is_refused(tongrong: Run, home: Path) -> None:
    asked = ("--as-of", "2017-08-31", "--checklist", "小")
    result = tongrong("evaluate", home / "台账.xlsx", *asked)
    assert result.exit_code == 2
    assert "2017-08-31 没有施行中的版本" in result.stderr


@pytest.mark.parametrize("named", ["small-2026", "./small-2026"])
def test_one_checklist_judges_only_while_it_is_in_force(
    tongrong: Run, home: Path, named: str
) -> None:
    """It came into force in July: August counts, June is nobody's, a day in June is refused."""
    asked = ("--facts", home / "台账.xlsx", "--checklist", named)
    text = tongrong("explain", "甲", "1.1.a", *asked, "--as-of", "2026-08-31").stdout
    assert "2026年8月" in text
    assert "2026年6月" not in text
    for day, code in (("2026-06-30", 2), ("2017-12-01", 2), ("2026-07-01", 0)):
        result = tongrong("evaluate", home / "台账.xlsx", *asked[2:], "--as-of", day)
        assert result.exit_code == code, result.output
        assert ("没有施行中的版本" in result.stderr) is (code == 2)
    assert "清单自 2026-07-01 起施行，考核年度 2026 中此前的期间没有判定" in result.stderr


def test_versions_that_overlap_do_not_pass_the_check(tongrong: Run, home: Path) -> None:
    assert tongrong("norms", "check").exit_code == 0
    file = home / "small-2018" / "checklist.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "{from: 2018-01-01}", "{from: 2018-01-01, to: 2026-07-01}"
    )
    file.write_text(text, encoding="utf-8")
    result = tongrong("norms", "check")
    assert result.exit_code == 3
    assert "N030" in result.stderr


def test_the_shipped_checklist_is_of_a_family() -> None:
    assert from_files.families() == {"442": ["442-2018"]}
