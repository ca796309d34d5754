"""过去某日 at the edges of the calendar and of the data: each page says something sensible."""

import datetime as dt

import pytest
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.sent_files import do_jobs
from tests.portal.web.test_pages import text_of

pytestmark = pytest.mark.parametrize("group", ["sqlite"], indirect=True)
PAGES = (
    "/cockpit/",
    "/cockpit/ahead/",
    "/cockpit/year/",
    "/cockpit/QY2/",
    "/cockpit/QY2/reuse/",
    "/cockpit/ZB1/",
    "/checklist/QY2/",
    "/checklist/QY2/?show=unmet",
    "/checklist/QY2/1.1.b/",
    "/checklist/ZB1/11.1.e/",
    "/unit-tree/",
)
"""The pages that tell of a day."""


CLAUSE, BRANCH = "/checklist/QY2/1.1.b/", "/checklist/ZB1/11.1.e/"


def on(address: str, day: object) -> str:
    """The address of a page as of a day."""
    return f"{address}{'&' if '?' in address else '?'}day={day}"


@pytest.mark.parametrize(
    ("day", "monthly", "quarterly"),
    [
        # the last day of February is the 29th: two months are over, the quarter is not
        ("2024-02-29", "实测 0/2 应达 全部 差距 还差 2 缺 2024年1月、2024年2月", "◔ 推进中"),
        # all twelve months, all four quarters are over; nothing falls due in the year any more
        ("2025-12-31", "实测 0/12 应达 全部 差距 还差 12", "实测 0/4 应达 全部 差距 还差 4"),
        # the day of the first record there is, a lecture of the branch: it counts at once
        ("2026-02-10", "✖ 不达标", "● 达标 党支部 · 必须 实测 1 应达 ≥1"),
    ],
)
def test_each_page_tells_of_a_day_at_the_edge(
    day: str, monthly: str, quarterly: str, signed_in: SignedIn
) -> None:
    client = signed_in("superior")
    client.post("/days/", {"day": day})
    do_jobs()
    told = {address: text_of(client, on(address, day)) for address in PAGES}
    assert [address for address, text in told.items() if "正在判定" in text] == []
    assert monthly in told[CLAUSE]
    assert quarterly in told[BRANCH]
    assert f"{day[:4]} 年 {int(day[5:7])} 月" in told["/cockpit/ZB1/"]


@pytest.mark.parametrize("day", ["2017-12-31", "1999-12-31", "0001-01-01"])
def test_before_any_checklist_was_in_force_each_page_says_so(day: str, signed_in: SignedIn) -> None:
    client = signed_in("superior")
    for address in PAGES:
        text = text_of(client, on(address, day))
        assert f"{day} 还没有施行的清单（442-2018 2018-01-01起施行）" in text, address
        assert "回到今天" in text


def test_tomorrow_is_refused_with_the_reason_and_a_way_back(signed_in: SignedIn) -> None:
    client, tomorrow = signed_in("superior"), a_group.AS_OF + dt.timedelta(days=1)
    for address in PAGES:
        text = text_of(client, on(address, tomorrow))
        assert "2026-09-26 还没有到，只能看今天和以前" in text, address
        assert "回到今天" in text
