"""Finds every ledger by scanning `facts/ledgers/`: a new file is enough."""

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from tongrong.facts import ledgers
from tongrong.facts.ledger import Ledger


def _scan() -> dict[str, type[Ledger]]:
    found: dict[str, type[Ledger]] = {}
    for module_info in sorted(pkgutil.iter_modules(ledgers.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{ledgers.__name__}.{module_info.name}")
        for value in vars(module).values():
            if (
                inspect.isclass(value)
                and issubclass(value, Ledger)
                and value.__module__ == module.__name__
            ):
                if value.code in found:
                    raise ValueError(f"two ledgers share the code {value.code!r}")
                found[value.code] = value
    return found


LEDGERS: Mapping[str, type[Ledger]] = MappingProxyType(_scan())


TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "meetings": "会议与议题",
        "branch_life": "组织生活与党费",
        "activities": "活动与培训",
        "development": "发展党员与组织关系",
        "people": "班子与党员",
        "staffing": "机构与人员",
        "talents": "人才",
        "documents": "制度、监督与经费",
        "projects": "项目与平台",
        "reform": "改革与激励",
        "accounts": "两本账",
        "organization": "企业与党组织",
        "ownership": "股权与行业",
        "scale": "企业规模",
        "adjustments": "参数",
    }
)
"""The title of each topic, in the order in which they are listed."""


def topic_of(ledger: type[Ledger]) -> str:
    """The file a ledger is declared in."""
    return ledger.__module__.rsplit(".", 1)[-1]
