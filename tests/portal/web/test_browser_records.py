"""In a real browser: persons with what is masked about them, and what was returned in a list."""

from typing import Any

from tests.portal.web.test_browser import DESK, PHONE, browser, chromium, portal, signed_in

__all__ = ["browser", "chromium", "portal"]  # the fixtures

WHOLE, MASKED = "11010519491231002X", "110***********002X"
"""The example of GB 11643-1999, and how it is shown."""


def save(page: Any, **said: str) -> None:
    """Fill in a form of entry and save it."""
    for name, text in said.items():
        page.locator(f"#{name}").fill(text)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("heading", name="已登记", exact=True).wait_for()


def test_a_person_is_entered_put_into_a_branch_and_the_number_seen_with_a_reason(
    browser: Any, portal: str
) -> None:
    page, complaints = signed_in(browser, portal, "human_resources", DESK)
    page.get_by_role("link", name="台账").click()
    page.get_by_role("link", name="人员", exact=True).click()
    page.get_by_role("link", name="登记", exact=True).click()
    save(page, number="GH88", name="陈新来", identity_number=WHOLE)
    page.get_by_role("link", name="登记党员组织关系").click()
    assert page.locator("#person").input_value() == "陈新来（GH88）"
    save(page, unit="第一支部（ZB1）", from_on="2026-09-01")
    page.goto(f"{portal}/ledgers/persons/?text=cxl")
    page.get_by_role("link", name="陈新来").click()
    number = page.locator("dl.said div", has_text="公民身份号码")
    assert MASKED in number.inner_text()
    assert WHOLE not in page.content()
    number.get_by_role("link", name="查看").click()
    page.get_by_role("button", name="显示").click()
    page.locator("#fault-reason").wait_for()
    assert WHOLE not in page.content(), "not without a reason"
    page.get_by_label("原因").fill("办理退休")
    page.get_by_role("button", name="显示").click()
    page.get_by_text(WHOLE).wait_for()
    page.get_by_role("link", name="回到记录").click()
    page.get_by_text(MASKED).wait_for()
    assert [one for one in complaints if "422" not in one] == [], "but the refusal"

    page, complaints = signed_in(browser, portal, "branch_secretary", PHONE)
    page.goto(f"{portal}/ledgers/persons/")
    assert page.get_by_text(MASKED).count() == 1
    page.get_by_role("link", name="陈新来").click()
    page.get_by_text(MASKED).wait_for()
    assert page.get_by_role("link", name="查看", exact=True).count() == 0, "not for this role"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []


def test_a_returned_record_is_marked_in_the_list_and_found_by_the_filter(
    browser: Any, portal: str
) -> None:
    page, complaints = signed_in(browser, portal, "superior", DESK)
    page.goto(f"{portal}/ledgers/meetings/?kind=党课&unit=ZB1&until=2026-03-01")
    page.get_by_role("link", name="第一支部").last.click()
    page.get_by_text("退回这条记录").click()
    page.get_by_label("要核对什么").fill("日期请核对")
    page.get_by_role("button", name="退回", exact=True).click()
    page.locator("#returning", has_text="日期请核对").wait_for()
    assert complaints == []

    page, complaints = signed_in(browser, portal, "branch_secretary", PHONE)
    page.goto(f"{portal}/ledgers/meetings/")
    rows = page.locator(".records tbody tr")
    marked = rows.filter(has_text="已退回")
    assert (rows.count(), marked.count()) == (2, 1)
    assert "2026-02-10" in marked.inner_text()
    page.get_by_role("link", name="已退回的").click()
    page.get_by_role("heading", level=1, name="会议活动 · 已退回").wait_for()
    assert rows.count() == 1
    page.get_by_label("文字").fill("没有")
    page.get_by_role("button", name="查询").click()
    page.get_by_text("没有符合条件的记录").wait_for()
    page.get_by_role("link", name="重置").click()
    rows.filter(has_text="2026-02-10").wait_for()
    assert "returned=1" in page.url, "still those returned"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert complaints == []
