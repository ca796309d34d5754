"""出席情况: who came to a meeting, ticked on the list of the body that met and saved in one go."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.correct_record import ChangedMeanwhile
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

    `was` is what was recorded when the page was made; `fault` is what is wrong: with the reason
    of their absence, or that somebody else has changed it meanwhile.
    """

    person: str
    name: str
    was: str
    reason: str
    ways: tuple[tuple[str, str, bool], ...]
    fault: str


@dataclass(frozen=True)
class Extra:
    """A field for somebody more, with what was typed."""

    place: int
    said: str
    ways: tuple[tuple[str, bool], ...]

    @property
    def id(self) -> str:
        """The element it is typed in."""
        return f"more-{self.place}"

    @property
    def label(self) -> str:
        """What the field is called where no label stands."""
        return f"名单以外第 {self.place} 人"


def _answer(request: PortalRequest, number: str) -> HttpResponse:
    viewer = viewer_of(request)
    known = number.isascii() and number.isdecimal() and len(number) < 19
    meeting = meeting_of(viewer, int(number)) if known else None
    if meeting is None:
        raise Http404
    people = listed(viewer, meeting)
    faulty = any(_fault(request, one) for one in people)
    if request.method != "POST" or faulty:
        return _shown(request, meeting, people)
    try:
        said = _said(request, people)
        done = record_attendance(
            viewer=viewer,
            meeting=meeting.number,
            said=said,
            reason=request.POST.get("reason", ""),
            at=clock.now(),
            seen={one.person: Presence(one.way, one.reason) for one in people if one.way},
        )
    except ChangedMeanwhile as refused:  # since this very request began
        return _shown(request, meeting, listed(viewer, meeting), refused.problems)
    except TongrongError as refused:
        return _shown(request, meeting, people, refused.problems)
    saved = f"出席情况已保存，写入 {done.written} 条" if done.written else "出席情况没有变化"
    saved = f"{saved}；{_counted(said.values())}"
    judge_and_tell(request, viewer, done.record, saved, written=bool(done.written))
    return HttpResponseRedirect(reverse("record", args=["meetings", meeting.number]))


def _usual(people: Sequence[Listed]) -> Sequence[Listed]:
    """What is recorded; where nothing is yet, that everybody came."""
    if any(one.way for one in people):
        return people
    return [replace(one, way=PRESENT) for one in people]


def _counted(said: Iterable[Presence]) -> str:
    """How many stand in which way."""
    ways = Counter(one.way for one in said)
    return "、".join(f"{way} {ways[way]} 人" for way in WAYS if ways[way]) or "没有人"


def _mark(one: Listed) -> str:
    """How somebody stands, in one word; of who was there nobody reads a reason.

    Without spaces and line breaks: a browser sends those of a reason otherwise than it got them.
    """
    return one.way + "".join(one.reason.split()) if one.way == ABSENT else one.way


def _typed(request: PortalRequest, one: Listed) -> Listed:
    """How somebody was sent to stand.

    Who came onto the list since the page was opened, and whom the page leaves as they were,
    stay as recorded: it may be by somebody else.
    """
    sent = request.POST
    way = sent.get(f"way-{one.person}", one.way)
    typed = replace(one, way=way, reason=sent.get(f"why-{one.person}", one.reason))
    return one if _mark(typed) == _was(request, one) else typed


def _was(request: PortalRequest, one: Listed) -> str:
    """How they were recorded when the page was opened."""
    return str(request.POST.get(f"was-{one.person}", _mark(one)))


def _fault(request: PortalRequest, known: Listed) -> str:
    """What is wrong with how somebody was sent to stand."""
    if request.method != "POST":
        return ""
    typed, now = _typed(request, known), _mark(known)
    if _was(request, known) != now and _mark(typed) != now:
        said = f"{known.way}（{known.reason}）" if known.way == ABSENT else known.way or UNSAID
        return f"这一页打开以后，已由别人改为“{said}”。要改成现在选的，再点一次“保存”。"
    if typed.way != ABSENT:
        return ""
    try:
        _READ_REASON(typed.reason)
    except Refused as refused:
        return f"应为{refused.expected}。{refused.remedy}"
    return ""


def _said(request: PortalRequest, people: Sequence[Listed]) -> Mapping[str, Presence]:
    """What was ticked, by person; with those added by name."""
    found = {
        one.person: Presence(one.way, one.reason)
        for one in (_typed(request, known) for known in people)
        if one.way
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
    refused: Sequence[Problem] = (),
) -> HttpResponse:
    """The list as it was sent, else as it usually is; `known` is what is recorded."""
    sent = request.method == "POST"
    people = [_typed(request, one) for one in known] if sent else _usual(known)
    of_reason = [one for one in refused if one.code == "record.reason"]
    fault = "；".join(told(one) for one in refused if one not in of_reason)
    faults = [_fault(request, one) for one in known]
    if wrong := sum(map(bool, faults)) + bool(of_reason):
        fault = f"有 {wrong} 处要改，已在下面标出；填好的内容都还在。"
    words = (*((word, word) for word in WAYS), ("", UNSAID))
    lines = [
        Line(
            one.person,
            one.name,
            _mark(before),
            one.reason,
            tuple((value, word, value == one.way) for value, word in words),
            wrong_with,
        )
        for one, before, wrong_with in zip(people, known, faults, strict=True)
    ]
    page = shown(
        request,
        "attendance.html",
        PAGE.title,
        of=f"{meeting.unit_name} {meeting.kind} {meeting.held_on}",
        meeting=meeting,
        lines=lines,
        more=_more(request),
        refused=fault,
        reason=request.POST.get("reason", ""),
        reason_fault="改动了已登记的，要写明为什么，日后查历史时看得到。" if of_reason else "",
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
