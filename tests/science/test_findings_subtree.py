"""The subtree share by hand: who is below whom, and how many of them are met of how many.

    甲 ── 甲党委, 甲支部                       its own; the committee leads it
    ├── 乙 ── 乙党委, 乙支部
    │   └── 丙 ── 丙支部
    └── 丁

上级党委 supervises 甲, 甲党委 the others. 流动支部 belongs to no enterprise and is under 乙党委.
"""

import pytest
from tests.builders import Row, a_branch, a_committee, a_group_company, an_enterprise

from tongrong.facts.snapshot import Snapshot
from tongrong.findings.finding import Finding
from tongrong.findings.subtree import Share, Subtree, below, subtree
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Reason, Verdict

MET, UNMET, PENDING = Verdict.MET, Verdict.UNMET, Verdict.PENDING
JUSTIFIED, OUTSIDE = Verdict.JUSTIFIED, Verdict.NOT_APPLICABLE


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load_checklist("442-2018")


def group(**changes: Row) -> Snapshot:
    """The group drawn above; rows are changed by their code."""
    enterprises = [
        a_group_company("甲", superior="上级党委"),
        an_enterprise("乙", parent="甲", superior="甲党委"),
        an_enterprise("丙", parent="乙", superior="乙党委"),
        an_enterprise("丁", parent="甲", superior="甲党委"),
    ]
    organizations = [
        a_committee("上级党委", of=None),
        a_committee("甲党委", of="甲", superior="上级党委"),
        a_branch("甲支部", of="甲", superior="甲党委"),
        a_committee("乙党委", of="乙", superior="甲党委"),
        a_branch("乙支部", of="乙", superior="乙党委"),
        a_branch("丙支部", of="丙", superior="乙党委"),
        a_branch("流动支部", of=None, superior="乙党委"),
    ]
    for row in enterprises + organizations:
        row.update(changes.get(row["number"], {}))
    return Snapshot.of_rows({"enterprises": enterprises, "party_organizations": organizations})


# --- who is below --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "under"),
    [
        ("甲", "乙 丙 丁 乙党委 乙支部 丙支部 流动支部"),
        ("乙", "丙 丙支部 流动支部"),
        ("丙", ""),
        ("丁", ""),
        ("上级党委", "甲 甲党委 甲支部 乙 丙 丁 乙党委 乙支部 丙支部 流动支部"),
        ("甲党委", "甲支部 乙 丙 丁 乙党委 乙支部 丙支部 流动支部"),
        ("乙党委", "乙支部 丙 丙支部 流动支部"),
        ("丙支部", ""),
        ("没有", ""),
    ],
)
def test_below_are_units_of_any_depth_without_the_unit_and_its_own_organizations(
    unit: str, under: str
) -> None:
    assert below(group(), unit) == set(under.split())


def test_whom_the_group_company_only_supervises_is_no_subsidiary_of_it() -> None:
    """丁 is entrusted to 甲党委 and has another parent."""
    entrusted = group(丁={"parent": None})
    assert "丁" not in below(entrusted, "甲")
    assert "丁" in below(entrusted, "甲党委")


def test_a_branch_of_no_enterprise_goes_with_its_superior() -> None:
    """Under 甲's own committee it is not attached to 甲 itself, so it is below it."""
    assert "流动支部" in below(group(流动支部={"superior": "甲党委"}), "甲")
    assert "流动支部" not in below(group(流动支部={"superior": "上级党委"}), "甲")
    assert "流动支部" not in below(group(流动支部={"superior": None}), "上级党委")


def test_a_ring_of_parents_ends() -> None:
    ring = group(甲={"parent": "丙"})
    assert below(ring, "甲") == {"乙", "丙", "丁", "乙党委", "乙支部", "丙支部", "流动支部"}
    assert "乙" not in below(ring, "乙")


@pytest.mark.parametrize("status", ["草稿", "撤回"])
def test_a_subsidiary_that_is_a_draft_or_withdrawn_leads_to_nobody(status: str) -> None:
    assert below(group(乙={"status": status}), "甲") == {"丁"}


# --- how many ------------------------------------------------------------------------------


def said(unit: str, clause: str, verdict: Verdict) -> Finding:
    return Finding(unit, clause, verdict, None, "全部", None, None, (), (), Reason.NONE)


def share(checklist: Checklist, *found: Finding, unit: str = "甲") -> Subtree:
    return subtree(checklist, found, group(), unit)


def shares(found: Subtree) -> dict[str, tuple[int, int]]:
    """Met and of, by the id of the item or clause."""
    told: dict[str, Share] = {}
    for item in found.items:
        told[item.item.id] = item.share
        told |= {one.clause.id: one.share for one in item.clauses}
    return {name: (one.met, one.of) for name, one in told.items()}


