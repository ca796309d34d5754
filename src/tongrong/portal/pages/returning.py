"""退回和复核: a record returned with a reason, answered in words, passed or returned again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.correct_record import ChangedMeanwhile
from tongrong.actions.return_record import Look, pass_record, return_record, stand_by
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.entry_form import told
from tongrong.portal.pages.ledgers import ledger_of
from tongrong.portal.pages.page import Page, viewer_of
from tongrong.portal.pages.record import Refused, shown_record, view_of
from tongrong.portal.pages.turning import number_in
from tongrong.queries.policy import Permission
from tongrong.vocabulary.errors import TongrongError

WORDS, SEEN = "words", "seen"


def _taking(form: str, done: str, take: Callable[[Look, str], None]) -> Callable[..., HttpResponse]:
    """The answer to a form of the record's page that takes a step about the record."""

    def answer(request: PortalRequest, ledger: str, number: str) -> HttpResponse:
        own = ledger_of(ledger)
        view = view_of(request, own, number)
        words = request.POST.get(WORDS, "")
        look = Look(viewer_of(request), own, number_in(request.POST.get(SEEN, "")), clock.now())
        try:
            take(look, words)
        except ChangedMeanwhile:
            why = "打开这页以后记录改过了。下面是现在的内容，核对后再办。"
        except TongrongError as refused:
            why = "；".join(map(told, refused.problems))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("record", args=[own.code, view.number]))
        return shown_record(request, own, view, Refused(form, why, words))

    return answer


_AT = "ledgers/<str:ledger>/<str:number>/"
RETURN = Page(
    f"{_AT}return/",
    "return",
    "退回",
    Permission.RECHECK,
    _taking("return", "已退回", lambda look, words: return_record(look, reason=words)),
    ("POST",),
)
PASS = Page(
    f"{_AT}pass/",
    "pass",
    "复核通过",
    Permission.RECHECK,
    _taking("pass", "已复核通过", lambda look, words: pass_record(look, words=words)),
    ("POST",),
)
STAND_BY = Page(
    f"{_AT}stand-by/",
    "stand-by",
    "说明无误",
    Permission.RECORD,
    _taking("stand-by", "已说明无误，等待复核", lambda look, words: stand_by(look, words=words)),
    ("POST",),
)
