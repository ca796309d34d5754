"""A full disk or a lost database: told with what to do; nothing is lost, nothing left half."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from pytest_django import DjangoDbBlocker
from tests.builders import Row, a_person
from tests.compiled import with_programs
from tests.databases import SERVER, on_server
from tests.portal.nursery import Child, Nursery, a_nursery
from tests.portal.stores import (
    Store,
    a_store_of,
    exactly,
    first_rows,
    later_rows,
    write_book,
)

MIB = 1 << 20
REFRESH = ("refresh", "--checklist", "branch-scored")
EVALUATE = ("evaluate", "--checklist", "branch-scored")


@contextmanager
def a_small_disk(size: int, owner: str = "root") -> Iterator[Path]:
    """A disk of so many bytes, where this machine lets us have one."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        disk = Path(folder) / "盘"
        disk.mkdir()
        mount = ("mount", "-t", "tmpfs", "-o", f"size={size}", "tongrong", str(disk))
        done = subprocess.run(mount, check=False, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"no disk of our own, which needs root: {done.stderr.strip()}")
        try:
            subprocess.run(("chown", owner, str(disk)), check=True)
            yield disk
        finally:
            subprocess.run(("umount", "-l", str(disk)), check=True)


def fill(disk: Path, *, but: int) -> Path:
    """Fill the disk but for so many bytes; the file to delete again."""
    filler, found = disk / "塞满", os.statvfs(disk)
    filler.write_bytes(bytes(max(found.f_bavail * found.f_frsize - but, 0)))
    return filler


def many_rows() -> dict[str, list[Row]]:
    """Some megabytes of rows, and meetings moved and withdrawn."""
    people = [a_person(f"RYX{n:05d}", name=f"某{n}") for n in range(6000)]
    return {**later_rows(), "persons": people}


def assert_told(said: str) -> None:
    """A refusal in our words, with what to do, and nothing else."""
    assert "磁盘已满" in said or "超过系统允许的大小" in said, said
    assert "办法：" in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@pytest.fixture(autouse=True)
