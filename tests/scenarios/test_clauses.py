"""Every clause of every checklist gives what was worked out by hand, on every backend and read.

The cases of kinds under `kinds/` run here too, with the clause they speak of.
"""

import pytest
from tests.backends import on_every_backend, running_on
from tests.scenarios.shelves import about, clauses_and_kinds, read, run_by_moment, slugs_and_clauses


@pytest.mark.parametrize(("backend", "slug", "clause"), on_every_backend(clauses_and_kinds()))
def test_the_engine_gives_what_was_worked_out_by_hand(backend: str, slug: str, clause: str) -> None:
    with running_on(backend):
        assert "\n".join(run_by_moment(about(slug, clause), slug)) == ""


@pytest.mark.parametrize(("slug", "clause"), slugs_and_clauses())
def test_the_reading_gives_what_was_worked_out_by_hand(slug: str, clause: str) -> None:
    assert "\n".join(read(about(slug, clause), slug)) == ""
