"""What an import is asked for: whose file it is, what its headings mean, how far to go."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from tongrong.facts.headings import Meant

KIND = "import"


@dataclass(frozen=True)
class Asked:
    """`take_in`: not only looked through; `in_part`: rows with something wrong are held back.

    `ledger` is the code of the one a file without sheets was said to be; empty: nothing was said.
    """

    sender: str = ""
    reason: str = ""
    columns: Sequence[Meant] = ()
    take_in: bool = False
    in_part: bool = False
    ledger: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """As it was kept with the job."""
        return cls(**{**told, "columns": tuple(Meant(**one) for one in told["columns"])})

    def told(self) -> dict[str, Any]:
        """As it is kept with the job."""
        return {**vars(self), "columns": [asdict(one) for one in self.columns]}
