"""The manual shows every ledger and kind, and reads the same on a network without internet."""

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Strength, Verdict


def built(root: Path, site: Path) -> Path:
    """The manual, built as `make docs` does, into another folder."""
    build(load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True))
    return site


@pytest.fixture(scope="module")
def manual(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(root, tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("code", LEDGERS)
def test_a_ledger_has_a_page_with_all_its_columns(code: str, manual: Path) -> None:
    page = (manual / "ledgers" / f"{code}.html").read_text(encoding="utf-8")
    for name, column in LEDGERS[code].columns.items():
        assert column.label in page
        assert f"<code>{name}</code>" in page
    assert f'"{code}.html"' in (manual / "ledgers" / "index.html").read_text(encoding="utf-8")


def test_a_kind_has_a_page_with_its_example(package: Path, manual: Path) -> None:
    kinds = [path.stem for path in (package / "engine" / "kinds").glob("[!_]*.py")]
    assert kinds
    for kind in kinds:
        page = (manual / "kinds" / f"{kind}.html").read_text(encoding="utf-8")
        assert re.search(rf'<code class="language-yaml">[^<]*kind: {kind}\n', page), kind


def test_the_glossary_names_every_verdict_as_the_product_does(root: Path) -> None:
    glossary = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    for verdict in Verdict:
        assert f"| {verdict.label} | `{verdict.value}` |" in glossary
    for strength in Strength:
        assert f"{strength.label}（{strength.value}）" in glossary


def test_verdicts_stand_in_the_glossary_worst_first(root: Path) -> None:
    glossary = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    worst_first = sorted(Verdict, key=lambda verdict: verdict.severity, reverse=True)
    places = [glossary.index(f"`{verdict.value}`") for verdict in worst_first]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "planted",
    [
        "<script src='https://cdn.example/a.js'></script>",
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        '<img alt="" src="http://pictures.example/a.png">',
        '<p style="background: url(https://pictures.example/a.png)">x</p>',
        "<style>@import 'https://fonts.example/a.css';</style>",
    ],
)
def test_a_page_that_would_load_from_elsewhere_is_refused(
    planted: str, root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# 页\n\n{planted}\n", encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("docs/hooks.py", str(root / "docs" / "hooks.py"))
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    with pytest.raises(Abort):
        built(tmp_path, tmp_path / "site")
    assert re.search(r"index\.html: .*example/a", caplog.text)


def test_only_the_manual_is_published(manual: Path) -> None:
    assert [path.name for path in manual.rglob("*") if path.suffix in {".py", ".pyc", ".md"}] == []


def test_a_plain_link_elsewhere_is_let_through(manual: Path) -> None:
    """The theme's footer links to its makers; nothing is fetched from them."""
    assert 'href="https://www.mkdocs.org/"' in (manual / "index.html").read_text(encoding="utf-8")
