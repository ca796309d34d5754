"""对标清单: cut to what one looks for, with the tree of units and their shares beside it."""

import re

import pytest
from tests.portal.web.conftest import SignedIn
from tests.portal.web.test_pages import text_of

from tongrong.portal.lamp_marks import MARKS
from tongrong.vocabulary.verdicts import Verdict


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("show=at_risk", "1.3.a", "1.1.b"),
        ("section=三", "11.1.e", "1.1.b"),
        ("words=每月研究", "1.1.b", "11.1.e"),
        ("words=统筹谋划 任务清单", "1.1.a", "1.3.a"),
        ("words=11.1.f", "11.1.f", "11.1.e"),
    ],
)
def test_it_is_cut_by_verdict_section_and_words(
    asked: str, there: str, gone: str, signed_in: SignedIn
) -> None:
    text = text_of(signed_in("secretary"), f"/checklist/QY2/?{asked}")
    assert there in text
    assert gone not in text


def test_words_that_stand_nowhere_leave_nothing_and_say_what_to_do(signed_in: SignedIn) -> None:
    assert "换一个筛选条件" in text_of(signed_in("secretary"), "/checklist/QY2/?words=无此字样")


def test_every_verdict_has_a_shape_of_its_own(signed_in: SignedIn) -> None:
    """On paper and to who sees no colours they differ all the same; 不适用 is no blank."""
    assert len({one.strip() for one in MARKS.values()} - {""}) == len(Verdict)
    page = signed_in("superior").get("/checklist/QY2/").content.decode()
    signs = re.findall(r'class="sign" aria-hidden="true">(.)</span>(\w+)</span>', page)
    assert dict(map(reversed, signs))["不适用"] == "—"
    assert not re.search(r'class="sign" aria-hidden="true">\s*</span>', page)


def test_the_tree_adds_up_what_is_met_below(signed_in: SignedIn) -> None:
    """QY2 with DW2 and ZB1: 1.1.a and 1.2.a of DW2 are met, of the ten that apply."""
    client = signed_in("superior")
    assert re.search(r"上级党委 *4/14", text_of(client, "/unit-tree/"))
    text = text_of(client, "/unit-tree/?unit=QY1")
    assert re.search(r"乙公司 *2/10", text)
    assert re.search(r"第一支部 *0/3", text_of(client, "/unit-tree/?unit=QY2"))
    assert re.search(r"丙公司 *0/1", text)


def test_the_tree_begins_with_ones_own_units_and_has_none_abroad(signed_in: SignedIn) -> None:
    assert "乙公司" in text_of(signed_in("secretary"), "/unit-tree/")
    assert "甲集团" not in text_of(signed_in("secretary"), "/unit-tree/")
    other = signed_in("uncleared")
    assert "丙公司" not in text_of(other, "/unit-tree/?unit=QY1")
    assert re.search(r"上级党委 *4/12", text_of(other, "/unit-tree/")), "less 1.1.b, 10.2.a"
