"""What people really send: each messy file arrives as it should or is refused whole."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.databases import DATABASES
from tests.platform.conftest import a_migrated_database
from tests.platform.messy_files import SEED, Case, cases
from tests.platform.rows import reading_of

from tongrong.actions.import_facts import ImportResult, Sender, import_facts
from tongrong.facts.from_files import read_facts
from tongrong.facts.headings import meant
from tongrong.records.models import LEDGER_MODELS, AuditEntry, ImportRun, SenderColumn
from tongrong.vocabulary.errors import TongrongError

CASES = cases()
NOON = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module", params=DATABASES)
def seeded(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A store with two enterprises, three Party organizations, four persons and a meeting."""
    file = tmp_path_factory.mktemp("messy") / "store.sqlite3"
    with django_db_blocker.unblock(), a_migrated_database(request, file):
        _seed()
        yield


def _seed() -> None:
    import_facts(
        reading=reading_of({code: list(rows) for code, rows in SEED.items()}),
        file_name="期初.xlsx",
        file_hash="0" * 64,
        actor="小王",
        recorded_at=NOON - dt.timedelta(days=1),
    )


def content() -> str:
    """A hash of every row of every table that an import writes."""
    models = [*LEDGER_MODELS.values(), ImportRun, AuditEntry, SenderColumn]
    rows = (row for model in models for row in model.objects.order_by("pk").values_list())
    return hashlib.sha256("\n".join(map(repr, rows)).encode()).hexdigest()


def take_in(case: Case, folder: Path) -> ImportResult:
    """The case's file, written and imported."""
    path = folder / case.name
    path.write_bytes(case.data)
    columns = [meant(text) for text in case.columns]
    return import_facts(
        reading=read_facts(path, columns),
        file_name=path.name,
        file_hash="1" * 64,
        actor="小王",
        recorded_at=NOON,
        sender=Sender("样例制造", columns) if columns else None,
    )


@pytest.mark.parametrize(
    "title", [title for title, case in CASES.items() if case.arrives is not None]
)
@pytest.mark.usefixtures("seeded")
def test_a_messy_file_arrives(title: str, tmp_path: Path) -> None:
    case = CASES[title]
    with transaction.atomic():
        result = take_in(case, tmp_path)
        for code, rows in (case.arrives or {}).items():
            columns = list(rows[0])
            added = LEDGER_MODELS[code].objects.filter(source_file=case.name).order_by("source_row")
            assert list(added.values(*columns)) == [dict(row) for row in rows]
        total = sum(len(rows) for rows in (case.arrives or {}).values())
        assert result.added >= total
        assert result.added == total or title == "引用同一文件里的名称"
        told = [f"{note.where}：{note.text}" for note in result.notes]
        assert len(told) == len(case.told), told
        assert [word for word in case.told if not any(word in one for one in told)] == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("title", [title for title, case in CASES.items() if case.refused])
@pytest.mark.usefixtures("seeded")
def test_a_messy_file_is_refused_whole(title: str, tmp_path: Path) -> None:
    case, before = CASES[title], content()
    with pytest.raises(TongrongError) as caught:
        take_in(case, tmp_path)
    found = [
        (one.where.removeprefix(case.name).removeprefix("!"), one.code)
        for one in caught.value.problems
    ]
    assert found == list(case.refused)
    said = str(caught.value)
    assert [word for word in case.hints if word not in said] == []
    assert content() == before


@pytest.mark.parametrize("title", [title for title, case in CASES.items() if case.arrives])
@pytest.mark.usefixtures("seeded")
def test_a_messy_file_twice_changes_nothing(title: str, tmp_path: Path) -> None:
    with transaction.atomic():
        take_in(CASES[title], tmp_path)
        again = take_in(CASES[title], tmp_path)
        assert (again.added, again.corrected, again.withdrawn) == (0, 0, 0)
        transaction.set_rollback(True)


def test_the_corpus_is_of_at_least_sixty_files() -> None:
    assert len(CASES) >= 60
    assert all((case.arrives is None) != (not case.refused) for case in CASES.values())
