"""The manual says of the command line what the command line does."""

import json
import re
from pathlib import Path

import pytest
from tests.portal import small
from tests.portal.conftest import Run

from tongrong.portal.cli.verdict_files import SCHEMA
from tongrong.vocabulary.verdicts import Reason, Verdict

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"


COMMANDS = (
    "evaluate",
    "explain",
    "template",
    "import",
    "export",
    "history",
    "correct",
    "withdraw",
    "erase",
    "verify",
    "backup",
    "restore",
    "demo",
)


def page(name: str) -> str:
    return (HOW_TO / name).read_text(encoding="utf-8")


def test_every_key_verdict_and_reason_is_documented() -> None:
    text = page("verdict-json.md")
    keys = re.findall(r"^\| `(\w+)` \| (?:text|whole|date|list|object)", text, re.MULTILINE)
    assert keys == SCHEMA.names == list(small.VERDICTS[0])
    for verdict in Verdict:
        assert f"| `{verdict.value}` | {verdict.label} |" in text
    for reason in Reason:
        assert not reason.value or f"| `{reason.value}` | {reason.label} |" in text


def test_the_sample_is_json_of_that_shape() -> None:
    (sample,) = re.findall(r"```json\n(.*?)```", page("verdict-json.md"), re.DOTALL)
    assert all(list(one) == SCHEMA.names for one in json.loads(sample))


def test_every_option_is_documented(tongrong: Run) -> None:
    text = page("command-line.md")
    for command in COMMANDS:
        options = set(re.findall(r"(--[a-z][a-z-]+)", tongrong(command, "--help").stdout))
        missing = {one for one in options - {"--help"} if one not in text}
        assert not missing, (command, missing)


def test_the_exit_codes_are_those_of_the_help(tongrong: Run) -> None:
    codes = re.findall(r"^\| (\d) \| ", page("command-line.md"), re.MULTILINE)
    shown = re.sub(r"\s+", "", tongrong("evaluate", "--help").stdout)
    assert codes == ["0", "1", "2", "3", "4"]
    assert all(re.search(rf"[：；]{code}\D", shown) for code in codes)


COMMANDS = [
    (), ("evaluate",), ("explain",), ("template",), ("import",), ("export",), ("demo",), ("norms",),
    ("norms", "check"), ("norms", "show"), ("norms", "diff"), ("norms", "import"),
]  # fmt: skip
ENGLISH = re.compile(
    r"usage|show this|bool|<path>|options|args|command|default|required", re.IGNORECASE
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_is_chinese_and_whole_at_any_width(
    tongrong: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """None of Typer's English, and no line is cut short."""
    for width in ("60", "80", "200"):
        monkeypatch.setenv("COLUMNS", width)
        text = tongrong(*words, "--help").stdout
        assert "用法：" in text
        assert "显示这份说明" in text
        assert "…" not in text.replace("参数]…", "").replace("台账…", "")
        assert not ENGLISH.search(text)