def _database_access(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def prepared(store: Store, nursery: Nursery, folder: Path) -> None:
    """A store with facts; the books to import next."""
    for name, rows in (("一", first_rows()), ("二", later_rows()), ("多", many_rows())):
        write_book(rows, folder / f"{name}.xlsx")
    code, said = nursery.run("import", "一.xlsx")
    assert code == 0, said
    store.settle()


def test_on_a_full_disk_every_command_says_so_and_leaves_nothing_half(tmp_path: Path) -> None:
    with a_small_disk(8 * MIB) as disk, a_store_of("sqlite", disk) as store:
        env = {"TONGRONG_HOME": str(disk), "DATABASE_URL": store.url}
        with a_nursery(env, tmp_path) as nursery:
            prepared(store, nursery, tmp_path)
            assert nursery.run(*REFRESH)[0] == 0
            own = {disk / "塞满", disk / "programs", *store.files()}
            commands = (
                ("import", "多.xlsx"),
                ("backup", disk / "备份.zip"),
                ("export", disk / "台账.xlsx"),
                ("export", disk / "台账"),
                ("export", "--parquet", disk / "台账"),
                ("template", disk / "模板.xlsx"),
                *(
                    (*EVALUATE, "--format", form, "-o", disk / f"判定.{form}")
                    for form in ("json", "xlsx", "parquet")
                ),
                (*EVALUATE, "-o", disk / "判定.txt"),
            )
            refused = set()
            for but in (0, 70_000):
                filler = fill(disk, but=but)
                for words in commands:
                    before = exactly(store)
                    code, said = nursery.run(*words)
                    written = set(disk.iterdir()) - own
                    if code:
                        assert code in {2, 4}, said
                        assert_told(said)
                        assert exactly(store) == before
                        assert not written, words
                        refused.add(words)
                    for one in written:
                        shutil.rmtree(one) if one.is_dir() else one.unlink()
                filler.unlink()
            assert refused == set(commands)
            assert nursery.run("import", "多.xlsx")[0] == 0
            assert nursery.run("verify")[0] == 0


@pytest.mark.needs_postgres
def test_an_import_into_a_full_tablespace_is_undone_and_can_be_done_again(tmp_path: Path) -> None:
    name = f"tongrong_test_{os.getpid()}"
    with a_small_disk(64 * MIB, "postgres") as disk:
        made = f"CREATE TABLESPACE {{name}} LOCATION '{disk}'"
        try:
            on_server(made, name=name)
        except psycopg.OperationalError as error:
            pytest.skip(f"the server does not see this machine's disks: {error}")
        try:
            _fill_a_tablespace(disk, name, tmp_path)
        finally:
            on_server("DROP TABLESPACE {name}", name=name)


def _fill_a_tablespace(disk: Path, tablespace: str, folder: Path) -> None:
    with a_store_of("postgresql", folder, tablespace) as store:
        env = {"TONGRONG_HOME": str(with_programs(folder)), "DATABASE_URL": store.url}
        with a_nursery(env, folder) as nursery:
            prepared(store, nursery, folder)
            on_server("CHECKPOINT")
            filler, before = fill(disk, but=200_000), exactly(store)
            code, said = nursery.run("import", "多.xlsx")
            assert code == 4, said
            assert_told(said)
            store.settle()
            filler.unlink()
            assert exactly(store) == before
            assert nursery.run("import", "多.xlsx")[0] == 0
            assert nursery.run("verify")[0] == 0


def test_a_file_that_may_not_grow_is_refused_and_the_one_before_it_kept(tmp_path: Path) -> None:
    """Also without root: a limit on the size of files refuses as a full disk does."""
    with a_store_of("sqlite", tmp_path) as store:
        env = {"TONGRONG_HOME": str(with_programs(tmp_path)), "DATABASE_URL": store.url}
        with a_nursery(env, tmp_path) as nursery:
            prepared(store, nursery, tmp_path)
            before, there = exactly(store), set(tmp_path.iterdir())
            code, said = nursery.run("import", "多.xlsx", largest=store.file.stat().st_size + 9000)
            assert (code, "磁盘已满" in said) == (4, True), said
            assert exactly(store) == before
            for name, words in (
                ("旧.zip", ("backup", "旧.zip", "--force")),
                ("旧.xlsx", ("export", "旧.xlsx", "--force")),
            ):
                (tmp_path / name).write_text("以前的")
                code, said = nursery.run(*words, largest=1000)
                if code == 4:  # the log of the SQLite file may not grow either
                    assert_told(said)
                else:
                    assert (code, name in said) == (2, True), said
                    assert_told(said)
                assert (tmp_path / name).read_text() == "以前的"
            ours = {tmp_path / f"旧.{end}" for end in ("zip", "xlsx")} | {*store.files()}
            assert set(tmp_path.iterdir()) <= there | ours


@pytest.mark.needs_postgres
def test_a_database_lost_within_an_import_is_told_and_the_next_import_works(tmp_path: Path) -> None:
    with a_store_of("postgresql", tmp_path) as store:
        env = {"TONGRONG_HOME": str(with_programs(tmp_path)), "DATABASE_URL": store.url}
        with a_nursery(env, tmp_path) as nursery:
            prepared(store, nursery, tmp_path)
            before = exactly(store)
            with psycopg.connect(SERVER, dbname=store.name) as other:
                other.execute("LOCK TABLE import_runs IN SHARE MODE")
                child = nursery.start("import", "二.xlsx")
                _end_its_session_once_it_waits(store, child)
            code, said = child.ended(), child.said.read_text("utf-8")
            assert (code, "与数据库服务器的连接断了" in said) == (4, True), said
            assert "没有报过已完成的，都没有写入" in said
            store.settle()
            assert exactly(store) == before
            assert nursery.run("import", "二.xlsx")[0] == 0
            assert nursery.run("verify")[0] == 0


def _end_its_session_once_it_waits(store: Store, child: Child) -> None:
    """The import has written the rows of its ledgers by then; what it did is written last."""
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = %s AND backend_xid IS NOT NULL AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(SERVER, autocommit=True) as server:
        while not server.execute(ended, [store.name]).fetchone():
            assert not child.is_over(), child.said.read_text("utf-8")
            time.sleep(0.001)
