"""任命, for the security administrator: who may do what where, and whether they may sign in now."""

import datetime as dt

from django.http import Http404, HttpResponse

from tongrong.actions.second_factor import reset_second_factor
from tongrong.actions.secure_accounts import (
    end_role,
    end_sessions_of,
    give_role,
    set_clearance,
    unlock,
)
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.acts import done_and_back
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.pages.turning import (
    SearchField,
    choosing,
    day_in,
    number_in,
    shown_list,
    turn_of,
)
from tongrong.portal.refusals import in_a_line
from tongrong.queries.accounts import NO_ROLE, AccountLine, account_line, accounts_by_role
from tongrong.queries.appointments import appointments_of, unit_meant, units_like
from tongrong.queries.policy import Permission
from tongrong.queries.sign_ins import is_locked
from tongrong.queries.viewers import sessions_of
from tongrong.vocabulary.errors import TongrongError, refuse
from tongrong.vocabulary.roles import Role

_APPOINT = Permission.APPOINT
_WHERE = "任命"
_DAY = dt.timedelta(days=1)
_ROLES = tuple((role.value, role.label) for role in Role)


def _answer(request: PortalRequest) -> HttpResponse:
    sent = request.GET
    text, role = sent.get("text", "").strip(), sent.get("role", "")
    found = accounts_by_role(text, role, clock.today(), turn_of(sent))
    roles = (("", "全部"), (NO_ROLE, "没有角色"), *_ROLES)
    return shown_list(
        request,
        "appointments.html",
        PAGE.title,
        found,
        SearchField("text", "账户名或称呼", text),
        choosing("role", "现任角色", role, roles),
    )


def _one(request: PortalRequest, account: int) -> HttpResponse:
    found = account_line(account)
    if found is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            return done_and_back(request, _ACTS, found.number, ONE.name)
        except TongrongError as error:
            refused = in_a_line(error)
    page = _shown(request, found, refused)
    page.status_code = 422 if refused else 200
    return page


def _shown(request: PortalRequest, one: AccountLine, refused: str) -> HttpResponse:
    viewer, sent = viewer_of(request), request.POST
    role = sent.get("role", "")
    return shown(
        request,
        "appointed.html",
        one.label,
        one=one,
        own=one.number == viewer.account,
        refused=refused,
        held=appointments_of(viewer, one.number, clock.today()),
        sessions=sessions_of(one.number, clock.now()),
        locked=is_locked(one.login, clock.now()),
        roles=[(value, label, value == role) for value, label in _ROLES],
        unit=sent.get("unit", ""),
        from_on=sent.get("from_on", clock.today().isoformat()),
        last=sent.get("last", ""),
        today=clock.today(),
    )


def _give(request: PortalRequest, account: int) -> str:
    sent, viewer = request.POST, viewer_of(request)
    role, from_on = sent.get("role", ""), day_in(sent.get("from_on"))
    if role not in set(Role) or from_on is None:
        raise refuse("account.days", _WHERE, "", "选了角色，填了起始日", "补上空着的一项")
    new = give_role(
        viewer=viewer,
        account=account,
        role=Role(role),
        unit=unit_meant(viewer, sent.get("unit", "")),
        from_on=from_on,
        until=_day_after(sent.get("last", "")),
        at=clock.now(),
    )
    return "已任命。" if new else "这项任命已经有了，没有重复写入；要改截止日，先终止再任命。"


def _end(request: PortalRequest, _: int) -> str:
    sent = request.POST
    new = end_role(
        viewer=viewer_of(request),
        appointment=number_in(sent.get("appointment", "")),
        until=_day_after(sent.get("last", "")) or clock.today(),
        at=clock.now(),
        day=clock.today(),
    )
    return "任命已终止。" if new else "这项任命早已终止。"


def _day_after(text: str) -> dt.date | None:
    """The day after the last one of a term; None where it has no end.

    Raises:
        TongrongError: the text is no day.
    """
    last = day_in(text)
    if text and last is None:
        raise refuse("account.days", _WHERE, text, "日期，如 2026-09-30", "改截止日")
    return last and last + _DAY


def _unlock(request: PortalRequest, account: int) -> str:
    new = unlock(viewer=viewer_of(request), account=account, at=clock.now())
    return "已解除暂停，可以登录了。" if new else "这个账户没有暂停登录。"


def _sign_out(request: PortalRequest, account: int) -> str:
    ended = end_sessions_of(viewer=viewer_of(request), account=account, at=clock.now())
    return f"已退出 {ended} 处登录。" if ended else "这个账户没有登录。"


def _reset(request: PortalRequest, account: int) -> str:
    new = reset_second_factor(viewer=viewer_of(request), account=account, at=clock.now())
    return "动态口令已重置，本人可以重新启用。" if new else "这个账户没有启用动态口令。"


def _clear(request: PortalRequest, account: int) -> str:
    cleared = request.POST.get("cleared") == "yes"
    new = set_clearance(viewer=viewer_of(request), account=account, cleared=cleared, at=clock.now())
    return "境外单位的授权已更改。" if new else "境外单位的授权没有变化。"


def _look_up(request: PortalRequest) -> HttpResponse:
    found = units_like(viewer_of(request), request.GET.get("unit", ""))
    return shown(request, "parts/suggested.html", LOOK_UP.title, found=found)


_ACTS = {
    "appoint": _give,
    "end": _end,
    "unlock": _unlock,
    "sign-out": _sign_out,
    "reset": _reset,
    "clear": _clear,
}
PAGE = Page("appointments/", "appointments", "任命", _APPOINT, _answer, icon="person-badge")
ONE = Page("appointments/<int:account>/", "appointed", "任命", _APPOINT, _one, FORM)
LOOK_UP = Page("appointments/look-up/", "appointed-units", "查找单位", _APPOINT, _look_up)
