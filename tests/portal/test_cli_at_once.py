"""Two commands at once, and a clock set back: each is whole, or refused with nothing written."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.builders import a_branch, a_person
from tests.compiled import with_programs
from tests.databases import DATABASES, django_at
from tests.portal.nursery import Nursery, a_nursery
from tests.portal.stores import (
    LEDGER_TABLES,
    Rows,
    Store,
    a_store_of,
    exactly,
    first_rows,
    in_substance,
    later_rows,
    write_book,
)

from tongrong.actions.import_facts import import_facts
from tongrong.facts.from_files import read_facts
from tongrong.portal import clock
from tongrong.queries.audit import first_entry_at
from tongrong.records.models import AuditEntry


@pytest.fixture(params=DATABASES)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Store]:
    """A database nobody has used, and three books: one, more of the same, and something else."""
    other = {
        "party_organizations": [a_branch("DZ2", of=None)],
        "persons": [a_person(f"QT{n:02d}", name=f"他{n}") for n in range(30)],
    }
    for name, rows in (("一", first_rows()), ("二", later_rows()), ("三", other)):
        write_book(rows, tmp_path / f"{name}.xlsx")
    with a_store_of(request.param, tmp_path) as made, django_db_blocker.unblock():
        yield made


@pytest.fixture
def two(store: Store, tmp_path: Path) -> Iterator[list[Nursery]]:
    """Two nurseries of the store."""
    env = {"TONGRONG_HOME": str(with_programs(tmp_path)), "DATABASE_URL": store.url}
    with ExitStack() as stack:
        yield [stack.enter_context(a_nursery(env, tmp_path)) for _ in range(2)]


def at_once(two: list[Nursery], *books: str) -> list[str]:
    """Import each book by a process of its own, begun together; what they said."""
    children = [one.start("import", book) for one, book in zip(two, books, strict=True)]
    said = []
    for child in children:
        code = child.ended()
        said.append(child.said.read_text("utf-8"))
        assert code == 0, said
    return said


def facts(store: Store) -> Rows:
    """What the ledgers say."""
    return {name: rows for name, rows in in_substance(store).items() if name in LEDGER_TABLES}


def test_two_imports_at_once_give_what_one_after_the_other_gives(
    store: Store, two: list[Nursery]
) -> None:
    """The first two also make the tables, both at once."""
    same = at_once(two, "一.xlsx", "一.xlsx")
    assert sum("新增 62，更正 0，撤回 0，未变 0" in one for one in same) == 1, same
    assert sum("新增 0，更正 0，撤回 0，未变 62" in one for one in same) == 1, same
    one_twice = facts(store)
    store.settle()
    store.keep("one")
    at_once(two, "二.xlsx", "三.xlsx")
    together = facts(store)
    assert "全部相符" in two[0].run("verify")[1]
    store.settle()
    store.put_back("one")
    assert facts(store) == one_twice
    for book in ("二.xlsx", "三.xlsx"):
        assert two[0].run("import", book)[0] == 0
    assert facts(store) == together


def test_a_clock_set_back_is_refused_and_a_little_behind_is_not(
    store: Store, two: list[Nursery], tmp_path: Path
) -> None:
    """The write before was made while the clock was ahead: by four minutes, then by an hour."""
    assert two[0].run("import", "一.xlsx")[0] == 0
    ahead = clock.now() + dt.timedelta(minutes=4)
    write_ahead(store, tmp_path / "二.xlsx", ahead)
    code, said = two[0].run("withdraw", "HY20", "--reason", "没有开成")
    assert code == 0, said
    with django_at(store.url):
        assert first_entry_at() < ahead
        assert list(AuditEntry.objects.order_by("number").values_list("at", flat=True))[1:] == (
            [ahead, ahead]
        )
    write_ahead(store, tmp_path / "三.xlsx", ahead + dt.timedelta(hours=1))
    before = exactly(store)
    for words in (
        ("import", "二.xlsx"),
        ("correct", "HY19", "--set", "form=线上", "--reason", "核对"),
        ("withdraw", "HY19", "--reason", "没有开成"),
        ("erase", "RY05", "--basis", "收文7号", "--reason", "申请"),
    ):
        code, said = two[0].run(*words)
        assert (code, "import.clock" in said, "校准本机时钟" in said) == (4, True, True), said
        assert exactly(store) == before
    assert "全部相符" in two[0].run("verify")[1]


def write_ahead(store: Store, book: Path, at: dt.datetime) -> None:
    """Import a book at a moment of our own."""
    with django_at(store.url):
        import_facts(
            reading=read_facts(book),
            file_name=book.name,
            file_hash="0" * 64,
            actor="小王",
            recorded_at=at,
        )
