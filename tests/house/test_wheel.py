"""What is shipped is complete, and what is installed for development is the folder itself."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tongrong.facts.registry import LEDGERS
from tongrong.portal.apps import ASSETS


def built(root: Path, folder: Path, version: str) -> set[str]:
    """The names in a freshly built wheel."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", f"wheel:{version}", "-d", str(folder)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_a_wheel_brings_checklists_and_samples(root: Path, tmp_path: Path) -> None:
    names = built(root, tmp_path, "standard")
    norms = {path.relative_to(root / "norms") for path in (root / "norms").rglob("*.yaml")}
    assert norms
    assert {f"tongrong/_norms/{path.as_posix()}" for path in norms} <= names
    assert {f"tongrong/facts/samples/{code}.yaml" for code in LEDGERS} <= names
    assert {f"tongrong/portal/static/vendor/{name}" for name in ASSETS} <= names
    pages = {path.relative_to(root / "src") for path in (root / "src").rglob("*.html")}
    assert {path.as_posix() for path in pages} <= names
    strangers = {name for name in names if not name.startswith(("tongrong/", "tongrong-"))}
    assert strangers == set()


def test_an_editable_installation_copies_nothing(root: Path, tmp_path: Path) -> None:
    """A copy of a checklist beside the folder would go on being read after the folder changed."""
    names = built(root, tmp_path, "editable")
    assert {name for name in names if ".dist-info/" not in name} == {"_tongrong.pth"}
