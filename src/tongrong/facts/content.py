"""The fingerprint of what a row says, by which a repeated row is told from a corrected one.

Words about a person (`erasable`) go into it only as a salted digest, the seal. So they can be
erased on request: the salt goes with them, the digest tells nothing without it, and the
fingerprint can still be computed from what remains.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tongrong.facts.columns import IdentityNumber, Privacy, Text
from tongrong.facts.ledger import STATUS, Ledger
from tongrong.vocabulary.digests import Sm3

SEALED = "sealed"


def erasable(ledger: type[Ledger]) -> tuple[str, ...]:
    """The columns with words about a person, in alphabetical order: names, identity numbers.

    Days, amounts and choices about persons are none of them: figures are computed from those.
    """
    return tuple(
        sorted(
            name
            for name, column in ledger.columns.items()
            if column.privacy is not Privacy.OPEN and isinstance(column, Text | IdentityNumber)
        )
    )


@dataclass(frozen=True)
class Seal:
    """What stands for a row's words about a person: their digest, and the salt that opens it.

    Both are empty where there are no such words; without its salt the words are erased.
    """

    salt: str = ""
    sealed: str = ""

    @property
    def erased(self) -> bool:
        """Whether the words it stood for are gone."""
        return bool(self.sealed) and not self.salt


def seals(
    ledger: type[Ledger], table: pa.Table, before: Sequence[Seal], salt: Callable[[], str]
) -> list[Seal]:
    """The seal of each row; `before` are those of the records' versions so far.

    A record keeps its salt, so the same words give the same seal. The seal of erased words
    stays as long as the row has words in their place.
    """
    found = []
    for text, seal in zip(_words(ledger, table), before, strict=True):
        if not text:
            found.append(Seal())
        elif seal.erased:
            found.append(seal)
        else:
            own = seal.salt or salt()
            found.append(Seal(own, _sealed(own, text)))
    return found


def broken_seals(ledger: type[Ledger], table: pa.Table, given: Sequence[Seal]) -> list[int]:
    """The rows whose words are not those their seal stands for; erased ones are not judged."""
    if not erasable(ledger):
        return []
    return [
        index
        for index, (text, seal) in enumerate(zip(_words(ledger, table), given, strict=True))
        if not seal.erased and seal.sealed != (_sealed(seal.salt, text) if text else "")
    ]


def content_hashes(
    ledger: type[Ledger], table: pa.Table, given: Sequence[Seal] | None = None
) -> list[str]:
    """The SHA-256 of each row's canonical content: its state and every value it has.

    Canonical is `name:length:text` for each value present, names in alphabetical order,
    lengths in bytes, days as 2026-03-01, months as their first day, flags as true or false.
    Of words about a person the seal stands at the end, under the name `sealed`.
    An empty column adds nothing, so declaring a further optional column leaves the
    fingerprints of existing rows as they are.
    """
    closed = erasable(ledger)
    names = sorted({STATUS, *ledger.columns}.difference(closed))
    if closed and given is None:
        raise ValueError(f"{ledger.code}: rows with words about persons need their seals")
    joined = _joined(table, names)
    if closed and given is not None:
        joined = [text + _seal_text(seal) for text, seal in zip(joined, given, strict=True)]
    return [hashlib.sha256(text.encode()).hexdigest() for text in joined]


class VersionsDigest:
    """The SM3 of all versions one write made in one ledger, in the order they were written.

    A version is told as its number, its fingerprint and all that was recorded about it; its
    record is part of the fingerprint, since the key columns are.
    """

    def __init__(self) -> None:
        self._state = Sm3()
        self.rows = 0

    def add(self, versions: Iterable[Sequence[Any]]) -> None:
        """Take in further versions: version, hash, moment as text, who, why, file and row."""
        lines = ["\x1f".join("" if part is None else str(part) for part in v) for v in versions]
        self.rows += len(lines)
        if lines:
            self._state.feed("\n".join([*lines, ""]))

    def hexdigest(self) -> str:
        """64 hexadecimal digits; nothing can be added any more."""
        return self._state.hexdigest()


def _sealed(salt: str, text: str) -> str:
    return hashlib.sha256((salt + text).encode()).hexdigest()


def _seal_text(seal: Seal) -> str:
    return f"{SEALED}:{len(seal.sealed)}:{seal.sealed}" if seal.sealed else ""


def _words(ledger: type[Ledger], table: pa.Table) -> list[str]:
    return _joined(table, erasable(ledger))


def _joined(table: pa.Table, names: Sequence[str]) -> list[str]:
    parts: list[Any] = [_canonical(name, table[name]) for name in names]
    join: Any = pc.binary_join_element_wise
    texts: list[str] = join(*parts, "").to_pylist()
    return texts


def _canonical(name: str, column: Any) -> Any:
    text = column.cast(pa.string())
    length = pc.binary_length(text).cast(pa.string())
    said: Any = pc.binary_join_element_wise(pa.scalar(name), length, text, pa.scalar(":"))
    return said.fill_null("")
