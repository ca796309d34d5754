"""Puts the demo together: one book, written room by room in a fixed order."""

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.branch_life import write_branch_life
from tongrong.facts.demo.documents import write_documents
from tongrong.facts.demo.dues import write_dues
from tongrong.facts.demo.duties import write_duties
from tongrong.facts.demo.governance import write_governance
from tongrong.facts.demo.matters import write_matters
from tongrong.facts.demo.people import write_people
from tongrong.facts.demo.reform import write_reform
from tongrong.facts.demo.structure import write_structure
from tongrong.facts.demo.supervision import write_supervision
from tongrong.facts.demo.upkeep import write_upkeep
from tongrong.facts.snapshot import Snapshot


def demo_snapshot(seed: int = 442) -> Snapshot:
    """The demo's ledgers on the evening of AS_OF; the same seed gives the same rows.

    The seed changes names, days within a month and amounts, never a planted story.
    """
    book = Book(seed)
    write_structure(book)
    cast = write_people(book)
    write_governance(book, cast, write_matters(book))
    write_branch_life(book, cast)
    write_dues(book, cast)
    write_duties(book, cast)
    write_documents(book, cast)
    write_supervision(book, cast)
    write_reform(book, cast)
    write_upkeep(book, cast)
    return book.snapshot()
