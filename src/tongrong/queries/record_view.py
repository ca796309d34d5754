"""One record as its page shows it: what it says, its versions, which clauses it serves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Subquery, TextField, Value

from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import WITHDRAWN, Ledger
from tongrong.facts.unit_tree import way_of
from tongrong.norms.checklist import Clause
from tongrong.queries.concealed import shown
from tongrong.queries.history import Change, History, history_by_number
from tongrong.queries.judgements import Judgements
from tongrong.queries.ledger_scope import entered, owning, rows_within, standing
from tongrong.queries.listing import shown_columns
from tongrong.queries.lookups import naming_columns
from tongrong.queries.persons import Holding, holdings
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.returns import Course, Returning, course_of, returning
from tongrong.queries.shown_values import Naming, ShownValue, shown_values
from tongrong.records.models import LEDGER_MODELS, Place, ReturnStep
from tongrong.vocabulary.verdicts import Severity, Verdict


@dataclass(frozen=True)
class RecordView:
    """A record now; `number` is that of its current version, `path` where its unit stands.

    `name` is what tells it from others of its ledger, of what the viewer sees of it.

    `mine`: the viewer may change it; `sensitive`: they may look at what is masked. `holdings`: of
    a person, where they belong as far as the viewer may see.
    """

    record: str
    name: str
    number: int
    status: str
    values: tuple[ShownValue, ...]
    history: History
    path: str
    mine: bool
    sensitive: bool
    returning: Returning
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class Served:
    """A verdict of a unit that counts the record."""

    clause: Clause
    unit: str
    unit_name: str
    verdict: Verdict


def record_view(viewer: Viewer, ledger: type[Ledger], number: int) -> RecordView | None:
    """The record one of whose versions has the number; None where there is none for the viewer.

    A record that once told of a unit abroad stays hidden, for its history tells of it.
    """
    history = history_by_number(ledger, number)
    if history is None:
        return None
    rows = rows_within(viewer, Permission.SEE_LEDGERS, ledger).filter(record=history.record)
    columns = shown_columns(ledger)
    every = LEDGER_MODELS[ledger.code].objects.filter(record=history.record)
    told = shown(viewer, ledger, every).order_by().values("record").annotate(told=Count("pk"))
    steps = ReturnStep.objects.filter(record=OuterRef("record"))
    person = ledger.code == PERSONS
    stands = Value("", output_field=TextField()) if person else standing(ledger)
    found = rows.annotate(stands=stands, told=Subquery(told.values("told")), returned=Exists(steps))
    row = found.values("version_id", "status", "stands", "told", "returned", *columns).first()
    if row is None or row["told"] != len(history.versions):
        return None
    held = holdings(viewer, row[columns[-1]]) if person else ()
    path = row["stands"] or ""
    changes = [change for one in history.versions for change in one.changes]
    naming = Naming(viewer, ledger, [*((name, row[name]) for name in columns), *_said(changes)])

    def may(permission: Permission) -> bool:
        if person and not held:  # seen, so entered by the viewer
            return viewer.may(permission)
        paths = [one.path for one in held] or [path]
        return any(told.startswith(one) for told in paths for one in viewer.scopes(permission))

    mine = may(Permission.RECORD) and entered(ledger)
    course = course_of(history.record) if row["returned"] else Course()
    values = tuple(naming.value(name, row[name]) for name in columns)
    return RecordView(
        record=history.record,
        name=_name(ledger, values),
        number=row["version_id"],
        status=row["status"],
        values=values,
        history=_named(history, naming),
        path=path,
        mine=mine,
        sensitive=may(Permission.SEE_SENSITIVE),
        returning=returning(
            viewer,
            course,
            path,
            entered_by=history.versions[-1].recorded_by,
            returnable=entered(ledger)
            and not person
            and (row["status"] != WITHDRAWN or course.open),
            mine=mine,
        ),
        holdings=held,
    )


def _name(ledger: type[Ledger], values: Iterable[ShownValue]) -> str:
    """Whose a record is, and what else its key and its name say; nothing of what is masked."""
    said = {one.column: one.text for one in values if not one.masked}
    whose = () if ledger.code == PERSONS else (owning(ledger),)
    code = ledger.code_column()
    naming = (*whose, *naming_columns(ledger.code), *ledger.keys())
    told = [said.get(name, "") for name in dict.fromkeys(naming) if name != code]
    return " ".join(filter(None, told)) or said.get(code or "", "")


def _said(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """What changes say, each text with its column."""
    for one in changes:
        yield from ((one.column, text) for text in (one.before, one.after) if text)


def _named(history: History, naming: Naming) -> History:
    """The history with names for the codes of what its versions refer to."""

    def named(change: Change) -> Change:
        before, after = (naming.text(change.column, one) for one in (change.before, change.after))
        label = naming.label(change.column, change.label)
        return replace(change, label=label, before=before, after=after)

    versions = tuple(
        replace(one, changes=tuple(map(named, one.changes))) for one in history.versions
    )
    return replace(history, versions=versions)


def version_values(
    viewer: Viewer, ledger: type[Ledger], view: RecordView, number: int
) -> tuple[ShownValue, ...] | None:
    """What the version of a number says of a record that is shown; None: it is no version of it."""
    columns = shown_columns(ledger)
    rows = LEDGER_MODELS[ledger.code].objects.filter(version_id=number, record=view.record)
    row = rows.values(*columns).first()
    return None if row is None else shown_values(viewer, ledger, [row], columns)[0]


def served(viewer: Viewer, seen: Judgements, record: str, path: str) -> tuple[Served, ...]:
    """The stored verdicts of the units on the way down a path that count a record.

    A verdict that counts very many records is told only where this is among the first.
    """
    if not path:  # of a person: where they belong says which verdicts
        return ()
    places = visible(viewer, Permission.SEE_CHECKLIST).filter(unit__in=way_of(path))
    code = record.partition("/")[0]
    clauses = {clause for clause, _ in seen.norms.reach.by_ledger.get(code, ())}
    named = Place.objects.filter(unit=OuterRef("unit")).values("name")
    rows = (
        seen.findings()
        .filter(unit__in=places.values("unit"), clause__in=clauses)
        .filter(records__contains=f'"{record}"')
        .order_by("-severity", "finding_id")
        .annotate(unit_name=Subquery(named))
        .values_list("clause", "unit", "unit_name", "severity")
    )
    return tuple(
        Served(seen.clauses[clause], unit, name, Severity(severity).verdict)
        for clause, unit, name, severity in rows
        if clause in seen.clauses
    )
