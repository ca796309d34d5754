"""What is said of a story of the demo, by the engine or by a reading, and where it differs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tests.scenarios.shelves import shown

from tongrong.engine.cells import REASONS
from tongrong.engine.readings.clause import Outcome, parts_of
from tongrong.engine.run import Evaluation
from tongrong.engine.scenarios import measured_text
from tongrong.facts.demo import AS_OF, Story
from tongrong.facts.demo.bodies import LEADING
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.people import write_people
from tongrong.facts.demo.structure import write_structure
from tongrong.vocabulary.verdicts import Severity

Told = dict[str, Any]
Rows = dict[tuple[str, str], Told]
_WHO = re.compile(r"\{(.+?)\}")
_SEED = 442


class People:
    """The codes of the demo's people by what stories call them."""

    def __init__(self) -> None:
        book = Book(_SEED)
        write_structure(book)
        self._cast = write_people(book)

    def labels(self, story: Story) -> frozenset[str]:
        """What a story says is lacking, with everybody's code."""
        return frozenset(
            said
            for label in story.lacking.split("、")
            for said in self._coded(label, story)
            if said
        )

    def _coded(self, label: str, story: Story) -> Iterable[str]:
        """The label with codes for names; one for each member where it names a branch."""
        named = _WHO.search(label)
        if named is None:
            yield label
            return
        for code in self._codes(named[1], story):
            yield from self._coded(label.replace(named[0], code, 1), story)

    def _codes(self, who: str, story: Story) -> list[str]:
        branch, _, from_last = who.partition("-")
        if branch.startswith("DZB"):
            members = [member.person for member in self._cast.of_branch(branch, AS_OF)]
            return [members[-int(from_last)]] if from_last else members
        enterprise, _, key = who.rpartition(".")
        led = {body: firm for firm, body in LEADING.items()}
        return [self._cast.person(enterprise or led.get(story.unit, story.unit), key)]


def differing(story: Story, told: Told, people: People) -> dict[str, tuple[Any, Any]]:
    """What is told otherwise than the story says, of what it says beside the verdict."""
    said = {
        "lacking": people.labels(story),
        "measured": story.measured,
        "due": story.due,
        "reason": story.reason,
    }
    return {
        what: (told[what], wanted)
        for what, wanted in said.items()
        if wanted and told[what] != wanted
    }


def told_by(run: Evaluation) -> Rows:
    """What the engine says of every unit and clause."""
    assert run.cells is not None
    cells: Mapping[tuple[int, str], list[Told]] = defaultdict(list)
    for cell in run.cells.to_pylist():
        cells[cell["part"], cell["unit"]].append(cell)
    bound = {one.clause.id: one for one in run.clauses}
    rows = {}
    for row in run.verdicts.to_pylist():
        unit, clause = row["unit"], bound[row["clause"]]
        found = [
            (cell["period"], cell["member"], cell["severity"], part.label)
            for part in clause.parts
            if not part.shown_only
            for cell in cells[part.index, unit]
        ]
        rows[unit, row["clause"]] = {
            "verdict": Severity(row["severity"]).verdict,
            "lacking": _deciding(row["severity"], found),
            "measured": measured_text(row, clause),
            "due": row["due"],
            "reason": REASONS[row["reason"]],
        }
    return rows


def told_by_reading(rule: Mapping[str, Any], outcome: Outcome) -> Told:
    """What a reading says of one unit and clause."""
    found = [
        (cell.period, cell.member, int(cell.severity), part.get("label", ""))
        for part, cells in zip(parts_of(rule), outcome.cells, strict=True)
        if not part.get("shown_only")
        for cell in cells
    ]
    said = shown(outcome)
    return {
        "lacking": _deciding(int(outcome.verdict.severity), found),
        "measured": said.measured,
        "due": said.due,
        "reason": said.reason,
    }


def _deciding(severity: int, cells: Iterable[tuple[str, str, int, str]]) -> frozenset[str]:
    """The labels of the cells that are as bad as the verdict: period and member, else the part."""
    return frozenset(
        label
        for period, member, of_cell, part in cells
        if of_cell == severity
        and (label := "/".join(word for word in (period, member) if word) or part)
    )
