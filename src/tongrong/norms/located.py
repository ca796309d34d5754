"""YAML with positions: every value knows its file, line and column.

Scalars stay the text that was written, except true, false and empty; so `1.1` and `0.5%`
arrive as people wrote them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tongrong.vocabulary.errors import Problem, TongrongError, refuse

# The parser in C where PyYAML brings it (all its wheels do): a checklist reads ten times faster.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Route = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """A YAML file's content as plain data, and where each part of it stands."""

    file: Path
    data: Any
    positions: Mapping[Route, tuple[int, int]] = field(repr=False)

    def where(self, route: Route) -> str:
        """`file:line:column` of a part, or of the nearest part around it."""
        for length in range(len(route), -1, -1):
            if route[:length] in self.positions:
                line, column = self.positions[route[:length]]
                return f"{self.file}:{line}:{column}"
        return str(self.file)


def read_text(file: Path) -> str:
    """The text of one file of a checklist.

    Raises TongrongError (N001 missing, N005 not UTF-8).
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise refuse(
            "N001", str(file), "", "这里有一个文件", "检查文件夹名称，或从模板补上该文件"
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise refuse(
            "N005", f"{file}:{line}", "不是 UTF-8 编码", "UTF-8 编码的文本",
            "在编辑器中另存为 UTF-8（记事本：另存为，编码选 UTF-8）",
        ) from None  # fmt: skip


def read_yaml(file: Path) -> Located:
    """Read one file.

    Raises TongrongError (N001 missing, N005 not UTF-8, N002 not YAML, N003 a key given twice).
    """
    try:
        node = yaml.compose(read_text(file), Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise _unread(file, error.problem_mark or error.context_mark) from None
    except yaml.YAMLError as error:
        found = repr(getattr(error, "character", ""))
        raise refuse(
            "N002", str(file), found, "合法的 YAML，不含控制字符", "删去看不见的字符"
        ) from None
    reader = _Reader(file)
    data = reader.plain(node, ()) if node is not None else {}
    if reader.problems:
        raise TongrongError(reader.problems)
    return Located(file, data, reader.positions)


def _unread(file: Path, mark: yaml.Mark | None) -> TongrongError:
    """Where the parser stopped, with the line it stands in; its own words are English."""
    if mark is None:
        where, found = str(file), ""
    else:
        where = f"{file}:{mark.line + 1}:{mark.column + 1}"
        lines = read_text(file).splitlines()
        found = lines[mark.line].strip()[:60] if mark.line < len(lines) else "文件到此结束"
    return refuse(
        "N002", where, found, "合法的 YAML：“键: 值”逐行对齐",
        "此处或上一行的缩进、冒号、引号或括号不对：冒号后空一格，引号和括号成对",
    )  # fmt: skip


class _Reader:
    """Turns composed nodes into plain data, noting positions and repeated keys."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.positions: dict[Route, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def plain(self, node: yaml.Node, route: Route) -> Any:
        mark = node.start_mark
        self.positions.setdefault(route, (mark.line + 1, mark.column + 1))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, route)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*route, i)) for i, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, route: Route) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            mark = key_node.start_mark
            if key in result:
                where = f"{self.file}:{mark.line + 1}:{mark.column + 1}"
                self.problems.append(
                    Problem("N003", where, key, "同一处每个键只写一次", "删去或合并重复的键")
                )
            self.positions[(*route, key)] = (mark.line + 1, mark.column + 1)
            result[key] = self.plain(value_node, (*route, key))
        return result


def _scalar(node: yaml.Node) -> str | bool | None:
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool" and node.value in ("true", "false"):
        return bool(node.value == "true")
    return str(node.value)
