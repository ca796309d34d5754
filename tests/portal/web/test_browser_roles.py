"""In a real browser, as somebody of every role: sign in, see one's own menu, work, sign out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.portal.web.a_group import PEOPLE
from tests.portal.web.test_browser import DESK, browser, chromium, portal, signed_in

from tongrong.vocabulary.roles import Role

__all__ = ["browser", "chromium", "portal"]  # the fixtures

WORKS = ("待办", "驾驶舱", "对标清单", "台账", "我的账户")
Deed = Callable[[Any], None]
"""Something a role is for, done on the page it begins with."""


@dataclass(frozen=True)
class Portrait:
    """What somebody of a role meets: the first page's title, the menu, and what they do."""

    home: str
    menu: tuple[str, ...]
    does: Deed


def painted(page: Any) -> None:
    """Wait until the page can be seen: what is clicked before, Chromium may throw away."""
    page.wait_for_load_state()
    page.evaluate(
        "() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))"
    )


def follow(*links: str, to: str) -> Deed:
    """Go from link to link, until a page of that title."""

    def does(page: Any) -> None:
        for link in links:
            page.get_by_role("link", name=link, exact=True).first.click()
        page.get_by_role("heading", level=1, name=to, exact=True).wait_for()

    return does


def read(words: str) -> Deed:
    """Read something on the first page."""
    return lambda page: page.get_by_text(words).first.wait_for()


def record(ledger: str, **said: str) -> Deed:
    """Record in a ledger by way of the menu; the unit is filled in already."""

    def does(page: Any) -> None:
        follow("台账", ledger, "登记", to=f"登记{ledger}")(page)
        unit = page.locator("#unit").input_value()
        assert unit in ("乙公司（QY2）", ""), "a committee is not an enterprise"
        if not unit:
            page.locator("#unit").fill("乙公司（QY2）")
        for name, text in said.items():
            field = page.locator(f"#{name}")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)
        page.get_by_role("button", name="保存").click()
        page.get_by_role("heading", name="已登记", exact=True).wait_for()

    return does


def open_an_account(page: Any) -> None:
    """Let somebody in, with a password told once."""
    follow("新建账户", to="新建账户")(page)
    page.get_by_label("账户名").fill("newcomer")
    page.get_by_label("称呼").fill("新来的")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="账户已建立").wait_for()


def appoint(page: Any) -> None:
    """Give somebody a role in a unit, with which they see no more than before."""
    follow("member", to="member")(page)
    page.get_by_label("角色").select_option("职工代表")
    page.get_by_label("单位", exact=True).fill("乙公司（QY2）")
    page.get_by_role("button", name="任命").click()
    page.get_by_text("已任命。").wait_for()


def prove_the_log(page: Any) -> None:
    """Have the whole chain of the log checked."""
    follow("核验审计链", to="核验审计链")(page)
    page.get_by_role("heading", name="审计链完整").wait_for()


PORTRAITS = {
    "superior": Portrait("待办", WORKS, follow("驾驶舱", "丙公司", to="丙公司")),
    "uncleared": Portrait("待办", WORKS, follow("驾驶舱", "乙公司", to="乙公司")),
    "secretary": Portrait("待办", WORKS, follow("驾驶舱", to="乙公司")),
    "party_officer": Portrait("待办", WORKS, record("会议活动", kind="党委会")),
    "board_office": Portrait("待办", WORKS, record("会议活动", kind="董事会")),
    "discipline": Portrait("待办", WORKS, record("违纪案件", closed_on="2026-09-20")),
    "human_resources": Portrait(
        "待办",
        WORKS,
        record("任职", person="白二（RY2）", post="总经理", from_on="2026-09-01"),
    ),
    "finance": Portrait(
        "待办",
        WORKS,
        record("党建工作经费预算", amount="120000", in_enterprise_budget="是"),
    ),
    "branch_secretary": Portrait(
        "待办", WORKS, follow("驾驶舱", "登记会议活动", to="登记会议活动")
    ),
    "member": Portrait("我的待办", ("我的待办", "我的账户"), read("主题党日")),
    "staff": Portrait("我的待办", ("我的待办", "我的账户"), read("没有与您有关的要求")),
    "assessor": Portrait(
        "待办", ("待办", "驾驶舱", "对标清单", "我的账户"), follow("对标清单", to="对标清单")
    ),
    "system_admin": Portrait("用户", ("用户", "定时任务", "我的账户"), open_an_account),
    "security_admin": Portrait("任命", ("任命", "我的账户"), appoint),
    "audit_admin": Portrait("操作日志", ("操作日志", "登录日志", "我的账户"), prove_the_log),
    "nobody": Portrait("我的账户", ("我的账户",), follow("启用或管理动态口令", to="动态口令")),
}


def test_nobody_is_left_out() -> None:
    assert set(PORTRAITS) == {one.login for one in PEOPLE}
    assert {one.role for one in PEOPLE} == {*Role, None}


@pytest.mark.parametrize("login", PORTRAITS)
def test_somebody_of_each_role_signs_in_works_and_signs_out(
    login: str, browser: Any, portal: str
) -> None:
    portrait = PORTRAITS[login]
    page, complaints = signed_in(browser, portal, login, DESK, "/*/**")
    assert page.get_by_role("heading", level=1).inner_text() == portrait.home
    menu = page.get_by_role("navigation", name="主菜单").get_by_role("link")
    assert tuple(menu.all_inner_texts()) == portrait.menu
    portrait.does(page)
    painted(page)
    page.get_by_role("button", name="退出", exact=True).click()
    page.wait_for_url(f"{portal}/sign-in/")
    page.goto(f"{portal}/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "登录", "nothing is left open"
    assert complaints == []
    page.close()
