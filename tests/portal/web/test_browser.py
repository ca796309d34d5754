"""In a real browser: sign in, see what is due, go down to the records; on a phone too.

Debian's Chromium, brought by `.ci/run`; where there is none these tests are skipped and say so,
in CI they fail.
"""

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.compiled import with_programs
from tests.portal.conftest import SOURCE
from tests.portal.web import a_group
from tests.portal.web.a_phone import code_shown

CHROMIUM = os.environ.get("TONGRONG_CHROMIUM", "/usr/bin/chromium")
SERVE = "from tongrong.portal.cli.main import main; main()"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium without a window."""
    if not Path(CHROMIUM).exists():
        said = f"no Chromium at {CHROMIUM}; .ci/run installs it"
        if os.environ.get("CI"):
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Its loop runs in this thread, which Django then takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """The browser; what a test leaves open, and would go on asking, is closed."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="module")
def portal(group_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `tongrong serve` on a copy of the group."""
    home = with_programs(tmp_path_factory.mktemp("served"))
    shutil.copy(group_sqlite, home / "tongrong.sqlite3")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, "serve", "--keep-day", "--port", str(port)],
        env={
            **kept,
            "TONGRONG_HOME": str(home),
            "PYTHONPATH": SOURCE,
            "DJANGO_SETTINGS_MODULE": "tongrong.config.settings.dev",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=30)


def wait_for(address: str, server: "subprocess.Popen[str]") -> None:
    """Until it answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the server ended: {server.communicate()[0]}")
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=5):  # noqa: S310 our own
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server does not answer")


