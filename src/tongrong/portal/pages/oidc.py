"""单点登录: to the identity provider of the organization and back, where one is configured."""

import hmac
from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.sign_in import sign_in_by_provider
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.entering import enter
from tongrong.portal.oidc.exchange import Asked, address_to_ask, asked_anew, claims_for
from tongrong.portal.oidc.provider import Provider
from tongrong.portal.pages.page import Page, shown
from tongrong.portal.refusals import in_a_line
from tongrong.queries.viewers import OIDC
from tongrong.vocabulary.errors import TongrongError

_ASKED, _NEXT = "oidc_asked", "oidc_next"
_NOT_OURS = "这次登录不是从这里开始的，或已经用过。请重新登录。"
_REFUSED = "身份系统没有让您登录。请重新登录，或用账户名和口令登录。"
_NOBODY = "您的统一身份在这里没有账户，或账户已停用。请系统管理员建立或启用账户。"


def _start(request: PortalRequest) -> HttpResponse:
    provider, asked = _provider(), asked_anew()
    try:
        address = address_to_ask(provider, asked, _back(request))
    except TongrongError as error:
        return _refused(request, in_a_line(error))
    request.session[_ASKED] = asdict(asked)
    request.session[_NEXT] = request.GET.get("next", "")
    return HttpResponseRedirect(address)


def _return(request: PortalRequest) -> HttpResponse:
    provider, sent = _provider(), request.GET
    kept, wanted = request.session.pop(_ASKED, None), request.session.pop(_NEXT, "")
    state = sent.get("state", "").encode()
    if kept is None or not hmac.compare_digest(kept["state"].encode(), state):
        return _refused(request, _NOT_OURS)
    if "code" not in sent or sent.get("iss", provider.issuer) != provider.issuer:
        return _refused(request, _REFUSED)
    at = clock.now()
    try:
        claims = claims_for(provider, Asked(**kept), sent["code"], _back(request), at)
    except TongrongError as error:
        return _refused(request, in_a_line(error))
    login = str(claims.get(provider.claim) or "")
    label = str(claims.get("name") or login)
    attempt = sign_in_by_provider(login=login, label=label, creates=provider.creates, at=at)
    if attempt.account is None:
        return _refused(request, _NOBODY)
    return enter(request, attempt, wanted, OIDC)


def _provider() -> Provider:
    """The provider configured; where there is none, there are no such pages."""
    found: Provider | None = settings.OIDC
    if found is None:
        raise Http404
    return found


def _back(request: PortalRequest) -> str:
    return request.build_absolute_uri(reverse(BACK.name))


def _refused(request: PortalRequest, said: str) -> HttpResponse:
    page = shown(request, "sign_in.html", "登录", oidc=settings.OIDC, refused=said)
    page.status_code = 422
    return page


PAGE = Page("sign-in/oidc/", "sign-in-oidc", "单点登录", None, _start)
BACK = Page("sign-in/oidc/back/", "sign-in-oidc-back", "单点登录", None, _return)
