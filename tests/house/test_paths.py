"""The repository works wherever it is cloned: no path of one machine stands in it."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

FOLDERS = ("work", "farm", "root", "home", "tmp")
MACHINE = re.compile(r"(?<![\w.$})-])/(?:" + "|".join(FOLDERS) + ")/")


def kept_files(root: Path) -> Iterator[Path]:
    """The files git would keep: all but those .gitignore names."""
    ignored = (root / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [pattern.rstrip("/") for pattern in ignored] + [".git"]
    for path in sorted(root.iterdir()):
        if not any(fnmatch(path.name, pattern) for pattern in patterns):
            yield from _below(path, patterns)


def _below(path: Path, patterns: list[str]) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir() and not path.is_symlink():
        for child in sorted(path.iterdir()):
            if not any(fnmatch(child.name, pattern) for pattern in patterns):
                yield from _below(child, patterns)


def breaches(root: Path) -> list[str]:
    """`file:line: text` of every path of a machine."""
    found = []
    for path in kept_files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if MACHINE.search(line):
                found.append(f"{path.relative_to(root)}:{number}: {line.strip()[:100]}")
    return found


def test_no_path_of_a_machine_is_kept(root: Path) -> None:
    kept = {str(path.relative_to(root)) for path in kept_files(root)}
    assert {"Makefile", ".importlinter", "src/tongrong/__init__.py"} <= kept
    assert breaches(root) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_such_a_path_is_seen(folder: str, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("var/\n", encoding="utf-8")
    for place in ("deep/er", "var"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.py").write_text(f'X = "/{folder}/main"\n', encoding="utf-8")
    assert breaches(tmp_path) == [f'deep/er/a.py:1: X = "/{folder}/main"']


@pytest.mark.parametrize("before", ["..", "norms", "$HOME", "${HERE}", "$(VENV)"])
def test_a_relative_path_is_let_through(before: str, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").touch()
    (tmp_path / "a.txt").write_text(f"{before}/{FOLDERS[0]}/x", encoding="utf-8")
    assert breaches(tmp_path) == []
