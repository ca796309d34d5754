"""From a right password to an open session: at once, or by way of the second factor."""

import datetime as dt

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tongrong.actions.attempts import Attempt
from tongrong.actions.sign_in import open_session
from tongrong.portal import clock
from tongrong.portal.access import ACCOUNT, PortalRequest
from tongrong.queries.sign_ins import LOCKED_FOR, MOST_FAILURES

LOCKED = f"连续 {MOST_FAILURES} 次不对，已暂停登录 {LOCKED_FOR.seconds // 60} 分钟；到时自动恢复。"
_HALF_WAY = "half_way"
_LONGEST_HALF_WAY = dt.timedelta(minutes=5)


def enter(request: PortalRequest, attempt: Attempt, asked: str, way: str) -> HttpResponse:
    """Go on to the page asked for, or first to where the code is asked for."""
    request.session.flush()
    if attempt.owes_code:
        told = {"account": attempt.account, "way": way, "asked": asked}
        request.session[_HALF_WAY] = {**told, "at": clock.now().timestamp()}
        return HttpResponseRedirect(reverse("sign-in-code"))
    return _opened(request, attempt, asked, way)


def half_way(request: PortalRequest) -> dict[str, str] | None:
    """Who gave a right password a short while ago, by what way, and the page asked for."""
    found: dict[str, str] | None = request.session.get(_HALF_WAY)
    if found is None:
        return None
    since = clock.now().timestamp() - float(found["at"])
    return found if since < _LONGEST_HALF_WAY.total_seconds() else None


def enter_by_code(request: PortalRequest, attempt: Attempt, told: dict[str, str]) -> HttpResponse:
    """Go on to the page asked for before the password was given."""
    request.session.flush()
    return _opened(request, attempt, told["asked"], told["way"])


def _opened(request: PortalRequest, attempt: Attempt, asked: str, way: str) -> HttpResponse:
    """Open a session under a new key; addresses elsewhere lead home."""
    stay_in(request, attempt, way)
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(asked if here else reverse("home"))


def stay_in(request: PortalRequest, attempt: Attempt, way: str) -> None:
    """Let the request's session be the account's from now on."""
    if attempt.account is None:
        raise ValueError("nobody to sign in")
    request.session[ACCOUNT] = attempt.account
    request.session.save()
    key = str(request.session.session_key)
    open_session(account=attempt.account, key=key, at=clock.now(), way=way)
