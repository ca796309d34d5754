"""The first letters of names as they are spelt in pinyin: 第一支部 is found by `dyzb`."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from tongrong.facts.directory import names_of
from tongrong.facts.ledger import Ledger

LONGEST = 200


def named_by(ledger: type[Ledger]) -> str | None:
    """The column with the name or title of a record, if the ledger has one."""
    return next(iter(names_of(ledger)), None)


@lru_cache(maxsize=10_000)
def initials_of(name: str) -> str:
    """The first letters of a name, small; what is no Chinese character stands as it is."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return "".join(letters.split())[:LONGEST]


def are_initials(text: str) -> bool:
    """Whether a text typed in a search may be initials: Latin letters, perhaps with digits."""
    return text.isascii() and text.isalnum() and not text.isdecimal()
