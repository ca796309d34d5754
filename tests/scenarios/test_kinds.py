"""Every kind has cases that show its meaning at the edges.

Cases of clauses run in test_clauses; those that bring a rule of their own, here.
"""

import pytest
from tests.scenarios.shelves import KINDS, about, of_kind, read, run, slugs_and_clauses

from tongrong.engine.shelf import kinds
from tongrong.norms.from_files import checklists


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_cases_with_a_rule_of_their_own_give_what_was_worked_out_by_hand(kind: str) -> None:
    own = [case for case in of_kind(kind) if case.text.rule is not None]
    assert "\n".join(run(own, checklists()[0]) + read(own, checklists()[0])) == ""


def test_every_kind_has_cases_and_every_case_a_kind() -> None:
    assert sorted(path.stem for path in KINDS.glob("*.yaml")) == sorted(kinds())
    assert all(of_kind(kind) for kind in kinds())


def test_no_case_is_left_out() -> None:
    run_here = [case for kind in kinds() for case in of_kind(kind) if case.text.rule is not None]
    run_there = {one.where() for slug, id_ in slugs_and_clauses() for one in about(slug, id_)}
    every = {case.where() for kind in kinds() for case in of_kind(kind)}
    assert every - run_there == {case.where() for case in run_here}
