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


def test_a_kept_program_that_was_cut_short_is_compiled_again(tmp_path: Path) -> None:
    """A power cut may leave a file of its name that is empty or half there."""
    a_checklist(tmp_path)
    bound = bind(load_checklist("tiny", tmp_path), dt.date(2026, 9, 25))
    first = Programs(tmp_path / "kept").of(bound, details=True)
    (kept,) = (tmp_path / "kept").iterdir()
    whole = kept.read_bytes()
    for left in (b"", whole[: len(whole) // 2], b"[]"):
        kept.write_bytes(left)
        assert Programs(tmp_path / "kept").of(bound, details=True) == first
        assert kept.read_bytes() == whole
        assert list((tmp_path / "kept").iterdir()) == [kept]


def test_a_program_that_cannot_be_kept_is_given_all_the_same(tmp_path: Path) -> None:
    a_checklist(tmp_path)
    bound = bind(load_checklist("tiny", tmp_path), dt.date(2026, 9, 25))
    taken = tmp_path / "taken"
    taken.write_text("a file where the folder should be")
    assert Programs(taken).of(bound, details=True) == Programs().of(bound, details=True)
