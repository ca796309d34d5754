"""What charts show, as options of ECharts: the numbers of a page's tables and nothing else.

Tooltips are drawn on the canvas (`richText`): the policy of the pages allows no styles in markup.
"""

from collections.abc import Sequence
from typing import Any

from tongrong.findings.subtree import Share
from tongrong.queries.cockpit import Matrix
from tongrong.queries.overview import MonthShare, SectionShare

Option = dict[str, Any]
FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
INK, LINE, ACCENT = "#1f2933", "#dde3ea", "#1c5aa6"
SCALE = ("#f6d9d6", "#f7ecc9", "#cfe8d6")
"""From nothing met to everything; the number stands in each field too."""


def percent(share: Share) -> int | None:
    """So many of a hundred, rounded down: 100 means all; None where nothing applies."""
    return share.met * 100 // share.of if share.of else None


def radar(sections: Sequence[SectionShare]) -> Option:
    """The sections as axes, from 0 to 100, with the number at the name: clear of all lines."""
    shares = [percent(one.share) for one in sections]
    told = ["不适用" if share is None else f"{share}%" for share in shares]
    axes = [
        {"name": f"{one.title}\n{words}", "max": 100}
        for one, words in zip(sections, told, strict=True)
    ]
    values = [share or 0 for share in shares]
    area = {"value": values, "name": "达标率（%）", "areaStyle": {"opacity": 0.2}}
    shape = {
        "indicator": axes,
        "radius": "58%",
        "axisNameGap": 8,
        "axisName": {"color": INK, "lineHeight": 16},
    }
    series = [{"type": "radar", "data": [area]}]
    return {**_common("四同步达标率"), "tooltip": {"show": False}, "radar": shape, "series": series}


def trend(months: Sequence[MonthShare]) -> Option:
    """A line over the days; a gap where one is not judged."""
    values = [None if one.share is None else percent(one.share) for one in months]
    label = {"show": True, "formatter": "{c}%"}
    series = {"type": "line", "name": "达标率（%）", "data": values, "label": label}
    return {
        **_common("全年达标率"),
        "grid": {"left": 44, "right": 24, "top": 24, "bottom": 28},
        "xAxis": {"type": "category", "data": [f"{one.day:%m-%d}" for one in months]},
        "yAxis": {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "{value}%"}},
        "series": [series],
    }


def heat(table: Matrix) -> Option:
    """Enterprises by item in the share of clauses met."""
    rows = list(reversed(table.rows))  # drawn from below
    fields = [
        [at, row_at, percent(cell.share)]
        for row_at, row in enumerate(rows)
        for at, cell in enumerate(row.cells)
        if cell.share.of
    ]
    names = {"width": 150, "overflow": "truncate", "color": INK}
    series = {
        "type": "heatmap",
        "name": "判据达标率（%）",
        "data": fields,
        "label": {"show": True, "fontSize": 11, "color": INK},
        "itemStyle": {"borderColor": "#fff", "borderWidth": 1},
    }
    return {
        **_common("企业 × 项目判据达标率（%）"),
        "grid": {"left": 164, "right": 12, "top": 8, "bottom": 64},
        "xAxis": {"type": "category", "data": [f"{one.id}" for one in table.items]},
        "yAxis": {"type": "category", "data": [one.name for one in rows], "axisLabel": names},
        "visualMap": {
            "min": 0,
            "max": 100,
            "orient": "horizontal",
            "left": "center",
            "bottom": 0,
            "text": ["100%", "0%"],
            "inRange": {"color": SCALE},
        },
        "series": [series],
    }


def _common(title: str) -> Option:
    return {
        "aria": {"enabled": True, "label": {"description": title}},
        "animation": False,
        "color": [ACCENT],
        "textStyle": {"fontFamily": FONT},
        "tooltip": {"renderMode": "richText", "trigger": "item"},
    }
