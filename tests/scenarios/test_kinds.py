"""Every kind has cases that show its meaning at the edges; expression and reading agree."""

import pytest
from tests.scenarios.shelves import KINDS, of_kind, read, run

from tongrong.engine.shelf import kinds
from tongrong.norms.from_files import checklists

every_kind = pytest.mark.parametrize("kind", sorted(kinds()))


@every_kind
def test_the_engine_gives_what_was_worked_out_by_hand(kind: str) -> None:
    assert "\n".join(run(of_kind(kind), checklists()[0])) == ""


@every_kind
def test_the_reading_gives_what_was_worked_out_by_hand(kind: str) -> None:
    assert "\n".join(read(of_kind(kind), checklists()[0])) == ""


def test_every_kind_has_cases_and_every_case_a_kind() -> None:
    assert sorted(path.stem for path in KINDS.glob("*.yaml")) == sorted(kinds())
