"""What may be attached to a record, told by what a file contains, not by what it is called."""

import io
import zipfile

from tongrong.vocabulary.errors import TongrongError, refuse

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS = (
    (b"%PDF-", ("pdf",)),
    (b"\x89PNG\r\n\x1a\n", ("png",)),
    (b"\xff\xd8\xff", ("jpg", "jpeg")),
    (_OLE, ("doc", "xls", "ppt", "wps", "et", "dps")),
)
_HOLDS = (
    ("word/document.xml", ("docx",)),
    ("xl/workbook.xml", ("xlsx",)),
    ("ppt/presentation.xml", ("pptx",)),
    ("OFD.xml", ("ofd",)),
)
"""The file inside by which a zip is told."""
ACCEPTED = tuple(name for _, names in (*_BEGINS, *_HOLDS) for name in names)
"""The endings of names that are accepted."""


def checked_name(name: str, data: bytes) -> str:
    """The name of a file without folders, if it may be attached.

    Raises:
        TongrongError: it is empty, too large, or contains something else than its name says.
    """
    name = name.replace("\\", "/").rpartition("/")[2].strip()
    if not 0 < len(data) <= MOST_BYTES:
        found = "空文件" if not data else f"{len(data) / 1024 / 1024:.1f} MB"
        raise _refused(name, found)
    ending = name.rpartition(".")[2].lower()
    if not name or len(name) > LONGEST_NAME or ending not in _endings(data):
        raise _refused(name, "内容与文件名的后缀不符，或是不收的类型")
    return name


def _endings(data: bytes) -> tuple[str, ...]:
    """The endings that fit what a file contains; none: it is of no kind accepted."""
    for begins, endings in _BEGINS:
        if data.startswith(begins):
            return endings
    if not data.startswith(b"PK"):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = set(archive.namelist())
    except zipfile.BadZipFile:
        return ()
    return next((endings for held, endings in _HOLDS if held in inside), ())


def _refused(name: str, found: str) -> TongrongError:
    expected = f"不超过 {MOST_BYTES // 1024 // 1024} MB 的 {'、'.join(ACCEPTED)} 文件"
    return refuse("attachment.file", name or "附件", found, expected, "另存为其中一种，再上传")
