"""What may be attached to a record, told by what a file contains, not by what it is called."""

import io
import zipfile

from tongrong.vocabulary.errors import refuse

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 200
_QUOTED = 60
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

Fault = tuple[str, str, str]
"""What was found, what was expected, how to mend it."""


def checked_name(name: str, data: bytes) -> str:
    """The name of a file without folders, if it may be attached.

    Raises:
        TongrongError: it is empty, larger than `MOST_BYTES`, of a kind not accepted, or contains
            something else than its name says; told apart, each with how to mend it.
    """
    name = name.replace("\\", "/").rpartition("/")[2].strip()
    fault = _fault(name, data)
    if fault is not None:
        raise refuse("attachment.file", name or "附件", *fault)
    return name


def _fault(name: str, data: bytes) -> Fault | None:
    """What is wrong with a file, what would do, and how to mend it; None: nothing."""
    said, ending = f"“{name[:_QUOTED]}”", name.rpartition(".")[2].lower() if "." in name else ""
    if not data:
        found = f"{said}是空文件，一个字也没有"
        return found, "有内容的文件", "打开原来的文件看看，保存好、下载完，再上传"
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        return f"{said}超过 {most} MB", f"不超过 {most} MB 的文件", "压缩其中的图片，或分成几个文件"
    if len(name) > LONGEST_NAME:
        longest = f"不超过 {LONGEST_NAME} 个字的文件名"
        return f"{said}等 {len(name)} 个字", longest, "改短文件名，再上传"
    if ending not in ACCEPTED:
        found = f"{said}的后缀是 {ending}" if ending else f"{said}没有后缀"
        return found, f"{'、'.join(ACCEPTED)} 文件", "用原来的程序另存为其中一种，再上传"
    inside = _endings(data)
    if ending in inside:
        return None
    if inside:
        remedy = f"把后缀改为 {inside[0]}，或用原来的程序另存为 {ending}，再上传"
        return f"{said}的内容是 {'、'.join(inside)}，不是 {ending}", "内容与后缀一致", remedy
    remedy = f"只改后缀改变不了内容：用原来的程序打开，另存为 {ending}，再上传；打不开的已经损坏"
    return f"{said}的内容不是 {ending}", "内容与后缀一致", remedy


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
