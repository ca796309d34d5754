"""Sizes of enterprises: every bound of the 2017 table on both sides, as engine and reading say.

TABLE was copied from the published table by hand and knows nothing of the reference data.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import Row, a_feature, a_scale, an_enterprise, day
from tests.calendar_edges import Moment as On
from tests.science.agreement import the_checklist, world_of

from tongrong.engine.backends.duckdb import Duck
from tongrong.engine.compile import _loading
from tongrong.engine.editions import editions_of
from tongrong.engine.parameters import parameter_tables
from tongrong.engine.program import Step, ordered
from tongrong.engine.readings.sizes import feature_by_figures
from tongrong.facts.reference.industries import industries
from tongrong.facts.reference.sizes import size_rows
from tongrong.facts.snapshot import Snapshot

TODAY = "2026-06-30"
WAN = 1_000_000  # 分
DOWNWARD = ("大型", "中型", "小型", "微型")
STAFF, REVENUE, ASSETS = "employees", "revenue", "total_assets"
READ = ("enterprises", "party_organizations", "enterprise_features", "enterprise_scale")
PLENTY = {STAFF: 100_000, REVENUE: 10_000_000 * WAN, ASSETS: 10_000_000 * WAN}

# codes of the industry: {figure: least of 大型, 中型, 小型}, persons or 万元
TABLE: Mapping[tuple[str, ...], Mapping[str, tuple[int, int, int]]] = {
    ("01", "04", "0511"): {REVENUE: (20000, 500, 50)},
    ("06", "12", "13", "3511", "43", "44", "4620"): {
        STAFF: (1000, 300, 20),
        REVENUE: (40000, 2000, 300),
    },
    ("47", "4813", "50"): {REVENUE: (80000, 6000, 300), ASSETS: (80000, 5000, 300)},
    ("51", "5161"): {STAFF: (200, 20, 5), REVENUE: (40000, 5000, 1000)},
    ("52", "5211"): {STAFF: (300, 50, 10), REVENUE: (20000, 500, 100)},
    ("54", "55", "56", "57", "58", "5810", "591", "5910"): {
        STAFF: (1000, 300, 20),
        REVENUE: (30000, 3000, 200),
    },
    ("592", "5930", "594", "595", "596", "599", "5990"): {
        STAFF: (200, 100, 20),
        REVENUE: (30000, 1000, 100),
    },
    ("60", "6010"): {STAFF: (1000, 300, 20), REVENUE: (30000, 2000, 100)},
    ("61", "62", "6210"): {STAFF: (300, 100, 10), REVENUE: (10000, 2000, 100)},
    ("63", "64", "6420"): {STAFF: (2000, 100, 10), REVENUE: (100000, 1000, 100)},
    ("65", "6513"): {STAFF: (300, 100, 10), REVENUE: (10000, 1000, 50)},
    ("701", "7010"): {REVENUE: (200000, 1000, 100), ASSETS: (10000, 5000, 2000)},
    ("702", "7020"): {STAFF: (1000, 300, 100), REVENUE: (5000, 1000, 500)},
    ("71", "72", "7212"): {STAFF: (300, 100, 10), ASSETS: (120000, 8000, 100)},
    ("73", "75", "76", "79", "80", "82", "85", "8521", "86", "90", "703", "709", "7090"): {
        STAFF: (300, 100, 10)
    },
}
NOT_COVERED = ("53", "5310", "66", "69", "83", "84", "8411", "91", "96", "97", "704", "7040")
TOO_SHORT = ("59", "70")


def engine_says(rows: Mapping[str, list[Row]], on: str = TODAY) -> dict[tuple[str, str], str]:
    """The value of every feature of every enterprise on a day, as the backend computes it."""
    snapshot = Snapshot.of_rows(dict(rows))
    statements = {step.table: step.text for step in _loading()}
    editions = editions_of(the_checklist("442-2018"), snapshot, day(on), None)
    with Duck(snapshot.row_count) as duck:
        for code in READ:
            duck.load(f"raw_{code}", snapshot[code])
        for name, table in parameter_tables([], editions).items():
            duck.load(name, table)
        made = ("units", "fact_enterprise_features", "fact_enterprise_scale")
        duck.run(ordered([Step(name, statements[name]) for name in made]))
        found = duck.query(statements["features"]).to_pylist()
    said = {(row["unit"], row["feature"]): row["worth"] for row in found}
    assert len(said) == len(found)
    return said


def reading_says(rows: Mapping[str, list[Row]], on: str = TODAY) -> dict[str, str | None]:
    """The size of every enterprise on a day that the slow reading computes from its figures."""
    tables = {code: table.to_pylist() for code, table in Snapshot.of_rows(rows).tables.items()}
    world = world_of(tables, On(day(on), day(on).year), the_checklist("442-2018"))
    units = [row["number"] for row in rows["enterprises"]]
    return {unit: feature_by_figures(world, unit, "规模") for unit in units}


def sizes(*figures: tuple[str, Mapping[str, int | None]]) -> list[str | None]:
    """The sizes of enterprises with these industries and figures; engine and reading agree."""
    rows = {
        "enterprises": [an_enterprise(f"QY{n}") for n in range(len(figures))],
        "enterprise_scale": [
            a_scale(industry, of=f"QY{n}", on="2025-12-31", **{**PLENTY, **given})
            for n, (industry, given) in enumerate(figures)
        ],
    }
    said = engine_says(rows)
    found = [said.get((f"QY{n}", "规模")) for n in range(len(figures))]
    assert list(reading_says(rows).values()) == found
    return found


def both_sides(codes: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, int | None], str]]:
    """(industry, figures, size): each bound of each figure, and one person or 分 below it."""
    for code in codes:
        for figure, bounds in TABLE[codes].items():
            for place, bound in enumerate(bounds):
                least = bound if figure == STAFF else bound * WAN
                yield code, {figure: least}, DOWNWARD[place]
                yield code, {figure: least - 1}, DOWNWARD[place + 1]


@pytest.mark.parametrize("codes", TABLE, ids=lambda codes: codes[0])
def test_every_bound_of_the_table_takes_what_reaches_it_and_nothing_less(
    codes: tuple[str, ...],
) -> None:
    cases = list(both_sides(codes))
    assert sizes(*[(code, given) for code, given, _ in cases]) == [size for *_, size in cases]


def test_the_hand_table_names_every_class_the_reference_names() -> None:
    """So no row of the reference data goes untried."""
    tried = {code for codes in TABLE for code in codes}
    for row in size_rows(day(TODAY)):
        for code in row.codes:
            divisions = industries().divisions(code) if code.isalpha() else (code,)
            assert any(one.startswith(divisions) for one in tried), (row.name, code)
    assert len(size_rows(day(TODAY))) == 30  # 16 industries, two of them by one figure only


def test_no_industry_comes_under_two_rows_of_one_figure() -> None:
    for code in industries().names:
        hits = [
            row.of
            for row in size_rows(day(TODAY))
            if any(c == industries().section_of[code[:2]] or code.startswith(c) for c in row.codes)
        ]
        assert len(hits) == len(set(hits)), code


def test_one_figure_too_small_drops_to_the_size_whose_every_bound_is_met() -> None:
    assert sizes(
        ("35", {STAFF: 1000, REVENUE: 40_000 * WAN}),
        ("35", {STAFF: 5000, REVENUE: 39_999 * WAN}),  # revenue is that of 中型
        ("35", {STAFF: 299, REVENUE: 90_000 * WAN}),  # staff that of 小型
        ("35", {STAFF: 5000, REVENUE: 299 * WAN}),  # 微型 by one figure
        ("35", {STAFF: 19, REVENUE: 90_000 * WAN}),
        ("35", {STAFF: 0, REVENUE: 0}),
    ) == ["大型", "中型", "小型", "微型", "微型", "微型"]


def test_an_industry_the_table_does_not_name_or_cannot_tell_has_no_size() -> None:
    assert sizes(*[(code, {}) for code in (*NOT_COVERED, *TOO_SHORT)]) == [None] * 14


def test_without_the_assets_its_industry_asks_for_an_enterprise_has_no_size() -> None:
    assert sizes(("47", {ASSETS: None}), ("72", {ASSETS: None}), ("35", {ASSETS: None})) == [
        None,
        None,
        "大型",
    ]


def two_years(**more: Any) -> dict[str, list[Row]]:
    """A factory that was 中型 at the end of 2024 and 小型 at the end of 2025."""
    return {
        "enterprises": [an_enterprise("QY1")],
        "enterprise_scale": [
            a_scale("35", 300, 2_000 * WAN, of="QY1", on="2024-12-31"),
            a_scale("35", 299, 2_000 * WAN, of="QY1", on="2025-12-31", **more),
        ],
    }


@pytest.mark.parametrize(
    ("on", "size"),
    [
        ("2024-12-30", None),
        ("2024-12-31", "中型"),
        ("2025-12-30", "中型"),
        ("2025-12-31", "小型"),
        ("2026-06-30", "小型"),
    ],
)
def test_the_newest_figures_give_the_size_and_none_before_the_first(
    on: str, size: str | None
) -> None:
    assert engine_says(two_years(), on).get(("QY1", "规模")) == size
    assert reading_says(two_years(), on) == {"QY1": size}


@pytest.mark.parametrize("status", ["草稿", "撤回"])
def test_figures_not_effective_give_no_size(status: str) -> None:
    rows = two_years(status=status)
    assert engine_says(rows)["QY1", "规模"] == "中型" == reading_says(rows)["QY1"]


def test_a_recorded_size_goes_first_from_its_day_on() -> None:
    recorded = a_feature("规模", "大型", of="QY1", since="2026-03-01", reason="集团批复")
    rows = {**two_years(), "enterprise_features": [recorded]}
    assert engine_says(rows, "2026-02-28")["QY1", "规模"] == "小型"
    assert engine_says(rows, "2026-03-01")["QY1", "规模"] == "大型"


def test_the_section_follows_from_the_industry_unless_recorded() -> None:
    assert engine_says(two_years())["QY1", "行业门类"] == "C"
    rows = {**two_years(), "enterprise_features": [a_feature("行业门类", "M", of="QY1")]}
    assert engine_says(rows)["QY1", "行业门类"] == "M"
    assert engine_says(rows)["QY1", "规模"] == "小型"


NEAR = sorted(
    {b + d for bounds in TABLE.values() for f in bounds.values() for b in f for d in (-1, 0, 1)}
)
CODES = (*(code for codes in TABLE for code in codes), *NOT_COVERED, *TOO_SHORT)
MONEY = st.builds(lambda wan, fen: wan * WAN + fen, st.sampled_from(NEAR), st.integers(-1, 1))
FIGURES = st.tuples(
    st.sampled_from(CODES),
    st.fixed_dictionaries(
        {STAFF: st.sampled_from(NEAR), REVENUE: MONEY, ASSETS: st.none() | MONEY}
    ),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(FIGURES, min_size=1, max_size=40))
def test_engine_and_reading_say_the_same_of_any_figures(
    figures: list[tuple[str, Mapping[str, int | None]]],
) -> None:
    sizes(*figures)


def test_the_table_and_the_industries_are_dated_and_name_their_source() -> None:
    assert industries().since == dt.date(2017, 10, 1)
    assert "GB/T 4754-2017" in industries().source
    assert "".join(industries().sections) == "ABCDEFGHIJKLMNOPQRST"
    assert list(industries().section_of) == [f"{n:02}" for n in range(1, 98)]
