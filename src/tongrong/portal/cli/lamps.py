"""The marks of the seven verdicts: shape, colour and label, so that no one of them is needed."""

from collections.abc import Mapping

from rich.text import Text

from tongrong.vocabulary.verdicts import Verdict

MARKS: Mapping[Verdict, str] = {
    Verdict.MET: "●",
    Verdict.JUSTIFIED: "○",
    Verdict.PENDING: "◔",
    Verdict.AT_RISK: "▲",
    Verdict.UNMET: "✖",
    Verdict.NO_DATA: "▨",
    Verdict.NOT_APPLICABLE: " ",
}
STYLES: Mapping[Verdict, str] = {
    Verdict.MET: "green",
    Verdict.JUSTIFIED: "green",
    Verdict.PENDING: "blue",
    Verdict.AT_RISK: "yellow",
    Verdict.UNMET: "bold red",
    Verdict.NO_DATA: "bright_black",
    Verdict.NOT_APPLICABLE: "bright_black",
}
# The order in which counts stand: what calls for action first.
WORST_FIRST = tuple(sorted(Verdict, key=lambda verdict: verdict.severity, reverse=True))


def lamp(verdict: Verdict) -> Text:
    """Mark and label."""
    return Text(f"{MARKS[verdict]} {verdict.label}", style=STYLES[verdict])


def legend() -> Text:
    """All marks in one line."""
    text = Text("图例  ")
    for verdict in WORST_FIRST:
        text.append_text(lamp(verdict)).append("  ")
    return text
