"""我的账户: the roles held, where one has signed in, and another password."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from tongrong.actions.accounts import set_password
from tongrong.actions.attempts import Attempt
from tongrong.actions.sign_in import MOST_SESSIONS, end_other_sessions, sign_in
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.entering import stay_in
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.queries.passwords import has_password, password_rules
from tongrong.queries.policy import Owed, Permission
from tongrong.queries.viewers import PASSWORD, held_by, sessions_of
from tongrong.vocabulary.errors import TongrongError


@sensitive_post_parameters("now", "password", "again")
def _answer(request: PortalRequest) -> HttpResponse:
    refused, own = "", has_password(viewer_of(request))
    if request.method == "POST":
        if request.POST.get("act") == "sign-out":
            return _out_elsewhere(request)
        if not own:
            raise Http404
        refused = _refused(request)
        if not refused:
            messages.success(request, "口令已更改，其他地方的登录都已退出。")
            return HttpResponseRedirect(reverse("account"))
    viewer = viewer_of(request)
    page = shown(
        request,
        "account.html",
        PAGE.title,
        held=held_by(viewer, clock.today()),
        sessions=sessions_of(viewer.account, clock.now(), str(request.session.session_key)),
        most=MOST_SESSIONS,
        has_password=own,
        provider=settings.OIDC.label if settings.OIDC else "",
        rules=password_rules(),
        must_change=viewer.owes is Owed.PASSWORD,
        refused=refused,
    )
    page.status_code = 422 if refused else 200
    return page


def _out_elsewhere(request: PortalRequest) -> HttpResponse:
    key = str(request.session.session_key)
    ended = end_other_sessions(viewer=viewer_of(request), key=key, at=clock.now())
    messages.success(request, f"已退出其他 {ended} 处登录。" if ended else "没有其他登录。")
    return HttpResponseRedirect(reverse("account"))


def _refused(request: PortalRequest) -> str:
    """Change the password; why not, where it is not changed."""
    viewer, said = viewer_of(request), request.POST
    if said.get("password") != said.get("again"):
        return "两次输入的新口令不一样。"
    attempt = sign_in(login=viewer.login, password=said.get("now", ""), at=clock.now())
    if attempt.account != viewer.account:
        return "现在的口令不对。"
    if said.get("password") == said.get("now"):
        return "新口令和现在的一样，请换一个。"
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
    stay_in(request, Attempt(viewer.account), PASSWORD)
    return ""


PAGE = Page(
    "account/", "account", "我的账户", Permission.OWN_ACCOUNT, _answer, FORM, icon="person-circle"
)
