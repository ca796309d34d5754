"""Sifts a reading: which rows can be taken in, which are held back until they are mended.

A row is good if its own cells are and everything it refers to is there, in the file among the
good rows or recorded. A row that refers to one held back is held back with it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pyarrow as pa

from tongrong.facts.check import Above, check_references, check_sense
from tongrong.facts.directory import Directory, Elsewhere, targets
from tongrong.facts.ledger import RECORD
from tongrong.facts.reading import FilesRefused, Reading, repeated_records
from tongrong.facts.registry import LEDGERS
from tongrong.facts.settle import settle
from tongrong.facts.snapshot import Snapshot
from tongrong.facts.spool import Tables
from tongrong.vocabulary.errors import Place, Problem

_REPEATED = "facts.row.duplicate"
_TWICE = (_REPEATED, "facts.row.same")
_UNKNOWN = "facts.reference.unknown"
HELD = "facts.reference.held"
"""The code of a problem of what a row refers to, not of the row itself."""
_TOLD_AT_ONCE = (_UNKNOWN, "facts.reference.several", "facts.reference.beside")
"""Told of a row although another cell of it could not be read; the rest may only follow of that."""
_OF_HEADINGS = "facts.heading."


def nothing_beyond(_: Reading) -> Iterable[Problem]:
    """Everything is for everybody to write."""
    return ()


@dataclass(frozen=True)
class Recorded:
    """What is recorded, as far as a file has to agree with it.

    `above` says which unit is above which, by the reference; `counted` are the enterprises with
    figures. `beyond` tells what of a settled reading is not for who sends it to write.
    """

    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    above: Mapping[tuple[str, str], Above] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    beyond: Callable[[Reading], Iterable[Problem]] = nothing_beyond


@dataclass(frozen=True)
class Sifted:
    """The good rows, what is wrong with the others, and in which sheet rows those stand."""

    reading: Reading
    problems: tuple[Problem, ...] = ()
    held: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def rows_held(self) -> int:
        """How many rows are held back, in all ledgers together."""
        return sum(map(len, self.held.values()))


def disagreements(reading: Reading, recorded: Recorded, directory: Directory) -> list[Problem]:
    """What of a settled reading does not agree with itself or with what is recorded."""
    return [
        *_references(reading, recorded, directory),
        *_sense(reading, recorded),
        *recorded.beyond(reading),
    ]


def _references(reading: Reading, recorded: Recorded, directory: Directory) -> list[Problem]:
    known = recorded.elsewhere.codes
    return check_references(reading.snapshot, known, reading.sources, directory)


def _sense(reading: Reading, recorded: Recorded) -> list[Problem]:
    return check_sense(reading.snapshot, reading.sources, recorded.above, recorded.counted)


def sift(reading: Reading, recorded: Recorded) -> Sifted:
    """The good rows of a reading, settled; and why each of the others is held back.

    Names are looked up among all rows, so that one that two go by is not taken for either while
    one of the two is held back.

    Raises:
        FilesRefused: something is wrong that no row can be held back for.
    """
    settled = settle(replace(reading, problems=()), recorded.elsewhere)
    work = _Sifting(settled.reading, settled.directory)
    work.hold_tables(reading.doubled)
    work.hold(reading.problems)
    readable, unread = work.good(), {code: frozenset(rows) for code, rows in work.held.items()}
    found = [one for one in settled.problems if one.code != _REPEATED]  # seen to among the good
    found += _references(settled.reading, recorded, settled.directory)
    found = [one for one in found if one.code in _TOLD_AT_ONCE or not work.within(one, unread)]
    work.hold([*found, *_sense(readable, recorded)])
    while found := list(work.amiss(recorded)):
        if not work.hold(map(work.told, found)):
            raise FilesRefused(found)
    return work.done(settle(work.good(), recorded.elsewhere).reading)


class _Sifting:
    """Rows on their way to being held back, by ledger and index."""

    def __init__(self, reading: Reading, directory: Directory) -> None:
        self.reading, self.directory = reading, directory
        self.held: dict[str, set[int]] = {code: set() for code in reading.sources}
        self.problems: list[Problem] = []
        self._rows: dict[str, dict[str, list[int]]] = {}
        self.places = {(one.file, one.sheet): code for code, one in reading.sources.items()}
        self.indexes = {
            code: {row: index for index, row in enumerate(one.rows)}
            for code, one in reading.sources.items()
        }

    def hold_tables(self, codes: Iterable[str]) -> None:
        """Hold back every row of these ledgers."""
        for code in codes:
            self.held[code].update(range(self.reading.snapshot[code].num_rows))

    def within(self, problem: Problem, rows: Mapping[str, frozenset[int]]) -> bool:
        """Whether a problem is of one of these rows."""
        code, index = self._row_of(problem)
        return index is not None and index in rows.get(code or "", ())

    def hold(self, problems: Iterable[Problem]) -> bool:
        """Hold back the rows these are of, or whole tables; whether any row is so anew."""
        before = sum(map(len, self.held.values()))
        for problem in problems:
            self.problems.append(problem)
            code, index = self._row_of(problem)
            if code is None:
                continue
            if index is None:
                self.hold_tables([code])
                continue
            self.held[code].add(index)
            if problem.code in _TWICE:
                self._hold_twins(code, index, problem)
        return sum(map(len, self.held.values())) > before

    def _row_of(self, problem: Problem) -> tuple[str | None, int | None]:
        """The ledger a problem is in and the index of its row; None for all of its rows."""
        place = problem.place
        code = self.places.get((place.file, place.sheet)) if place else None
        if place is None or code is None or problem.code.startswith(_OF_HEADINGS):
            return code, None
        return code, self.indexes[code].get(place.row) if place.row is not None else None

    def _hold_twins(self, code: str, index: int, problem: Problem) -> None:
        """Hold back the other rows that speak of the same record: which is right nobody said."""
        source, records = self.reading.sources[code], self._records(code)
        for other in self._rows[code][records[index]]:
            if other not in self.held[code]:
                self.held[code].add(other)
                found = f"与第{source.rows[index]}行是同一条记录"
                where = source.at(other, LEDGERS[code].keys()[0])
                self.problems.append(replace(problem, where=where, found=found))

    def _records(self, code: str) -> Sequence[str]:
        """The record of each row; where each stands is noted."""
        records = [str(one) for one in self.reading.snapshot[code][RECORD].to_pylist()]
        if code not in self._rows:
            rows = self._rows[code] = defaultdict(list)
            for index, record in enumerate(records):
                rows[record].append(index)
        return records

    def good(self) -> Reading:
        """The rows not held back."""
        tables, sources, beside = dict(self.reading.snapshot.tables), {}, dict(self.reading.beside)
        for code, source in self.reading.sources.items():
            held, table = self.held[code], tables[code]
            if not held:
                sources[code] = source
                continue
            kept = [index for index in range(table.num_rows) if index not in held]
            tables[code] = table.take(pa.array(kept, pa.int64()))
            sources[code] = replace(source, rows=[source.rows[index] for index in kept])
            for key, names in self.reading.beside.items():
                if key[0] == code:
                    beside[key] = [names[index] for index in kept]
        return replace(
            self.reading,
            snapshot=Snapshot(Tables(tables)),
            sources=sources,
            beside=beside,
            problems=(),
        )

    def amiss(self, recorded: Recorded) -> Iterator[Problem]:
        """What is wrong with the rows not held back, now that the others are gone."""
        good = self.good()
        for code, source in good.sources.items():
            yield from repeated_records(LEDGERS[code], good.snapshot[code], source)
        yield from disagreements(good, recorded, self.directory)

    def told(self, problem: Problem) -> Problem:
        """A problem, told as it is if it is a reference to a row held back."""
        if problem.code != _UNKNOWN:
            return problem
        code, index = self._row_of(problem)
        place = problem.place
        if code is None or index is None or place is None:
            return problem
        source = self.reading.sources[code]
        for name, reference in LEDGERS[code].references().items():
            if source.at(index, name) != place:
                continue
            for target in targets(reference.to):
                if at := self._codes.get((target, problem.found)):
                    return _held(place, problem.found, reference.label, LEDGERS[target].label, at)
        return problem

    @cached_property
    def _codes(self) -> Mapping[tuple[str, str], int]:
        """The sheet row in which each code of the file stands, by ledger and code."""
        found: dict[tuple[str, str], int] = {}
        for code, source in self.reading.sources.items():
            column = LEDGERS[code].code_column()
            if column is not None:
                codes = map(str, self.reading.snapshot[code][column].to_pylist())
                at = zip(codes, source.rows, strict=True)
                found.update({(code, one): row for one, row in at})
        return found

    def done(self, good: Reading) -> Sifted:
        """What is good and what is held back."""
        held = {
            code: tuple(self.reading.sources[code].rows[index] for index in sorted(rows))
            for code, rows in self.held.items()
            if rows
        }
        return Sifted(replace(good, problems=()), tuple(self.problems), held)


def _held(place: Place, found: str, label: str, ledger: str, row: int) -> Problem:
    """A row that is held back only because what it refers to is."""
    expected = f"“{label}”所指的记录已经导入，而“{ledger}”第{row}行暂缓导入"
    remedy = f"这一格不用改：改好“{ledger}”第{row}行，两行再一起导入"
    return Problem(HELD, place, found, expected, remedy)
