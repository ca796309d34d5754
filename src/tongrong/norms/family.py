"""A family: the versions of one checklist, each in force for a time of its own."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tongrong.norms.checklist import Checklist
from tongrong.vocabulary.errors import Problem, TongrongError, refuse
from tongrong.vocabulary.periods import Span


@dataclass(frozen=True)
class Version:
    """One checklist and the days it is in force."""

    checklist: Checklist
    span: Span


@dataclass(frozen=True)
class Family:
    """The versions of a checklist, the oldest first. A version ends where the next one begins."""

    name: str
    versions: tuple[Version, ...]

    @classmethod
    def of(cls, name: str, checklists: Sequence[Checklist]) -> "Family":
        """The family of these checklists.

        Raises TongrongError (N030) where two of them say that they are in force on one day.
        """
        ordered = sorted(checklists, key=lambda one: one.text.in_force.since)
        problems = list(_overlaps(ordered))
        if problems:
            raise TongrongError(problems)
        spans = [Span(one.text.in_force.since, _until(one)) for one in ordered]
        begins = [*(span.since for span in spans[1:]), None]
        return cls(
            name,
            tuple(
                Version(one, Span(span.since, span.until or begin))
                for one, span, begin in zip(ordered, spans, begins, strict=True)
            ),
        )

    @classmethod
    def of_one(cls, checklist: Checklist) -> "Family":
        """A checklist chosen by its own name: it judges alone, while it is in force."""
        return cls.of(checklist.slug, [checklist])

    def on(self, day: dt.date) -> Version:
        """The version in force on a day. Raises TongrongError (N031) where none is."""
        for version in self.versions:
            if version.span.holds(day):
                return version
        known = "；".join(f"{one.checklist.slug} {one.span.words}" for one in self.versions)
        raise refuse(
            "N031", f"清单 {self.name}", f"{day} 没有施行中的版本", known,
            "改考核日，或核对清单的 in_force（施行日期）",
        )  # fmt: skip

    def others(self, day: dt.date) -> Iterator[Version]:
        """The versions that are not in force on a day, the oldest first."""
        return (one for one in self.versions if not one.span.holds(day))


def _until(checklist: Checklist) -> dt.date | None:
    to = checklist.text.in_force.to
    return None if to is None else to + dt.timedelta(days=1)


def _overlaps(ordered: Sequence[Checklist]) -> Iterator[Problem]:
    for older, newer in pairwise(ordered):
        begins, ends = newer.text.in_force.since, older.text.in_force.to
        if begins == older.text.in_force.since or (ends is not None and ends >= begins):
            yield Problem(
                "N030", older.at("in_force", "to"), f"{older.slug} 至 {ends or '未写'}",
                f"早于 {newer.slug} 的施行日期 {begins}",
                "改其中一个版本的 in_force，使同一天只有一个版本施行",
            )  # fmt: skip
