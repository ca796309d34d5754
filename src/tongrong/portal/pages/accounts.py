"""用户, for the system administrator: let somebody in, name, close, give a new password."""

from django.http import Http404, HttpResponse

from tongrong.actions.manage_accounts import (
    close_account,
    open_account,
    rename_account,
    reopen_account,
    reset_password,
)
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.acts import done_and_back
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.pages.turning import SearchField, choosing, shown_list, turn_of
from tongrong.portal.refusals import in_a_line
from tongrong.queries.accounts import AccountLine, account_line, accounts
from tongrong.queries.policy import Permission
from tongrong.vocabulary.errors import TongrongError

_MANAGE = Permission.MANAGE_ACCOUNTS
_CLOSED = {"open": False, "closed": True}
_STATES = (("", "全部"), ("open", "在用"), ("closed", "停用"))


def _answer(request: PortalRequest) -> HttpResponse:
    sent = request.GET
    text, state = sent.get("text", "").strip(), sent.get("state", "")
    found = accounts(text, turn_of(sent), closed=_CLOSED.get(state))
    return shown_list(
        request,
        "accounts.html",
        PAGE.title,
        found,
        SearchField("text", "账户名或称呼", text),
        choosing("state", "状态", state, _STATES),
    )


def _new(request: PortalRequest) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("login", "label")}
    if request.method != "POST":
        return shown(request, "account_new.html", NEW.title, **said)
    try:
        password = open_account(viewer=viewer_of(request), **said, at=clock.now())
    except TongrongError as error:
        page = shown(request, "account_new.html", NEW.title, refused=in_a_line(error), **said)
        page.status_code = 422
        return page
    return _told_once(request, said["login"].strip(), password, "账户已建立")


def _one(request: PortalRequest, account: int) -> HttpResponse:
    found = account_line(account)
    if found is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            return _acted(request, found)
        except TongrongError as error:
            refused = in_a_line(error)
    page = shown(
        request,
        "account_managed.html",
        found.label,
        one=found,
        own=found.number == viewer_of(request).account,
        refused=refused,
    )
    page.status_code = 422 if refused else 200
    return page


def _acted(request: PortalRequest, one: AccountLine) -> HttpResponse:
    """Do what a button of the page says."""
    if request.POST.get("act") == "reset":
        password = reset_password(
            viewer=viewer_of(request), account=one.number, at=clock.now(), day=clock.today()
        )
        return _told_once(request, one.login, password, "口令已重置，原来的登录都已退出")
    return done_and_back(request, _ACTS, one.number, ONE.name)


def _rename(request: PortalRequest, account: int) -> str:
    label = request.POST.get("label", "")
    new = rename_account(viewer=viewer_of(request), account=account, label=label, at=clock.now())
    return "称呼已更改。" if new else "称呼没有变化。"


def _close(request: PortalRequest, account: int) -> str:
    viewer, day = viewer_of(request), clock.today()
    new = close_account(viewer=viewer, account=account, at=clock.now(), day=day)
    return "账户已停用，登录都已退出。" if new else "账户早已停用。"


def _reopen(request: PortalRequest, account: int) -> str:
    new = reopen_account(viewer=viewer_of(request), account=account, at=clock.now())
    return "账户已启用。" if new else "账户本来就在用。"


_ACTS = {"rename": _rename, "close": _close, "reopen": _reopen}


def _told_once(request: PortalRequest, login: str, password: str, done: str) -> HttpResponse:
    """The one page on which a one-time password is told; it is kept nowhere."""
    told = {"login": login, "password": password, "done": done}
    return shown(request, "one_time_password.html", "一次性口令", **told)


PAGE = Page("accounts/", "accounts", "用户", _MANAGE, _answer, icon="people")
NEW = Page("accounts/new/", "account-new", "新建账户", _MANAGE, _new, FORM)
ONE = Page("accounts/<int:account>/", "account-managed", "账户", _MANAGE, _one, FORM)
