"""After reading: names become codes, records without a code get one, repeated ones are told.

Nothing is guessed: a name that several go by stays, and `check_references` refuses it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.cell_text import squeezed
from tongrong.facts.cells import show
from tongrong.facts.columns import Reference
from tongrong.facts.directory import SHOWN, Directory, Elsewhere, targets
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Ledger
from tongrong.facts.reading import Note, Reading, Source, repeated_records
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot, conform
from tongrong.facts.spool import Tables
from tongrong.vocabulary.errors import Problem

MADE = "自编-"
"""How a code begins that was made of a record's content."""


@dataclass(frozen=True)
class Settled:
    """The reading with codes for names, what is wrong with it, and who is known by what name."""

    reading: Reading
    problems: list[Problem]
    directory: Directory


def settle(reading: Reading, elsewhere: Elsewhere | None = None) -> Settled:
    """Give every reference its code and every record its own.

    A reference is a code, a name or a short name of a record in the files or `elsewhere`.
    A record without a code gets one made of what says which thing it is (its ledger's
    `likeness`), the same each time. Problems are names that stand beside
    another's code, and records without a code that are there already under one.
    """
    work = _Settling(reading, elsewhere or Elsewhere())
    pending = [code for code in LEDGERS if work.lacks_codes(code)]
    while pending:
        code = next((one for one in pending if not _waits(one, pending)), pending[0])
        pending.remove(code)
        work.resolve(code, LEDGERS[code].likeness())
        work.make_codes(code)
    for code in LEDGERS:
        work.resolve(code, tuple(LEDGERS[code].references()))
    return work.done()


def _waits(code: str, pending: Sequence[str]) -> bool:
    """Whether what makes the codes of a ledger refers to codes that are still to be made."""
    refers = (
        target
        for name, reference in LEDGERS[code].references().items()
        if name in LEDGERS[code].likeness()
        for target in targets(reference.to)
    )
    return any(target in pending and target != code for target in refers)


