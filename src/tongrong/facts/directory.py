"""Who and what has a code: by code and by name, in the files read and recorded elsewhere."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Any

import pyarrow as pa

from tongrong.facts.cell_text import squeezed
from tongrong.facts.ledger import EFFECTIVE, STATUS, Ledger
from tongrong.facts.registry import LEDGERS

UNITS = "units"
UNIT_LEDGERS = ("enterprises", "party_organizations")
_NAMES = ("name", "title", "short_name")
_SUGGEST_AMONG, SHOWN = 2000, 3

Named = tuple[str, tuple[str | None, ...]]
"""A code and the names it goes by."""


Known = Callable[[str, Collection[str | None]], Collection[str]]
"""Of these texts, those that are the code of a record of a ledger."""


def nothing_known(_: str, __: Collection[str | None]) -> Collection[str]:
    """No code is any record's."""
    return ()


def _no_names(_: str) -> Iterable[Named]:
    return ()


def _nothing_alike(_: str, __: pa.Table) -> Mapping[tuple[Any, ...], str]:
    return {}


@dataclass(frozen=True)
class Elsewhere:
    """What is recorded elsewhere than in the files read; by default nothing.

    `codes` are asked for those that a file names, never for all; `names` gives the effective
    records of a ledger with their names; `alike` the code of each record that is like one of the
    rows given, by their likeness.
    """

    codes: Known = nothing_known
    names: Callable[[str], Iterable[Named]] = _no_names
    alike: Callable[[str, pa.Table], Mapping[tuple[Any, ...], str]] = _nothing_alike


def names_of(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns in which a record of the ledger has its names."""
    return tuple(name for name in _NAMES if name in ledger.columns)


def targets(to: str) -> tuple[str, ...]:
    """The ledgers a reference may point into."""
    return UNIT_LEDGERS if to == UNITS else (to,)


class Directory:
    """The names of everything with a code; each ledger is looked through when first asked for."""

    def __init__(self, tables: Mapping[str, pa.Table], elsewhere: Elsewhere) -> None:
        """`tables` are the rows read, by ledger; they go before what is recorded elsewhere."""
        self._tables, self._elsewhere = tables, elsewhere
        self._by_code: dict[str, dict[str, tuple[str, ...]]] = {}
        self._by_name: dict[str, dict[str, list[str]]] = {}

    def named(self, to: str, name: str) -> list[str]:
        """The codes of all that go by this name."""
        key = squeezed(name)
        return [code for one in targets(to) for code in self._names(one).get(key, ())]

    def name_of(self, to: str, code: str) -> tuple[str, ...]:
        """The names a code goes by, none if it is not known."""
        return next((n for one in targets(to) if (n := self._codes(one).get(code))), ())

    def near(self, to: str, found: str) -> list[str]:
        """The codes most like what was found, or whose names are, each with its name."""
        words: dict[str, str] = {}
        for one in targets(to):
            for code, names in islice(self._codes(one).items(), _SUGGEST_AMONG):
                words.update(dict.fromkeys((code, *names), code))
        codes = dict.fromkeys(words[w] for w in get_close_matches(found, words, n=5, cutoff=0.4))
        return [self.told(to, code) for code in islice(codes, SHOWN)]

    def told(self, to: str, code: str) -> str:
        """A code with its name, as a message tells it."""
        names = self.name_of(to, code)
        return f"{code} {names[0]}" if names and names[0] != code else code

    def _names(self, ledger: str) -> Mapping[str, Sequence[str]]:
        if ledger not in self._by_name:
            found: dict[str, list[str]] = {}
            for code, names in self._codes(ledger).items():
                for key in {squeezed(name) for name in names}:
                    found.setdefault(key, []).append(code)
            self._by_name[ledger] = found
        return self._by_name[ledger]

    def _codes(self, ledger: str) -> dict[str, tuple[str, ...]]:
        if ledger not in self._by_code:
            known = {
                code: tuple(name for name in names if name)
                for code, names in self._elsewhere.names(ledger)
            }
            declared, table = LEDGERS[ledger], self._tables[ledger]
            columns = [str(declared.code_column()), STATUS, *names_of(declared)]
            for code, status, *names in zip(
                *(table[name].to_pylist() for name in columns), strict=True
            ):
                known.pop(code, None)
                if status == EFFECTIVE and code is not None:
                    known[code] = tuple(name for name in names if name)
            self._by_code[ledger] = known
        return self._by_code[ledger]

    def forget(self, ledger: str) -> None:
        """Look through the ledger again when next asked: its codes are made."""
        self._by_code.pop(ledger, None)
        self._by_name.pop(ledger, None)
