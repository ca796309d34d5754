"""Sample rows of every ledger, evidently invented; together they form one small consistent set.

Each `<ledger code>.yaml` is a list of rows keyed by the headings, written as a user would
type them, and goes through the same reading as a sheet.
"""

from pathlib import Path

import yaml

from tongrong.facts.grid import Grid, read_grid
from tongrong.facts.reading import FilesRefused
from tongrong.facts.registry import LEDGERS
from tongrong.facts.snapshot import Snapshot

FOLDER = Path(__file__).parent


def sample_snapshot() -> Snapshot:
    """The sample rows of all ledgers.

    Raises:
        FilesRefused: a sample breaks its ledger's declaration.
    """
    sheets = [read_grid(LEDGERS[file.stem], _grid(file)) for file in sorted(FOLDER.glob("*.yaml"))]
    problems = [problem for sheet in sheets for problem in sheet.problems]
    if problems:
        raise FilesRefused(problems)
    return Snapshot.of({sheet.ledger.code: sheet.table for sheet in sheets})


def _grid(file: Path) -> Grid:
    """The rows as typed: nothing in the file becomes a number or a date on the way."""
    text = file.read_text(encoding="utf-8")
    rows: list[dict[str, str]] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 makes only text
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    body = [[row.get(heading) for heading in headings] for row in rows]
    return Grid(file.name, "", [headings, *body])
