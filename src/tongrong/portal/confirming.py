"""确认无误: what can hardly be so is asked about before it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from tongrong.facts.doubts import doubts_of_one
from tongrong.facts.ledger import Ledger
from tongrong.portal import clock
from tongrong.portal.entry_form import plain_label
from tongrong.queries.facts import known_codes
from tongrong.vocabulary.errors import Problem

_SURE = "sure"


@dataclass(frozen=True)
class Question:
    """What is asked, a line for each column; `answer` is what the button that confirms sends."""

    lines: tuple[tuple[str, str], ...]
    answer: str


def asked_about(ledger: type[Ledger], values: Mapping[str, Any]) -> dict[str, Problem]:
    """What of a record as it was typed can hardly be so, by column."""
    return doubts_of_one(ledger, values, day=clock.today(), known=known_codes)


def confirmed(sent: QueryDict, doubted: Mapping[str, Problem]) -> bool:
    """Whether it was said that just this is so."""
    return sent.get(_SURE, "") == _answer(doubted)


def question(ledger: type[Ledger], doubted: Mapping[str, Problem]) -> Question | None:
    """The question about what is doubted; None where nothing is."""
    lines = tuple(
        (plain_label(ledger.columns[name]), f"{one.expected}。{one.remedy}。")
        for name, one in doubted.items()
    )
    return Question(lines, _answer(doubted)) if lines else None


def _answer(doubted: Mapping[str, Problem]) -> str:
    """What was doubted of which column: another doubt is asked about anew."""
    return " ".join(sorted(f"{name}:{one.code}" for name, one in doubted.items()))
