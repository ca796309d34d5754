"""导出: a list as a workbook, made beside the pages and fetched by whoever asked for it."""

from pathlib import Path

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.jobs import ask_for
from tongrong.facts.registry import LEDGERS
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.jobs.asking import new_folder
from tongrong.portal.jobs.export_list import KIND, seen_by, told_of
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.tidying import DAYS_KEPT
from tongrong.portal.pages.job_pages import cancel, download, job_page, own_job
from tongrong.portal.pages.ledgers import asked_in, ledger_of
from tongrong.portal.pages.page import FORM, Page, viewer_of
from tongrong.queries.policy import Permission

_SEE = Permission.SEE_LEDGERS


def _begin(request: PortalRequest, ledger: str) -> HttpResponse:
    """Ask for the list of the page the button stands on."""
    own, (key, _) = ledger_of(ledger), new_folder()
    told = told_of(own.code, asked_in(own, request.GET))
    owner = viewer_of(request).account
    ask_for(key=key, kind=KIND, told=told, at=clock.now(), owner=owner)
    return HttpResponseRedirect(reverse("export", args=[key]))


def _of_export(request: PortalRequest, key: str) -> HttpResponse:
    job = own_job(request, KIND, key)
    if request.method == "POST":
        if not job.over:
            cancel(request, job)
        return HttpResponseRedirect(reverse("export", args=[key]))
    ledger, folder = LEDGERS[job.told["ledger"]], JobFolder(key)
    return job_page(
        request,
        job,
        "export.html",
        f"导出{ledger.label}",
        ledger=ledger,
        report=folder.report(),
        file=_made(request, folder),
        days=DAYS_KEPT,
    )


def _file(request: PortalRequest, key: str) -> HttpResponse:
    own_job(request, KIND, key)
    return download(_made(request, JobFolder(key)))


def _made(request: PortalRequest, folder: JobFolder) -> Path | None:
    """The file, to whom the list would show the same today: roles end, clearance is taken back."""
    same = folder.report().get("seen_by") == seen_by(viewer_of(request))
    return folder.made() if same else None


BEGIN = Page("ledgers/<str:ledger>/export/", "export-list", "导出", _SEE, _begin, ("POST",))
EXPORT = Page("exports/<str:key>/", "export", "导出", _SEE, _of_export, FORM, under="ledgers")
FILE = Page("exports/<str:key>/file/", "export-file", "导出的文件", _SEE, _file)
