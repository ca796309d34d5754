"""Puts the demo together: one book, written topic by topic in an order that is always the same."""

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.people import write_people
from tongrong.facts.demo.scale import scaled
from tongrong.facts.demo.structure import write_structure
from tongrong.facts.demo.topics import topics
from tongrong.facts.snapshot import Snapshot


def demo_snapshot(seed: int = 442, units: int = 0) -> Snapshot:
    """The demo's ledgers on the evening of AS_OF; the same seed gives the same rows.

    The seed changes names, days within a month and amounts, never a planted story.
    `units` asks for at least so many enterprises and Party organizations together, in whole
    groups: the first is the demo, the others are it again under other codes.
    """
    book = Book(seed)
    write_structure(book)
    cast = write_people(book)
    for name, write in topics():
        book.begin(name)
        write(book, cast)
    return scaled(book.snapshot(), units)
