"""What the pages of jobs have in common: the owner's only, followed while it goes on."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse

from tongrong.actions.jobs import cancel_waiting
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.words import state_of
from tongrong.portal.pages.page import shown, viewer_of
from tongrong.queries.jobs import JobView, job_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own_job(request: PortalRequest, kind: str, key: str) -> JobView:
    """The job a page is about; somebody else's is as one that is not there."""
    found = job_of(viewer_of(request).account, kind, key)
    if found is None:
        raise Http404
    return found


def job_page(
    request: PortalRequest, job: JobView, template: str, title: str, **values: Any
) -> HttpResponse:
    """The page of a job; asked by htmx, only how far it is, and the whole again once it is over."""
    state = state_of(job)
    said = {"job": job, "state": state, "address": request.path, "mine": True}
    if not request.htmx:
        return shown(request, template, title, **said, **values)
    if state.over:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return shown(request, "parts/job_state.html", title, **said)


def cancel(request: PortalRequest, job: JobView) -> None:
    """Cancel a job of the viewer's: at once if it waits, else whoever does it stops."""
    if not cancel_waiting(key=job.key, owner=viewer_of(request).account, at=clock.now()):
        JobFolder(job.key).ask_to_stop()


def download(file: Path | None) -> HttpResponse:
    """A workbook to keep; one that is gone, or not made yet, is not there."""
    if file is None:
        raise Http404
    return FileResponse(
        file.open("rb"), as_attachment=True, filename=file.name, content_type=WORKBOOK
    )  # type: ignore[return-value]
