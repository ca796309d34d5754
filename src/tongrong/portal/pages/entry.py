"""登记: a fact entered once, and which verdicts it turns."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.faults import faults_in
from tongrong.actions.permitted import NotRecorded
from tongrong.actions.record_fact import record_fact
from tongrong.facts.columns import Column, Reference
from tongrong.facts.ledger import WITHDRAWN, Ledger
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.after_write import judge_and_tell
from tongrong.portal.confirming import asked_about, confirmed, question
from tongrong.portal.entry_form import (
    filled_in,
    form,
    form_again,
    read,
    said_by,
    told,
    typed,
    usual,
)
from tongrong.portal.pages.ledgers import ledger_of
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.pages.record import view_of
from tongrong.queries.judgements import judgements
from tongrong.queries.ledger_scope import entered, owning
from tongrong.queries.lookups import Named, code_told, suggested
from tongrong.queries.places import own_units, unit_place
from tongrong.queries.policy import Permission
from tongrong.queries.record_view import RecordView
from tongrong.vocabulary.errors import Problem, TongrongError

_RECORD = Permission.RECORD
_KINDS = {"units": (True, False), "enterprises": (True,), "party_organizations": (False,)}


def _answer(request: PortalRequest, ledger: str) -> HttpResponse:
    own = _entered(ledger)
    again = _withdrawn(request, own)
    if request.method != "POST":
        said = usual(own, *_whose(request, own), _day(request)) | filled_in(own, request.GET)
        said |= _named(request, own)
        return _shown(request, own, said_by(again.values) if again else said, {}, again)
    said = typed(own, request.POST)
    found = read(viewer_of(request), own, said)
    faults = dict(found.faults)
    if faults:  # the rest is told with them, not in a second round
        more = faults_in(viewer_of(request), own, found.values)
        faults = {name: told(one) for name, one in more.items()} | faults
    doubted = {} if faults else asked_about(own, found.values)
    if doubted and not confirmed(request.POST, doubted):
        return _shown(request, own, said, {}, again, doubted)
    if not faults:
        try:
            return _recorded(request, own, found.values | _code(own, again))
        except NotRecorded as refused:
            faults = {name: told(one) for name, one in refused.by_column.items()}
        except TongrongError as refused:
            faults = {"": "；".join(map(told, refused.problems))}
    return _shown(request, own, said, faults, again)


def _day(request: PortalRequest) -> dt.date:
    """The day a new record is usually of: today, or the day of the verdicts where that is held."""
    seen = judgements(viewer_of(request)) if request.META.get(clock.HELD) else None
    return clock.today() if seen is None else seen.as_of


def _withdrawn(request: PortalRequest, ledger: type[Ledger]) -> RecordView | None:
    """The withdrawn record that is to be recorded again, if the form is opened from one."""
    number = (request.POST if request.method == "POST" else request.GET).get("from", "")
    view = view_of(request, ledger, number) if number else None
    if view is not None and not (view.mine and view.status == WITHDRAWN):
        raise Http404
    return view


def _code(ledger: type[Ledger], again: RecordView | None) -> dict[str, str]:
    """The code that a record recorded again keeps."""
    code = ledger.code_column()
    if again is None or code is None:
        return {}
    return {one.column: one.text for one in again.values if one.column == code}


def _entered(code: str) -> type[Ledger]:
    own = ledger_of(code)
    if not entered(own):
        raise Http404
    return own


def _whose(request: PortalRequest, ledger: type[Ledger]) -> tuple[Named | None, str]:
    """The unit a new record is usually of, and the column that says it: none of who people are."""
    if ledger.owner is None:
        return None, ""
    whose = owning(ledger)
    return _unit(request, ledger.columns[whose]), whose


def _named(request: PortalRequest, ledger: type[Ledger]) -> dict[str, str]:
    """What an address brings along that records of the ledger name: a person, a meeting."""
    said: dict[str, str] = {}
    for name, column in ledger.references().items():
        code = request.GET.get(name, "")
        if code and column.to not in _KINDS:
            found = suggested(viewer_of(request), column.to, f"（{code}）")  # no other code
            said.update((name, one.told) for one in found if one.code == code)
    return said


def _unit(request: PortalRequest, reference: Column) -> Named | None:
    """The unit a new record is usually of: the one asked for, or the viewer's only one.

    None where records of the ledger belong to no unit of that kind.
    """
    viewer = viewer_of(request)
    asked = code_told(request.GET.get("unit", ""))
    found = [unit_place(viewer, _RECORD, asked)] if asked else own_units(viewer, _RECORD)
    if None in found:
        raise Http404
    if not isinstance(reference, Reference) or reference.to not in _KINDS or len(found) != 1:
        return None
    (place,) = found
    fits = place is not None and place.enterprise in _KINDS[reference.to]
    return Named(place.unit, place.name) if place is not None and fits else None


def _shown(
    request: PortalRequest,
    ledger: type[Ledger],
    said: dict[str, str],
    faults: dict[str, str],
    again: RecordView | None,
    doubted: Mapping[str, Problem] | None = None,
) -> HttpResponse:
    """The form; `doubted` is what is asked about before it is recorded."""
    page = shown(
        request,
        "entry.html",
        f"登记{ledger.label}",
        ledger=ledger,
        fields=form_again(ledger, said, faults) if again else form(ledger, said, faults),
        refused=faults.get("", ""),
        wrong=len(faults),
        again=again,
        question=question(ledger, doubted or {}),
    )
    page.status_code = 422 if faults or doubted else 200
    return page


def _recorded(request: PortalRequest, ledger: type[Ledger], values: dict[str, Any]) -> HttpResponse:
    """Record it, judge what it concerns, and go on to the record."""
    viewer = viewer_of(request)
    done = record_fact(viewer=viewer, ledger=ledger, values=values, at=clock.now())
    told = "已登记" if done.new else "这条记录已经登记过，没有重复写入"
    judge_and_tell(request, viewer, done.record, told, written=done.new, entered=True)
    return HttpResponseRedirect(reverse("record", args=[ledger.code, done.number]))


def _look_up(request: PortalRequest, ledger: str, column: str) -> HttpResponse:
    reference = _entered(ledger).references().get(column)
    if reference is None:
        raise Http404
    found = suggested(viewer_of(request), reference.to, request.GET.get(column, ""))
    return shown(request, "parts/suggested.html", "查找", found=found)


PAGE = Page("ledgers/<str:ledger>/new/", "entry", "登记", _RECORD, _answer, FORM)
LOOK_UP = Page("ledgers/<str:ledger>/look-up/<str:column>/", "look-up", "查找", _RECORD, _look_up)
