"""What is installed is what was locked: every requirement, exactly one version, with hashes."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("run", "test", "build", "tools", "peers", "assets")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+) ?(?:; [^\\]+)?\\?$")


def locked(text: str) -> Mapping[str, str]:
    """Versions by package.

    Raises:
        ValueError: a line is not one exact version followed by hashes.
    """
    found: dict[str, str] = {}
    for entry in re.split(r"\n(?=[^\s#])", text.strip()):
        match = PINNED.match(entry.splitlines()[0].strip())
        if match is None or "--hash=sha256:" not in entry:
            raise ValueError(entry.splitlines()[0])
        found[canonicalize_name(match[1])] = match[2]
    return found


def unanswered(requirements: list[str], lock: Mapping[str, str]) -> list[str]:
    """The requirements a lock does not meet."""
    wanted = [Requirement(text) for text in requirements]
    return [
        str(one)
        for one in wanted
        if (version := lock.get(canonicalize_name(one.name))) is None
        or version not in one.specifier
    ]


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def locks(root: Path) -> Mapping[str, Mapping[str, str]]:
    return {
        name: locked((root / "requirements" / f"{name}.lock").read_text(encoding="utf-8"))
        for name in LOCKS
    }


def test_each_lock_answers_to_pyproject(
    project: dict[str, Any], locks: Mapping[str, Mapping[str, str]]
) -> None:
    assert unanswered(project["project"]["dependencies"], locks["run"]) == []
    for group in LOCKS[1:]:
        assert unanswered(project["dependency-groups"][group], locks[group]) == []
    assert unanswered(project["build-system"]["requires"], locks["build"]) == []


def test_the_locks_fit_into_one_environment(locks: Mapping[str, Mapping[str, str]]) -> None:
    assert locks["run"].items() <= locks["test"].items()
    for name in ("build", "tools"):
        for package in locks[name].keys() & locks["test"].keys():
            assert locks[name][package] == locks["test"][package]


def test_no_other_lock_lies_about(root: Path) -> None:
    assert {path.name for path in (root / "requirements").iterdir()} == {f"{n}.lock" for n in LOCKS}


@pytest.mark.parametrize(
    "text", ["a>=1 \\\n    --hash=sha256:0", "a==1", "-e .", "a @ https://b/c.whl"]
)
def test_a_loose_line_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text.splitlines()[0])):
        locked(text)


def test_a_missing_and_an_old_version_are_seen() -> None:
    lock = locked(
        "Py-YAML==5.0 \\\n    --hash=sha256:0\n    # via x\nrich==15.1 \\\n    --hash=sha256:0"
    )
    assert unanswered(["py_yaml>=6", "typer", "rich>=15,<16"], lock) == ["py_yaml>=6", "typer"]


def test_every_dependency_has_an_upper_bound(root: Path) -> None:
    """A new major version is taken on purpose, never by a fresh install."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        named += [one for one in group if isinstance(one, str)]
    assert [one for one in named if "<" not in one and "==" not in one] == []
