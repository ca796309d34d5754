"""Messy files by what they are: every format under every name, and what is no table at all."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
from tests.platform.book_bytes import compound, locked_xls, zipped
from tests.platform.messy_files import HEAD, MEETING, ONE, Case, book, meetings

UNREADABLE = [("", "facts.file.unreadable")]
FORMS = ("xlsx", "xls", "xlsb", "ods")
TEXT = "会议编号,召开单位编号,会议类型,召开日期\nHY02,ZB01,党课,2026-03-05\n"
XML_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def cases() -> dict[str, Case]:
    """The cases by title."""
    return {**_taken(), **_texts(), **_refused()}


def _taken() -> dict[str, Case]:
    rows = [HEAD, ONE]
    found = {
        f"工作簿 {form}": Case(f"台账.{form}", book(rows, form=form), meetings(ONE))
        for form in FORMS
    }
    for inside, name in (
        ("xls", "台账.et"),
        ("xlsx", "台账.et"),
        ("xlsx", "台账.xls"),
        ("xls", "台账.xlsx"),
        ("ods", "台账.xlsx"),
        ("xlsb", "台账"),
    ):
        data = book(rows, form=inside)
        found[f"{inside} 内容，名为 {name}"] = Case(name, data, meetings(ONE))
    return found


def _texts() -> dict[str, Case]:
    arrives = meetings(ONE)
    tabbed = TEXT.replace(",", "\t")
    return {
        "CSV UTF-8": Case("会议活动.csv", TEXT.encode(), arrives),
        "CSV UTF-8 带 BOM": Case("会议活动.csv", TEXT.encode("utf-8-sig"), arrives),
        "CSV GB18030": Case("会议活动.csv", TEXT.encode("gb18030"), arrives),
        "CSV 分号分隔": Case("meetings.csv", TEXT.replace(",", ";").encode(), arrives),
        "CSV 回车换行": Case("会议活动.csv", TEXT.replace("\n", "\r\n").encode(), arrives),
        "制表符分隔的文字，名为 xls": Case("会议活动.xls", tabbed.encode("gb18030"), arrives),
        "Unicode 文本": Case("会议活动.txt", tabbed.encode("utf-16"), arrives),
        "CSV 由列名认出台账": Case("新建文件(2).csv", TEXT.encode(), arrives),
        "CSV 文件名带年份和序号": Case("2026年会议活动台账(1).csv", TEXT.encode(), arrives),
        "一个 Parquet 文件": Case("meetings.parquet", parquet(), arrives),
    }


def parquet() -> bytes:
    """A Parquet file with the meeting ONE."""
    file = io.BytesIO()
    row = dict(zip(MEETING, ONE, strict=True))
    kinds = {"number": pa.string(), "unit": pa.string(), "kind": pa.string()}
    schema = pa.schema([*kinds.items(), ("held_on", pa.date32())])
    pq.write_table(pa.Table.from_pylist([row], schema), file)
    return file.getvalue()


def _refused() -> dict[str, Case]:
    whole = {form: book([HEAD, ONE], form=form) for form in FORMS}
    files = {
        "PDF": ("台账.pdf", b"%PDF-1.7\n", "PDF"),
        "Word 文档": ("台账.docx", zipped({"word/document.xml": "x"}), "Word"),
        "旧版 Word 文档": ("台账.doc", compound("WordDocument"), "Word"),
        "有密码的 xlsx": ("台账.xlsx", compound("EncryptedPackage"), "密码"),
        "有密码的 xls": ("台账.xls", locked_xls(), "密码"),
        "WPS 专有格式": ("台账.et", compound("ETContent"), "WPS"),
        "WPS 专有格式，不是复合文档": ("台账.wps", b"\x01\x02\0\0ET", "WPS"),
        "网页改名 xls": ("台账.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        "XML 表格 2003": ("台账.xls", XML_2003.encode(), "XML 表格"),
        "压缩包": ("台账.zip", zipped({"台账.xlsx": whole["xlsx"]}), "压缩包"),
        "压缩包改名 xlsx": ("台账.xlsx", zipped({"台账.csv": TEXT}), "压缩包"),
        "OFD": ("台账.ofd", zipped({"OFD.xml": "x"}), "OFD"),
        "图片": ("台账.png", b"\x89PNG\r\n\x1a\n", "图片"),
        "空文件": ("台账.xlsx", b"", "空文件"),
        "一句话改名 xlsx": ("台账.xlsx", "请查收".encode(), "只是扩展名如此"),
        **{
            f"截断的 {form}": (f"台账.{form}", data[: len(data) // 2], "残缺或已损坏")
            for form, data in whole.items()
        },
    }
    found = {
        title: Case(name, data, refused=UNREADABLE, hints=[said])
        for title, (name, data, said) in files.items()
    }
    name = parquet().replace(b"held_on", b"\x80eld_on")
    found["Parquet 列名编码错乱"] = Case("meetings.parquet", name, refused=UNREADABLE)
    quoted = TEXT.replace("党课", '"党课').encode()
    found["CSV 引号不成对"] = Case("会议活动.csv", quoted, refused=[("", "facts.file.csv")])
    wrong = TEXT.encode() + b"\xff\xff"
    found["CSV 编码错乱"] = Case("会议活动.csv", wrong, refused=[("", "facts.file.encoding")])
    return found
