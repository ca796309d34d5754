"""Facts from Parquet: a folder with one file per ledger, named by its code or label."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tongrong.facts.cells import parse_cells, quoted, show
from tongrong.facts.from_sheets import ledger_named, unknown_ledger
from tongrong.facts.headings import sheet_columns
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Ledger
from tongrong.facts.reading import Reading, Source, repeated_records
from tongrong.facts.snapshot import Snapshot, conform
from tongrong.vocabulary.errors import Problem

_ALIKE = {
    pa.string(): (pa.types.is_large_string, pa.types.is_string_view, pa.types.is_string),
    pa.int64(): (pa.types.is_integer,),
}


def read_parquet(given: Iterable[Path]) -> Reading:
    """The facts of Parquet files in the ledgers' own schemas.

    Types must be the ledger's (narrower integers and other encodings of text will do),
    values such as a sheet would be taken with, `record` absent or right; what is not so is
    told in the reading.
    """
    problems: list[Problem] = []
    tables: dict[str, pa.Table] = {}
    sources: dict[str, Source] = {}
    files: dict[str, str] = {}
    for file in given:
        ledger = ledger_named(file.stem)
        if ledger is None:
            problems.append(unknown_ledger(file.name, file.stem))
            continue
        if ledger.code in files:
            expected, remedy = f"“{ledger.label}”只有一处", f"与 {files[ledger.code]} 合并为一处"
            name = file.stem
            problems.append(Problem("facts.sheet.duplicate", file.name, name, expected, remedy))
            continue
        files[ledger.code] = file.name
        try:
            table = pq.ParquetFile(file).read()
        except (pa.ArrowException, OSError, UnicodeDecodeError):
            expected, remedy = "Parquet 文件", "重新导出该文件"
            found = "不是 Parquet 文件，或文件已损坏" if file.stat().st_size else "空文件"
            problems.append(Problem("facts.file.unreadable", file.name, found, expected, remedy))
            continue
        wrong = _check_schema(ledger, file.name, table.schema)
        problems += wrong
        if not wrong:
            source = Source(file.name, "", range(1, table.num_rows + 1), {})
            tables[ledger.code], found_wrong = _settle(ledger, table, source)
            problems += found_wrong
            sources[ledger.code] = source
    return Reading(Snapshot.of(tables), sources, problems=tuple(problems))


def parquet_files(folder: Path) -> list[Path]:
    """The Parquet files of a folder by name, hidden files left out."""
    return sorted(f for f in folder.glob("*.parquet") if not f.name.startswith("."))


def _check_schema(ledger: type[Ledger], where: str, schema: pa.Schema) -> list[Problem]:
    problems = []
    wanted = ledger.arrow_schema()
    columns = sheet_columns(ledger)
    remedy = "按台账的列名和类型重新导出"
    for field in schema:
        if field.name not in wanted.names:
            expected = "台账的列：" + "、".join(wanted.names)
            problems.append(
                Problem("facts.parquet.unknown_column", where, field.name, expected, remedy)
            )
            continue
        kind, found = wanted.field(field.name).type, field.type
        if pa.types.is_dictionary(found):
            found = found.value_type
        if found != kind and not any(alike(found) for alike in _ALIKE.get(kind, ())):
            expected = f"{field.name} 的类型为 {kind}"
            problems.append(
                Problem(
                    "facts.parquet.type", where, f"{field.name}：{field.type}", expected, remedy
                )
            )
    for name, column in columns.items():
        if name not in schema.names and not column.optional:
            problems.append(
                Problem(
                    "facts.parquet.missing_column",
                    where,
                    "",
                    f"列 {name}（{column.label}）",
                    remedy,
                )
            )
    return problems


def _settle(
    ledger: type[Ledger], table: pa.Table, source: Source
) -> tuple[pa.Table, list[Problem]]:
    """The table in the ledger's schema, and every value a sheet would not be taken with."""
    given = table[RECORD] if RECORD in table.column_names else None
    kept = conform(ledger, table.drop_columns([RECORD]) if given is not None else table)
    at = kept.column_names.index(STATUS)
    status: Any = kept[STATUS]
    kept = kept.set_column(at, STATUS, status.fill_null(EFFECTIVE))
    problems: list[Problem] = []
    for name, column in sheet_columns(ledger).items():
        distinct = pc.unique(kept[name]).to_pylist()
        parsed, refused = parse_cells(column, [show(column, value) for value in distinct])
        faults = {distinct[place]: fault for place, fault in refused}
        pairs = zip(distinct, parsed, strict=True)
        changed = {old: new for old, new in pairs if old != new and old not in faults}
        if not faults and not changed:
            continue
        for index, value in enumerate(kept[name].to_pylist()):
            if value in faults:
                fault = faults[value]
                code, expected, remedy = fault.code, fault.expected, fault.remedy
            elif value in changed:
                code, expected = "facts.parquet.form", f"{name} 写成 {changed[value]}"
                remedy = "去掉首尾空白；多选按声明的次序写成“、甲、乙、”"
            else:
                continue
            found = quoted(column, show(column, value))
            problems.append(Problem(code, source.at(index, name), found, expected, remedy))
    problems += _check_records(kept, given, source)
    return kept, problems + repeated_records(ledger, kept, source)


def _check_records(kept: pa.Table, given: Any, source: Source) -> list[Problem]:
    if given is None or given.cast(pa.string()).equals(kept[RECORD]):
        return []
    pairs = zip(given.to_pylist(), kept[RECORD].to_pylist(), strict=True)
    return [
        Problem(
            "facts.parquet.record",
            source.at(index),
            str(old),
            f"由关键列算出的 {new}",
            "去掉 record 列，读入时自动算出",
        )
        for index, (old, new) in enumerate(pairs)
        if old != new
    ]
