"""登录日志, for the security and the audit administrator."""

from django.http import HttpResponse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import Page, shown
from tongrong.queries.policy import Permission
from tongrong.queries.viewers import recent_sign_ins

MOST = 200


def _answer(request: PortalRequest) -> HttpResponse:
    return shown(request, "sign_ins.html", PAGE.title, lines=recent_sign_ins(MOST), most=MOST)


PAGE = Page(
    "sign-ins/", "sign-ins", "登录日志", Permission.SEE_SIGN_INS, _answer, icon="journal-text"
)
