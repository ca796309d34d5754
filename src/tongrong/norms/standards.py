"""What the words of a 评分标准 take off or add, as far as they read; the rest is told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_N = r"(\d+(?:\.\d+)?)分"
_OFF = re.compile(rf"每[^，。；,;]*?扣(?:减|除)?{_N}")
_ON = re.compile(rf"每[^，。；,;]*?加{_N}")
_TAKE = "扣(?:减|除)?分?"
_MOST = r"(?:累计|合计|总共|共)?(?:最多|最高|至多|不超过|不得超过|上限为?|封顶)"
_MOST_OFF = re.compile(rf"(?:{_TAKE})?{_MOST}(?:{_TAKE})?(?:至|到)?{_N}|扣[完满至]{_N}为止")
_MOST_ON = re.compile(rf"(?:加分?)?{_MOST}(?:加分?)?[^\d，。；,;]*{_N}")
_ALL_OFF = re.compile(r"扣完(?:本项|该项|此项)?(?:分值|分)?为止")
_NOTHING = re.compile(r"[^，。；,;]*不得分")
_SAYS_MORE = re.compile(
    r"扣|[加减](?:分|半|倍|\d)|[不可]得分|得\d|[打评计给赋]分|酌情|视情|最多|最高|不超过|封顶"
    r"|\d(?:\.\d+)?分"
)


@dataclass(frozen=True)
class Standard:
    """A standard as read: taken off or added for each, at most so much; `unread` is the rest.

    With neither `off` nor `on` the points are all or nothing.
    """

    off: Decimal | None = None
    on: Decimal | None = None
    at_most: Decimal | None = None
    unread: str = ""

    @property
    def is_bonus(self) -> bool:
        """Whether it only adds."""
        return self.on is not None and self.at_most is not None


def read_standard(words: str) -> Standard:
    """The standard that these words say, plain digits and no spaces in them."""
    bonus, most = _ON.search(words), _MOST_ON.search(words)
    if bonus and most and not _OFF.search(words):
        rest = _without(words, (bonus, most))
        return Standard(on=Decimal(bonus[1]), at_most=Decimal(most[1]), unread=rest)
    off = _OFF.search(words)
    if off is None:
        nothing = _NOTHING.search(words)
        return Standard(unread=_without(words, (nothing,)) if nothing else words or "（空）")
    cap, whole = _MOST_OFF.search(words, off.end()), _ALL_OFF.search(words)
    at_most = Decimal(cap[1] or cap[2]) if cap else None
    return Standard(off=Decimal(off[1]), at_most=at_most, unread=_without(words, (off, cap, whole)))


def _without(words: str, read: Iterable[re.Match[str] | None]) -> str:
    """What else the words say of points; empty where that is nothing."""
    for one in read:
        if one is not None:
            words = words.replace(one[0], "，", 1)
    rest = (part.strip() for part in re.split("[，。；,;]", words))
    return "，".join(part for part in rest if _SAYS_MORE.search(part))
