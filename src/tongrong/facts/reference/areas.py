"""Areas by GB/T 2260: provinces and prefectures, and the years in which each code was in use.

The list is the one python-stdnum carries (`stdnum.cn`, after the tables of the Chinese Wikipedia,
from 1980 on), so it grows with that package. Years, not days: an area counts for the whole
year in which it was made or abolished.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from stdnum import numdb

SOURCE = "GB/T 2260《中华人民共和国行政区划代码》，据 python-stdnum 所附 1980 年以来历年代码表"
_NAME = re.compile(r"(?:\[(\d*)-(\d*)\])?([^,\[\]]+)")
# What groups counties where no prefecture does; no area of its own.
_NO_AREA = re.compile(r"市辖区|县|市|林区|.*直辖.*")


@dataclass(frozen=True)
class Area:
    """A province or prefecture under a code, in use from year `since` to `until`, both included.

    None for a year before 1980, or for still in use.
    """

    code: str
    name: str
    since: int | None
    until: int | None

    def used(self, year: int) -> bool:
        """Whether the code stood for this area at some time of the year."""
        return (self.since or year) <= year <= (self.until or year)


@cache
def provinces() -> tuple[Area, ...]:
    """Provinces, autonomous regions, municipalities and special administrative regions."""
    return tuple(area for n in range(11, 83) for area in _areas(f"{n}0000"))


@cache
def prefectures() -> tuple[Area, ...]:
    """Prefecture-level cities, prefectures, autonomous prefectures and leagues."""
    codes = (f"{province.code[:2]}{n:02}00" for province in provinces() for n in range(1, 90))
    return tuple(area for code in codes for area in _areas(code))


def _areas(code: str) -> Iterator[Area]:
    for part, properties in numdb.get("cn/loc").info(code)[1:]:
        if part != code[2:]:
            continue
        for since, until, name in _NAME.findall(properties.get("county", "")):
            if not _NO_AREA.fullmatch(name):
                yield Area(code, name, int(since) if since else None, int(until) if until else None)
