"""What an explanation says of an enterprise's size: its figures, or who decided otherwise."""

import datetime as dt

import pytest
from tests.builders import Row, a_committee, a_feature, a_scale, an_enterprise
from tests.science.agreement import the_checklist

from tongrong.engine.run import evaluate
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.explain import Explainer
from tongrong.findings.explanation import ToldCondition

AS_OF = dt.date(2026, 6, 30)
YI = 10_000_000_000  # 一亿元，以分计


def condition(clause: str, **rows: list[Row]) -> ToldCondition:
    """The condition of a clause on size or section, as told of QY1."""
    units = {
        "enterprises": [an_enterprise("QY1")],
        "party_organizations": [a_committee("DW1", of="QY1")],
    }
    snapshot = Snapshot.of_rows({**units, **rows})
    run = evaluate(the_checklist("442-2018"), snapshot, AS_OF, clauses=[clause], details=True)
    told = Explainer(run, snapshot).explain("QY1", clause).parts[0].conditions
    (found,) = [one for one in told if one.found.startswith(("规模", "行业门类"))]
    return found


@pytest.mark.parametrize(
    ("industry", "assets", "holds", "found"),
    [
        (
            "35",
            None,
            True,
            "规模：中型（按2025-12-31数据：行业35专用设备制造业，从业人员420人，营业收入31000万元）",
        ),
        (
            "4813",
            None,
            None,
            "规模：无法划型（按2025-12-31数据：行业4813土木工程建筑业，营业收入31000万元，未填资产总额）",
        ),
        ("8310", None, None, "规模：无法划型（行业8310教育：国家划型标准未列该行业，须人工核定）"),
        ("59", None, None, "规模：无法划型（行业59装卸搬运和仓储业：行业代码须填到三位）"),
    ],
)
def test_the_figures_behind_a_size_are_told(
    industry: str, assets: int | None, holds: object, found: str
) -> None:
    figures = a_scale(industry, 420, 3 * YI + YI // 10, of="QY1", on="2025-12-31")
    told = condition("6.2.b", enterprise_scale=[{**figures, "total_assets": assets}])
    assert (told.holds, told.found) == (holds, found)


def test_a_size_decided_by_people_is_told_with_their_reason() -> None:
    figures = a_scale("35", 420, 3 * YI, of="QY1", on="2025-12-31")
    decided = a_feature("规模", "大型", of="QY1", since="2026-01-01", reason="集团批复")
    told = condition("6.2.b", enterprise_scale=[figures], enterprise_features=[decided])
    assert told.found == "规模：大型（2026-01-01起，人工核定：集团批复）"


def test_without_figures_it_is_said_where_to_record_them() -> None:
    told = condition("6.2.b")
    assert (told.holds, told.found) == (None, "规模：未登记")
    assert told.mend == "在“企业规模数据”登记企业的各项数据，或在“企业属性”登记企业的“规模”"


def test_the_section_names_the_industry_it_follows_from() -> None:
    figures = a_scale("4813", 420, 3 * YI, of="QY1", on="2025-12-31")
    told = condition("5.2.c", enterprise_scale=[figures])
    assert told.found == "行业门类：E（按2025-12-31数据：行业4813土木工程建筑业）"
