"""A file has at most 400 lines, a function 60, and a name says what is in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}
FOLDERS = ("src", "tests", "docs", "bench")


def python_files(root: Path) -> Iterator[Path]:
    """Every Python file that people write; Django writes migrations."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def breaches(root: Path) -> list[str]:
    """What is too long or says nothing, as `file:line what`."""
    found = []
    for path in python_files(root):
        source, name = path.read_text(encoding="utf-8"), path.relative_to(root)
        lines = source.count("\n")
        if lines > LONGEST_FILE:
            found.append(f"{name} has {lines} lines")
        found += [
            f"{name} is called {part}" for part in SAYS_NOTHING & {path.stem, path.parent.name}
        ]
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    found.append(f"{name}:{node.lineno} {node.name} has {lines} lines")
    return found


def test_nothing_is_too_long_or_says_nothing(root: Path) -> None:
    assert len(list(python_files(root))) > 20, "the rule looked at the wrong folder"
    assert breaches(root) == []


@pytest.mark.parametrize(
    ("name", "source", "breach"),
    [
        ("src/a.py", "X = 1\n" * 401, "src/a.py has 401 lines"),
        ("tests/a.py", "def f():\n" + "    x = 1\n" * 60, "tests/a.py:1 f has 61 lines"),
        (
            "src/a.py",
            "class A:\n  async def f(self):\n" + "    x = 1\n" * 60,
            "src/a.py:2 f has 61 lines",
        ),
        ("docs/utils.py", "", "docs/utils.py is called utils"),
        ("src/common/a.py", "", "src/common/a.py is called common"),
    ],
)
def test_a_breach_is_seen(name: str, source: str, breach: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert breaches(tmp_path) == [breach]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("src/a.py", "X = 1\n" * 400),
        ("src/a.py", "def f():\n" + "    x = 1\n" * 59),
        ("src/migrations/0001.py", "X = 1\n" * 2000),
    ],
)
def test_what_just_fits_is_let_through(name: str, source: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert breaches(tmp_path) == []
