"""我的账户: the roles held, and another password."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from tongrong.actions.accounts import set_password
from tongrong.actions.sign_in import open_session, sign_in
from tongrong.portal import clock
from tongrong.portal.access import ACCOUNT, PortalRequest
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.queries.policy import Permission
from tongrong.queries.viewers import held_by
from tongrong.vocabulary.errors import TongrongError


@sensitive_post_parameters("now", "password", "again")
def _answer(request: PortalRequest) -> HttpResponse:
    viewer = viewer_of(request)
    refused = _refused(request) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        messages.success(request, "口令已更改，其他地方的登录都已退出。")
        return HttpResponseRedirect(reverse("account"))
    held = held_by(viewer, clock.today())
    page = shown(request, "account.html", PAGE.title, held=held, refused=refused)
    page.status_code = 422 if refused else 200
    return page


def _refused(request: PortalRequest) -> str:
    """Change the password; why not, where it is not changed."""
    viewer, said = viewer_of(request), request.POST
    if said.get("password") != said.get("again"):
        return "两次输入的新口令不一样。"
    attempt = sign_in(login=viewer.login, password=said.get("now", ""), at=clock.now())
    if attempt.account != viewer.account:
        return "现在的口令不对。"
    try:
        set_password(
            account=viewer.account,
            password=said.get("password", ""),
            actor=viewer.login,
            at=clock.now(),
        )
    except TongrongError as error:
        return "；".join(one.expected for one in error.problems)
    request.session.cycle_key()
    request.session[ACCOUNT] = viewer.account
    open_session(account=viewer.account, key=str(request.session.session_key), at=clock.now())
    return ""


PAGE = Page(
    "account/", "account", "我的账户", Permission.OWN_ACCOUNT, _answer, FORM, icon="person-circle"
)
