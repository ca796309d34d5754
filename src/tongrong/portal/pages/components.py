"""组件: what pages are made of, each once, with the words it is used by."""

from django.http import HttpResponse

from tongrong.findings.subtree import Share
from tongrong.portal.access import PortalRequest
from tongrong.portal.charts import radar
from tongrong.portal.lamp_marks import WORST_FIRST
from tongrong.portal.pages.page import Page, shown
from tongrong.portal.pages.tree import Tree, TreeUnit
from tongrong.queries.overview import SectionShare
from tongrong.queries.policy import Permission


def _answer(request: PortalRequest) -> HttpResponse:
    columns = ("1", "2", "3", "4", "5", "6", "7")
    faults = [("会议活动!D3", "9月31日", "日期，如 2026-03-05", "改为真实存在的日期")]
    sample = [SectionShare(one, Share(at, 4)) for at, one in enumerate(("甲", "乙", "丙", "丁"), 1)]
    nowhere = {"address": "#main", "below": ""}
    units = (
        TreeUnit(name="样例集团", enterprise=True, here=True, share=Share(31, 40), **nowhere),
        TreeUnit(name="样例党委", enterprise=False, here=False, share=Share(5, 6), **nowhere),
    )
    given = {"verdicts": WORST_FIRST, "columns": columns, "faults": faults, "tree": Tree(units)}
    return shown(request, "components.html", PAGE.title, **given, chart=radar(sample))


PAGE = Page("components/", "components", "界面组件", Permission.OWN_ACCOUNT, _answer)
