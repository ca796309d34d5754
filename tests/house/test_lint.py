"""The habits a linter can see are refused where they matter and allowed where they belong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CLOCK = '"""A module."""\n\nimport datetime as dt\n\nTODAY = dt.date.today()\n'
NOW = '"""A module."""\n\nfrom django.utils import timezone\n\nNOW = timezone.now()\n'
SIGNAL = '"""A module."""\n\nfrom django.db.models.signals import post_save\n\nX = post_save\n'
LAZY = '"""A module."""\n\n\ndef ask() -> None:\n    """Asks."""\n    import ibis\n\n    ibis.a()\n'


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        ("TID251", "facts/planted.py", CLOCK),
        ("TID251", "actions/planted.py", NOW),
        ("TID251", "portal/cli/planted.py", CLOCK),
        ("TID251", "portal/api/planted.py", SIGNAL),
        ("PLC0415", "engine/planted.py", LAZY),
        ("D100", "facts/planted.py", "X = 1\n"),
        ("D101", "facts/planted.py", '"""A module."""\n\n\nclass Meeting:\n    x = 1\n'),
        (
            "D102",
            "facts/planted.py",
            '"""M."""\n\n\nclass A:\n    """A."""\n\n    def b(self) -> None: ...\n',
        ),
        ("D103", "facts/planted.py", '"""A module."""\n\n\ndef held() -> None: ...\n'),
        ("D104", "planted/__init__.py", ""),
        ("INP001", "planted/planted.py", '"""A module."""\n'),
        ("T201", "queries/planted.py", '"""A module."""\n\nprint("here")\n'),
        (
            "BLE001",
            "engine/planted.py",
            '"""M."""\n\ntry:\n    X = 1\nexcept Exception:\n    X = 2\n',
        ),
        ("RUF001", "facts/planted.py", '"""A module."""\n\nX = "\u0440age"\n'),
        ("TID252", "facts/planted.py", '"""A module."""\n\nfrom . import columns\n\nX = columns\n'),
    ],
)
def test_a_breach_is_refused(rule: str, path: str, source: str, root: Path) -> None:
    assert rule in rules_broken(root, path, source)


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        ("TID251", "portal/clock.py", CLOCK),
        ("PLC0415", "portal/cli/planted.py", LAZY),
        ("RUF001", "facts/planted.py", '"""A module."""\n\nX = "编号：甲（乙），丙；丁？戊！"\n'),
    ],
)
def test_what_belongs_there_is_allowed(rule: str, path: str, source: str, root: Path) -> None:
    assert rule not in rules_broken(root, path, source)


def rules_broken(root: Path, path: str, source: str) -> set[str]:
    """The rules ruff names for `source`, were it to stand at `path` in the package."""
    found = subprocess.run(
        [
            str(Path(sys.executable).with_name("ruff")),
            *("check", "--no-cache", "--output-format", "json"),
            *("--stdin-filename", f"src/tongrong/{path}", "-"),
        ],
        input=source,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not found.stderr, found.stderr
    return {problem["code"] for problem in json.loads(found.stdout)}
