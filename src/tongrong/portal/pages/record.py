"""记录: what a record says, its versions, and which clauses it serves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.portal.access import PortalRequest
from tongrong.portal.after_write import to_tell, told_by
from tongrong.portal.next_records import another, next_records
from tongrong.portal.pages.ledgers import ledger_of
from tongrong.portal.pages.page import Page, shown, viewer_of
from tongrong.queries.attachments import attached_to
from tongrong.queries.history import Change
from tongrong.queries.judgements import Judgements, judgements
from tongrong.queries.persons import HOLDING
from tongrong.queries.places import names_of_units
from tongrong.queries.policy import Permission, Viewer
from tongrong.queries.record_view import RecordView, record_view, served
from tongrong.vocabulary.verdicts import Verdict


@dataclass(frozen=True)
class Turned:
    """A verdict that an entry turned, before and after; None where there was, or is, none."""

    unit: str
    unit_name: str
    clause: str
    words: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True)
class Refused:
    """What was refused on the page of a record: by which form, why, and what was typed."""

    form: str
    why: str
    typed: str


@dataclass(frozen=True)
class JustDone:
    """What a write did, in words; whether it wrote, whether it was judged at once, what turned.

    `entered`: something new was, so that what comes next is offered.
    """

    said: str
    written: bool
    entered: bool
    judged: bool
    turned: tuple[Turned, ...]


def view_of(request: PortalRequest, ledger: type[Ledger], number: str) -> RecordView:
    """The record a page is about; one the viewer may not see is as one that is not there."""
    known = number.isascii() and number.isdecimal() and len(number) < 19
    view = record_view(viewer_of(request), ledger, int(number)) if known else None
    if view is None:
        raise Http404
    return view


def _answer(request: PortalRequest, ledger: str, number: str) -> HttpResponse:
    own = ledger_of(ledger)
    return shown_record(request, own, view_of(request, own, number))


def shown_record(
    request: PortalRequest, own: type[Ledger], view: RecordView, refused: Refused | None = None
) -> HttpResponse:
    """The page of a record; with what was refused on it, what was typed is kept."""
    viewer = viewer_of(request)
    seen = judgements(viewer)
    kept = to_tell(request, view.record)
    done = None if kept is None else _just_done(viewer, seen, kept)
    serves = () if seen is None else served(viewer, seen, view.record, view.path)
    meets, person = own.code == "meetings", own.code == PERSONS
    page = shown(
        request,
        "record.html",
        own.label,
        of=view.name,
        ledger=own,
        view=view,
        done=done,
        serves=serves,
        meets=meets,
        following=next_records(own, view.values),
        another=another(own, view.values),
        person=view.record.partition("/")[2] if person else "",
        holding=[LEDGERS[one] for one in HOLDING] if person else (),
        attached=() if person else attached_to(view.record),
        since_returned=_since_returned(view),
        refused=refused,
    )
    page.status_code = 200 if refused is None else 422
    if kept is not None:
        told_by(page, kept)
    return page


def _since_returned(view: RecordView) -> tuple[Change, ...]:
    """What was changed in the record since it was last returned."""
    returned = view.returning.course.returned
    if returned is None:
        return ()
    later = (one for one in view.history.versions if one.version > returned.version)
    return tuple(change for one in later for change in one.changes)


def _just_done(viewer: Viewer, seen: Judgements | None, said: Mapping[str, Any]) -> JustDone:
    """What an entry did, as far as the viewer may see it."""
    changes = said["changes"] if seen is not None else []
    names = names_of_units(viewer, Permission.SEE_CHECKLIST, {one[0] for one in changes})
    turned = tuple(
        Turned(unit, names[unit], clause, _words(seen, clause), _verdict(before), _verdict(after))
        for unit, clause, before, after in changes
        if unit in names and seen is not None and clause in seen.clauses
    )
    return JustDone(
        said=said["done"],
        written=said["written"],
        entered=said["entered"],
        judged=said["judged"],
        turned=turned,
    )


def _words(seen: Judgements, clause: str) -> str:
    return seen.clauses[clause].title


def _verdict(said: str) -> Verdict | None:
    return Verdict(said) if said else None


PAGE = Page("ledgers/<str:ledger>/<str:number>/", "record", "记录", Permission.SEE_LEDGERS, _answer)
