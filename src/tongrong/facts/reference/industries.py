"""Industries by GB/T 4754-2017: 20 sections, 97 divisions, and the groups sizes depend on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tongrong.norms.located import read_yaml

FILE = Path(__file__).with_name("industries.yaml")


@dataclass(frozen=True)
class Industries:
    """One edition of the classification.

    `sections` names the sections A-T; `section_of` gives the section of each division;
    `names` names divisions (two digits) and the groups listed (three digits).
    """

    since: dt.date
    source: str
    sections: Mapping[str, str]
    section_of: Mapping[str, str]
    names: Mapping[str, str]

    def knows(self, code: str) -> bool:
        """Whether a code of two to four digits is one, as far as its digits are listed.

        The third digit is held against the groups of a division that lists them; the fourth
        never is.
        """
        division, group = code[:2], code[:3]
        listed = any(len(one) == 3 and one.startswith(division) for one in self.names)
        right = len(group) < 3 or not listed or group in self.names
        return division in self.section_of and right

    def divisions(self, code: str) -> tuple[str, ...]:
        """The divisions of a section, or the one of a division or group."""
        if code in self.sections:
            return tuple(one for one, section in self.section_of.items() if section == code)
        return (code[:2],)

    def named(self, code: str) -> str:
        """The name of the narrowest class listed that a known code belongs to."""
        return self.names.get(code[:3]) or self.names[code[:2]]


@cache
def industries() -> Industries:
    """The classification in force."""
    data = read_yaml(FILE).data
    sections, groups = data["sections"], data["groups"].values()
    divisions = {s: section["divisions"] for s, section in sections.items()}
    names = [*divisions.values(), *groups]
    return Industries(
        since=dt.date.fromisoformat(data["from"]),
        source=data["source"],
        sections={s: section["name"] for s, section in sections.items()},
        section_of={d: s for s, listed in divisions.items() for d in listed},
        names={code: name for listed in names for code, name in listed.items()},
    )
