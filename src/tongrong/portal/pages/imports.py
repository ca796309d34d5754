"""导入: a file is sent, looked through, its columns matched, then taken in whole or in part."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tongrong.actions.correct_record import LONGEST_REASON
from tongrong.actions.jobs import ask_for, ask_further
from tongrong.portal import clock
from tongrong.portal.access import PortalRequest
from tongrong.portal.jobs.asking import new_folder
from tongrong.portal.jobs.folder import JobFolder
from tongrong.portal.jobs.import_asked import KIND, Asked
from tongrong.portal.jobs.import_report import CHECKED, REFUSED, stage_of
from tongrong.portal.jobs.tidying import DAYS_KEPT
from tongrong.portal.jobs.words import STATES
from tongrong.portal.pages.column_matching import matching, said_columns, said_ledger
from tongrong.portal.pages.import_told import told_import
from tongrong.portal.pages.job_pages import cancel, download, job_page, own_job
from tongrong.portal.pages.page import FORM, Page, shown, viewer_of
from tongrong.portal.upload_limit import MOST_BYTES, MOST_MEGABYTES
from tongrong.queries.jobs import DONE, JobView, jobs_of
from tongrong.queries.policy import Permission

_RECORD = Permission.RECORD
_SHOWN, _LONGEST_NAME, _LONGEST_WORDS = 20, 60, 150  # a name of 255 bytes at most
_ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods", ".et", ".csv", ".txt", ".parquet")


def _answer(request: PortalRequest) -> HttpResponse:
    """The form, and what the viewer sent lately."""
    refused = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        refused = _fault(request, sent)
        if isinstance(sent, UploadedFile) and not refused:
            return HttpResponseRedirect(reverse("import", args=[_send(request, sent)]))
    jobs = jobs_of(viewer_of(request).account, KIND, _SHOWN)
    folders = [JobFolder(one.key) for one in jobs]
    recent = [(one, at.sent(), _state(one, at)) for one, at in zip(jobs, folders, strict=True)]
    page = shown(
        request,
        "imports.html",
        PAGE.title,
        refused=refused,
        recent=recent,
        most=MOST_MEGABYTES,
        days=DAYS_KEPT,
        endings=",".join(_ENDINGS),
        sender=request.POST.get("sender", ""),
    )
    page.status_code = 422 if refused else 200
    return page


def _state(job: JobView, folder: JobFolder) -> str:
    """How far a file sent has come, in words."""
    if job.outcome:
        return "已导入"
    if job.state != DONE:
        return STATES[job.state]
    refused = stage_of(job, folder.report()) == REFUSED
    return "不能导入，要先改" if refused else "已检查，还没有导入"


def _fault(request: PortalRequest, sent: object) -> str:
    """What is wrong with what was sent, before anybody reads it; empty: nothing."""
    if not isinstance(sent, UploadedFile):
        size = request.META.get("CONTENT_LENGTH") or "0"
        if size.isdecimal() and int(size) > MOST_BYTES:
            return f"文件超过 {MOST_MEGABYTES} 兆。把各张表分成几个文件，分别导入。"
        return "没有选择文件。点“选择文件”，选一个工作簿或 CSV。"
    if Path(sent.name or "").suffix.lower() not in _ENDINGS:
        return "不是表格文件。请选 .xlsx、.xls、.csv 等表格；PDF、图片、压缩包不能导入。"
    if len(request.POST.get("sender", "").strip()) > _LONGEST_WORDS:
        return f"报送人不超过 {_LONGEST_WORDS} 个字。请缩短，再选一次文件。"
    if not sent.size:
        return "文件是空的。请重新导出或重新保存后再选。"
    return ""


def _send(request: PortalRequest, sent: "UploadedFile[Any]") -> str:
    """Keep the file and ask for it to be looked through; the key of the job."""
    key, folder = new_folder()
    given = Path(sent.name or "")
    name = f"{given.stem[:_LONGEST_NAME].lstrip('.')}{given.suffix}"
    with folder.place_for_sent(name).open("wb") as file:
        for chunk in sent.chunks():
            file.write(chunk)
    asked = Asked(sender=request.POST.get("sender", "").strip())
    owner = viewer_of(request).account
    ask_for(key=key, kind=KIND, told=asked.told(), at=clock.now(), owner=owner)
    return key


def _of_import(request: PortalRequest, key: str) -> HttpResponse:
    job = own_job(request, KIND, key)
    reason, fault = Asked.of(job.told).reason, ""
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        fault = "" if len(reason) <= LONGEST_REASON else f"不超过 {LONGEST_REASON} 个字，请缩短。"
        if not fault:
            _go_on(request, key)
            return HttpResponseRedirect(reverse("import", args=[key]))
    folder = JobFolder(key)
    report, file = folder.report(), folder.sent()
    name = file.name if file is not None else "文件已按期清理"
    page = job_page(
        request,
        job,
        "import.html",
        f"导入 {name}",
        name=name,
        file=file,
        asked=Asked.of(job.told),
        told=told_import(viewer_of(request), job, report),
        matching=matching(report) if job.over and file and not job.outcome else None,
        reason=reason,
        fault=fault,
    )
    page.status_code = 422 if fault else page.status_code
    return page


def _go_on(request: PortalRequest, key: str) -> None:
    """Cancel, look through again with other columns, or take in what was looked through."""
    job, folder, act = own_job(request, KIND, key), JobFolder(key), request.POST.get("act")
    if not job.over:
        if act == "cancel":
            cancel(request, job)
        return
    asked, report = Asked.of(job.told), folder.report()
    if job.outcome or folder.sent() is None:
        return
    if act == "check":
        columns = (*asked.columns, *said_columns(report, request.POST))
        ledger = said_ledger(report, request.POST, asked.ledger)
        further = replace(asked, columns=columns, ledger=ledger)
    elif act in ("whole", "part") and stage_of(job, report) == CHECKED:
        reason = request.POST.get("reason", "").strip()
        further = replace(asked, reason=reason, take_in=True, in_part=act == "part")
    else:
        return
    folder.begin()
    owner = viewer_of(request).account
    ask_further(key=key, owner=owner, told=further.told(), at=clock.now())


def _copy(request: PortalRequest, key: str) -> HttpResponse:
    own_job(request, KIND, key)
    return download(JobFolder(key).made())


PAGE = Page("imports/", "imports", "导入台账", _RECORD, _answer, FORM, under="ledgers")
IMPORT = Page("imports/<str:key>/", "import", "导入", _RECORD, _of_import, FORM, under="ledgers")
COPY = Page("imports/<str:key>/copy/", "import-copy", "待改副本", _RECORD, _copy)
