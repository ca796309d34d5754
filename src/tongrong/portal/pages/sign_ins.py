"""登录日志, for the audit administrator."""

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page
from tongrong.portal.pages.turning import (
    SearchField,
    choosing,
    day_fields,
    days_between,
    shown_list,
    turn_of,
)
from tongrong.queries.policy import Permission
from tongrong.queries.sign_ins import OUTCOMES, SignInsAsked, sign_ins


def _answer(request: PortalRequest) -> HttpResponse:
    sent = request.GET
    since, before = days_between(sent)
    asked = SignInsAsked(
        login=sent.get("login", "").strip(),
        outcome=sent.get("outcome", ""),
        since=since,
        before=before,
    )
    found = sign_ins(asked, turn_of(sent, numbered=True))
    return shown_list(
        request,
        "sign_ins.html",
        PAGE.title,
        found,
        SearchField("login", "账户名", asked.login),
        choosing("outcome", "结果", asked.outcome, (("", "全部"), *OUTCOMES.items())),
        *day_fields(sent),
    )


PAGE = Page(
    "sign-ins/", "sign-ins", "登录日志", Permission.SEE_SIGN_INS, _answer, icon="journal-text"
)
