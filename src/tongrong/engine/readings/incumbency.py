"""Incumbency: one person must hold, or must not hold, two posts at once."""

from collections.abc import Mapping
from typing import Any

from tongrong.engine.readings.cell import Cell, empty_population, ids, no_data
from tongrong.engine.readings.selection import register_kept, states
from tongrong.engine.readings.world import World
from tongrong.vocabulary.verdicts import Reason, Severity

POSTS = {"ledger": "posts"}


def read(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    """One cell for posts to be joined; one per holder for posts to be kept apart."""
    if "one_person_holds" in part:
        return [_read_joined(part["one_person_holds"], world, subject)]
    return _read_apart(part, world, subject)


def _read_joined(lists: list[list[str]], world: World, subject: str) -> Cell:
    if not register_kept(world, POSTS, subject):
        return no_data(Reason.REGISTER_NOT_KEPT)
    held = states(world, POSTS, subject, world.as_of)
    posts_of: dict[str, set[str]] = {}
    for row in held:
        posts_of.setdefault(row["person"], set()).add(row["post"])
    joined = {
        person
        for person, posts in posts_of.items()
        if all(posts.intersection(one_of) for one_of in lists)
    }
    listed = {post for one_of in lists for post in one_of}
    return Cell(
        Severity.MET if joined else Severity.UNMET,
        num=len(joined),
        den=1,
        records=ids([row for row in held if row["person"] in joined and row["post"] in listed]),
    )


def _read_apart(part: Mapping[str, Any], world: World, subject: str) -> list[Cell]:
    holders_of, never_hold = part["holders_of"], part["never_hold"]
    held = states(world, POSTS, subject, world.as_of)
    spared = {row["person"] for row in held if row["post"] in part.get("but_not", ())}
    holders = sorted({row["person"] for row in held if row["post"] in holders_of} - spared)
    if not holders:
        return [empty_population(kept=register_kept(world, POSTS, subject))]
    cells = []
    for person in holders:
        own = [row for row in held if row["person"] == person and row["post"] in holders_of]
        conflicting = [row for row in held if row["person"] == person and row["post"] in never_hold]
        cells.append(
            Cell(
                Severity.UNMET if conflicting else Severity.MET,
                "",
                person,
                num=int(not conflicting),
                den=1,
                records=ids(own + conflicting),
            )
        )
    return cells
