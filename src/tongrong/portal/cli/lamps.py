"""The marks of the seven verdicts: shape, colour and label, so that no one of them is needed."""

from collections.abc import Mapping

from rich.text import Text

from tongrong.portal.lamp_marks import MARKS, WORST_FIRST
from tongrong.vocabulary.verdicts import Verdict

STYLES: Mapping[Verdict, str] = {
    Verdict.MET: "green",
    Verdict.JUSTIFIED: "green",
    Verdict.PENDING: "blue",
    Verdict.AT_RISK: "yellow",
    Verdict.UNMET: "bold red",
    Verdict.NO_DATA: "bright_black",
    Verdict.NOT_APPLICABLE: "bright_black",
}


def lamp(verdict: Verdict) -> Text:
    """Mark and label."""
    return Text(f"{MARKS[verdict]} {verdict.label}", style=STYLES[verdict])


def legend() -> Text:
    """All marks in one line."""
    text = Text("图例  ")
    for verdict in WORST_FIRST:
        text.append_text(lamp(verdict)).append("  ")
    return text