def test_a_clause_of_enterprises_counts_subsidiaries_of_any_depth(checklist: Checklist) -> None:
    """乙 met, 丙 did not, 丁 is on the way: 1 of 3. What 甲 itself says is not in it."""
    found = share(
        checklist,
        said("甲", "1.1.b", UNMET),
        said("乙", "1.1.b", MET),
        said("丙", "1.1.b", UNMET),
        said("丁", "1.1.b", PENDING),
    )
    assert shares(found) == {"1": (1, 3), "1.1.b": (1, 3)}
    assert found.units == {"乙", "丙", "丁"}


def test_a_clause_of_branches_counts_those_below_and_not_ones_own(checklist: Checklist) -> None:
    """Of 乙支部, 丙支部 and 流动支部 two are met; 甲支部 is 甲's own duty."""
    found = share(
        checklist,
        said("甲支部", "11.1.f", UNMET),
        said("乙支部", "11.1.f", MET),
        said("丙支部", "11.1.f", UNMET),
        said("流动支部", "11.1.f", MET),
    )
    assert shares(found) == {"11": (2, 3), "11.1.f": (2, 3)}


def test_what_does_not_apply_is_not_counted(checklist: Checklist) -> None:
    found = share(
        checklist,
        said("乙", "2.3.a", MET),
        said("丙", "2.3.a", OUTSIDE),
        said("丁", "2.3.a", OUTSIDE),
        said("乙", "2.6.a", OUTSIDE),
    )
    assert shares(found) == {"2": (1, 1), "2.3.a": (1, 1)}
    nothing = share(checklist, said("乙", "2.3.a", OUTSIDE))
    assert (nothing.items, nothing.units) == ((), {"乙"})


def test_a_unit_meets_an_item_only_if_it_meets_all_of_it_that_applies(
    checklist: Checklist,
) -> None:
    """Five of six verdicts are met; of the three units two meet the item. Nothing is averaged."""
    found = share(
        checklist,
        said("乙", "1.1.a", MET),
        said("乙", "1.1.b", MET),
        said("丙", "1.1.a", MET),
        said("丙", "1.1.b", UNMET),
        said("丁", "1.1.a", MET),
        said("丁", "1.1.b", MET),
        said("丁", "1.3.b", OUTSIDE),
    )
    assert shares(found) == {"1": (2, 3), "1.1.a": (3, 3), "1.1.b": (2, 3)}


def test_an_enterprise_and_its_branches_are_units_each(checklist: Checklist) -> None:
    """Item 11: 乙 meets 11.1.g, 乙支部 does not meet 11.1.f; one of two units, not none of one."""
    found = share(checklist, said("乙", "11.1.g", MET), said("乙支部", "11.1.f", UNMET))
    assert shares(found) == {"11": (1, 2), "11.1.f": (0, 1), "11.1.g": (1, 1)}


def test_what_is_explained_is_not_met(checklist: Checklist) -> None:
    """有说明 stays what it is: it applies, and it is not 达标."""
    found = share(checklist, said("乙", "2.3.a", JUSTIFIED), said("丁", "2.3.a", MET))
    assert shares(found) == {"2": (1, 2), "2.3.a": (1, 2)}


def test_encouraged_clauses_are_left_out_met_or_not(checklist: Checklist) -> None:
    """9.4.a is encouraged: neither 乙's failing nor 丁's success is counted."""
    found = share(
        checklist,
        said("乙", "9.4.a", UNMET),
        said("丁", "9.4.a", MET),
        said("丁", "9.1.a", UNMET),
    )
    assert shares(found) == {"9": (0, 1), "9.1.a": (0, 1)}


def test_each_unit_has_its_own_subtree(checklist: Checklist) -> None:
    found = [said("乙", "1.1.b", MET), said("丙", "1.1.b", UNMET), said("丙支部", "11.1.f", MET)]
    assert shares(share(checklist, *found, unit="乙")) == {
        "1": (0, 1),
        "1.1.b": (0, 1),
        "11": (1, 1),
        "11.1.f": (1, 1),
    }
    assert share(checklist, *found, unit="丙") == Subtree(frozenset(), ())


def test_the_order_is_that_of_the_checklist(checklist: Checklist) -> None:
    found = share(
        checklist, *(said("乙", one, MET) for one in ("11.1.g", "1.1.b", "9.1.a", "1.1.a"))
    )
    assert [item.item.id for item in found.items] == ["1", "9", "11"]
    assert [one.clause.id for one in found.items[0].clauses] == ["1.1.a", "1.1.b"]
