"""How an enterprise's size and section came about: the figures they follow from, in words."""

from typing import Any

from tongrong.engine.readings.sizes import asked_of, feature_by_figures, figures_of
from tongrong.engine.readings.world import World
from tongrong.facts.columns import Money, Whole
from tongrong.facts.ledgers.organization import SECTION, SIZE
from tongrong.facts.ledgers.scale import EnterpriseScale
from tongrong.facts.reference.industries import industries
from tongrong.facts.reference.sizes import WAN, size_rows
from tongrong.vocabulary.quantities import fen_to_yuan

BY_FIGURES = (SIZE, SECTION)


def by_figures(feature: str, world: World, enterprise: str | None) -> str:
    """The value of a feature nobody recorded and the figures it follows from, or why there is none.

    `中型（按2025-12-31数据：行业35专用设备制造业，从业人员420人，营业收入31000万元）`
    """
    row = figures_of(world, enterprise)
    if row is None or feature not in BY_FIGURES:
        return "未登记"
    value = feature_by_figures(world, enterprise, feature)
    code = row["industry"]
    of = [one.of for one in asked_of(code, world.as_of)] if feature == SIZE else []
    industry = f"行业{code}{industries().named(code)}"
    if feature == SIZE and not of:
        return f"无法划型（{industry}：{_outside(code, world)}）"
    basis = "，".join([industry, *(_figure(name, row[name]) for name in of)])
    return f"{value or '无法划型'}（按{row['counted_on']}数据：{basis}）"


def _outside(code: str, world: World) -> str:
    """Why the size table says nothing of an industry."""
    table = size_rows(world.as_of)
    if any(one.startswith(code) for row in table for one in row.codes):
        return "行业代码须填到三位"
    return "国家划型标准未列该行业，须人工核定"


def _figure(name: str, value: Any) -> str:
    column = EnterpriseScale.columns[name]
    if value is None:
        return f"未填{column.label}"
    if isinstance(column, Money):
        return f"{column.label}{(fen_to_yuan(value) / WAN).normalize():f}万元"
    return f"{column.label}{value}{column.unit if isinstance(column, Whole) else ''}"
