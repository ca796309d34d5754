"""附件: files attached to a record, given to whoever sees the record; never required."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from tongrong.actions.attach import attach, withdraw_attachment
from tongrong.facts.attachments import MOST_BYTES
from tongrong.facts.ledger import Ledger
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.ledgers import ledger_of
from tongrong.portal.pages.page import Page, shown, viewer_of
from tongrong.portal.pages.record import view_of
from tongrong.portal.refusals import in_a_line
from tongrong.queries.attachments import Attached, attached_to, kept_at
from tongrong.queries.policy import Permission
from tongrong.queries.record_view import RecordView
from tongrong.vocabulary.errors import TongrongError


def _add(request: PortalRequest, ledger: str, number: str) -> HttpResponse:
    own = ledger_of(ledger)
    view = view_of(request, own, number)
    sent = request.FILES.get("file")
    if sent is None:
        return _refused(request, own, view, "没有选文件。")
    data = sent.read(MOST_BYTES + 1)
    try:
        new = attach(
            viewer=viewer_of(request),
            ledger=own,
            record=view.record,
            name=sent.name or "",
            data=data,
            at=clock.now(),
        )
    except TongrongError as refused:
        return _refused(request, own, view, in_a_line(refused))
    messages.success(request, "附件已上传" if new else "这个文件已经在附件里")
    return _back(own, view)


def _get(request: PortalRequest, ledger: str, number: str, attachment: str) -> HttpResponseBase:
    found = _attached(view_of(request, ledger_of(ledger), number), attachment)
    try:
        file = kept_at(found.sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )


def _take_away(request: PortalRequest, ledger: str, number: str, attachment: str) -> HttpResponse:
    own = ledger_of(ledger)
    view = view_of(request, own, number)
    found = _attached(view, attachment)
    try:
        withdraw_attachment(
            viewer=viewer_of(request),
            ledger=own,
            record=view.record,
            number=found.number,
            reason=request.POST.get("reason", ""),
            at=clock.now(),
        )
    except TongrongError as refused:
        return _refused(request, own, view, in_a_line(refused), found.number)
    messages.success(request, "附件已撤回")
    return _back(own, view)


def _attached(view: RecordView, number: str) -> Attached:
    """The file of a record with a number; of another record's it is as if it were not there."""
    found = next((one for one in attached_to(view.record) if str(one.number) == number), None)
    if found is None:
        raise Http404
    return found


def _refused(
    request: PortalRequest, ledger: type[Ledger], view: RecordView, why: str, faulty: int = 0
) -> HttpResponse:
    """The files again, with what is wrong; `faulty` is the one whose reason does not do."""
    typed = request.POST.get("reason", "")
    told_of = {"ledger": ledger, "view": view, "refused": why, "faulty": faulty, "typed": typed}
    page = shown(request, "attachments.html", "附件", attached=attached_to(view.record), **told_of)
    page.status_code = 422
    return page


def _back(ledger: type[Ledger], view: RecordView) -> HttpResponse:
    return HttpResponseRedirect(reverse("record", args=[ledger.code, view.number]))


_AT = "ledgers/<str:ledger>/<str:number>/attachments/"
ADD = Page(_AT, "attach", "附件", Permission.RECORD, _add, ("POST",))
GET = Page(f"{_AT}<str:attachment>/", "attachment", "附件", Permission.SEE_LEDGERS, _get)
TAKE_AWAY = Page(
    f"{_AT}<str:attachment>/withdraw/",
    "withdraw-attachment",
    "撤回附件",
    Permission.RECORD,
    _take_away,
    ("POST",),
)
