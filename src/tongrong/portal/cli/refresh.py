"""`tongrong refresh`: the stored verdicts brought up to date; what a write changed of them."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import out
from tongrong.portal.cli.evaluate import AsOf, Cleared, note_future, waiting

if TYPE_CHECKING:
    from rich.text import Text

    from tongrong.actions.refresh import Engine, Refreshed
    from tongrong.facts.snapshot import Snapshot
    from tongrong.vocabulary.progress import Progress
    from tongrong.vocabulary.verdicts import Verdict

MOST_SHOWN = 200


def refresh(
    as_of: AsOf = None,
    checklist: Annotated[
        list[str] | None,
        typer.Option("--checklist", metavar="清单", help="清单的名称，可写多次；不写为默认清单"),
    ] = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Judge again what may have changed, store it, and say which verdicts became others."""
    day = inputs.day_of(as_of)
    asked: list[str | None] = [*checklist] if checklist else [None]
    names = [inputs.family_of(name).name for name in asked]
    inputs.ready_database()
    from tongrong.queries.findings import stored_states
    from tongrong.queries.judgements import with_open

    known = () if checklist else tuple(one.checklist for one in stored_states())
    names = with_open(names)
    visible = _visible(inputs.database_facts(), cleared=cleared)
    for name in dict.fromkeys([*names, *known]):
        with _engine() as engine:
            refreshed = _refreshed(name, day, engine)
        print_refreshed(refreshed, visible)
    note_future(day)


def refresh_stored(*, cleared: bool) -> None:
    """Bring up to date what is stored, if anything is, and say what changed."""
    from tongrong.queries.facts import current_snapshot
    from tongrong.queries.findings import stored_states
    from tongrong.queries.judgements import with_open

    names = [one.checklist for one in stored_states()]
    for name in with_open(names):
        with _engine() as engine:
            refreshed = _refreshed(name, clock.today(), engine)
        shown = _visible(current_snapshot(), cleared=cleared) if refreshed.changes else ()
        print_refreshed(refreshed, shown)


@contextmanager
def rehearsed(*, cleared: bool) -> Iterator["Progress | None"]:
    """What is written inside is undone; which verdicts it would change is said.

    Gives who is told how far the work inside is.
    """
    from tongrong.actions.rehearse import rehearsal
    from tongrong.queries.findings import stored_states
    from tongrong.queries.nearby import snapshot_within

    with rehearsal(), _engine(within=True) as engine:
        names = [one.checklist for one in stored_states()] or [inputs.family_of(None).name]
        for name in names:
            _refreshed(name, clock.today(), engine)
        yield engine.progress
        for name in names:
            refreshed = _refreshed(name, clock.today(), engine)
            shown = _visible(snapshot_within(), cleared=cleared) if refreshed.changes else ()
            print_refreshed(refreshed, shown, rehearsed=True)


@contextmanager
def _engine(*, within: bool = False) -> Iterator["Engine"]:
    from tongrong.actions.refresh import Engine
    from tongrong.queries.facts import current_snapshot
    from tongrong.queries.nearby import snapshot_within

    facts = snapshot_within if within else current_snapshot
    with waiting() as progress:
        yield Engine(inputs.programs(), progress, facts)


def _refreshed(name: str, day: dt.date, engine: "Engine") -> "Refreshed":
    from tongrong.actions.refresh import refresh as run

    return run(checklist=name, as_of=day, at=clock.now(), engine=engine)


def _visible(snapshot: "Snapshot", *, cleared: bool) -> Collection[str]:
    """The units whose verdicts may be shown."""
    from tongrong.facts.clearance import without_overseas

    return inputs.unit_names(snapshot if cleared else without_overseas(snapshot))


def print_refreshed(
    refreshed: "Refreshed", visible: Collection[str], *, rehearsed: bool = False
) -> None:
    """How many verdicts were judged again, and which became others."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    changes = [one for one in refreshed.changes if one.unit in visible]
    would = "将有" if rehearsed else "有"
    how = "全部重新判定" if refreshed.everything else "重新判定"
    said = f"清单 {refreshed.checklist}：{how} {refreshed.judged} 条"
    said += f"，{would} {len(changes)} 条结果变化" if changes else "，结果没有变化"
    out().print(said, soft_wrap=True)
    if not changes:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("单位", "判据", "原来", "变为"):
        table.add_column(heading, overflow="fold")
    for one in changes[:MOST_SHOWN]:
        table.add_row(one.unit, one.clause, _told(one.before), _told(one.after))
    out().print(table)
    if len(changes) > MOST_SHOWN:
        out().print(f"其余 {len(changes) - MOST_SHOWN} 条略", soft_wrap=True)


def _told(verdict: "Verdict | None") -> "Text | str":
    from tongrong.portal.cli.lamps import lamp

    return "—" if verdict is None else lamp(verdict)
