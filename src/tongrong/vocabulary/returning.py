"""What happens to a record somebody sent back: returned, answered, passed."""

from enum import StrEnum


class Step(StrEnum):
    """One step of the course of a record that was returned; the value is the stable code."""

    RETURNED = "returned"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    STOOD_BY = "stood_by"
    PASSED = "passed"

    @property
    def label(self) -> str:
        """The name users read."""
        return _LABELS[self]

    @property
    def answers(self) -> bool:
        """Whether it answers a return: from then on the record waits for who returned it."""
        return self in ANSWERS


_LABELS = {
    Step.RETURNED: "退回",
    Step.CORRECTED: "已更正",
    Step.WITHDRAWN: "已撤回",
    Step.STOOD_BY: "说明无误",
    Step.PASSED: "复核通过",
}
ANSWERS = frozenset({Step.CORRECTED, Step.WITHDRAWN, Step.STOOD_BY})
