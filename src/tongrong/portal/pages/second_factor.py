"""动态口令 of one's own: enrol a phone, other recovery codes, without it."""

from collections.abc import Mapping

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from tongrong.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    drop_second_factor,
    renew_recovery_codes,
)
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.refusals import in_a_line
from tongrong.queries.policy import Owed, Permission
from tongrong.queries.second_factors import second_factor_of
from tongrong.vocabulary.errors import TongrongError

ISSUER = "同融"


@sensitive_post_parameters("code")
def _answer(request: PortalRequest) -> HttpResponse:
    refused = ""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    try:
        if act == "drop":
            return _dropped(request)
        if act in _TOLD_CODES:
            return _codes(request, act)
    except TongrongError as error:
        refused = in_a_line(error)
    if act not in ("", "begin", "drop", *_TOLD_CODES):
        raise Http404
    page = _shown(request, begun=act in ("begin", "confirm"), refused=refused)
    page.status_code = 422 if refused else 200
    return page


def _shown(request: PortalRequest, *, begun: bool, refused: str) -> HttpResponse:
    viewer = viewer_of(request)
    factor = second_factor_of(viewer)
    told: dict[str, object] = {}
    if begun and not factor.confirmed:
        key = begin_second_factor(viewer=viewer, at=clock.now())
        grouped = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
        told = {"key": grouped, **_picture(viewer.login, key)}
    return shown(
        request,
        "second_factor.html",
        PAGE.title,
        factor=factor,
        owed=viewer.owes is Owed.SECOND_FACTOR,
        refused=refused,
        **told,
    )


def _codes(request: PortalRequest, act: str) -> HttpResponse:
    """Enrol, or renew the recovery codes: either tells them, this once."""
    code = request.POST.get("code", "")
    codes = _TOLD_CODES[act](viewer=viewer_of(request), code=code, at=clock.now())
    first = act == "confirm"
    return shown(request, "recovery_codes.html", "恢复码", codes=codes, first=first)


def _dropped(request: PortalRequest) -> HttpResponse:
    code = request.POST.get("code", "")
    drop_second_factor(viewer=viewer_of(request), code=code, at=clock.now())
    messages.success(request, "动态口令已停用，登录只问口令。")
    return HttpResponseRedirect(reverse("second-factor"))


def _picture(login: str, key: str) -> Mapping[str, object]:
    """The picture a phone reads, as the path of its dark squares and its width."""
    said = urlencode({"secret": key, "issuer": ISSUER})
    code = segno.make(f"otpauth://totp/{ISSUER}:{login}?{said}", error="m", micro=False)
    rows = list(code.matrix_iter(border=4))
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"squares": "".join(squares), "width": len(rows)}


_TOLD_CODES = {"confirm": confirm_second_factor, "renew": renew_recovery_codes}
PAGE = Page(
    "account/second-factor/", "second-factor", "动态口令", Permission.OWN_ACCOUNT, _answer, FORM
)
