"""Writes take turns: one transaction at a time, and what the database refuses said in our words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.errors import refuse

LONGEST_WAIT_SECONDS = 20
_WRITE_LOCK = 73_519_462
_LOCKED, _TAKEN = "55P03", "23505"
_BUSY = (_LOCKED, _TAKEN, "database is locked")


@contextmanager
def one_write(where: str) -> Iterator[None]:
    """A transaction nobody else writes in; `where` is what a refusal is told of.

    Raises:
        TongrongError: another write does not finish, or the database refuses a value. Nothing
            is written then.
    """
    with _refusals(where), transaction.atomic():
        _wait_for_others()
        yield


def _wait_for_others() -> None:
    """One write at a time. SQLite admits one writer anyway (transaction_mode IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            wait = f"{LONGEST_WAIT_SECONDS}s"
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s) FROM set_config('lock_timeout', %s, true)",
                [_WRITE_LOCK, wait],
            )


@contextmanager
def _refusals(where: str) -> Iterator[None]:
    """Turn what the database refuses into errors a person can act on."""
    try:
        yield
    except (IntegrityError, DataError, OperationalError) as error:
        if any(sign in f"{getattr(error.__cause__, 'sqlstate', '')} {error}" for sign in _BUSY):
            raise refuse(
                "import.busy",
                where,
                "另一导入或写入正在进行，或刚改动了同一条记录",
                f"{LONGEST_WAIT_SECONDS} 秒内轮到本次写入",
                "稍后重试；本次未写入任何内容",
            ) from error
        if isinstance(error, OperationalError):
            raise
        raise refuse(
            "import.constraint",
            where,
            _where_refused(error),
            "每个值都在数据库允许的范围内",
            "找到过长、过大或不合规定的值并改正；本次未写入任何内容",
        ) from error


def _where_refused(error: Exception) -> str:
    """Ledger and column whose value the database refused, none of the values: they may be persons'.

    The databases name the constraint, `<ledger>_<column>_valid`, or table and column, or neither.
    """
    place = getattr(error.__cause__, "diag", None)
    said = f"{error} {place.table_name}.{place.column_name}" if place else str(error)
    for code, ledger in LEDGERS.items():
        for name, column in ledger.columns.items():
            if re.search(rf"\b(ledger_)?{code}[_.]{name}(_valid)?\b", said):
                return f"“{ledger.label}”的“{column.label}”有数据库不接受的值"
    return "有数据库不接受的值"
