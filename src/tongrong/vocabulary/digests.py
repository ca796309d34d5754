"""Digests that prove what was recorded: SM3 (GB/T 32905-2016), and the chain made of them."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes

GENESIS = "0" * 64
"""What the first link of a chain names as the one before it."""


class Sm3:
    """The SM3 of what is fed to it, piece by piece."""

    def __init__(self) -> None:
        self._state = hashes.Hash(hashes.SM3())

    def feed(self, text: str) -> None:
        """Take in a further piece."""
        self._state.update(text.encode())

    def hexdigest(self) -> str:
        """64 hexadecimal digits; nothing can be fed any more."""
        return self._state.finalize().hex()


def sm3(text: str) -> str:
    """The SM3 of a text in UTF-8, 64 hexadecimal digits."""
    state = Sm3()
    state.feed(text)
    return state.hexdigest()


def link(previous: str, content: Mapping[str, Any]) -> str:
    """The digest of a link: of its content as canonical JSON, and of the link before it.

    Canonical is: keys in order, no blanks, characters as they are, `previous` among the keys.
    """
    whole = {**content, "previous": previous}
    return sm3(json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def moment_text(moment: dt.datetime) -> str:
    """A moment as digests take it: UTC with microseconds, the same from every database."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
