"""退回 and 复核: the course of one record, and what a viewer may do in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from tongrong.facts.unit_tree import way_of
from tongrong.queries.authors import author
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import ReturnStep
from tongrong.vocabulary.returning import Step


@dataclass(frozen=True)
class ToldStep:
    """A step in the course of a record; `version` is the one it was about, or that it wrote."""

    step: Step
    side: str
    version: int
    words: str
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class Course:
    """All that happened to a record since it was first returned, the first step first."""

    steps: tuple[ToldStep, ...] = ()

    @property
    def last(self) -> ToldStep | None:
        """How the record stands; None: it was never returned."""
        return self.steps[-1] if self.steps else None

    @property
    def returned(self) -> ToldStep | None:
        """The last return; it says why, and which version."""
        return next((one for one in reversed(self.steps) if one.step is Step.RETURNED), None)

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about the record."""
        return self.last is not None and self.last.step is not Step.PASSED

    @property
    def waits_for_answer(self) -> bool:
        """Whether whoever enters records for the unit has to correct or answer."""
        return self.last is not None and self.last.step is Step.RETURNED

    @property
    def waits_for_recheck(self) -> bool:
        """Whether it was answered, and whoever returned it has to look again."""
        return self.last is not None and self.last.step.answers


@dataclass(frozen=True)
class Returning:
    """The course of a record and what the viewer may do: `side` is in whose name they would."""

    course: Course
    side: str
    may_return: bool
    may_pass: bool
    may_answer: bool


def course_of(record: str) -> Course:
    """The course of a record."""
    columns = ("step", "side", "version", "words", "at", "author")
    rows = ReturnStep.objects.filter(record=record).annotate(author=author("by"))
    told = rows.order_by("step_id").values_list(*columns)
    return Course(tuple(ToldStep(Step(step), *said) for step, *said in told))


def open_steps(steps: "QuerySet[ReturnStep]") -> "QuerySet[ReturnStep]":
    """Those of the steps that say how a record stands that somebody still has to see to."""
    return steps.filter(followed_by_entry__isnull=True).exclude(step=Step.PASSED)


def returning(
    viewer: Viewer, course: Course, path: str, *, entered_by: str, returnable: bool, mine: bool
) -> Returning:
    """What a viewer may do about a record whose unit stands at a path.

    A `returnable` record may be returned in the name of the highest unit from which the viewer
    oversees it, not by who entered its current version (`entered_by`); once it is, the same unit
    decides, or one above. `mine`: the viewer may correct it.
    """
    way, held = way_of(path), viewer.units(Permission.RECHECK)
    side = next((unit for unit in way if unit in held), "")
    decides = bool(side) and _decides(course, side, way)
    return Returning(
        course=course,
        side=side,
        may_return=decides
        and returnable
        and not course.waits_for_answer
        and viewer.login != entered_by,
        may_pass=decides and course.open,
        may_answer=mine and course.waits_for_answer,
    )


def _decides(course: Course, side: str, way: Sequence[str]) -> bool:
    """Whether a unit is the one in whose name the record was returned, or stands above it."""
    if not course.open or course.last is None or course.last.side not in way:
        return True
    return way.index(side) <= way.index(course.last.side)
