"""查看敏感内容: one value of one record in full, after a reason that is kept."""

from django.http import Http404, HttpResponse
from django.views.decorators.debug import sensitive_variables

from tongrong.actions.see_value import see_value
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.entry_form import told
from tongrong.portal.pages.ledgers import ledger_of
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.pages.record import view_of
from tongrong.queries.policy import Permission
from tongrong.vocabulary.errors import TongrongError


@sensitive_variables("value")
def _answer(request: PortalRequest, ledger: str, number: str, column: str) -> HttpResponse:
    own = ledger_of(ledger)
    view = view_of(request, own, number)
    masked = next((one for one in view.values if one.column == column and one.masked), None)
    if masked is None or not view.sensitive:
        raise Http404
    value, fault = "", ""
    if request.method == "POST":
        try:
            value = see_value(
                viewer=viewer_of(request),
                ledger=own,
                record=view.record,
                column=column,
                reason=request.POST.get("reason", ""),
                at=clock.now(),
            )
        except TongrongError as refused:
            fault = "；".join(map(told, refused.problems))
    page = shown(
        request,
        "sensitive.html",
        PAGE.title,
        of=f"{own.label} {view.name}",
        ledger=own,
        view=view,
        masked=masked,
        value=value,
        fault=fault,
        reason=request.POST.get("reason", ""),
    )
    page.status_code = 422 if fault else 200
    return page


PAGE = Page(
    "ledgers/<str:ledger>/<str:number>/see/<str:column>/",
    "see-value",
    "查看敏感内容",
    Permission.SEE_SENSITIVE,
    _answer,
    FORM,
)
