"""What README tells a newcomer to type exists."""

import re
import tomllib
from pathlib import Path

COMMAND = re.compile(r"(?:^|[\s;&|])make((?:[ ]+-\w+|[ ]+[A-Za-z][\w-]*(?![\w=-]))+)", re.MULTILINE)
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
TARGET = re.compile(r"^([a-z][\w-]*):(?!=)", re.MULTILINE)
DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/index.md")


def make_targets(text: str) -> set[str]:
    """The targets that the code in a document's text calls; its prose calls none."""
    code = "\n".join(block or inline for block, inline in CODE.findall(text))
    code = re.sub(r"\s#.*", "", code)
    return {
        target for found in COMMAND.findall(code) for target in found.split() if target[0] != "-"
    }


def test_every_make_command_in_the_documents_is_a_target(root: Path) -> None:
    targets = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    for name in DOCUMENTS:
        called = make_targets((root / name).read_text(encoding="utf-8"))
        assert {"run", "test"} <= called, f"{name} does not show the two commands"
        assert called <= targets, f"{name}: {called - targets}"


def test_every_target_is_phony_and_explained(root: Path) -> None:
    """A folder called `docs` or `test` must not make `make docs` think its work is done."""
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(TARGET.findall(makefile))
    phony = set(re.findall(r"^\.PHONY: ([a-z][\w-]*)$", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z][\w-]*):.* ## .", makefile, re.MULTILINE))
    assert targets == phony
    assert targets - explained == {"new-locks"}, "an inner step needs no line in `make help`"


def test_calls_are_read_from_code_only() -> None:
    block = "```sh\nmake run   # make nothing\nmake -j2 docs\nmake lint types\n```"
    text = f"To make sure:\n\n{block}\n`make help`"
    assert make_targets(text) == {"run", "lint", "types", "docs", "help"}


def test_the_command_line_starts_where_pyproject_says(root: Path) -> None:
    scripts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "scripts"
    ]
    module, _, function = scripts["tongrong"].partition(":")
    source = (root / "src" / Path(*module.split("."))).with_suffix(".py")
    assert re.search(rf"^def {function}\(", source.read_text(encoding="utf-8"), re.MULTILINE)
