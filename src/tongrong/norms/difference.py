"""What differs between two checklists, item by item, with file:line:column on both sides.

Rules are compared as written: a term that changed is told once, among the terms, and not again
in every clause that uses it. `one` and `[one]` are the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, final

from tongrong.norms.located import Located, Route, read_yaml
from tongrong.norms.rule_words import KEYS, VALUES

T = TypeVar("T")
COLUMNS = frozenset({"where", "meets"})
TEXT, NUMBERS = "总则", "数值"
"""The groups beside the items: the checklist as a whole, and its thresholds."""


@dataclass(frozen=True)
class Said:
    """What one side says: in words, and at which file:line:column."""

    words: str
    where: str


@dataclass(frozen=True)
class Change:
    """One thing that differs.

    `group` is an item (`12 基础保障规范`), TEXT or NUMBERS; `subject` a clause, an indicator, a
    threshold or empty; `path` the keys as written, `words` the same in Chinese, both empty where
    the subject itself was added (`old` None) or removed (`new` None).
    """

    group: str
    subject: str
    path: str
    words: str
    old: Said | None
    new: Said | None


@final
@dataclass(frozen=True)
class _Node:
    """A value with its place in a file."""

    at: Located
    route: Route

    @property
    def value(self) -> Any:
        found = self.at.data
        for step in self.route:
            found = found[step]
        return found

    def child(self, step: str | int) -> "_Node":
        return replace(self, route=(*self.route, step))

    def children(self) -> dict[str, "_Node"]:
        """Its parts by name: keys; of a list what each calls itself, else its number."""
        if isinstance(self.value, Mapping):
            return {key: self.child(key) for key in self.value}
        return {_name(one, n): self.child(n) for n, one in enumerate(self.value)}

    def said(self, words: str = "") -> Said:
        around, key = map(str, ("", "", *self.route)[-2:])
        return Said(words or _told(self.value, _inside(key, around)), self.at.where(self.route))


def difference(old: Path, new: Path) -> list[Change]:
    """Everything that differs between the checklists of two folders, in the order of the source.

    Raises TongrongError where a file is missing or is not YAML.
    """
    sides = [_Node(read_yaml(folder / "checklist.yaml"), ()) for folder in (old, new)]
    numbers = [_Node(read_yaml(folder / "thresholds.yaml"), ()) for folder in (old, new)]
    return [*_text(*sides), *_items(*sides), *_numbers(*numbers)]


def _text(old: _Node, new: _Node) -> Iterator[Change]:
    for key, mine, theirs in _paired(old.children(), new.children()):
        if key != "sections":
            yield from _changed(Change(TEXT, "", "", "", None, None), (key,), mine, theirs)


def _items(old: _Node, new: _Node) -> Iterator[Change]:
    for number, mine, theirs in _paired(_by_item(old), _by_item(new)):
        title = f"{number} {(theirs or mine or {})['title'].value}"
        blank = Change(title, "", "", "", None, None)
        if mine is None or theirs is None:
            titles = [None if side is None else side["title"].said() for side in (mine, theirs)]
            yield replace(blank, old=titles[0], new=titles[1])
        else:
            yield from _changed(blank, ("title",), mine["title"], theirs["title"])
        for subject, one, other in _paired(mine or {}, theirs or {}):
            if subject == "title":
                continue
            named = replace(blank, subject=subject)
            shown = "reading" if subject.count(".") == 2 else "text"
            if one is None or other is None:
                whole = [node and node.said(str(node.value[shown])) for node in (one, other)]
                yield replace(named, old=whole[0], new=whole[1])
                continue
            for key, left, right in _paired(one.children(), other.children()):
                if key != "clauses":
                    yield from _changed(named, (key,), left, right)


def _by_item(checklist: _Node) -> dict[str, dict[str, _Node]]:
    """The title, the indicators and the clauses of each item, by number."""
    found: dict[str, dict[str, _Node]] = {}
    for section in checklist.child("sections").children().values():
        for number, item in section.child("items").children().items():
            own = found.setdefault(number, {"title": item.child("title")})
            for indicator_id, indicator in item.child("indicators").children().items():
                own[indicator_id] = indicator
                if indicator.value.get("clauses"):
                    own |= indicator.child("clauses").children()
    return found


def _numbers(old: _Node, new: _Node) -> Iterator[Change]:
    for name, mine, theirs in _paired(old.children(), new.children()):
        blank = Change(NUMBERS, name, "", "", None, None)
        if mine is None or theirs is None:
            told = [side and side.said(_threshold(side.value)) for side in (mine, theirs)]
            yield replace(blank, old=told[0], new=told[1])
        else:
            yield from _changed(blank, (), mine, theirs)


def _threshold(value: Mapping[str, Any]) -> str:
    newest = value["values"][-1]
    return f"{value['label']} {newest.get('value') or '标准表'}（自{newest['from']}起）"


def _changed(
    blank: Change, path: tuple[str, ...], old: _Node | None, new: _Node | None
) -> Iterator[Change]:
    """What differs at a path, as deep as both sides have the same shape."""
    if old is not None and new is not None:
        if _plain(old.value) == _plain(new.value):
            return
        if _opens(old.value) and _opens(new.value) and type(old.value) is type(new.value):
            for name, mine, theirs in _paired(old.children(), new.children()):
                yield from _changed(blank, (*path, name), mine, theirs)
            return
    found = replace(blank, path=".".join(path), words=_path_words(path))
    yield replace(found, old=old and old.said(), new=new and new.said())


def _paired(old: Mapping[str, T], new: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Both sides of each name, those of the old first."""
    for name in dict.fromkeys([*old, *new]):
        yield name, old.get(name), new.get(name)


def _name(one: Any, number: int) -> str:
    """What a member of a list is called: its id, label or first day, else `第n`."""
    if isinstance(one, Mapping):
        for key in ("id", "label", "from"):
            if key in one:
                return str(one[key])
    return f"第{number + 1}"


def _opens(value: Any) -> bool:
    """Whether a value has parts to compare one by one; a list of words is told whole."""
    if isinstance(value, list):
        return any(isinstance(one, Mapping | list) for one in value)
    return isinstance(value, Mapping)


def _plain(value: Any) -> Any:
    """A value with every list of one word as that word."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        parts = [_plain(one) for one in value]
        return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else parts
    return value


def _path_words(path: Iterable[str]) -> str:
    return " / ".join(_word(key, around) for around, key in pairwise(("", *path)))


def _word(key: str, around: str) -> str:
    """A key in Chinese; those of COLUMNS are columns of a ledger, kept as written."""
    return key if around in COLUMNS else KEYS.get(key, key)


def _inside(key: str, around: str) -> str:
    """The key whose fixed values have words; a ledger's column has none."""
    return "" if around in COLUMNS else key


def _told(value: Any, key: str) -> str:
    """A value in one line of words."""
    match value:
        case None:
            return "（空）"
        case bool():
            return "是" if value else "否"
        case Mapping():
            told = (f"{_word(k, key)}：{_told(one, _inside(k, key))}" for k, one in value.items())
            return "，".join(told)
        case list():
            apart = "；" if _opens(value) else "、"
            return apart.join(_told(one, key) for one in value)
        case _:
            return VALUES.get(key, {}).get(str(value), str(value))
