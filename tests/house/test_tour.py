"""The tour through the code is true: its files exist and its figures are the demo's."""

import re
from pathlib import Path

from tongrong.engine.run import evaluate
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Severity

PATH = re.compile(r"`((?:src|norms|tests|docs)/[\w./-]+)`")


def test_every_file_the_tour_names_exists(root: Path) -> None:
    """A renamed file must not leave a reader lost."""
    text = (root / "docs" / "tour.md").read_text(encoding="utf-8")
    named = PATH.findall(text)
    assert len(named) > 20
    assert [name for name in named if not (root / name).exists()] == []


def test_the_meeting_of_the_tour_counts_as_it_says() -> None:
    """8 of 9 months, May missing, next due on 31 October; the meeting of 8 April is counted."""
    found = evaluate(
        load_checklist("442-2018"), demo_snapshot(), AS_OF, clauses=["1.1.b"], details=True
    )
    (verdict,) = [row for row in found.verdicts.to_pylist() if row["unit"] == "QY01"]
    assert found.missing is not None
    assert found.records is not None
    (missing,) = [row for row in found.missing.to_pylist() if row["unit"] == "QY01"]
    (counted,) = [row for row in found.records.to_pylist() if row["unit"] == "QY01"]
    assert Severity(verdict["severity"]) is Severity.UNMET
    assert (verdict["num"], verdict["den"]) == (8, 9)
    assert verdict["due"].isoformat() == "2026-10-31"
    assert missing["missing"] == ["2026-05"]
    assert len(counted["records"]) == 8
    assert "agenda_items/HYDW01-260408-001|1" in counted["records"]
