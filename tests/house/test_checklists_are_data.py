"""No checklist is in code: the program knows sections, items and clauses, but none of them by name.

The demo is left out: its stories tell what must come out of the clauses of one checklist.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongrong.norms.from_files import checklists, load_checklist


def names() -> set[str]:
    """The names of all checklists, and the ids of their clauses and indicators."""
    found = set(checklists())
    for slug in checklists():
        checklist = load_checklist(slug)
        found |= {clause.id for clause in checklist.clauses()}
        found |= {indicator.id for indicator in checklist.indicators()}
    return found


def breaches(path: Path, text: str, known: set[str]) -> Iterator[str]:
    """`file:line: text` of every text constant that is such a name, and of every 442."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and node.value in known:
            yield f"{path}:{node.lineno}: {node.value}"
    for number, line in enumerate(text.splitlines(), start=1):
        if "442" in line:
            yield f"{path}:{number}: {line.strip()}"


def program(package: Path) -> list[Path]:
    """Every module of the program but the demo's."""
    return [path for path in sorted(package.rglob("*.py")) if "demo" not in path.as_posix()]


def test_no_checklist_and_no_clause_is_named_in_code(package: Path) -> None:
    known = names()
    assert {"442-2018", "branch-standard", "1.1.b", "17.1"} <= known
    found = [
        one
        for path in program(package)
        for one in breaches(path.relative_to(package), path.read_text(encoding="utf-8"), known)
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'if clause.id == "1.1.b":\n    strict = True\n',
        'SPARED = ("2.5.a",)\n',
        'load_checklist("branch-scored")\n',
        "if item == 11:\n    pass  # as in 442\n",
    ],
)
def test_a_planted_special_case_is_found(planted: str) -> None:
    assert list(breaches(Path("planted.py"), planted, names()))


def test_an_example_in_words_is_no_special_case() -> None:
    assert not list(breaches(Path("help.py"), 'HELP = "判据编号，如 1.1.b"\n', names()))
