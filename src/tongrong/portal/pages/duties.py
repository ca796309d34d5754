"""待办: what falls short or falls due for one's units, and the records that wait for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.on_paper import OnPaper, on_paper, rows_told
from tongrong.portal.pages.page import Page, shown, viewer_of, whole
from tongrong.queries.duties import LAMPS, ON_A_PAGE, Duties, Order, duties
from tongrong.queries.judgements import judgements
from tongrong.queries.policy import Permission
from tongrong.queries.returned import WaitingRecord, WaitingRecords, Waits, waiting_records
from tongrong.vocabulary.verdicts import Verdict

FEW = 5
"""So many records that wait stand above the duties; the rest in a list of their own."""


@dataclass(frozen=True)
class WaitingLine:
    """A record that waits, the page where it is settled or looked at, and what is done there."""

    told: WaitingRecord
    address: str
    act: str


@dataclass(frozen=True)
class Group:
    """Records that wait for the viewer, or for others: some of all there are."""

    kind: Waits
    lines: tuple[WaitingLine, ...]
    count: int


def _answer(request: PortalRequest) -> HttpResponse:
    viewer, asked = viewer_of(request), request.GET
    seen = judgements(viewer)
    below = asked.get("below", "1" if viewer.looks_on else "0") == "1"
    lamp = next((one for one in (*LAMPS, *Waits) if one.value == asked.get("lamp")), None)
    verdict = lamp if isinstance(lamp, Verdict) else None
    order = next((one for one in Order if one.value == asked.get("sort")), Order.LAMP)
    page = whole(asked.get("page"))
    waiting = waiting_records(viewer, below=below)
    told = None
    if seen is not None:
        told = duties(viewer, seen, below=below, lamp=verdict, page=page, order=order)
    kept = {"below": int(below), **({"lamp": lamp.value} if lamp else {}), "sort": order.value}
    shown_here = _waiting(waiting, lamp, page)
    return shown(
        request,
        "parts/duties.html" if request.htmx else "duties.html",
        PAGE.title,
        seen=seen,
        told=told,
        waiting=waiting,
        below=below,
        lamp=lamp,
        order=order,
        orders=tuple(Order),
        query=f"{urlencode(kept)}&",
        paper=_on_paper(shown_here["groups"], told, lamp, order, below=below),
        **shown_here,
    )


def _on_paper(
    groups: Sequence[Group],
    told: Duties | None,
    lamp: Verdict | Waits | None,
    order: Order,
    *,
    below: bool,
) -> OnPaper:
    """Which of the filters are chosen, for a page without them; how many lines follow."""
    here, count = sum(len(one.lines) for one in groups), sum(one.count for one in groups)
    if told is not None and not isinstance(lamp, Waits):
        here, count = here + len(told.lines), count + told.total
    said = [
        ("结果", lamp.label if lamp else ""),
        ("范围", "含下级" if below else "我的"),
        ("排列", order.label),
    ]
    return on_paper(said, rows_told(here, count))


def _waiting(waiting: WaitingRecords, lamp: Verdict | Waits | None, page: int) -> dict[str, Any]:
    """The groups of records shown: a page of the one asked for, else the first few of one's own."""
    if isinstance(lamp, Waits):
        found = waiting.by_kind.get(lamp, ())
        pages = max(1, -(-len(found) // ON_A_PAGE))
        page = min(max(page, 1), pages)
        own = _group(lamp, found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], len(found))
        return {"alone": lamp, "groups": (own,), "page": page, "pages": pages}
    groups = () if lamp or page > 1 else waiting.by_kind.items()
    mine = [(kind, some) for kind, some in groups if some and kind.mine]
    return {"groups": tuple(_group(kind, some[:FEW], len(some)) for kind, some in mine)}


def _group(kind: Waits, some: Sequence[WaitingRecord], count: int) -> Group:
    return Group(kind, tuple(_line(kind, one) for one in some), count)


def _line(kind: Waits, one: WaitingRecord) -> WaitingLine:
    """To the form that answers a return, else to the page of the record."""
    at = [one.ledger.code, one.number]
    if not kind.mine:
        return WaitingLine(one, reverse("record", args=at), "查看")
    if one.step.answers:
        return WaitingLine(one, reverse("record", args=at), "复核")
    if one.withdrawn:
        return WaitingLine(one, reverse("record", args=at), "重新登记或说明")
    return WaitingLine(one, reverse("correct", args=at), "更正或说明")


PAGE = Page("duties/", "duties", "待办", Permission.SEE_DUTIES, _answer, icon="check2-square")
