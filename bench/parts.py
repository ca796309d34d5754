"""The parts of `make bench`, each in a process of its own, so that its peak memory is its own."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
SHORT = 10.0
Told = dict[str, Any]


class PartFailed(Exception):
    """A part of the benchmark ended with an error; says its last words."""


def run(module: str, *arguments: object, **environment: str) -> list[Told]:
    """What a module of bench told, one JSON object a line.

    Raises:
        PartFailed: it ended with an error, or told nothing.
    """
    command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
    done = subprocess.run(  # noqa: S603 our own modules
        command, check=False, capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, **environment},
    )  # fmt: skip
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()[-8:]
        raise PartFailed(f"bench.{module} ended with {done.returncode}: " + "\n".join(words))
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not told:
        raise PartFailed(f"bench.{module} told nothing")
    return told


def facts(units: int, out: Path) -> Path:
    """The facts of so many units, made once and kept."""
    folder, part = out / f"facts-{units}", out / f"facts-{units}.part"
    if not folder.exists():
        shutil.rmtree(part, ignore_errors=True)
        command = [sys.executable, "-m", "bench.facts", "--units", str(units), "--to", str(part)]
        try:
            subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 our own module
        except subprocess.CalledProcessError as error:
            raise PartFailed(f"bench.facts ended with {error.returncode}") from error
        part.replace(folder)
    return folder


def engine(folder: Path, out: Path) -> Told:
    """The whole checklist; of three runs, where they are short, the one with the median total."""
    runs = run("engine", folder, "--programs", out / "programs")
    if runs[0]["total_s"] < SHORT:
        runs += [run("engine", folder, "--programs", out / "programs")[0] for _ in range(2)]
    median = statistics.median(one["total_s"] for one in runs)
    return next(one for one in runs if one["total_s"] == median)


def peers(folder: Path, out: Path, openfisca: Path) -> Told:
    """The four clauses side by side."""
    return run("peers", folder, out / "peers", "--openfisca", openfisca)[0]


def incremental(units: int, url: str) -> Told:
    """What one record costs: the largest p50 and p95 among the kinds of record, and each."""
    first, *kinds = run("incremental", "--units", units, "--bare", DATABASE_URL=url)
    return {
        "incremental_p50_ms": max(kind["p50_ms"] for kind in kinds),
        "incremental_p95_ms": max(kind["p95_ms"] for kind in kinds),
        "fill_s": first["fill_s"],
        "records": {kind.pop("record"): kind for kind in kinds},
    }


def importing(folder: Path, rows: int, out: Path, url: str) -> Told:
    """Rows per second of `tongrong import`."""
    home = str(out / "home")
    told = run("importing", folder, "--rows", rows, "--to", out, DATABASE_URL=url,
               TONGRONG_HOME=home)  # fmt: skip
    return told[0]


@contextmanager
def sqlite(out: Path) -> Iterator[str]:
    """The URL of a new SQLite file, removed afterwards."""
    file = out / "store.sqlite3"
    beside = [file, *(file.with_name(file.name + ending) for ending in ("-wal", "-shm"))]
    for one in beside:
        one.unlink(missing_ok=True)
    try:
        yield f"sqlite:///{file.resolve()}"
    finally:
        for one in beside:
            one.unlink(missing_ok=True)


def no_postgresql(server: str) -> str:
    """Why no PostgreSQL server can be used; empty where one answers."""
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip()
    return ""


@contextmanager
def postgresql(server: str) -> Iterator[str]:
    """The URL of a new database of a server, dropped afterwards."""
    name = f"tongrong_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(
                sql.Identifier(name)
            )
        )
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def server_version(server: str) -> str:
    """The version of a PostgreSQL server."""
    with psycopg.connect(server) as connection:
        (told,) = connection.execute("SHOW server_version").fetchone() or ("",)
        return str(told)


def chosen(environment: Mapping[str, str]) -> list[int]:
    """The sizes to run: those that TONGRONG_BENCH_UNITS names, else all.

    Raises:
        ValueError: it names no whole numbers of units, each at least 1.
    """
    named = environment.get("TONGRONG_BENCH_UNITS", "").replace(",", " ").split()
    for one in named:
        if not one.isdecimal() or int(one) < 1:
            raise ValueError(f"TONGRONG_BENCH_UNITS: {one} is no number of units")
    return [int(one) for one in named] or [200, 2_000, 20_000]
