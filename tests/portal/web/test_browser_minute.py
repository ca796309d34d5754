"""支部党员大会, twenty people: how many keys, clicks and pages it takes to record who came."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from tests.builders import a_member, a_person
from tests.databases import django_at
from tests.platform.store import MORNING, take_in
from tests.portal.web import a_group
from tests.portal.web.test_browser import DESK, browser, chromium, portal, signed_in

from tongrong.queries.findings import open_name
from tongrong.vocabulary.verdicts import Verdict

__all__ = ["browser", "chromium", "portal"]  # the fixtures
ASSEMBLY = ("ZB1", "11.1.b", Verdict.AT_RISK, 2, 3, "2026-09-30", ("2026Q3",))
COUNTING = """
for (const kind of ["keydown", "click"]) addEventListener(kind, (event) => {
  if (!event.isTrusted || event.detail === 0 && kind === "click") return;
  sessionStorage[kind] = Number(sessionStorage[kind] || 0) + 1;
}, true);
"""


TYPED_DAY = "09202026"
"""As a date field of this browser's language takes it, key by key."""


@pytest.fixture(scope="module")
def group_sqlite(
    group_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """The group, its branch with twenty members."""
    path = Path(shutil.copy(group_sqlite, tmp_path_factory.mktemp("twenty") / "group.sqlite3"))
    people = [f"RY{number}" for number in range(11, 29)]
    joined = {
        "persons": [a_person(one, name=f"党员{one}") for one in people],
        "memberships": [a_member(one, of="ZB1") for one in people],
    }
    hours = (a_group.NOON - MORNING) / dt.timedelta(hours=1)
    with django_db_blocker.unblock(), django_at(f"sqlite:///{path}"):
        take_in(joined, hours=hours)
        a_group.store(a_group.FULL, (ASSEMBLY,))
        a_group.store(open_name(a_group.FULL), (ASSEMBLY,))
    return path


def test_a_meeting_of_twenty_is_recorded_with_six_clicks_and_ten_keys(
    browser: Any, portal: str
) -> None:
    """From 待办 to who came on a day last week: everybody did but two, one of them with a reason.

    A click, a key or a page more and this fails: docs/how-to/portal.md tells these figures.
    """
    page, complaints = signed_in(browser, portal, "branch_secretary", DESK)
    page.add_init_script(COUNTING)
    pages = list[str]()
    page.on("framenavigated", lambda frame: pages.append(frame.url))
    page.goto(f"{portal}/duties/")
    page.locator(".duty", has_text="11.1.b").get_by_role("link", name="登记会议活动").click()
    assert page.get_by_label("召开单位").input_value() == "第一支部（ZB1）"
    assert page.get_by_label("会议类型").input_value() == "支部党员大会"
    day = page.get_by_label("召开日期")
    day.click(position={"x": 16, "y": 16})
    for key in TYPED_DAY:
        page.keyboard.press(key)
    assert day.input_value() == "2026-09-20"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="登记出席情况").click()
    assert page.locator(".attendance li").count() == 20
    page.get_by_role("radiogroup", name="党员RY12").get_by_label("缺席").click()
    page.get_by_role("radiogroup", name="党员RY19").get_by_label("缺席").click()
    page.get_by_label("党员RY12的缺席原因").click()
    page.keyboard.insert_text("出差")  # by an input method, whatever keys it takes
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="出席情况已保存，写入 20 条").wait_for()
    counted = page.evaluate("[sessionStorage.click, sessionStorage.keydown].map(Number)")
    assert (counted, len(pages)) == ([6, 10], 5)
    assert complaints == []