def signed_in(
    browser: Any, portal: str, login: str, size: dict[str, int], first: str = "/duties/**"
) -> tuple[Any, list[str]]:
    """A page of somebody signed in through the form, and what the browser complained of."""
    page, complaints = browser.new_page(viewport=size), list[str]()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(portal)
    page.get_by_label("账户名").fill(login)
    page.get_by_label("口令").fill(a_group.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{portal}{first}")
    return page, complaints


def test_from_the_duties_down_to_the_records(browser: Any, portal: str) -> None:
    page, complaints = signed_in(browser, portal, "party_officer", DESK)
    assert page.get_by_role("heading", level=1).inner_text() == "待办"
    page.get_by_role("link", name="预警").click()
    page.wait_for_url("**lamp=at_risk**")
    assert page.get_by_text("1.3.a").count() == 1
    assert page.get_by_text("1.1.b").count() == 0, "only the list was fetched anew"
    page.get_by_role("link", name="全部").click()
    page.get_by_text("1.1.b").click()
    page.wait_for_url("**/checklist/QY2/1.1.b/")
    page.get_by_text("研究四月党建").wait_for()  # comes by htmx, from the records
    assert page.get_by_text("怎样达标").count() == 1
    page.get_by_role("link", name="对标清单", exact=True).click()
    assert page.get_by_text("制定年度党建任务清单，党委（党组）").count() == 1
    assert complaints == [], "nothing breaks the content security policy"


def test_a_superior_gets_from_a_colour_to_the_record_in_three_clicks(
    browser: Any, portal: str
) -> None:
    page, complaints = signed_in(browser, portal, "superior", DESK)
    page.goto(f"{portal}/cockpit/")
    page.locator("tr", has_text="乙公司").get_by_role("link", name="不达标").first.click()
    page.locator("a", has_text="1.1.b").click()
    page.get_by_text("研究四月党建").wait_for()
    page.locator('.explanation a[href^="/ledgers/agenda_items/"]').click()
    page.get_by_role("heading", level=1, name="议题").wait_for()
    assert page.locator("dl.said", has_text="研究四月党建").count() == 1
    assert complaints == []


@pytest.mark.parametrize("address", ["/duties/", "/checklist/ZB1/", "/checklist/ZB1/11.1.f/"])
def test_on_a_phone_nothing_is_wider_than_the_screen(
    address: str, browser: Any, portal: str
) -> None:
    page, complaints = signed_in(browser, portal, "branch_secretary", PHONE)
    page.goto(f"{portal}{address}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.get_by_role("navigation", name="主菜单").is_visible()
    assert complaints == []


def test_the_matrix_scrolls_in_its_own_frame_on_a_phone(browser: Any, portal: str) -> None:
    page, _ = signed_in(browser, portal, "superior", PHONE)
    page.goto(f"{portal}/cockpit/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_branch_secretary_records_a_lecture_on_a_phone_and_sees_the_verdict_turn(
    browser: Any, portal: str
) -> None:
    """From the duty to the clause, to its form, by the names people know; today is the server's.

    Then who came, ticked on the list; and a correction that turns the verdict back.
    """
    page, complaints = signed_in(browser, portal, "branch_secretary", PHONE)
    page.locator("a", has_text="11.1.e").click()
    page.get_by_role("link", name="登记会议活动").click()
    assert page.get_by_label("召开单位").input_value() == "第一支部（ZB1）"
    page.get_by_label("会议类型").select_option("党课")
    page.get_by_label("召开日期").fill("2026-09-20")
    unit = page.get_by_label("召开单位")
    unit.fill("第一")
    page.get_by_role("option", name="第一支部（ZB1）").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("option", name="第一支部（ZB1）").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="已登记").wait_for()
    turned = page.locator(".done li", has_text="11.1.e")
    assert "预警" in turned.inner_text()
    assert "达标" in turned.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="登记出席情况").click()
    page.get_by_role("radiogroup", name="白二").get_by_label("缺席").check()
    page.get_by_label("白二的缺席原因").fill("出差")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="出席情况已保存，写入 2 条").wait_for()
    page.get_by_role("link", name="更正或撤回").click()
    page.get_by_label("召开日期").fill("2026-06-20")
    page.get_by_label("原因").first.fill("日期写错")
    page.get_by_role("button", name="保存更正").click()
    page.get_by_role("heading", name="已更正").wait_for()
    turned_back = page.locator(".done li", has_text="11.1.e").inner_text()
    assert turned_back.index("达标") < turned_back.index("预警")
    page.get_by_text("召开日期：2026-09-20 → 2026-06-20").wait_for()
    assert complaints == []


def test_a_security_administrator_appoints_somebody_who_then_sees_the_unit(
    browser: Any, portal: str
) -> None:
    page, complaints = signed_in(browser, portal, "security_admin", DESK, "/appointments/")
    page.get_by_role("link", name="nobody").click()
    page.get_by_label("角色").select_option("党务工作人员")
    unit = page.get_by_label("单位", exact=True)
    unit.fill("乙公")
    page.get_by_role("option", name="乙公司（QY2）").click()
    assert unit.input_value() == "乙公司（QY2）"
    page.get_by_role("button", name="任命").click()
    page.get_by_text("已任命。").wait_for()
    assert page.get_by_role("row", name="党务工作人员 乙公司（QY2）").count() == 1
    theirs, _ = signed_in(browser, portal, "nobody", PHONE)
    theirs.goto(f"{portal}/checklist/QY2/")
    theirs.get_by_role("heading", name="对标清单").wait_for()
    assert complaints == []


