"""Every kind has cases that show its meaning at the edges.

Cases of clauses run in test_clauses; those that bring a rule of their own, here.
"""

import pytest
from tests.backends import on_every_backend, running_on
from tests.read_by_clauses import kinds_of
from tests.scenarios.shelves import (
    KINDS,
    SPOKEN_OF,
    about,
    of_kind,
    read,
    run,
    slugs_and_clauses,
    with_own_rule,
)

from tongrong.engine.shelf import kinds


def cases() -> list[tuple[tuple[str], frozenset[str]]]:
    """Every kind, with the kinds that its own cases' rules are made of."""
    rules = {kind: [case.text.rule for case in with_own_rule(kind)] for kind in sorted(kinds())}
    return [((kind,), kinds_of(found)) for kind, found in rules.items()]


@pytest.mark.parametrize(("backend", "kind"), on_every_backend(cases()))
def test_the_engine_gives_what_was_worked_out_by_hand(backend: str, kind: str) -> None:
    with running_on(backend):
        assert "\n".join(run(with_own_rule(kind), SPOKEN_OF)) == ""


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_reading_gives_what_was_worked_out_by_hand(kind: str) -> None:
    assert "\n".join(read(with_own_rule(kind), SPOKEN_OF)) == ""


def test_every_kind_has_cases_and_every_case_a_kind() -> None:
    assert sorted(path.stem for path in KINDS.glob("*.yaml")) == sorted(kinds())
    assert all(of_kind(kind) for kind in kinds())


def test_no_case_is_left_out() -> None:
    run_here = [case for kind in kinds() for case in with_own_rule(kind)]
    run_there = {one.where() for slug, id_ in slugs_and_clauses() for one in about(slug, id_)}
    every = {case.where() for kind in kinds() for case in of_kind(kind)}
    assert every - run_there == {case.where() for case in run_here}
