"""Each room tells a newcomer in six lines what it is for and where its door is."""

import re
from pathlib import Path

import pytest

LONGEST = 6
DOOR = re.compile(r"\bfrom_\w+\.py\b")


def breaches(room: Path) -> list[str]:
    """What a room's README lacks."""
    if not (room / "README.md").exists():
        return [f"{room.name} has no README.md"]
    text = (room / "README.md").read_text(encoding="utf-8")
    found = []
    if not text.strip():
        found.append(f"{room.name}/README.md is empty")
    if (lines := len(text.splitlines())) > LONGEST:
        found.append(f"{room.name}/README.md has {lines} lines")
    doors, named = {path.name for path in room.glob("from_*.py")}, set(DOOR.findall(text))
    found += [f"{room.name}/README.md does not name {door}" for door in sorted(doors - named)]
    found += [
        f"{room.name}/README.md names {door}, which is not there" for door in sorted(named - doors)
    ]
    return found


def test_every_room_says_what_it_is_and_names_its_doors(package: Path) -> None:
    rooms = [
        path for path in sorted(package.iterdir()) if path.is_dir() and path.name[0] not in "._"
    ]
    assert {"vocabulary", "norms", "facts", "engine"} <= {room.name for room in rooms}
    assert [breach for room in rooms for breach in breaches(room)] == []


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        (None, "facts has no README.md"),
        ("\n", "facts/README.md is empty"),
        ("Facts, from `from_rows.py`.\n" + "line\n" * 6, "facts/README.md has 7 lines"),
        ("Facts.", "facts/README.md does not name from_rows.py"),
        ("`from_rows.py`, `from_air.py`", "facts/README.md names from_air.py, which is not there"),
    ],
)
def test_a_breach_is_seen(text: str | None, breach: str, tmp_path: Path) -> None:
    room = tmp_path / "facts"
    room.mkdir()
    (room / "from_rows.py").touch()
    if text is not None:
        (room / "README.md").write_text(text, encoding="utf-8")
    assert breach in breaches(room)