def test_somebody_enrols_a_phone_and_signs_in_with_its_code(browser: Any, portal: str) -> None:
    """No code is good twice: the second is of the next half minute, as of a phone that is fast."""
    page, complaints = signed_in(browser, portal, "finance", PHONE)
    page.goto(f"{portal}/account/second-factor/")
    page.get_by_role("button", name="启用动态口令").click()
    assert page.get_by_role("img", name="动态口令的二维码").bounding_box()["width"] > 150
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    key, now = page.locator(".secret").inner_text(), dt.datetime.now(dt.UTC)
    page.get_by_label("手机上的 6 位数字").fill(code_shown(key, now))
    page.get_by_role("button", name="启用", exact=True).click()
    page.locator(".codes li").first.wait_for()
    assert page.locator(".codes li").count() == 10
    page.get_by_role("button", name="退出").click()
    page.get_by_label("账户名").fill("finance")
    page.get_by_label("口令").fill(a_group.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("验证码").fill(code_shown(key, now + dt.timedelta(seconds=30)))
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{portal}/duties/**")
    assert complaints == []


def test_a_past_day_is_judged_before_ones_eyes_and_kept_on_the_way_down(
    browser: Any, portal: str
) -> None:
    page, complaints = signed_in(browser, portal, "party_officer", DESK)
    page.goto(f"{portal}/cockpit/QY2/")
    page.get_by_label("改看").fill("2026-06-30")
    page.get_by_role("button", name="查看").click()
    page.get_by_text("截至 2026-06-30 日终的结果").wait_for(timeout=120_000)  # the engine, once
    page.get_by_role("link", name="统筹谋划部署有力").click()
    page.locator('a[href^="/checklist/QY2/1.1.b/"]').click()
    page.wait_for_url("**/checklist/QY2/1.1.b/?day=2026-06-30")
    page.get_by_text("研究四月党建").wait_for()
    assert "实测\n1/6" in page.locator(".facts").inner_text()
    page.get_by_role("link", name="回到今天").click()
    page.wait_for_url("**/checklist/QY2/1.1.b/")
    assert "实测\n8/9" in page.locator(".facts").inner_text()
    assert complaints == []


def test_charts_are_drawn_and_saved_as_a_picture(browser: Any, portal: str) -> None:
    page, complaints = signed_in(browser, portal, "superior", DESK)
    page.goto(f"{portal}/cockpit/")
    radar = page.locator("figure.chart", has_text="四同步达标率")
    radar.locator("canvas").wait_for()
    radar.locator("canvas").hover()
    assert page.locator("figure.chart canvas").count() == 3
    with page.expect_download() as download:
        radar.get_by_role("button", name="导出图片").click()
    assert download.value.suggested_filename == "四同步达标率.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    page.get_by_role("link", name="对标清单", exact=True).click()
    page.locator(".tree .tree a", has_text="甲集团").wait_for()
    page.locator(".tree .tree summary").click()
    page.locator(".tree .tree .tree a", has_text="乙公司").wait_for()
    assert complaints == []


def test_a_branch_secretary_sees_the_month_on_a_phone(browser: Any, portal: str) -> None:
    page, complaints = signed_in(browser, portal, "branch_secretary", PHONE)
    page.get_by_role("link", name="驾驶舱").click()
    page.get_by_role("heading", name="第一支部 · 本月").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("li", has_text="11.1.f").get_by_role("link", name="登记会议活动").first.click()
    assert page.get_by_label("会议类型").input_value() == "主题党日"
    assert complaints == []


def test_a_button_clicked_twice_writes_once_and_what_was_typed_is_not_left_unasked(
    browser: Any, portal: str
) -> None:
    """The one-time password of a new account would be lost to a second answer."""
    page, complaints = signed_in(browser, portal, "system_admin", DESK, "/accounts/")
    page.goto(f"{portal}/accounts/new/")
    page.get_by_label("账户名").fill("twice")
    page.get_by_label("称呼").fill("点了两次")
    page.get_by_role("button", name="保存").dblclick()
    page.get_by_role("heading", name="账户已建立").wait_for()
    assert page.locator(".secret").count() == 1
    assert complaints == []
    page, _ = signed_in(browser, portal, "party_officer", DESK)
    asked = list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{portal}/ledgers/meetings/new/")
    page.get_by_label("召开日期").fill("2026-09-01")
    page.get_by_role("link", name="待办").click()
    page.wait_for_url("**/duties/**")
    assert asked == ["beforeunload"]
