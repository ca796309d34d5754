"""The code of an error names one fault: no two modules give the same code to different faults."""

import ast
import re
from collections import defaultdict
from pathlib import Path

NUMBERED = re.compile(r"[A-Z]\d{3}")
SOURCE = Path(__file__).parents[2] / "src"


def codes(module: Path) -> set[str]:
    """The codes of the problems a module makes."""
    calls = (
        node
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in {"Problem", "problem", "refuse"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def test_a_numbered_code_is_made_in_one_module_only() -> None:
    """A code of words tells its fault itself, and the readers of two formats may share it."""
    made = defaultdict(set)
    for module in SOURCE.rglob("*.py"):
        for code in codes(module):
            if NUMBERED.fullmatch(code):
                made[code].add(str(module.relative_to(SOURCE)))
    assert len(made) > 10
    assert {code: where for code, where in made.items() if len(where) > 1} == {}
