"""A file taken in by a job: the import and the job's word that it is done are one write."""

from collections.abc import Callable
from typing import Any

from tongrong.actions.import_facts import ImportResult, import_facts
from tongrong.actions.jobs import keep_outcome
from tongrong.actions.turns import one_write


def import_in_job(
    *, job: str, told: Callable[[ImportResult], None], file_name: str, **given: Any
) -> ImportResult:
    """Take in a file as `import_facts` does, and note with the job that it is.

    So a job that is cut off and begun again knows what it has done. `told` gets the result
    before it counts; what it raises ends the import, and nothing is written.

    Raises:
        TongrongError: as `import_facts`.
    """
    with one_write(file_name):
        result = import_facts(file_name=file_name, **given)
        keep_outcome(key=job, outcome={"run": result.run_id})
        told(result)
    return result
