"""What a reference may name: found by code or name as somebody types, within what they may see."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from tongrong.facts.cell_text import Refused
from tongrong.facts.columns import Choice, Day, Reference
from tongrong.facts.days_named import days_named
from tongrong.facts.directory import UNIT_LEDGERS, UNITS, names_of
from tongrong.facts.erasure import PERSONS
from tongrong.facts.initials import are_initials, initials_of, named_by
from tongrong.facts.ledger import WITHDRAWN, Happens, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.ledger_scope import rows_within
from tongrong.queries.persons import current, existing
from tongrong.queries.places import visible
from tongrong.queries.policy import Permission, Viewer, masked_name
from tongrong.records.models import Initials, Place

MOST = 12
_MOST_NAMING = 3
_WHOSE = "unit_name"
_TOLD = re.compile(r".*（([^（）]+)）\s*")


@dataclass(frozen=True)
class Named:
    """A code with the name it goes by; of a record, the name of the unit whose it is."""

    code: str
    name: str
    whose: str = ""

    @property
    def told(self) -> str:
        """As a form shows and takes it: `乙公司（QY2）`."""
        return f"{self.name}（{self.code}）" if self.name != self.code else self.code


def code_told(text: str) -> str:
    """The code in `乙公司（QY2）`; any other text as it is."""
    found = _TOLD.fullmatch(text)
    return found[1].strip() if found else text.strip()


def suggested(viewer: Viewer, to: str, text: str) -> Sequence[Named]:
    """At most `MOST` that a text may mean, of the units the viewer records for.

    Of records each word of the text must fit: the code, the name or its initials, the kind, the
    day, or the unit whose it is.
    """
    text = text.strip()
    if to in (UNITS, *UNIT_LEDGERS):
        places = _of_kind(visible(viewer, Permission.RECORD), to)
        places = places.filter(named_like(text) | Q(unit=code_told(text)))
        found = places.order_by("path").values_list("unit", "name")[:MOST]
        return [Named(*one) for one in found]
    ledger = LEDGERS[to]
    rows = rows_within(viewer, Permission.RECORD, ledger).exclude(status=WITHDRAWN)
    number = str(ledger.code_column())
    fits = Q()
    for word in text.split():
        fits &= _fitting(viewer, ledger, word)
    if text:
        fits |= Q(**{number: code_told(text)})
    whose = {_WHOSE: _unit_name(ledger)} if ledger.owner in ledger.columns else {}
    columns = (number, *naming_columns(to), *whose)
    told = rows.filter(fits).annotate(**whose).order_by("-version_id").values(*columns)[:MOST]
    return [Named(row[number], _name(to, row), row.get(_WHOSE) or "") for row in told]


def _fitting(viewer: Viewer, ledger: type[Ledger], word: str) -> Q:
    """The condition that a record has a word in what people know it by."""
    said = Q(**{f"{ledger.code_column()}__istartswith": word}) | by_initials(ledger, word)
    for name in _words(ledger.code):
        said |= having(name, word)
        column = ledger.columns[name]
        if isinstance(column, Choice) and are_initials(word):
            meant = [one for one in column.choices if word.lower() in initials_of(one)]
            said |= Q(**{f"{name}__in": meant})
    day, named = ledger.day_column(), days_named(word)
    if day is not None and named is not None and isinstance(ledger.columns[day], Day):
        parts = {
            f"{day}__{part}": number for part, number in vars(named).items() if number is not None
        }
        said |= Q(**parts)
    if ledger.owner in ledger.columns:
        places = visible(viewer, Permission.RECORD).filter(named_like(word))
        said |= Q(**{f"{ledger.owner}__in": places.values("unit")})
    return said


def _unit_name(ledger: type[Ledger]) -> Subquery:
    return Subquery(Place.objects.filter(unit=OuterRef(str(ledger.owner))).values("name")[:1])


def named_like(text: str) -> Q:
    """The condition that a place has a code or a name like a text, or its initials."""
    found = Q(unit__istartswith=text) | having("name", text)
    if are_initials(text):
        for code in UNIT_LEDGERS:
            known = _initials(LEDGERS[code], text)
            number = LEDGERS[code].code_column()
            rows = current(code).filter(record__in=known).values(str(number))
            found |= Q(unit__in=rows)
    return found


def having(column: str, text: str) -> Q:
    """The condition that a column has a text in it, whatever the case of its letters.

    Where it has none, as Chinese has, the case of every row's need not be looked past.
    """
    cased = text.upper() != text.lower()
    return Q(**{f"{column}__{'icontains' if cased else 'contains'}": text})


def by_initials(ledger: type[Ledger], text: str) -> Q:
    """The condition that the name of a record has a text among the initials of its pinyin."""
    if not are_initials(text) or named_by(ledger) is None:
        return Q()
    return Q(record__in=_initials(ledger, text))


def _initials(ledger: type[Ledger], text: str) -> "QuerySet[Initials, Any]":
    found = Initials.objects.filter(ledger=ledger.code, initials__contains=text.lower())
    return found.values("record")


def meant(viewer: Viewer, to: str, text: str) -> str:
    """The code that a text typed into a reference stands for.

    A name counts if a single one of those suggested has it; the action says whether there is
    such a code for the viewer.
    """
    try:
        return one_meant(viewer, to, text)
    except Refused:
        return code_told(text)


def one_meant(viewer: Viewer, to: str, text: str) -> str:
    """The same, where a name that several have is told.

    Raises:
        Refused: several of those suggested have this name.
    """
    code = code_told(text)
    if code != text.strip():
        return code
    named = [one for one in suggested(viewer, to, code) if code in (one.name, one.code)]
    if len(named) > 1:
        told = "、".join(one.told for one in named)
        raise Refused("several", f"同名的 {len(named)} 个之一：{told}", "从列出的里面选一个")
    return named[0].code if named else code


def unreachable(
    viewer: Viewer, reference: Reference, code: str, *, within: Permission | None = None
) -> bool:
    """Whether a code is of nothing that exists for the viewer, or of a unit where they may not."""
    to = reference.to
    if to in (UNITS, *UNIT_LEDGERS):
        places = Place.objects.all() if within is None else visible(viewer, within)
        if not viewer.cleared:
            places = places.filter(hidden=False)
        return not _of_kind(places, to).filter(unit=code).exists()
    number = str(LEDGERS[to].code_column())
    if to == PERSONS:
        rows = existing(viewer).exclude(status=WITHDRAWN)
    else:
        rows = rows_within(viewer, within or Permission.SEE_LEDGERS, LEDGERS[to])
    return not rows.filter(**{number: code}).exists()


def names(viewer: Viewer, wanted: Mapping[str, Collection[str]]) -> Mapping[str, dict[str, str]]:
    """The names of codes, by what they refer to: units, persons, or a ledger's code.

    All by one query. A person is named to those who work with their unit, to others by the first
    character.
    """
    found: dict[str, dict[str, str]] = {}
    selects = [_said_names(to, codes) for to, codes in wanted.items() if codes]
    for to, code, *said in selects[0].union(*selects[1:], all=True) if selects else ():
        found.setdefault(to, {})[code] = " ".join(filter(None, said)) or code
    if PERSONS in found and not viewer.sees_names:
        found[PERSONS] = {code: masked_name(name) for code, name in found[PERSONS].items()}
    return found


def _of_kind(places: "QuerySet[Place]", to: str) -> "QuerySet[Place]":
    return places if to == UNITS else places.filter(enterprise=to == "enterprises")


def naming_columns(to: str) -> tuple[str, ...]:
    """The columns that together name a record of a ledger: its name, or its kind and day."""
    ledger = LEDGERS[to]
    if named := names_of(ledger)[:1]:
        return named
    day = (ledger.time.on,) if isinstance(ledger.time, Happens) else ()
    return tuple(name for name in ("kind", "person", *day) if name in ledger.columns)


def _said_names(to: str, codes: Collection[str]) -> "QuerySet[Any, Any]":
    """What the codes refer to, the codes, and what together names them, as many texts for each."""
    rows: QuerySet[Any] = Place.objects.all() if to == UNITS else current(to)
    number = "unit" if to == UNITS else str(LEDGERS[to].code_column())
    naming = ("name",) if to == UNITS else naming_columns(to)
    said = [F(name) for name in naming] + [Value("")] * (_MOST_NAMING - len(naming))
    texts = (Cast(one, TextField()) for one in (Value(to), F(number), *said))
    return rows.filter(**{f"{number}__in": codes}).order_by().values_list(*texts)


def _words(to: str) -> tuple[str, ...]:
    """Those of them that are searched as text."""
    ledger = LEDGERS[to]
    day = ledger.time.on if isinstance(ledger.time, Happens) else ""
    return tuple(name for name in naming_columns(to) if name not in (day, "person"))


def _name(to: str, row: Mapping[str, Any]) -> str:
    said = " ".join(str(row[name]) for name in naming_columns(to) if row[name] is not None)
    return said or str(row[str(LEDGERS[to].code_column())])
