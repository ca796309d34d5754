"""Rows of ledgers in domain words: `a_meeting("HY1", of="DW1", on="2026-01-15")`.

Each builder returns one row. What it fills in by itself stands in its own lines below and
nowhere else: a name that is the code, a founding day long past, what kind of thing it is. Any
further column is given by its own name, a day as a date or as 2026-01-15; a column that the
ledger has not is refused, since a snapshot would drop it in silence.
"""

import datetime as dt
from typing import Any

from tongrong.facts.columns import Day, Month
from tongrong.facts.ledger import STATUS
from tongrong.facts.registry import LEDGERS

Row = dict[str, Any]
When = dt.date | str

OLD = dt.date(2000, 1, 1)
"""Since when units exist and states hold, unless a test says otherwise."""


def day(when: When) -> dt.date:
    """A day, or 2026-01-15 read as one."""
    return when if isinstance(when, dt.date) else dt.date.fromisoformat(when)


def a_row(ledger: str, **columns: Any) -> Row:
    """One row of any ledger; a column it has not is refused."""
    known = LEDGERS[ledger].columns
    strange = columns.keys() - known.keys() - {STATUS}
    assert not strange, f"{ledger} has no column {'、'.join(sorted(strange))}"
    days = {name for name, column in known.items() if isinstance(column, Day | Month)}
    return {
        name: day(value) if name in days and value is not None else value
        for name, value in columns.items()
    }


# --- units -------------------------------------------------------------------------------


def an_enterprise(number: str = "QY1", **more: Any) -> Row:
    """An enterprise that is no group company and has no parent."""
    usual = {"number": number, "name": number, "is_group": False, "founded_on": OLD}
    return a_row("enterprises", **usual | more)


def a_group_company(number: str = "QY1", **more: Any) -> Row:
    """The group company itself."""
    return an_enterprise(number, **{"is_group": True} | more)


def an_organization(number: str, kind: str, *, of: str | None, **more: Any) -> Row:
    """A Party organization attached to the enterprise `of`, leading nothing."""
    usual = {"number": number, "name": number, "kind": kind, "enterprise": of, "leads": False}
    return a_row("party_organizations", **usual | {"founded_on": OLD} | more)


def a_committee(number: str = "DW1", *, of: str | None, **more: Any) -> Row:
    """The Party committee that leads the enterprise `of`; of none, a committee above."""
    return an_organization(number, "党委", of=of, **{"leads": of is not None} | more)


def a_branch(number: str = "ZB1", *, of: str | None, **more: Any) -> Row:
    """A branch of the enterprise `of`."""
    return an_organization(number, "党支部", of=of, **more)


def a_feature(feature: str, value: str, *, of: str, since: When = OLD, **more: Any) -> Row:
    """What the enterprise `of` is, such as 规模 大型."""
    said = {"unit": of, "feature": feature, "from_on": since, "value": value}
    return a_row("enterprise_features", **said | more)


def a_scale(industry: str, employees: int, revenue: int, *, of: str, on: When, **more: Any) -> Row:
    """The figures of the enterprise `of` on a day; money in 分."""
    said = {"unit": of, "counted_on": on, "industry": industry, "employees": employees}
    return a_row("enterprise_scale", **said | {"revenue": revenue} | more)


# --- persons -----------------------------------------------------------------------------


def a_person(number: str, **more: Any) -> Row:
    """A person called by his or her code."""
    return a_row("persons", **{"number": number, "name": number} | more)


def a_post(
    person: str, post: str, *, of: str, since: When = OLD, until: When | None = None, **more: Any
) -> Row:
    """A person who holds a post in the unit `of` until the day it ends; without one, still."""
    held = {"unit": of, "person": person, "post": post, "from_on": since, "until_on": until}
    return a_row("posts", **held | more)


def a_member(
    person: str, *, of: str, since: When = OLD, until: When | None = None, **more: Any
) -> Row:
    """A member of the branch `of` until the day of leaving; on probation without `full_on`."""
    held = {"unit": of, "person": person, "from_on": since, "until_on": until}
    return a_row("memberships", **held | more)


def a_quota(level: str, posts_set: int, *, of: str, by: str, since: When = OLD, **more: Any) -> Row:
    """How many posts of a level the body `by` has set for the enterprise `of`."""
    said = {"unit": of, "level": level, "from_on": since, "posts_set": posts_set, "set_by": by}
    return a_row("post_quotas", **said | more)


# --- what happens ------------------------------------------------------------------------


def a_meeting(number: str = "HY1", *, of: str, on: When, kind: str = "党委会", **more: Any) -> Row:
    """A meeting of the unit `of`."""
    return a_row("meetings", number=number, unit=of, kind=kind, held_on=on, **more)


def an_agenda_item(item: str = "1", *, of: str, **more: Any) -> Row:
    """An item on the agenda of the meeting `of`, untitled and on no topic of its own."""
    usual = {"meeting": of, "item": item, "title": "—", "topic": "其他"}
    return a_row("agenda_items", **usual | more)


def a_talk(talker: str, listener: str, *, of: str, on: When, **more: Any) -> Row:
    """A heart-to-heart of two persons in the unit `of`."""
    said = {"unit": of, "talker": talker, "listener": listener, "talked_on": on}
    return a_row("talks", **said | {"kind": "谈心谈话"} | more)


def a_document(number: str, kind: str, *, of: str, since: When = OLD, **more: Any) -> Row:
    """A document of the unit `of`, in force since a day; `elements` are kept as 、a、b、."""
    said = {"number": number, "unit": of, "type": kind, "title": kind, "effective_on": since}
    return a_row("documents", **said | more)
