"""Erases words about a person on lawful request (个人信息保护法 第四十七条), provably."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.correct_record import checked_reason
from tongrong.actions.keep_initials import keep_initials
from tongrong.actions.turns import one_write
from tongrong.facts.columns import Text
from tongrong.facts.content import erasable
from tongrong.facts.erasure import PERSONS, ledgers_with_words, names_person, pseudonym
from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.queries.audit import ERASE, erased_persons
from tongrong.queries.clearance import told_of
from tongrong.queries.mentions import mentions
from tongrong.records.models import LEDGER_MODELS
from tongrong.vocabulary.errors import TongrongError, refuse

_SHORTEST_WORD = 2


@dataclass(frozen=True)
class Erasure:
    """What was erased: the pseudonym that stands now, and of how many versions, by ledger.

    `remaining` are the places where the words still stand and that an erasure does not reach.
    To who is not cleared for units abroad, neither tells of their records.
    """

    person: str
    pseudonym: str
    versions: Mapping[str, int]
    remaining: tuple[str, ...]


def erase_person(
    *,
    person: str,
    basis: str,
    reason: str,
    actor: str,
    recorded_at: dt.datetime,
    cleared: bool = False,
) -> Erasure:
    """Put a pseudonym in place of all words about a person, in every version of every row.

    Erased are names, identity numbers and texts of class personal or sensitive of rows that
    name the person by number. What verdicts are computed from stays, so they stay too; so do
    all hashes, since such words are under a seal. The audit entry tells of the erasure without
    the words. Where nothing is left to erase, nothing is written. To who is not `cleared` for
    units abroad, a person of these alone does not exist; of others all words are erased.

    Args:
        basis: the lawful ground, such as the request it answers.

    Raises:
        TongrongError: nobody has this number, reason or basis are missing or repeat the words.
    """
    reason, basis = checked_reason(reason), checked_reason(basis, "--basis")
    with one_write(f"{PERSONS}/{person}"):
        words = _words(person, cleared=cleared)
        repeated = [word for word in words if word in f"{reason}\n{basis}"]
        if repeated:
            raise _says_it_again()
        known = erased_persons().get(person)
        entry = next_entry(recorded_at)
        name = known or pseudonym(entry.number)
        words.discard(name)
        _overwrite_deleted()
        erased = {one.label: _erase(one, person, name) for one in ledgers_with_words()}
        erased = {label: records for label, records in erased.items() if records}
        keep_initials(LEDGERS[PERSONS], [{RECORD: f"{PERSONS}/{person}", "name": name}])
        if erased:
            append_entry(
                number=entry.number,
                at=entry.at,
                actor=actor,
                action=ERASE,
                subject=f"{PERSONS}/{person}",
                detail={
                    "reason": reason,
                    "basis": basis,
                    "pseudonym": name,
                    "rows": {label: len(records) for label, records in erased.items()},
                },
            )
        remaining = tuple(mentions(words)) if words else ()
        transaction.on_commit(_clear_traces)
        records = {record for some in erased.values() for record in some}
        records.update(one.record for one in remaining)
        told = records if cleared else told_of(records - {""}) | {""}
    counts = {label: sum(one in told for one in some) for label, some in erased.items()}
    places = tuple(one.place for one in remaining if one.record in told)
    return Erasure(person, name, {label: n for label, n in counts.items() if n}, places)


def _about(ledger: type[Ledger], person: str) -> Any:
    """All versions of all rows of a ledger that name the person."""
    condition = Q()
    for column in names_person(ledger):
        condition |= Q(**{column: person})
    return LEDGER_MODELS[ledger.code].objects.filter(condition)


def _words(person: str, *, cleared: bool) -> set[str]:
    """What is to be erased; a person nobody knows is refused."""
    if not cleared and not told_of([f"{PERSONS}/{person}"]):
        raise _nobody(person)
    found: set[str] = set()
    for ledger in ledgers_with_words():
        versions = _about(ledger, person)
        if ledger.code == PERSONS and not versions.exists():
            raise _nobody(person)
        if ledger.code == PERSONS:
            for name in erasable(ledger):
                found.update(versions.values_list(name, flat=True))
    return {word for word in found - {None} if len(word) >= _SHORTEST_WORD}


def _erase(ledger: type[Ledger], person: str, name: str) -> list[str]:
    """Erase the words of one ledger's rows; of which record each version was that had any."""
    versions = _about(ledger, person)
    touched: dict[int, str] = {}
    for column in erasable(ledger):
        text = isinstance(ledger.columns[column], Text)
        said = versions.filter(**{f"{column}__isnull": False})
        said = said.exclude(**{column: name}) if text else said
        touched.update(said.values_list("version_id", RECORD))
        said.erase(**{column: name if text else None})
    versions.exclude(salt="").erase(salt="")
    return list(touched.values())


def _overwrite_deleted() -> None:
    """SQLite leaves what was replaced in its file unless told to overwrite it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _clear_traces() -> None:
    """Free what the database keeps of rows as they were: its log, its dead rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in _tables(ledgers_with_words()):
            cursor.execute(f'VACUUM "{table}"')


def _tables(ledgers: Iterable[type[Ledger]]) -> list[str]:
    return [LEDGER_MODELS[ledger.code]._meta.db_table for ledger in ledgers]


def _nobody(person: str) -> TongrongError:
    return refuse(
        "erase.unknown",
        "人员",
        person,
        "“人员”台账中的编号",
        "核对编号；重名的，tongrong export 后在“人员”表中查编号",
    )


def _says_it_again() -> TongrongError:
    return refuse(
        "erase.repeated",
        "--reason、--basis",
        "其中写有要删除的姓名或证件号码（这里不显示）",
        "不含要删除的内容的原因和依据",
        "用人员编号或收文号指称，不写姓名、证件号码",
    )
