"""Checklists whose numbers may be set otherwise, and groups in which some are."""

import datetime as dt
import random
from collections.abc import Iterable

from tests.builders import OLD
from tests.calendar_edges import Moment, day_near
from tests.drawn_values import Rows

from tongrong.engine.from_norms import asked_by, bind
from tongrong.norms.checklist import Checklist
from tongrong.norms.thresholds import Adjustable, Thresholds

EVERYONE = Adjustable.model_validate({"by": ["superior", "enterprise"], "reason": "测试"})
COUNTS, SHARES = ("2", "0", "3", "7"), ("0%", "100%", "30%", "0.5%")


def numbers_of(checklist: Checklist, clause: str) -> list[str]:
    """The thresholds that a clause compares with, those of its conditions included."""
    (bound,) = bind(checklist, dt.date(2026, 1, 1), {clause})
    return sorted({asked.threshold for part in bound.parts for asked in asked_by(part)})


def with_adjustable(
    checklist: Checklist, names: Iterable[str], adjustable: Adjustable = EVERYONE
) -> Checklist:
    """The checklist with these numbers open to be set otherwise, by everyone and at will."""
    root = dict(checklist.thresholds.root)
    for name in names:
        root[name] = root[name].model_copy(update={"adjustable": adjustable})
    changed = Thresholds.model_construct(root=root)
    return Checklist(checklist.folder, checklist.text, checklist._located, changed)


def set_otherwise(
    roll: random.Random, group: Rows, moment: Moment, checklist: Checklist, names: list[str]
) -> None:
    """Give the group a few adjustments, some of other checklists, of nothing, or too late."""
    units = [r["number"] for code in ("enterprises", "party_organizations") for r in group[code]]
    labels = [checklist.thresholds[name].label for name in names]
    rows = {}
    for _ in range(roll.randint(1, 5)):
        name = roll.choice(names)
        values = COUNTS if checklist.thresholds[name].is_whole else SHARES
        row = {
            "unit": roll.choice(units),
            "checklist": roll.choice((*9 * [checklist.slug], "别的清单")),
            "parameter": roll.choice((*8 * [name], *labels, "没有的")),
            "from_on": roll.choice((OLD, OLD, day_near(roll, moment.today, moment.year))),
            "until_on": roll.choice((None, None, day_near(roll, moment.today, moment.year))),
            "value": roll.choice((*values, *values, "很多", "1/3")),
            "reason": "从严",
            "approved_by": "上级",
            "status": roll.choice((*9 * ["有效"], "草稿")),
        }
        rows[row["unit"], row["checklist"], row["parameter"], row["from_on"]] = row
    group["parameter_adjustments"] = list(rows.values())
