"""The files attached to records: their list, where the content is kept, whether it is whole."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tongrong.queries.authors import author
from tongrong.queries.proof_names import ProofNames
from tongrong.records.models import Attachment, AuditEntry
from tongrong.vocabulary.errors import Problem

_PIECE = 1 << 20


@dataclass(frozen=True)
class Attached:
    """A file of a record; `sha256` is that of its content."""

    number: int
    name: str
    size: int
    sha256: str
    at: dt.datetime
    by: str


def folder() -> Path:
    """Where contents are kept."""
    return Path(settings.TONGRONG_HOME) / "attachments"


def kept_at(sha256: str) -> Path:
    """The file that keeps a content."""
    return folder() / sha256[:2] / sha256


def attached_to(record: str) -> tuple[Attached, ...]:
    """The files of a record, those taken away left out."""
    rows = Attachment.objects.filter(record=record, withdrawn_by_entry__isnull=True)
    columns = ("attachment_id", "name", "size", "sha256", "at", "author")
    told = rows.annotate(author=author("by")).order_by("attachment_id").values_list(*columns)
    return tuple(Attached(*one) for one in told)


def contents() -> Mapping[str, int]:
    """The size of every content that is to be kept, by its SHA-256; those taken away too."""
    return dict(Attachment.objects.order_by("sha256").values_list("sha256", "size"))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file; empty where there is none."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def attachment_problems(entries: Mapping[int, AuditEntry], names: ProofNames) -> Iterator[Problem]:
    """Files that are gone or were changed, and rows that say otherwise than their audit entry."""
    whole: dict[str, bool] = {}
    for row in Attachment.objects.order_by("attachment_id").iterator():
        where = names.numbered(f"附件 {row.attachment_id}", row.record)
        entry = entries.get(row.entry)
        said = (row.record, row.name, row.size, row.sha256)
        told = entry.detail if entry else {}
        if said != tuple(told.get(name) for name in ("record", "name", "size", "sha256")):
            expected = f"与第 {row.entry} 号审计记录相同"
            yield Problem("proof.attachment", where, "内容被改过", expected, "以备份恢复")
        if row.sha256 not in whole:
            whole[row.sha256] = sha256_of(kept_at(row.sha256)) == row.sha256
        if not whole[row.sha256]:
            found = f"{kept_at(row.sha256)} 不在或被改过"
            yield Problem("proof.attachment", where, found, "原来的文件", "以备份恢复")
