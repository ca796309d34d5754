"""出席情况: who came to a meeting, ticked on the list of the body that met and saved in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.record_attendance import Presence, record_attendance
from tongrong.facts.cell_text import Refused
from tongrong.facts.cells import parser_of
from tongrong.facts.erasure import PERSONS
from tongrong.facts.registry import LEDGERS
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.after_write import judge_and_tell
from tongrong.portal.entry_form import told
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.queries.attendance import (
    ABSENT,
    OBSERVER,
    PRESENT,
    WAYS,
    Listed,
    Meeting,
    listed,
    meeting_of,
)
from tongrong.queries.lookups import meant
from tongrong.queries.policy import Permission
from tongrong.vocabulary.errors import Problem, TongrongError

MORE = (1, 2, 3)
"""Fields for persons who are not on the list."""
UNSAID = "未记"
_READ_REASON = parser_of(LEDGERS["attendance"].columns["absence_reason"])


@dataclass(frozen=True)
class Line:
    """Somebody on the page: the ways to stand, each with its word and whether it is chosen.

    `fault` is what is wrong with the reason of their absence.
    """

    person: str
    name: str
    reason: str
    ways: tuple[tuple[str, str, bool], ...]
    fault: str


@dataclass(frozen=True)
class Extra:
    """A field for somebody more, with what was typed."""

    place: int
    said: str
    ways: tuple[tuple[str, bool], ...]


def _answer(request: PortalRequest, number: str) -> HttpResponse:
    viewer = viewer_of(request)
    known = number.isascii() and number.isdecimal() and len(number) < 19
    meeting = meeting_of(viewer, int(number)) if known else None
    if meeting is None:
        raise Http404
    people = listed(viewer, meeting)
    if request.method != "POST" or any(map(_fault, _typed(request, people))):
        return _shown(request, meeting, people)
    try:
        done = record_attendance(
            viewer=viewer,
            meeting=meeting.number,
            said=_said(request, people),
            reason=request.POST.get("reason", ""),
            at=clock.now(),
        )
    except TongrongError as refused:
        return _shown(request, meeting, people, refused.problems)
    saved = f"出席情况已保存，写入 {done.written} 条" if done.written else "出席情况没有变化"
    judge_and_tell(request, viewer, done.record, saved, written=bool(done.written))
    return HttpResponseRedirect(reverse("record", args=["meetings", meeting.number]))


def _usual(people: Sequence[Listed]) -> Sequence[Listed]:
    """What is recorded; where nothing is yet, that everybody came."""
    if any(one.way for one in people):
        return people
    return [replace(one, way=PRESENT) for one in people]


def _typed(request: PortalRequest, people: Sequence[Listed]) -> Sequence[Listed]:
    """The list as it was sent; who came onto it since the page was opened stays as recorded."""
    sent = request.POST
    return [
        replace(
            one,
            way=sent.get(f"way-{one.person}", one.way),
            reason=sent.get(f"why-{one.person}", one.reason),
        )
        for one in people
    ]


def _fault(one: Listed) -> str:
    """What is wrong with the reason somebody was absent for; of who was there nobody reads it."""
    if one.way != ABSENT:
        return ""
    try:
        _READ_REASON(one.reason)
    except Refused as refused:
        return f"应为{refused.expected}。{refused.remedy}"
    return ""


def _said(request: PortalRequest, people: Sequence[Listed]) -> Mapping[str, Presence]:
    """What was ticked, by person; with those added by name."""
    found = {
        one.person: Presence(one.way, one.reason) for one in _typed(request, people) if one.way
    }
    for one in _more(request):
        if one.said:
            way = next((word for word, chosen in one.ways if chosen), OBSERVER)
            found[meant(viewer_of(request), PERSONS, one.said)] = Presence(way)
    return found


def _more(request: PortalRequest) -> Sequence[Extra]:
    """The fields for somebody more as they were sent: 列席 unless another way is chosen."""
    names, ways = request.POST.getlist("person"), request.POST.getlist("person-way")
    sent = dict(enumerate(zip(names, ways, strict=False), start=1))
    return [
        Extra(place, said.strip(), tuple((word, word == way) for word in WAYS[:3]))
        for place in MORE
        for said, way in [sent.get(place, ("", OBSERVER))]
    ]


def _shown(
    request: PortalRequest,
    meeting: Meeting,
    known: Sequence[Listed],
    refused: Iterable[Problem] = (),
) -> HttpResponse:
    """The list as it was sent, else as it usually is; `known` is what is recorded."""
    people = _typed(request, known) if request.method == "POST" else _usual(known)
    fault = "；".join(map(told, refused))
    wrong = sum(bool(_fault(one)) for one in people)
    if wrong:
        fault = f"有 {wrong} 处要改，已在下面标出；填好的内容都还在。"
    words = (*((word, word) for word in WAYS), ("", UNSAID))
    lines = [
        Line(
            one.person,
            one.name,
            one.reason,
            tuple((value, word, value == one.way) for value, word in words),
            _fault(one),
        )
        for one in people
    ]
    page = shown(
        request,
        "attendance.html",
        PAGE.title,
        meeting=meeting,
        lines=lines,
        more=_more(request),
        refused=fault,
        reason=request.POST.get("reason", ""),
        recorded=any(one.way for one in known),
    )
    page.status_code = 422 if fault else 200
    return page


PAGE = Page(
    "ledgers/meetings/<str:number>/attendance/",
    "attendance",
    "出席情况",
    Permission.RECORD,
    _answer,
    FORM,
)
