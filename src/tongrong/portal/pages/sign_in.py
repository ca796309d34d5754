"""登录 and 退出."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from tongrong.actions.sign_in import LOCKED_FOR, MOST_FAILURES, open_session, sign_in, sign_out
from tongrong.portal import clock
from tongrong.portal.access import ACCOUNT, PortalRequest
from tongrong.portal.pages.page import FORM, Page, shown

_WRONG = "账户名或口令不对。"
_LOCKED = f"连续 {MOST_FAILURES} 次不对，已暂停登录 {LOCKED_FOR.seconds // 60} 分钟；到时自动恢复。"


@sensitive_post_parameters("password")
def _answer(request: PortalRequest) -> HttpResponse:
    asked = request.POST.get("next") or request.GET.get("next", "")
    if request.method != "POST":
        if request.viewer is not None:
            return HttpResponseRedirect(reverse("home"))
        return shown(request, "sign_in.html", PAGE.title, next=asked)
    login, password = request.POST.get("login", ""), request.POST.get("password", "")
    attempt = sign_in(login=login, password=password, at=clock.now())
    if attempt.account is None:
        said = _LOCKED if attempt.locked else _WRONG
        page = shown(request, "sign_in.html", PAGE.title, next=asked, login=login, refused=said)
        page.status_code = 422
        return page
    request.session.flush()
    request.session[ACCOUNT] = attempt.account
    request.session.save()
    open_session(account=attempt.account, key=str(request.session.session_key), at=clock.now())
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(asked if here else reverse("home"))


def _leave(request: PortalRequest) -> HttpResponse:
    if request.session.session_key:
        sign_out(key=request.session.session_key, at=clock.now())
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in"))


PAGE = Page("sign-in/", "sign-in", "登录", None, _answer, FORM)
OUT = Page("sign-out/", "sign-out", "退出", None, _leave, ("POST",))
