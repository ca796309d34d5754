"""Provinces and prefectures by GB/T 2260, and the years in which their codes were in use."""

import pytest

from tongrong.facts.reference.areas import Area, prefectures, provinces


def named(areas: tuple[Area, ...], code: str, year: int) -> list[str]:
    return [area.name for area in areas if area.code == code and area.used(year)]


def test_there_are_34_provinces_and_333_prefectures() -> None:
    """23 provinces, 5 autonomous regions, 4 municipalities and 2 special administrative regions.

    Of prefectures there were at the end of 2019 293 cities, 30 autonomous prefectures, 7
    prefectures and 3 leagues.
    """
    today = [area for area in prefectures() if area.used(2020)]
    assert len([area for area in provinces() if area.used(2020)]) == 23 + 5 + 4 + 2
    kinds = ("自治州", "地区", "盟", "市")
    counts = [sum(area.name.endswith(kind) for area in today) for kind in kinds]
    assert (counts, len(today)) == ([30, 7, 3, 293], 333)


@pytest.mark.parametrize(
    ("code", "year", "names"),
    [
        ("350100", 2026, ["福州市"]),
        ("371200", 2018, ["莱芜市"]),
        ("371200", 2019, []),
        ("460400", 2014, []),
        ("460400", 2015, ["儋州市"]),
        ("420600", 2009, ["襄樊市"]),
        ("420600", 2010, ["襄阳市"]),
        ("110100", 2026, []),
        ("429000", 2026, []),
    ],
)
def test_a_code_stands_for_a_prefecture_in_its_years(
    code: str, year: int, names: list[str]
) -> None:
    assert named(prefectures(), code, year) == names


@pytest.mark.parametrize(
    ("code", "year", "names"),
    [
        ("110000", 1985, ["北京市"]),
        ("810000", 1996, []),
        ("810000", 1997, ["香港特别行政区"]),
        ("500000", 2026, ["重庆市"]),
        ("710000", 2026, ["台湾省"]),
    ],
)
def test_a_code_stands_for_a_province_in_its_years(code: str, year: int, names: list[str]) -> None:
    assert named(provinces(), code, year) == names
