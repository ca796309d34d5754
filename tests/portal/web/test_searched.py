"""A text looked for in a list: where it is looked for, in how many records, and by initials."""

import datetime as dt
import html
import re

import pytest
from tests.platform.store import take_in
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_ledgers import LATER, rows_of
from tests.portal.web.test_pages import text_of

from tongrong.queries import ledger_scope, listing


def test_a_text_is_looked_for_in_the_words_of_choices_too(signed_in: SignedIn) -> None:
    """Of five meetings three are 党课 and two 党委会; agenda item 1 has the topic 党建工作."""
    client = signed_in("superior")

    def found(ledger: str, text: str) -> int:
        return len(rows_of(client, f"/ledgers/{ledger}/?text={text}"))

    assert [found("meetings", text) for text in ("党课", "课", "党委", "党")] == [3, 3, 2, 5]
    assert [found("meetings", text) for text in ("dk", "DK", "dwh", "zz")] == [3, 3, 2, 0]
    assert found("agenda_items", "党建工作") == 1
    assert len(rows_of(signed_in("uncleared"), "/ledgers/meetings/?text=党课")) == 2, "HY3 abroad"


def test_a_text_is_not_looked_for_in_choices_about_persons(signed_in: SignedIn) -> None:
    """How a member was rated is shown to who records for the branch; nobody searches by it."""
    rated = {"unit": "ZB1", "person": "RY1", "year": 2025, "appraised_on": dt.date(2026, 1, 9)}
    take_in({"appraisals": [{**rated, "grade": "优秀"}]}, hours=LATER)
    client = signed_in("branch_secretary")
    assert "优秀" in text_of(client, "/ledgers/appraisals/")
    assert rows_of(client, "/ledgers/appraisals/?text=优秀") == []
    assert 'name="text"' not in client.get("/ledgers/appraisals/").content.decode()


def test_a_text_is_looked_for_in_so_many_records_at_a_time(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five meetings, two at a time, the newest first: the oldest stands in the third two."""
    monkeypatch.setattr(listing, "SEARCHED_TO", 2)
    client = signed_in("superior")

    def walked(address: str, way: str = "继续查找") -> list[tuple[list[str], str]]:
        """What each page shows, and how many it says there are; by the links called so."""
        found = []
        while address:
            page = client.get(f"/ledgers/meetings/{address}").content.decode()
            codes = [row.split()[-1] for row in rows_of(client, f"/ledgers/meetings/{address}")]
            said = re.search(r'class="pager".*?<span>([^<]*\d+ 条[^<]*)</span>', page, re.DOTALL)
            found.append((codes, said[1] if said else ""))
            further = re.search(rf'href="(\?[^"]*)">{way}', page)
            address = html.unescape(further[1]) if further else ""
        return found

    oldest = [row.split()[-1] for row in rows_of(client, "/ledgers/meetings/")][-1]
    assert oldest == "HY5"
    of_two = "在 2 条里找到 {} 条".format
    assert walked("?text=HY5") == [([], of_two(0)), ([], of_two(0)), (["HY5"], "共 1 条")]
    assert walked("?text=HY&sort=number") == [
        (["HY1", "HY3"], of_two(2)),
        (["HY4", "HY5"], of_two(2)),
        (["HY6"], "共 5 条"),
    ]
    last = f"?text=HY&sort=number&first=5&before={a_group.number_of('HY6')}"
    assert walked(last, "上一页")[:2] == [
        (["HY4", "HY5"], of_two(2)),
        (["HY1", "HY3"], of_two(2)),
    ]
    assert "这一段里没有符合条件的记录" in text_of(client, "/ledgers/meetings/?text=HY5")
    assert "共 5 条" in text_of(client, "/ledgers/meetings/?since=2026-01-01"), "no text: no end"


def test_a_list_is_searched_by_the_initials_of_names(signed_in: SignedIn) -> None:
    client = signed_in("superior")
    assert len(rows_of(client, "/ledgers/meetings/?unit=dyzb")) == 2, "第一支部"
    assert len(rows_of(client, "/ledgers/agenda_items/?text=YJSY")) == 1, "研究四月党建"
    assert rows_of(client, "/ledgers/agenda_items/?text=xxx") == []
    found = signed_in("party_officer").get("/ledgers/meetings/look-up/unit/?unit=yzb")
    assert "第一支部（ZB1）" in found.content.decode()


def test_initials_tell_nothing_of_units_abroad(signed_in: SignedIn) -> None:
    assert len(rows_of(signed_in("superior"), "/ledgers/meetings/?unit=bgszb")) == 1
    assert rows_of(signed_in("uncleared"), "/ledgers/meetings/?unit=bgszb") == []
    assert signed_in("uncleared").get("/ledgers/meetings/units/QY3/").status_code == 404


def test_of_many_units_a_text_finds_the_same_as_of_few(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for login in ("superior", "uncleared", "branch_secretary"):
        client = signed_in(login)
        few = text_of(client, "/ledgers/meetings/?text=党")
        assert "没有符合条件的记录" not in few
        with monkeypatch.context() as patched:
            patched.setattr(ledger_scope, "FEW", 0)
            assert text_of(client, "/ledgers/meetings/?text=党") == few
