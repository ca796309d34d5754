"""What pydantic says of a checklist, in the words of its author."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

_SHAPES: Mapping[str, str] = {
    "string_type": "文字",
    "list_type": "列表：[甲, 乙]，或逐行以“- ”开头",
    "tuple_type": "列表：[甲, 乙]，或逐行以“- ”开头",
    "dict_type": "键和值：{键: 值}，或逐行“键: 值”",
    "mapping_type": "键和值：{键: 值}，或逐行“键: 值”",
    "model_type": "键和值：{键: 值}，或逐行“键: 值”",
    "model_attributes_type": "键和值：{键: 值}，或逐行“键: 值”",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "date_type": "日期，如 2018-01-01",
    "date_parsing": "日期，如 2018-01-01",
    "date_from_datetime_parsing": "日期，如 2018-01-01",
    "date_from_datetime_inexact": "日期，如 2018-01-01",
    "none_required": "空着",
    "union_tag_not_found": "注明是哪一种",
}
_LIMITS: Mapping[str, tuple[str, str]] = {
    "too_short": ("min_length", "至少 {} 项"),
    "too_long": ("max_length", "至多 {} 项"),
    "string_too_short": ("min_length", "至少 {} 个字"),
    "string_too_long": ("max_length", "至多 {} 个字"),
}
_LONGEST = 80


def explain_pydantic(detail: Mapping[str, Any]) -> tuple[str, str, str]:
    """(found, expected, remedy) of one pydantic error, nothing of its own English."""
    kind, context = detail["type"], detail.get("ctx", {})
    key = next((step for step in reversed(detail["loc"]) if isinstance(step, str)), "")
    found, mend = _written(detail.get("input")), f"改正 {key}" if key else "改正此处"
    match kind:
        case "missing":
            return f"缺 {key}", "此处必须有这个键", f"补上 {key}"
        case "extra_forbidden":
            return key, "此处没有这个键", "检查拼写，或删去这个键"
        case "enum" | "literal_error" | "union_tag_invalid":
            said = str(context.get("expected", context.get("expected_tags", "")))
            return found, "、".join(re.findall(r"'([^']*)'", said)) or said, "改用其中之一"
        case "string_pattern_mismatch":
            return found, f"形如 {_example(str(context['pattern']))}", "按此格式书写"
        case "value_error":
            return found, str(context["error"]), mend
    if kind in _LIMITS:
        limit, words = _LIMITS[kind]
        return found, words.format(context[limit]), mend
    return found, _SHAPES.get(kind, "这个键认得的写法，见判据种类和其他清单"), mend


def _written(value: Any) -> str:
    """A value as its author wrote it, not as Python shows it; long ones cut."""
    if isinstance(value, dict | list):
        text = yaml.safe_dump(
            value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1000
        )
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _example(pattern: str) -> str:
    """Something that matches the pattern of an id."""
    return pattern.strip("^$").replace(r"\d+", "1").replace(r"\.", ".").replace("[a-z]", "a")
