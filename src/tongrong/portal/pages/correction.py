"""更正和撤回: a further version of a record, with the reason; the earlier ones stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.correct_record import (
    ChangedMeanwhile,
    correct_record,
    correction_faults,
    withdraw_record,
)
from tongrong.actions.permitted import NotRecorded
from tongrong.facts.ledger import WITHDRAWN, Ledger
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.after_write import judge_and_tell
from tongrong.portal.confirming import asked_about, confirmed, question
from tongrong.portal.entry_form import (
    correction_form,
    emptied_by,
    read,
    said_by,
    told,
    typed,
)
from tongrong.portal.pages.ledgers import label_of, ledger_of
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.pages.record import view_of
from tongrong.portal.withdrawn_with import parts_told
from tongrong.queries.parts import Hanging, hanging_on
from tongrong.queries.policy import Permission
from tongrong.queries.record_view import RecordView, version_values
from tongrong.vocabulary.errors import Problem, TongrongError

REASON, SEEN, EMPTY = "reason", "seen", "empty"
_BOTH = "又填了新的，又选了清空。只留一样。"


@dataclass(frozen=True)
class Elsewhere:
    """A column somebody else changed since the form was opened; `clashes`: it was typed in too."""

    label: str
    opened: str
    now: str
    clashes: bool


@dataclass(frozen=True)
class Filled:
    """A form as it is shown: what each field says, what others changed meanwhile, what is asked."""

    said: dict[str, str]
    faults: dict[str, str]
    elsewhere: tuple[Elsewhere, ...] = ()
    doubted: Mapping[str, Problem] = field(default_factory=dict)


def _answer(request: PortalRequest, ledger: str, number: str) -> HttpResponse:
    own = ledger_of(ledger)
    view = _view(request, own, number)
    if request.method != "POST":
        return _shown(request, own, view, Filled(said_by(view.values), {}))
    withdraws = "withdraw" in request.POST
    opened = _opened(request, own, view)
    said = opened if withdraws else {**opened, **_typed(own, request)}
    changed = {name: text for name, text in said.items() if text != opened[name]}
    emptied = frozenset[str]() if withdraws else _emptied(request, own, view)
    faults = {name: _BOTH for name in emptied if name in changed}
    if faults:
        return _shown(request, own, view, Filled(said, faults))
    changed |= dict.fromkeys(emptied, "")
    if request.POST.get(SEEN, str(view.number)) == str(view.number):
        doubted = {} if withdraws else _doubted(request, own, view, changed)
        if doubted and not confirmed(request.POST, doubted):
            return _shown(request, own, view, Filled(said, {}, doubted=doubted))
        try:
            faults = _written(request, own, view, None if withdraws else changed)
        except ChangedMeanwhile:
            view = _view(request, own, number)
        else:
            if not faults:
                return HttpResponseRedirect(reverse("record", args=[own.code, view.number]))
            return _shown(request, own, view, Filled(said, faults))
    return _shown(request, own, view, _merged(own, opened, said_by(view.values), changed))


def _view(request: PortalRequest, ledger: type[Ledger], number: str) -> RecordView:
    view = view_of(request, ledger, number)
    if not view.mine or view.status == WITHDRAWN:
        raise Http404
    return view


def _opened(request: PortalRequest, ledger: type[Ledger], view: RecordView) -> dict[str, str]:
    """What the record said when the form was opened."""
    seen = request.POST.get(SEEN, "")
    if seen in ("", str(view.number)):
        return said_by(view.values)
    known = seen.isascii() and seen.isdecimal() and len(seen) < 19
    found = version_values(viewer_of(request), ledger, view, int(seen)) if known else None
    if found is None:
        raise Http404
    return said_by(found)


def _merged(
    ledger: type[Ledger], opened: dict[str, str], now: dict[str, str], changed: dict[str, str]
) -> Filled:
    """What was typed on top of what the record says now; nothing is written before it is seen."""
    elsewhere = tuple(
        Elsewhere(label_of(ledger, name), opened[name], text, clashes=name in changed)
        for name, text in now.items()
        if text != opened[name]
    )
    told = "打开表单以后，别人改了这条记录。下面列出改动，您填的都还在；核对后再保存一次。"
    return Filled({**now, **changed}, {"": told}, elsewhere)


def _typed(ledger: type[Ledger], request: PortalRequest) -> dict[str, str]:
    """What was typed of the columns that may be corrected."""
    return {
        name: text
        for name, text in typed(ledger, request.POST).items()
        if not ledger.columns[name].key
    }


def _emptied(request: PortalRequest, ledger: type[Ledger], view: RecordView) -> frozenset[str]:
    """The columns whose masked values are to be taken out."""
    return emptied_by(ledger, view.values) & {*request.POST.getlist(EMPTY)}


def _doubted(
    request: PortalRequest, ledger: type[Ledger], view: RecordView, changed: dict[str, str]
) -> dict[str, Problem]:
    """What the correction would have the record say, and it does not yet, that can hardly be so."""
    known = {one.column for one in view.values if not one.masked}
    before = {name: text for name, text in said_by(view.values).items() if name in known}
    after = read(viewer_of(request), ledger, {**before, **changed})
    if after.faults:
        return {}
    was = asked_about(ledger, read(viewer_of(request), ledger, before).values)
    return {name: one for name, one in asked_about(ledger, after.values).items() if name not in was}


def _written(
    request: PortalRequest,
    ledger: type[Ledger],
    view: RecordView,
    changed: dict[str, str] | None,
) -> dict[str, str]:
    """Write the correction, or without one the withdrawal; what is wrong with it, by column."""
    viewer = viewer_of(request)
    by: dict[str, Any] = {"viewer": viewer, "actor": viewer.login, "recorded_at": clock.now()}
    by |= {"ledger": ledger, "record": view.record, "reason": request.POST.get(REASON, "")}
    by["seen"] = view.number
    if changed == {}:
        return {"": "没有改动任何内容。"}
    found = read(viewer, ledger, changed or {})
    if found.faults:  # the rest is told with them, not in a second round
        more = correction_faults(viewer, ledger, view.record, found.values)
        return {name: told(one) for name, one in more.items()} | found.faults
    try:
        if changed is None:
            done = withdraw_record(**by)
        else:
            done = correct_record(changes=found.values, **by)
    except ChangedMeanwhile:
        raise
    except NotRecorded as refused:
        return {name: told(one) for name, one in refused.by_column.items()}
    except TongrongError as refused:
        return _by_column(ledger, refused)
    withdrawn = f"已撤回{parts_told(done.parts)}，不再计入判定"
    said = withdrawn if changed is None else "已更正"
    judge_and_tell(request, viewer, view.record, said, written=done.changed)
    return {}


def _by_column(ledger: type[Ledger], refused: TongrongError) -> dict[str, str]:
    """What is wrong by the column whose label its place ends with, "" for the whole record."""
    labels = ledger.by_label()
    found: dict[str, str] = {}
    for one in refused.problems:
        at = REASON if one.code == "record.reason" else labels.get(one.where.rpartition("!")[2], "")
        found.setdefault(at, told(one))
    return found


def _hanging(request: PortalRequest, ledger: type[Ledger], view: RecordView) -> Hanging:
    """What hangs on the record, if others can name it at all."""
    column = ledger.code_column()
    code = next((one.text for one in view.values if one.column == column), "")
    return hanging_on(viewer_of(request), ledger, code) if code else Hanging()


def _shown(
    request: PortalRequest,
    ledger: type[Ledger],
    view: RecordView,
    filled: Filled,
) -> HttpResponse:
    faults = filled.faults
    withdraws, reason = "withdraw" in request.POST, request.POST.get(REASON, "")
    fault = faults.get(REASON, "")
    page = shown(
        request,
        "correction.html",
        f"更正{ledger.label}",
        of=view.name,
        ledger=ledger,
        view=view,
        fields=correction_form(
            ledger,
            filled.said,
            faults,
            empties=emptied_by(ledger, view.values),
            emptied=_emptied(request, ledger, view),
        ),
        elsewhere=filled.elsewhere,
        question=question(ledger, filled.doubted),
        hanging=_hanging(request, ledger, view),
        refused=faults.get("", ""),
        wrong=len(faults),
        reason="" if withdraws else reason,
        reason_fault="" if withdraws else fault,
        why=reason if withdraws else "",
        why_fault=fault if withdraws else "",
    )
    page.status_code = 422 if faults or filled.doubted else 200
    return page


PAGE = Page(
    "ledgers/<str:ledger>/<str:number>/correct/",
    "correct",
    "更正",
    Permission.RECORD,
    _answer,
    FORM,
)
