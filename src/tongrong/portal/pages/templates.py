"""模板: a workbook to fill in for one ledger, as `tongrong template` writes it."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse

from tongrong.facts.to_sheets import write_template
from tongrong.portal.access import PortalRequest
from tongrong.portal.pages.job_pages import WORKBOOK
from tongrong.portal.pages.ledgers import ledger_of
from tongrong.portal.pages.page import Page
from tongrong.queries.policy import Permission


def _answer(_request: PortalRequest, ledger: str) -> FileResponse:
    own = ledger_of(ledger)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{own.label}模板.xlsx"
        write_template(file, [own.code])
        content = BytesIO(file.read_bytes())
    return FileResponse(content, as_attachment=True, filename=file.name, content_type=WORKBOOK)


PAGE = Page("ledgers/<str:ledger>/template/", "ledger-template", "模板", Permission.RECORD, _answer)
