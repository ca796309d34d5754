"""操作日志, for the audit administrator: the audit chain in words, and whether it is whole."""

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, shown, viewer_of
from tongrong.portal.pages.turning import (
    SearchField,
    choosing,
    day_fields,
    days_between,
    shown_list,
    turn_of,
)
from tongrong.queries.audit_log import WORDS, AuditAsked, audit_log, chain_check
from tongrong.queries.policy import Permission

_SEE = Permission.SEE_AUDIT


def _answer(request: PortalRequest) -> HttpResponse:
    sent = request.GET
    since, before = days_between(sent)
    asked = AuditAsked(
        actor=sent.get("actor", "").strip(),
        action=sent.get("action", ""),
        account=sent.get("account", "").strip(),
        since=since,
        before=before,
    )
    found = audit_log(viewer_of(request), asked, turn_of(sent, numbered=True))
    return shown_list(
        request,
        "audit.html",
        PAGE.title,
        found,
        SearchField("actor", "操作人", asked.actor),
        choosing("action", "操作", asked.action, (("", "全部"), *WORDS.items())),
        SearchField("account", "对哪个账户", asked.account),
        *day_fields(sent),
    )


def _check(request: PortalRequest) -> HttpResponse:
    return shown(request, "audit_check.html", CHECK.title, check=chain_check())


PAGE = Page("audit/", "audit", "操作日志", _SEE, _answer, icon="shield-check")
CHECK = Page("audit/check/", "audit-check", "核验审计链", _SEE, _check)
