"""`tongrong explain`: one verdict down to the records counted, and what would turn it green."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import out
from tongrong.portal.cli.evaluate import (
    AsOf,
    ChecklistName,
    Cleared,
    Year,
    note_future,
    note_not_applied,
    waiting,
)
from tongrong.portal.cli.known_at import KnownAt, moment_known, note_known
from tongrong.vocabulary.errors import TongrongError, refuse

if TYPE_CHECKING:
    from tongrong.facts.snapshot import Snapshot
    from tongrong.findings.explain import Explainer
    from tongrong.norms.checklist import Clause


def explain(
    unit: Annotated[str, typer.Argument(metavar="单位", help="企业或党组织：编号或全称")],
    clause: Annotated[str, typer.Argument(metavar="判据", help="判据编号，如 1.1.b")],
    as_of: AsOf = None,
    year: Year = None,
    known_at: KnownAt = None,
    facts: Annotated[
        Path | None,
        typer.Option("--facts", metavar="台账", help="工作簿或文件夹；不写则读数据库"),
    ] = None,
    checklist: ChecklistName = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Explain one verdict."""
    from tongrong.engine.run import evaluate as run
    from tongrong.findings.explain import Explainer, year_before
    from tongrong.portal.cli.explanation_view import print_explanation

    day, norms = inputs.day_of(as_of), inputs.family_of(checklist)
    others = (version.checklist for version in norms.others(day))
    asked = inputs.clause_of(norms.on(day).checklist, clause, *others)
    known = moment_known(known_at, facts)
    snapshot = inputs.facts_of(facts, cleared=cleared, known_at=known)
    code = inputs.unit_of(snapshot, unit)
    with waiting() as progress:
        ask = partial(
            run,
            norms,
            snapshot,
            day,
            clauses=[asked.id],
            details=True,
            programs=inputs.programs(),
            progress=progress,
        )
        evaluation = ask(year=inputs.year_of(year))
        earlier = year_before(evaluation)
        before = None if earlier is None else ask(year=earlier)
    explainer = Explainer(evaluation, snapshot, before)
    if code not in explainer.units(asked.id):
        raise _nothing_to_say(asked, code, explainer, snapshot)
    print_explanation(out(), explainer.explain(code, asked.id))
    note_future(day)
    note_known(known)
    note_not_applied(evaluation)


def _nothing_to_say(
    clause: "Clause", unit: str, explainer: "Explainer", snapshot: "Snapshot"
) -> TongrongError:
    """The clause does not speak of the unit: say of whom it does, the nearest first."""
    from tongrong.findings.rollup import hosts

    judged, attached = explainer.units(clause.id), hosts(snapshot)
    family = {unit, attached.get(unit)}
    near = [one for one in judged if attached.get(one) in family or one in family]
    shown = "、".join((near or judged)[: inputs.SHOWN])
    return refuse(
        "cli.scope",
        "单位",
        f"{unit}（判据 {clause.id}）",
        f"这条判据判定的单位：考核日存续的{clause.scope.label}",
        f"改用其中的单位，如 {shown}" if shown else "台账中没有这样的单位，先登记",
    )
