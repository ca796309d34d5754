"""Points of a clause, as sheets of 考核细则 give them: 分值, what is taken off, what is added."""

import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

_MARK = re.compile(r"(0|[1-9]\d{0,5})(\.\d{1,4})?")


def _mark(value: Any) -> Decimal:
    if isinstance(value, str) and _MARK.fullmatch(value) and Decimal(value):
        return Decimal(value)
    raise ValueError("分值写成大于0的数，至多四位小数，如 2 或 0.2")


Mark = Annotated[Decimal, BeforeValidator(_mark)]


def marked(points: Decimal) -> str:
    """Points as people write them, exactly: `2`, `0.2`, `100`."""
    return f"{points.normalize():f}"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Deduct(_Strict):
    """What is taken off: so much for each one missing (扣完为止), or all for not being met.

    One missing is a record, person or thing short of what is asked in a period, a member not
    covered, or one too many. `at_most` is all that can be lost so (最多扣…分), else everything.
    """

    each: Literal["missing"] | None = None
    points: Mark | None = None
    at_most: Mark | None = None
    unmet: Literal["all"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Deduct":
        if (self.each is None) != (self.points is None) or (self.each is None) == (not self.unmet):
            raise ValueError('写 {each: missing, points: "0.2"} 或 {unmet: all} 之一')
        if self.at_most and (not self.points or self.points > self.at_most):
            raise ValueError("at_most（最多扣）和 points 一起写，且不小于每次扣的分")
        return self

    @property
    def by_score(self) -> bool:
        """Whether the score of an assessment says how much; else only whether it is met."""
        return self.unmet is None

    @property
    def words(self) -> str:
        """The standard as the sheets say it."""
        if self.points is None:
            return "不达标不得分"
        end = f"最多扣{marked(self.at_most)}分" if self.at_most else "扣完为止"
        return f"每缺1项扣{marked(self.points)}分，{end}"


class Add(_Strict):
    """What is added for each record of an encouraged matter, at most so much."""

    each: Literal["record"]
    points: Mark
    at_most: Mark
    by_score: ClassVar[bool] = True

    @property
    def words(self) -> str:
        """The standard as the sheets say it."""
        return f"每有1项加{marked(self.points)}分，最多加{marked(self.at_most)}分"
