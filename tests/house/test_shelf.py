"""The shelf of clause kinds: what every kind must bring, or it is refused."""

import importlib
import inspect
import pkgutil
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

from tongrong.engine import readings
from tongrong.engine.shelf import kinds
from tongrong.norms.located import read_yaml

SCENARIOS = Path(__file__).parents[1] / "scenarios" / "kinds"
TEN = {
    "frequency",
    "coverage",
    "ratio",
    "headcount",
    "document",
    "precedence",
    "incumbency",
    "trend",
    "deadline",
    "assessment",
}


def examples(module: ModuleType) -> list[str]:
    """The YAML examples in a module's docstring, after the line `Example:` or `Examples:`."""
    text = inspect.getdoc(module) or ""
    for heading in ("Examples:\n", "Example:\n"):
        if heading in text:
            return textwrap.dedent(text.split(heading, 1)[1]).split("\n---\n")
    return []


def modules() -> list[ModuleType]:
    """The modules of all kinds."""
    return [importlib.import_module(kind.__module__) for kind in kinds().values()]


def test_the_ten_ways_to_write_a_requirement_are_there() -> None:
    """clauses.md names ten kinds; more may be added, none may be missing."""
    assert set(kinds()) >= TEN


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__.split(".")[-1])
def test_a_kind_shows_an_example_that_reads(module: ModuleType, tmp_path: Path) -> None:
    """The example an author of norms copies is one the kind accepts."""
    name = module.__name__.split(".")[-1]
    found = examples(module)
    assert found, f"{name}: its docstring has no `Example:` in YAML"
    for example in found:
        file = tmp_path / "example.yaml"
        file.write_text(example, encoding="utf-8")
        kinds()[name].model_validate(read_yaml(file).data)


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_kind_has_an_independent_reading(name: str) -> None:
    """Without the oracle nobody can say whether the expression means what it should."""
    found = {module.name for module in pkgutil.iter_modules(readings.__path__)}
    assert name in found, f"engine/readings/{name}.py is missing"


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_kind_has_scenarios(name: str) -> None:
    """Cases in domain words show what the kind means."""
    file = SCENARIOS / f"{name}.yaml"
    assert file.is_file(), f"tests/scenarios/kinds/{name}.yaml is missing"
    assert read_yaml(file).data
