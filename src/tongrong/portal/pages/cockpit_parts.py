"""Parts of 驾驶舱 that come after it: the radar and the year, of units with all below them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse

from tongrong.portal import charts
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.days import month_ends_wanted, told_judging
from tongrong.portal.pages.on_day import OnDay
from tongrong.portal.pages.page import Page, shown
from tongrong.queries.judgements import Judgements
from tongrong.queries.overview import days_of_the_year, month_ends, section_shares, shares_over
from tongrong.queries.tallies import Units


def part_of(request: PortalRequest, part: Page, on: OnDay, **said: object) -> HttpResponse:
    """A part of the page that comes after it, or a page of its own."""
    own = f"parts/{part.name.replace('-', '_')}.html"
    template = own if request.htmx else "cockpit_part.html"
    return shown(request, template, part.title, on=on, seen=on.seen, part=own, **said)


def together(seen: Judgements, units: Units) -> dict[str, Any]:
    """The four sections of 四同步 as a table and a radar."""
    sections = section_shares(seen, units)
    return {"sections": sections, "radar": charts.radar(sections)}


def the_year(
    request: PortalRequest,
    seen: Judgements,
    units: Units,
    judged: Mapping[date, str],
    back: str,
) -> dict[str, Any]:
    """The year so far, of the month ends that are judged; the others are asked for as a job.

    `back` is the page to come back to from that.
    """
    missing = [one for one in month_ends(seen) if one not in judged]
    shares = shares_over(days_of_the_year(seen), judged, units)
    job = month_ends_wanted(seen).job() if missing else None
    asked = {"day": f"{seen.as_of}", "ends": "1", "next": back}
    return {
        "months": shares,
        "trend": charts.trend(shares),
        "missing": len(missing),
        "judging": told_judging(request, job, asked),
    }
