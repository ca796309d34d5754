"""Families of checklists, made of one by changing what it says from a day on."""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

from tongrong.norms.checklist import Checklist, ChecklistText
from tongrong.norms.family import Family
from tongrong.norms.located import Located

Edit = Callable[[dict[str, Any]], None]


def raw_clauses(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The clauses of a checklist as written, by id, to be changed in place."""
    return {
        clause["id"]: clause
        for section in data["sections"]
        for item in section["items"]
        for indicator in item["indicators"]
        for clause in indicator.get("clauses", [])
    }


def as_version(
    checklist: Checklist, slug: str, since: dt.date, to: dt.date | None, edit: Edit = lambda _: None
) -> Checklist:
    """The checklist as a version of its own, in force for a time, after an edit of what it says."""
    data = copy.deepcopy(checklist._located.data)
    data |= {"checklist": slug, "version_of": "族"}
    data["in_force"] = {"from": str(since), **({"to": str(to)} if to else {})}
    edit(data)
    located = Located(checklist._located.file, data, checklist._located.positions)
    text = ChecklistText.model_validate(data)
    return Checklist(checklist.folder, text, located, checklist.thresholds)


def family_changed_on(day: dt.date, old: Checklist, new: Checklist, edit: Edit) -> Family:
    """Two versions: one until the day before, the other, edited, from the day on."""
    before = as_version(old, "旧", dt.date(2000, 1, 1), None)
    return Family.of("族", [as_version(new, "新", day, None, edit), before])


def without(*ids: str) -> Edit:
    """An edit that drops clauses."""

    def edit(data: dict[str, Any]) -> None:
        for section in data["sections"]:
            for item in section["items"]:
                for indicator in item["indicators"]:
                    kept = [c for c in indicator.get("clauses", []) if c["id"] not in ids]
                    indicator["clauses"] = kept

    return edit
