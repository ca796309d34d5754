"""Rules are compiled once; whoever waits for it is told before."""

import datetime as dt
from pathlib import Path

from tests.science.test_norms_problems import a_checklist

from tongrong.engine.from_norms import bind
from tongrong.engine.programs import Programs
from tongrong.norms.from_files import load_checklist


def test_who_waits_is_told_how_much_there_is_to_compile_and_only_once(tmp_path: Path) -> None:
    """Neither the same rules again nor another process with the same folder wait."""
    a_checklist(tmp_path)
    bound = bind(load_checklist("tiny", tmp_path), dt.date(2026, 9, 25))
    told: list[int] = []
    programs = Programs(tmp_path / "kept", told.append)
    first = programs.of(bound, details=True)
    assert told == [1]
    assert programs.of(bound, details=True) is first
    assert Programs(tmp_path / "kept", told.append).of(bound, details=True) == first
    assert told == [1]
