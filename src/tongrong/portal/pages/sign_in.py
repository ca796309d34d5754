"""登录 and 退出."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from tongrong.actions.second_factor import sign_in_code
from tongrong.actions.sign_in import sign_in, sign_out
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.entering import LOCKED, enter, enter_by_code, half_way
from tongrong.portal.pages.page import FORM, Page, shown
from tongrong.queries.viewers import PASSWORD

_WRONG = "账户名或口令不对。"
_WRONG_CODE = "验证码不对，或者已经用过。等手机上显示下一个数字再输入。"


@sensitive_post_parameters("password")
def _answer(request: PortalRequest) -> HttpResponse:
    asked = request.POST.get("next") or request.GET.get("next", "")
    if request.method != "POST":
        if request.viewer is not None:
            return HttpResponseRedirect(reverse("home"))
        return _form(request, next=asked)
    login, password = request.POST.get("login", ""), request.POST.get("password", "")
    attempt = sign_in(login=login, password=password, at=clock.now())
    if attempt.account is None:
        return _form(request, next=asked, login=login, refused=LOCKED if attempt.locked else _WRONG)
    return enter(request, attempt, asked, PASSWORD)


def _form(request: PortalRequest, **said: str) -> HttpResponse:
    page = shown(request, "sign_in.html", PAGE.title, oidc=settings.OIDC, **said)
    page.status_code = 422 if "refused" in said else 200
    return page


@sensitive_post_parameters("code")
def _code(request: PortalRequest) -> HttpResponse:
    told = half_way(request)
    if told is None:
        return HttpResponseRedirect(reverse("sign-in"))
    if request.method != "POST":
        return shown(request, "sign_in_code.html", CODE.title)
    attempt = sign_in_code(
        account=int(told["account"]), code=request.POST.get("code", ""), at=clock.now()
    )
    if attempt.account is None:
        refused = LOCKED if attempt.locked else _WRONG_CODE
        page = shown(request, "sign_in_code.html", CODE.title, refused=refused)
        page.status_code = 422
        return page
    return enter_by_code(request, attempt, told)


def _leave(request: PortalRequest) -> HttpResponse:
    if request.session.session_key:
        sign_out(key=request.session.session_key, at=clock.now())
    request.session.flush()
    return HttpResponseRedirect(reverse("sign-in"))


PAGE = Page("sign-in/", "sign-in", "登录", None, _answer, FORM)
CODE = Page("sign-in/code/", "sign-in-code", "验证码", None, _code, FORM)
OUT = Page("sign-out/", "sign-out", "退出", None, _leave, ("POST",))