class _Settling:
    """The tables on their way from what was read to what is settled."""

    def __init__(self, reading: Reading, elsewhere: Elsewhere) -> None:
        self.reading, self.elsewhere = reading, elsewhere
        self.tables = dict(reading.snapshot.tables)
        self.directory = Directory(self.tables, elsewhere)
        self.problems: list[Problem] = []
        self.changed: set[str] = set()
        self.resolved: set[tuple[str, str]] = set()
        self.doubled: dict[str, frozenset[int]] = {}

    def source(self, code: str) -> Source:
        """Where the ledger's rows stand; rows that were never in a file count from 1."""
        rows = range(1, self.tables[code].num_rows + 1)
        return self.reading.sources.get(code) or Source("", LEDGERS[code].label, rows, {})

    def lacks_codes(self, code: str) -> bool:
        """Whether some record of the ledger has no code."""
        column = LEDGERS[code].code_column()
        return column is not None and self.tables[code][column].null_count > 0

    def resolve(self, code: str, names: Sequence[str]) -> None:
        """Put codes for names in these columns."""
        for name in names:
            reference = LEDGERS[code].columns[name]
            if not isinstance(reference, Reference) or (code, name) in self.resolved:
                continue
            self.resolved.add((code, name))
            if self.tables[code].num_rows:
                self._resolve(code, name, reference)

    def _resolve(self, code: str, name: str, reference: Reference) -> None:
        column = self.tables[code][name]
        distinct: Any = pc.unique(column).drop_null()
        known = self._known(reference.to, distinct)
        lost: Any = pc.invert(pc.is_in(distinct, value_set=known))
        found = dict[str, str]()
        for text in map(str, distinct.filter(lost).to_pylist()):
            codes = self.directory.named(reference.to, text)
            if len(codes) == 1:
                found[text] = codes[0]
        if found:
            values = [found.get(str(text), text) for text in column.to_pylist()]
            self._put(code, name, values)

    def _known(self, to: str, asked: Any) -> Any:
        """The codes of the files, and those of records elsewhere among the texts asked for."""
        chunks: list[Any] = []
        for target in targets(to):
            column = str(LEDGERS[target].code_column())
            chunks += self.tables[target][column].chunks
            found = self.elsewhere.codes(target, asked.to_pylist())
            chunks.append(pa.array(list(found), pa.string()))
        return pa.chunked_array(chunks, pa.string())

    def _put(self, code: str, name: str, values: Sequence[Any]) -> None:
        table = self.tables[code]
        at = table.column_names.index(name)
        self.tables[code] = table.set_column(at, name, pa.array(values, pa.string()))
        self.changed.add(code)

    def make_codes(self, code: str) -> None:
        """Give each record without a code one that its content alone decides."""
        ledger, table = LEDGERS[code], self.tables[code]
        column, likeness = str(ledger.code_column()), ledger.likeness()
        given = table[column].to_pylist()
        rows = list(zip(*(table[name].to_pylist() for name in likeness), strict=True))
        known = self.elsewhere.alike(code, table)
        first, doubled = dict[str, int](), set[int]()
        for index, row in enumerate(rows):
            if given[index] is not None:
                continue
            made = made_code(ledger, row)
            given[index] = made
            earlier = first.setdefault(made, index)
            if earlier != index:
                doubled.add(index)
                self.problems.append(self._same(ledger, index, earlier))
            elif (other := known.get(row, made)) != made:
                self.problems.append(self._recorded(ledger, index, other))
        self._put(code, column, given)
        self.doubled[code] = frozenset(doubled)
        self.directory.forget(code)

    def _same(self, ledger: type[Ledger], index: int, earlier: int) -> Problem:
        source, labels = self.source(ledger.code), _labels(ledger, ledger.likeness())
        return Problem(
            "facts.row.same",
            source.at(index),
            f"与第{source.rows[earlier]}行相同，两行都没有编号",
            f"没有编号的记录，{labels}不全相同",
            "重复的删去一行；确是两条的，各填一个编号",
        )

    def _recorded(self, ledger: type[Ledger], index: int, other: str) -> Problem:
        labels = _labels(ledger, ledger.likeness())
        return Problem(
            "facts.row.recorded",
            self.source(ledger.code).at(index),
            "没有编号",
            f"{labels}都相同的记录已经登记，编号为 {other}",
            f"就是那一条的，填上编号 {other}；确是另一条的，另填一个编号",
        )

    def done(self) -> Settled:
        """The settled reading; records are named anew where codes came in."""
        for code in self.changed:
            ledger = LEDGERS[code]
            self.tables[code] = conform(ledger, self.tables[code].drop_columns([RECORD]))
        for code, ledger in LEDGERS.items():
            if self.tables[code].num_rows:
                skip = self.doubled.get(code, frozenset[int]())
                table = self.tables[code]
                self.problems += repeated_records(ledger, table, self.source(code), skip)
        self.problems += self._names_beside()
        notes = (*self.reading.notes, *self._alike())
        settled = replace(self.reading, snapshot=Snapshot(Tables(self.tables)), notes=notes)
        return Settled(settled, self.problems, self.directory)

    def _names_beside(self) -> Iterable[Problem]:
        """Names that stand beside a code and are not those of that code."""
        for (code, name), beside in self.reading.beside.items():
            reference = LEDGERS[code].references()[name]
            pairs = zip(self.tables[code][name].to_pylist(), beside, strict=True)
            for index, (found, said) in enumerate(pairs):
                names = self.directory.name_of(reference.to, found) if found and said else ()
                if names and squeezed(str(said)) not in map(squeezed, names):
                    yield Problem(
                        "facts.reference.beside",
                        self.source(code).at(index, name),
                        f"{found}，旁边写的是“{said}”",
                        f"{found} 是“{names[0]}”",
                        "核对编号和名称，改正写错的一个",
                    )

    def _alike(self) -> Iterable[Note]:
        """Records that are the same thing as another under another code: told, not refused."""
        for code, ledger in LEDGERS.items():
            column, table = ledger.code_column(), self.tables[code]
            if column is None or not table.num_rows:
                continue
            rows = table.filter(pc.equal(table[STATUS], pa.scalar(EFFECTIVE)))
            rows = rows.select([column, *ledger.likeness()])
            same = _same_in_file(rows, column, ledger.likeness())
            found = self.elsewhere.codes(code, rows[column].to_pylist())
            known: Any = pa.array(list(found), pa.string())
            fresh = rows.filter(pc.invert(pc.is_in(rows[column], value_set=known)))
            if fresh.num_rows:
                same += _same_elsewhere(fresh, column, self.elsewhere.alike(code, fresh))
            if same:
                told = "；".join(f"{a} 与 {b}" for a, b in same[:SHOWN])
                more = f" 等 {len(same)} 处" if len(same) > SHOWN else ""
                labels = _labels(ledger, ledger.likeness())
                source = self.source(code)
                place = source.at(0) if not source.file else f"{source.file}!{source.sheet}"
                text = f"编号不同而{labels}相同的记录：{told}{more}。是同一条的，撤回其中一条"
                yield Note(place.rstrip("!"), text)


def made_code(ledger: type[Ledger], likeness: Sequence[Any]) -> str:
    """The code made of what says which thing a record is: the same for the same, for ever."""
    columns = (ledger.columns[name] for name in ledger.likeness())
    texts = [show(column, value) for column, value in zip(columns, likeness, strict=True)]
    said = "".join(f"{len(text)}:{text}" for text in (ledger.code, *texts))
    return MADE + hashlib.sha256(said.encode()).hexdigest()[:16].upper()


def _same_in_file(rows: pa.Table, column: str, likeness: Sequence[str]) -> list[tuple[str, str]]:
    told = [name for name in likeness if rows[name].null_count < rows.num_rows]
    if not told:
        return []
    if len(told) == 1:
        rows = rows.filter(rows[told[0]].is_valid())
    groups = rows.group_by(told).aggregate(
        [(column, "count_distinct"), (column, "min"), (column, "max")]
    )
    many = groups.filter(pc.greater(groups[f"{column}_count_distinct"], pa.scalar(1)))
    pairs = zip(many[f"{column}_max"].to_pylist(), many[f"{column}_min"].to_pylist(), strict=True)
    return sorted((str(one), str(other)) for one, other in pairs)


def _same_elsewhere(
    rows: pa.Table, column: str, known: Mapping[tuple[Any, ...], str]
) -> list[tuple[str, str]]:
    likeness = [name for name in rows.column_names if name != column]
    told = zip(*(rows[name].to_pylist() for name in likeness), strict=True)
    pairs = zip(rows[column].to_pylist(), map(known.get, told), strict=True)
    return [(str(own), other) for own, other in pairs if other is not None and other != own]


def _labels(ledger: type[Ledger], names: Sequence[str]) -> str:
    return "、".join(ledger.columns[name].label for name in names)
