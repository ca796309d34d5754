"""Exact quantities: thresholds as fractions, money as whole 分. No float anywhere."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_LARGEST, _FINEST = 10**9, 10**5
_QUANTITY = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(%|‰|/\s*(\d+))?\s*$")

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def folded(text: str) -> str:
    """Text with full-width digits, letters and signs made plain."""
    return text.translate(_FULL_WIDTH)


def parse_quantity(text: str) -> Fraction:
    """A threshold as people write it, exactly: `1`, `30%`, `0.5%`, `1/3`; full-width too.

    Raises ValueError where the text is none of these, or a number that nobody means: from a
    thousand million on, or finer than a hundred thousandth.
    """
    number = _exact(text)
    if number.numerator >= _LARGEST or number.denominator > _FINEST:
        raise ValueError(text)
    return number


def is_quantity(text: str) -> bool:
    """Whether text is a threshold as people write it."""
    try:
        parse_quantity(text)
    except ValueError:
        return False
    return True


def _exact(text: str) -> Fraction:
    found = _QUANTITY.match(folded(text))
    if found is None:
        raise ValueError(text)
    number, suffix, divisor = Fraction(found[1]), found[2], found[3]
    if suffix is None:
        return number
    if suffix == "%":
        return number / 100
    if suffix == "‰":
        return number / 1000
    if int(divisor) == 0:
        raise ValueError(text)
    return number / int(divisor)


def yuan_to_fen(amount: Decimal) -> int:
    """Whole 分 of an amount in 元.

    Raises ValueError where the amount has parts smaller than a 分.
    """
    fen = amount * 100
    if fen != fen.to_integral_value():
        raise ValueError(str(amount))
    return int(fen)


def percent_to_millionths(percent: Decimal) -> int:
    """Whole millionths of a percentage: 12.5 is 125000.

    Raises ValueError where the percentage has more than four places.
    """
    millionths = percent * 10_000
    if millionths != millionths.to_integral_value():
        raise ValueError(str(percent))
    return int(millionths)


def millionths_to_percent(millionths: int) -> str:
    """A share as people write it: 125000 is `12.5%`."""
    return f"{(Decimal(millionths) / 10_000).normalize():f}%"


def fen_to_yuan(fen: int) -> Decimal:
    """An amount in 元 with two places."""
    return (Decimal(fen) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
