"""A further version of a record that was returned answers the return, whoever writes it and how."""

from collections.abc import Sequence

from tongrong.facts.ledger import WITHDRAWN, Ledger
from tongrong.queries.returns import open_steps
from tongrong.records.models import ReturnStep, RowVersion
from tongrong.vocabulary.returning import Step


def answer_returns(ledger: type[Ledger], versions: Sequence[RowVersion]) -> None:
    """Let the open courses of records go on with versions just written; call in their transaction.

    A form, a list of who came, a file and the command line all write through here.
    """
    if not versions:
        return
    written = {one.record: one for one in versions}
    for before in open_steps(ReturnStep.objects.filter(record__startswith=f"{ledger.code}/")):
        after = written.get(before.record)
        if after is not None:
            add_step(
                ReturnStep(
                    record=before.record,
                    step=Step.WITHDRAWN if after.status == WITHDRAWN else Step.CORRECTED,
                    unit=before.unit,
                    side=before.side,
                    version=after.version,
                    words=after.recorded_because,
                    at=after.recorded_at,
                    by=after.recorded_by,
                    entry=after.entry,
                )
            )


def add_step(step: ReturnStep) -> None:
    """Add a step to the course of a record: it follows the one that was last."""
    last = ReturnStep.objects.filter(record=step.record, followed_by_entry__isnull=True)
    last.update(followed_by_entry=step.entry)
    step.save(force_insert=True)
