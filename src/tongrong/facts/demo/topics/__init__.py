"""What the demo records, one module a topic; a new file is enough.

A topic's module has `write(book, cast)`, which enters its rows, and may name in `AFTER` the
topics whose rows it reads. Structure and people are in the book before all topics.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.people import Cast

Write = Callable[[Book, Cast], None]


def topics() -> Iterator[tuple[str, Write]]:
    """Every topic's name and writer, each after those it names, otherwise by name.

    Raises:
        graphlib.CycleError: topics wait for each other.
        KeyError: a topic waits for one that does not exist.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    order = TopologicalSorter({name: getattr(found[name], "AFTER", ()) for name in names})
    order.prepare()
    while order.is_active():
        ready = sorted(order.get_ready())
        for name in ready:
            yield name, found[name].write
        order.done(*ready)
