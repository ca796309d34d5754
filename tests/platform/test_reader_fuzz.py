"""Whatever bytes a file has, reading it ends in facts or in a refusal, never in a crash.

`TONGRONG_SOAK_SECONDS` says how long all of it may take (20 where it says nothing).
"""

import datetime as dt
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.platform.book_bytes import ERRORS, WRITERS, Book, Failed, Page
from tests.platform.messy_files import HEAD, cases

from tongrong.facts.check import check_references, check_sense
from tongrong.facts.from_files import read_facts
from tongrong.facts.registry import LEDGERS
from tongrong.facts.settle import settle
from tongrong.vocabulary.errors import TongrongError

SECONDS = float(os.environ.get("TONGRONG_SOAK_SECONDS", "20"))
VALID = {case.name: case.data for case in cases().values() if case.arrives is not None}
FILES = sorted(VALID.items())


def for_a_while(share: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a property over and over until its share of the time is spent."""

    def wrapper(test: Callable[..., None]) -> Callable[..., None]:
        def run() -> None:
            end = time.monotonic() + SECONDS * share
            while time.monotonic() < end:
                test()

        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return wrapper


quick = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


def read(name: str, data: bytes) -> None:
    """Read and settle the file; a refusal says where, what and how to mend it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            settled = settle(read_facts(path))
            problems = settled.problems + check_references(
                settled.reading.snapshot,
                sources=settled.reading.sources,
                directory=settled.directory,
            )
            problems += check_sense(settled.reading.snapshot, settled.reading.sources)
        except TongrongError as refused:
            problems = list(refused.problems)
            said = str(refused)
        else:
            said = "taken"
    assert said
    assert all(one.code and one.expected and one.remedy for one in problems)


def changed(data: bytes, changes: list[tuple[int, bytes, bool]]) -> bytes:
    """The bytes with some replaced or put in."""
    for at, new, insert in changes:
        place = at % (len(data) + 1)
        data = data[:place] + new + data[place + (0 if insert else len(new)) :]
    return data


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 2**20),
        st.binary(max_size=8) | st.sampled_from([b"\xff\xff\xff\xff", b"\0\0", b"<", b"\r\n"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@for_a_while(0.3)
@quick
@given(st.sampled_from(FILES), CHANGES, st.integers(0, 2**20) | st.none())
def test_files_with_bytes_changed(
    file: tuple[str, bytes], changes: list[tuple[int, bytes, bool]], cut: int | None
) -> None:
    name, data = file
    data = changed(data, changes)
    read(name, data if cut is None else data[: cut % (len(data) + 1)])


@for_a_while(0.3)
@quick
@given(st.sampled_from([one for one in FILES if one[1][:2] == b"PK"]), st.data())
def test_archives_with_the_bytes_of_a_part_changed(file: tuple[str, bytes], data: Any) -> None:
    """Bytes changed in a packed part break its checksum; so they are changed unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file[1])) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        touched = data.draw(st.sampled_from(names))
        for name in names:
            part = old.read(name)
            new.writestr(name, changed(part, data.draw(CHANGES)) if name == touched else part)
    read(file[0], out.getvalue())


WORDS = st.sampled_from(
    [
        *HEAD,
        *(
            "序号",
            "合计",
            "小计",
            "注：",
            "单位：万元",
            "—",
            "是",
            "√",
            "ZB01",
            "党课",
            "2026年3月5日",
        ),
        *(
            "3/5/2026",
            "12.5万元",
            "33.5%",
            "1E+17",
            "#N/A",
            "",
            " ",
            "\u200b",
            "\n",
            "|",
            "\x00\x01",
        ),
        *(column.label for ledger in LEDGERS.values() for column in ledger.columns.values()),
    ]
)
CELLS = (
    st.none()
    | WORDS
    | st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(2**31), 2**31)
    | st.booleans()
    | st.dates(max_value=dt.date(9999, 12, 31))
    | st.sampled_from([Failed(code) for code in ERRORS])
)
ROWS = st.lists(st.lists(CELLS, max_size=8), max_size=12)
NAMES = st.sampled_from([ledger.label for ledger in LEDGERS.values()] + ["Sheet1", "会议"])


@for_a_while(0.3)
@quick
@given(st.sampled_from(["ods", "xlsb"]), NAMES, ROWS, st.lists(st.sampled_from(HEAD)))
def test_sheets_of_any_cells(form: str, name: str, rows: list[list[Any]], head: list[str]) -> None:
    data = WRITERS[form](Book([Page(name, [head, *rows])]))
    read(f"台账.{form}", data)


@for_a_while(0.1)
@quick
@given(NAMES, st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_texts_of_any_bytes(name: str, data: bytes) -> None:
    read(f"{name}.csv", data)


def test_the_fuzzers_have_files_of_every_format() -> None:
    begins = {data[:2] for _, data in FILES}
    assert {b"PK", b"\xd0\xcf", b"PA"} <= begins
    assert SECONDS > 0


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), 1e308, -0.0])
def test_numbers_that_are_none_are_refused(cell: float) -> None:
    read("台账.xlsb", WRITERS["xlsb"](Book([Page("会议活动", [HEAD, [cell] * 4])])))
