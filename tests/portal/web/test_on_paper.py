"""What a list says of itself on paper, where its search form and filters are not printed."""

import re
from html import unescape

import pytest
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_browser import DESK, browser, chromium, portal
from tests.portal.web.test_browser import signed_in as in_browser
from tests.portal.web.test_browser_keys import PAPER

from tongrong.portal.pages.on_paper import rows_told

__all__ = ["browser", "chromium", "portal"]  # the fixtures


def line(page: str) -> list[str]:
    """The pieces of the line for paper."""
    (found,) = re.findall(r'<p class="on-paper">(.*?)</p>', page)
    return [re.sub("<[^>]+>", "", unescape(one)) for one in re.findall("<span>(.*?)</span>", found)]


@pytest.mark.parametrize(
    ("login", "address", "told"),
    [
        ("superior", "/ledgers/meetings/", ["全部", "共 5 条", "截至 2026-09-25"]),
        (
            "superior",
            "/ledgers/meetings/?unit=ZB1&kind=党课&since=2026-03-01&text=党",
            ["单位：ZB1", "文字：党", "会议类型：党课", "召开日期自：2026-03-01", "共 1 条"],
        ),
        ("superior", "/ledgers/meetings/?under=QY2", ["单位及以下：乙公司", "共 3 条"]),
        ("party_officer", "/duties/?lamp=unmet&below=1&sort=due",
         ["结果：不达标", "范围：含下级", "排列：按期限", "共 3 条"]),
        ("party_officer", "/duties/?lamp=returned", ["结果：被退回", "共 0 条"]),
        ("superior", "/checklist/QY2/?show=unmet&section=一&words=党委",
         ["结果：不达标", "部分：一、改革同步谋划", "文字：党委", "共 2 条"]),
        ("audit_admin", "/audit/?action=account.sign_in&actor=x", ["操作人：x", "共 0 条"]),
        ("system_admin", "/accounts/", ["全部", "共 16 条", "截至 2026-09-25"]),
    ],
)  # fmt: skip
def test_a_list_tells_what_it_was_asked_and_its_rows(
    login: str, address: str, told: list[str], signed_in: SignedIn
) -> None:
    said = line(signed_in(login).get(address).content.decode())
    assert [one for one in told if one not in said] == [], said
    if told[0] != "全部":
        assert "全部" not in said


def test_rows_on_other_pages_are_told_of() -> None:
    assert rows_told(20, 20) == "共 20 条"
    assert rows_told(20, 132) == "共 132 条，这里是其中 20 条"
    assert rows_told(20, 1000, many=True) == "共 1000 条以上，这里是其中 20 条"
    assert rows_told(3, 3, searched=10_000) == "在 10000 条里找到 3 条"


def test_the_line_is_seen_on_paper_only(browser: object, portal: str) -> None:
    """And the words of a duty have the most of a sheet."""
    page, _ = in_browser(browser, portal, "party_officer", DESK)
    said = page.locator(".on-paper")
    assert not said.is_visible()
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    assert said.is_visible()
    duty = page.locator(".duty").first
    words, whole = duty.locator(".duty-words").bounding_box(), duty.bounding_box()
    assert words["width"] > whole["width"] * 0.4
    page.goto(f"{portal}/checklist/QY2/1.1.b/")
    assert page.get_by_text("乙公司", exact=True).is_visible(), "whose clause it is"
