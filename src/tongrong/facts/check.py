"""Checks that need more than one cell: codes referred to exist, spans and trees make sense."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.cell_text import closest
from tongrong.facts.columns import Reference
from tongrong.facts.declared import check_declared
from tongrong.facts.directory import (
    UNIT_LEDGERS,
    Directory,
    Elsewhere,
    Known,
    names_of,
    nothing_known,
    targets,
)
from tongrong.facts.ledger import EFFECTIVE, RECORD, STATUS, Holds, Ledger
from tongrong.facts.ledgers.organization import CLASS, FEATURE_VALUES, SIZE
from tongrong.facts.reading import FIRST, Source
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot
from tongrong.vocabulary.errors import Problem

_LISTED = 10

Above = Mapping[str, str | None]
"""The code of the unit above, by unit."""


def check_references(
    snapshot: Snapshot,
    known: Known = nothing_known,
    sources: Mapping[str, Source] | None = None,
    directory: Directory | None = None,
) -> list[Problem]:
    """A problem for every reference to a code that is neither in the snapshot nor `known`.

    `known` tells codes recorded elsewhere; with `sources` problems name the cell.
    `directory` knows the names of both, and so what may have been meant.
    A code that is both an enterprise and a Party organization is a problem too, since a
    reference to a unit could mean either.
    """
    directory = directory or Directory(snapshot.tables, Elsewhere())
    codes = {code: _codes(snapshot, code, known, named) for code, named in _named(snapshot)}
    problems = _ambiguous_units(snapshot, codes, sources or {})
    for code, ledger in LEDGERS.items():
        table = snapshot[code]
        for name, reference in ledger.references().items() if table.num_rows else ():
            to = targets(reference.to)
            chunks = [chunk for target in to for chunk in codes[target].chunks]
            among = pa.chunked_array(chunks, pa.string())
            column = table[name]
            lost = pc.and_not(column.is_valid(), pc.is_in(column, value_set=among))
            for order, index in enumerate(_true_at(lost)):
                where = _where(ledger, table, index, name, sources or {})
                found = str(column[index].as_py())
                problems.append(_lost(reference, where, found, directory, first=order < FIRST))
    return problems


def trees() -> tuple[tuple[str, str], ...]:
    """Ledger and column of every reference from a unit to the one above it."""
    return tuple(
        (code, name)
        for code in UNIT_LEDGERS
        for name, reference in LEDGERS[code].references().items()
        if reference.to == code
    )


def check_sense(
    snapshot: Snapshot,
    sources: Mapping[str, Source] | None = None,
    known: Mapping[tuple[str, str], Above] | None = None,
    counted: Collection[str] = (),
) -> list[Problem]:
    """A problem for every state that ends before it begins, and every unit above itself.

    So there is for a size recorded without a reason of an enterprise whose figures give one.
    And for a feature of an enterprise, or a class of enterprises that metrics are set for, that
    is written in other words than its own; and for every value that its
    column's declaration rules out.
    `sources` names the cells, as in check_references; `known` says which unit is above which
    in records elsewhere, for each of the `trees()`; a row of the snapshot goes before it.
    `counted` are the enterprises with figures elsewhere.
    """
    problems = []
    for code, ledger in LEDGERS.items():
        if isinstance(ledger.time, Holds) and ledger.time.end is not None:
            problems += _ends_before_it_begins(snapshot[code], ledger, ledger.time, sources or {})
    for code, name in trees():
        elsewhere = (known or {}).get((code, name), {})
        problems += _above_itself(snapshot[code], LEDGERS[code], name, sources or {}, elsewhere)
    problems += _features_in_other_words(snapshot, sources or {})
    problems += _classes_in_other_words(snapshot, sources or {})
    problems += check_declared(snapshot, sources or {})
    return problems + _size_without_reason(snapshot, sources or {}, counted)


def _features_in_other_words(snapshot: Snapshot, sources: Mapping[str, Source]) -> list[Problem]:
    table = snapshot["enterprise_features"]
    rows = table.filter(_effective(table)).select(["feature", "value"])
    said = {(row["feature"], row["value"]) for row in rows.to_pylist()}
    problems = []
    for feature, value in sorted(said):
        if value not in FEATURE_VALUES[feature]:
            wrong = pc.and_(pc.equal(table["feature"], feature), pc.equal(table["value"], value))
            at = ("enterprise_features", "value", feature)
            problems += _in_other_words(snapshot, at, value, wrong, sources)
    return problems


def _classes_in_other_words(snapshot: Snapshot, sources: Mapping[str, Source]) -> list[Problem]:
    table = snapshot["metric_sets"]
    classes = table.filter(_effective(table))["enterprise_class"].drop_null().to_pylist()
    problems = []
    for value in sorted({str(one) for one in classes} - {*FEATURE_VALUES[CLASS]}):
        wrong = pc.equal(table["enterprise_class"], pa.scalar(value))
        at = ("metric_sets", "enterprise_class", CLASS)
        problems += _in_other_words(snapshot, at, value, wrong, sources)
    return problems


def _in_other_words(
    snapshot: Snapshot,
    at: tuple[str, str, str],
    value: str,
    wrong: Any,
    sources: Mapping[str, Source],
) -> list[Problem]:
    """A problem for each row where a column (`at`: ledger, column, feature) is not so written."""
    code, column, feature = at
    table, known = snapshot[code], FEATURE_VALUES[feature]
    near, label = closest(value, known), LEDGERS[code].columns[column].label
    return [
        Problem(
            "facts.feature.value",
            _where(LEDGERS[code], table, index, column, sources),
            value,
            f"“{feature}”写作 {'、'.join(known)} 之一",
            f"改写{label}；是否应为“{near}”？" if near else f"改写{label}",
        )
        for index in _true_at(pc.and_(wrong, _effective(table)))
    ]


def _ends_before_it_begins(
    table: pa.Table, ledger: type[Ledger], time: Holds, sources: Mapping[str, Source]
) -> list[Problem]:
    until = time.end or time.start
    start, end, ends = ledger.columns[time.start].label, ledger.columns[until].label, table[until]
    return [
        Problem(
            "facts.span.reversed",
            _where(ledger, table, index, until, sources),
            str(ends[index].as_py()),
            f"“{end}”不早于“{start}”（{table[time.start][index].as_py()}）",
            "核对这两个日期，改正写反或写错的一个",
        )
        for index in _true_at(pc.and_(pc.less(ends, table[time.start]), _effective(table)))
    ]


def _size_without_reason(
    snapshot: Snapshot, sources: Mapping[str, Source], counted: Collection[str]
) -> list[Problem]:
    table, figures = snapshot["enterprise_features"], snapshot["enterprise_scale"]
    of_figures: Any = figures.filter(_effective(figures))["unit"]
    units = pa.chunked_array([*of_figures.chunks, pa.array(sorted(counted), pa.string())])
    is_size: Any = pc.equal(table["feature"], pa.scalar(SIZE))
    against: Any = pc.and_(is_size, pc.is_in(table["unit"], value_set=units))
    silent = pc.and_(pc.is_null(table["reason"]), pc.and_(against, _effective(table)))
    ledger = LEDGERS["enterprise_features"]
    return [
        Problem(
            "facts.size.reason",
            _where(ledger, table, index, "reason", sources),
            f"{table['unit'][index].as_py()}：{table['value'][index].as_py()}",
            f"企业已有{_labels(('enterprise_scale',))}，规模由数据算出；人工核定的要有依据或理由",
            "写明理由；没有理由的，把这一行的“记录状态”填为 撤回",
        )
        for index in _true_at(silent)
    ]


def _above_itself(
    table: pa.Table,
    ledger: type[Ledger],
    name: str,
    sources: Mapping[str, Source],
    elsewhere: Above,
) -> list[Problem]:
    (key,) = ledger.keys()
    rows = table.select([key, name, STATUS]).to_pylist()
    stated = {row[key]: row[name] if row[STATUS] == EFFECTIVE else None for row in rows}
    above = {**elsewhere, **stated}
    problems = []
    for index, row in enumerate(rows):
        passed, at = [row[key]], above.get(row[key])
        while at is not None and at not in passed:
            passed.append(at)
            at = above.get(at)
        if at == row[key]:
            label = ledger.columns[name].label
            problems.append(
                Problem(
                    "facts.tree.cycle",
                    _where(ledger, table, index, name, sources),
                    " → ".join([*passed, at]),
                    f"沿“{label}”一级级向上，不会回到自己",
                    "改正其中写错的一个上级；最上一级留空",
                )
            )
    return problems


def _lost(
    reference: Reference, where: str, found: str, directory: Directory, *, first: bool
) -> Problem:
    """Words that are no code: a name that several go by, or one that nothing goes by."""
    codes = directory.named(reference.to, found)
    if len(codes) < 2:
        near = directory.near(reference.to, found) if first else ()
        return unknown_code(reference, where, found, near)
    told = "、".join(directory.told(reference.to, code) for code in codes[:_LISTED])
    more = f" 等 {len(codes)} 个" if len(codes) > _LISTED else ""
    expected = f"“{reference.label}”只指一个；叫这个名称的有 {told}{more}"
    return Problem("facts.reference.several", where, found, expected, "改填其中一个的编号")


def unknown_code(reference: Reference, where: str, found: str, near: Sequence[str] = ()) -> Problem:
    """A code or name that nothing goes by, with what may have been meant."""
    to = targets(reference.to)
    or_name = "或名称" if any(names_of(LEDGERS[code]) for code in to) else ""
    expected = f"“{reference.label}”是台账{_labels(to)}中已有的编号{or_name}"
    hint = f"；是否应为{'、'.join(f'“{one}”' for one in near)}？" if near else ""
    return Problem("facts.reference.unknown", where, found, expected, f"改正它，或先登记它{hint}")


def _or_name(to: Sequence[str]) -> str:
    return "或名称" if any(names_of(LEDGERS[code]) for code in to) else ""


def _hint(near: Sequence[str]) -> str:
    return f"；是否应为{'、'.join(f'“{one}”' for one in near)}？" if near else ""


def _named(snapshot: Snapshot) -> Iterator[tuple[str, set[str | None]]]:
    """Every ledger that may be referred to, with what refers to it in the snapshot.

    The codes of either register of units are asked for in the other, too.
    """
    found: dict[str, set[str | None]] = {code: set() for code in UNIT_LEDGERS}
    for code, ledger in LEDGERS.items():
        for name, reference in ledger.references().items():
            for target in targets(reference.to):
                distinct: Any = pc.unique(snapshot[code][name]).drop_null()
                found.setdefault(target, set()).update(distinct.to_pylist())
    for code, other in (UNIT_LEDGERS, UNIT_LEDGERS[::-1]):
        found[other].update(snapshot[code][LEDGERS[code].keys()[0]].to_pylist())
    yield from found.items()


def _codes(snapshot: Snapshot, code: str, known: Known, named: set[str | None]) -> Any:
    """The codes of the snapshot, and those recorded elsewhere among what is named."""
    (key,) = LEDGERS[code].keys()
    elsewhere = pa.array(sorted(known(code, named)), pa.string())
    return pa.chunked_array([*snapshot[code][key].chunks, elsewhere], pa.string())


def _ambiguous_units(
    snapshot: Snapshot, codes: Mapping[str, Any], sources: Mapping[str, Source]
) -> list[Problem]:
    problems = []
    for code, other in (UNIT_LEDGERS, UNIT_LEDGERS[::-1]):
        ledger, table = LEDGERS[code], snapshot[code]
        (key,) = ledger.keys()
        both = _true_at(pc.is_in(table[key], value_set=codes[other]))
        for index in both:
            found = str(table[key][index].as_py())
            problems.append(
                Problem(
                    "facts.reference.ambiguous",
                    _where(ledger, table, index, key, sources),
                    found,
                    "企业编号与党组织编号互不相同",
                    f"{_labels((other,))}中也有此编号：改用不同的编号，如企业 QY…、党组织 DZ…",
                )
            )
    return problems


def _effective(table: pa.Table) -> Any:
    status: Any = table[STATUS]
    return pc.equal(status, pa.scalar(EFFECTIVE))


def _true_at(mask: Any) -> list[int]:
    places: list[int] = pc.indices_nonzero(mask).to_pylist()
    return places


def _labels(codes: Sequence[str]) -> str:
    return "或".join(f"“{LEDGERS[code].label}”" for code in codes)


def _where(
    ledger: type[Ledger], table: pa.Table, index: int, column: str, sources: Mapping[str, Source]
) -> str:
    if ledger.code in sources:
        return sources[ledger.code].at(index, column)
    return f"{table[RECORD][index].as_py()}!{ledger.columns[column].label}"
