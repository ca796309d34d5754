"""台账: the ledgers by topic, and the records of one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from tongrong.actions.choose_columns import choose_columns
from tongrong.facts.clearance import SAY_WHAT_IS_ABROAD
from tongrong.facts.columns import Reference
from tongrong.facts.ledger import Ledger
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_paper import OnPaper, on_paper, rows_told
from tongrong.portal.pages.page import Page, shown, unit_of, viewer_of, whole
from tongrong.portal.pages.tree import Tree, TreeUnit
from tongrong.queries.ledger_scope import entered, ledger_seen, listed
from tongrong.queries.listing import (
    ON_A_PAGE,
    Asked,
    Listed,
    chosen_by,
    dated_by,
    holds_text,
    kept_columns,
    shown_columns,
    sortable,
    usual_sort,
)
from tongrong.queries.listing import listed as records_listed
from tongrong.queries.lookups import code_told
from tongrong.queries.places import UnitPlace, names_of_units, own_units
from tongrong.queries.policy import Permission, Viewer

_SEE = Permission.SEE_LEDGERS
_PLACES = "有哪些单位、各在哪里，决定谁看得到什么、每项要求针对谁"
_DECIDED = "这是上级批准或评定的"
MOST_CHOSEN = 2
"""So many columns with choices have a field always in sight: the first ones declared."""


@dataclass(frozen=True)
class Heading:
    """A column of the list; `address` sorts by it, empty: it does not sort."""

    label: str
    address: str
    sorted: str


def ledger_of(code: str) -> type[Ledger]:
    """The ledger a page is about."""
    found = ledger_seen(code)
    if found is None:
        raise Http404
    return found


def _answer(request: PortalRequest) -> HttpResponse:
    topics = [
        (title, [(one, entered(one)) for one in ledgers]) for title, ledgers in listed().items()
    ]
    may = viewer_of(request).may(Permission.RECORD)
    return shown(request, "ledgers.html", PAGE.title, topics=topics, may=may)


def _of_ledger(request: PortalRequest, ledger: str) -> HttpResponse:
    viewer, own = viewer_of(request), ledger_of(ledger)
    asked = asked_in(own, request.GET)
    columns = kept_columns(own, viewer.list_columns.get(own.code, ()))
    found = records_listed(viewer, own, asked, columns)
    narrowing = _narrowing(request.GET)
    fields = [
        (name, one.label, [(word, word == asked.choices.get(name)) for word in one.choices])
        for name, one in chosen_by(own).items()
    ]
    return shown(
        request,
        "ledger.html",
        own.label,
        ledger=own,
        asked=asked,
        found=found,
        fields=fields[:MOST_CHOSEN],
        further=fields[MOST_CHOSEN:],
        texts=holds_text(own),
        day=own.columns[day].label if (day := dated_by(own)) else "",
        headings=_headings(own, columns, asked, narrowing),
        choosable=[(name, label_of(own, name), name in columns) for name in shown_columns(own)[1:]],
        tree=_tree(own, _view_of(asked), own_units(viewer, _SEE), under=asked.under),
        whole_view=_query(_view_of(asked)),
        may=viewer.may(Permission.RECORD) and entered(own),
        returnable=entered(own) and own.owner is not None,
        imports=viewer.may(Permission.RECORD),
        why_imported=_PLACES if own.code in SAY_WHAT_IS_ABROAD else _DECIDED,
        narrowing=urlencode(narrowing),
        paper=_on_paper(viewer, own, asked, found),
        **_turning(narrowing, found),
    )


def _on_paper(viewer: Viewer, ledger: type[Ledger], asked: Asked, found: Listed) -> OnPaper:
    """What the search form says, for a page without it."""
    under = names_of_units(viewer, _SEE, {asked.under}) if asked.under else {}
    day = ledger.columns[name].label if (name := dated_by(ledger)) else ""
    said = [
        ("单位", asked.unit),
        ("单位及以下", under.get(asked.under, asked.under)),
        ("文字", asked.text),
        *((one.label, asked.choices.get(name, "")) for name, one in chosen_by(ledger).items()),
        (f"{day}自", f"{asked.since or ''}"),
        (f"{day}至", f"{asked.until or ''}"),
    ]
    rows = rows_told(len(found.lines), found.count, many=found.many, searched=found.searched)
    return on_paper(said, rows, clock.today())


def _choose_columns(request: PortalRequest, ledger: str) -> HttpResponse:
    own = ledger_of(ledger)
    choose_columns(viewer=viewer_of(request), ledger=own, columns=request.POST.getlist("column"))
    address = reverse("ledger", args=[own.code])
    return HttpResponseRedirect(f"{address}{_query(_narrowing(request.GET))}")


def _units(request: PortalRequest, ledger: str, unit: str) -> HttpResponse:
    """The units right below one: for the tree beside a list, or by themselves."""
    own, found = ledger_of(ledger), unit_of(request, _SEE, unit)
    tree = _tree(own, _view_of(asked_in(own, request.GET)), found.below, found.more)
    template = "parts/unit_tree.html" if request.htmx else "ledger_units.html"
    return shown(request, template, f"{own.label} · 下级单位", tree=tree, ledger=own, place=found)


def _tree(
    ledger: type[Ledger],
    view: Mapping[str, str],
    units: Sequence[UnitPlace],
    more: int = 0,
    under: str = "",
) -> Tree:
    """A level of the tree of units: each leads to the same view of the unit and all below."""
    address = reverse("ledger", args=[ledger.code])
    told = (
        TreeUnit(
            name=one.name,
            enterprise=one.enterprise,
            address=f"{address}{_query({**view, 'under': one.unit})}",
            below=f"{reverse('ledger-units', args=[ledger.code, one.unit])}{_query(view)}",
            here=one.unit == under,
        )
        for one in units
    )
    return Tree(tuple(told), more)


def asked_in(ledger: type[Ledger], sent: QueryDict) -> Asked:
    """What an address asks of a list."""
    return Asked(
        unit=code_told(sent.get("unit", "")),
        under=sent.get("under", ""),
        text=sent.get("text", "").strip(),
        choices={name: said for name in chosen_by(ledger) if (said := sent.get(name, ""))},
        since=_day(sent.get("since")),
        until=_day(sent.get("until")),
        withdrawn=sent.get("withdrawn") == "1",
        returned=sent.get("returned") == "1",
        sort=sent.get("sort", ""),
        after=_number(sent.get("after")),
        before=_number(sent.get("before")),
        first=whole(sent.get("first")),
    )


def _view_of(asked: Asked) -> dict[str, str]:
    """Which records a list is of at all: those in force, returned or withdrawn."""
    told = {"returned": asked.returned, "withdrawn": asked.withdrawn}
    return {name: "1" for name, chosen in told.items() if chosen}


def _query(values: Mapping[str, str]) -> str:
    return f"?{urlencode(values)}" if values else ""


def _narrowing(sent: QueryDict) -> dict[str, str]:
    """What is searched for and how it is sorted, without where in the list."""
    return {
        name: value
        for name in sent
        if (value := sent.get(name, "")) and name not in ("after", "before", "first")
    }


def _headings(
    ledger: type[Ledger], columns: Sequence[str], asked: Asked, narrowing: Mapping[str, str]
) -> tuple[Heading, ...]:
    sort, able = asked.sort or usual_sort(ledger), sortable(ledger)
    found = []
    for name in columns:
        turned = f"-{name}" if sort == name else name
        address = f"?{urlencode({**narrowing, 'sort': turned})}" if name in able else ""
        way = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        found.append(Heading(label_of(ledger, name), address, way))
    return tuple(found)


def label_of(ledger: type[Ledger], name: str) -> str:
    """The heading of a column: people read a unit, not its number."""
    column = ledger.columns[name]
    return column.label.removesuffix("编号") if isinstance(column, Reference) else column.label


def _turning(narrowing: Mapping[str, str], found: Listed) -> dict[str, str]:
    """The addresses of the pages before and after, empty where there is none."""
    first, last = (found.lines[0].place, found.lines[-1].place) if found.lines else (1, 0)
    before = {"before": found.earlier, "first": max(1, first - ON_A_PAGE)}
    after = {"after": found.later, "first": last + 1}
    return {
        "earlier": f"?{urlencode({**narrowing, **before})}" if found.earlier else "",
        "later": f"?{urlencode({**narrowing, **after})}" if found.later else "",
    }


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


PAGE = Page("ledgers/", "ledgers", "台账", _SEE, _answer, icon="journals")
LIST = Page("ledgers/<str:ledger>/", "ledger", "台账", _SEE, _of_ledger)
COLUMNS = Page(
    "ledgers/<str:ledger>/columns/", "ledger-columns", "显示的列", _SEE, _choose_columns, ("POST",)
)
UNITS = Page("ledgers/<str:ledger>/units/<str:unit>/", "ledger-units", "单位", _SEE, _units)
