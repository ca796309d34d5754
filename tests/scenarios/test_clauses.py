"""Every clause of every checklist gives what was worked out by hand, expression and reading.

The cases of kinds under `kinds/` run here too, with the clause they speak of.
"""

import pytest
from tests.scenarios.shelves import about, read, run, slugs_and_clauses

clauses = pytest.mark.parametrize(("slug", "clause"), slugs_and_clauses())


@clauses
def test_the_engine_gives_what_was_worked_out_by_hand(slug: str, clause: str) -> None:
    assert "\n".join(run(about(slug, clause), slug)) == ""


@clauses
def test_the_reading_gives_what_was_worked_out_by_hand(slug: str, clause: str) -> None:
    assert "\n".join(read(about(slug, clause), slug)) == ""
