"""The derived pages of the manual: one per ledger, one per clause kind; and its guards.

mkdocs loads this file (`hooks` in mkdocs.yml). Nothing it makes is kept in git: a page that is
made from the declaration cannot differ from it.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from inspect import cleandoc
from pathlib import Path
from types import MappingProxyType

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section

import tongrong
from tongrong.facts import guide, samples
from tongrong.facts.columns import Choice, Choices, Column, Privacy, Reference, Text, Whole
from tongrong.facts.ledger import Holds, Ledger
from tongrong.facts.registry import LEDGERS, TOPICS, topic_of

PACKAGE = Path(tongrong.__file__).parent
SECTIONS = MappingProxyType(
    {"Ledgers": "台账", "Kinds": "判据种类", "How to": "操作", "Decisions": "设计决定"}
)
PRIVACY = MappingProxyType(
    {Privacy.OPEN: "", Privacy.PERSONAL: "个人信息", Privacy.SENSITIVE: "敏感信息"}
)


# --- mkdocs calls these ---------------------------------------------------------------------


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the derived pages."""
    for path, text in derived_pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Names the sections in Chinese; their folders are named in English."""
    del config, files
    for section in nav.items:
        if isinstance(section, Section):
            section.title = SECTIONS.get(section.title, section.title)
    return nav


def on_post_build(config: MkDocsConfig) -> None:
    """Refuses a manual that would fetch anything from another host.

    Raises:
        PluginError: a page or style sheet names a script, style, font or picture elsewhere.
    """
    found = list(foreign_assets(Path(config.site_dir)))
    if found:
        raise PluginError("手册引用了外部资源，离线时无法显示：\n" + "\n".join(found))


# --- what stands on the derived pages -------------------------------------------------------


def derived_pages() -> Mapping[str, str]:
    """Markdown by path of every page made from the code."""
    pages = {"ledgers/index.md": ledger_list(LEDGERS.values())}
    pages |= {f"ledgers/{code}.md": ledger_page(ledger) for code, ledger in LEDGERS.items()}
    for source in sorted((PACKAGE / "engine" / "kinds").glob("[!_]*.py")):
        pages[f"kinds/{source.stem}.md"] = kind_page(source)
    return pages


def ledger_list(ledgers: Iterable[type[Ledger]]) -> str:
    """All ledgers by topic, with what a row of each is."""
    by_topic: dict[str, list[Sequence[object]]] = {}
    for ledger in ledgers:
        name = f"[{ledger.label}]({ledger.code}.md)"
        row = (name, f"`{ledger.code}`", summary(ledger), when_counted(ledger))
        by_topic.setdefault(topic_of(ledger), []).append(row)
    parts = ["# 台账一览"]
    for topic, title in TOPICS.items():
        if topic in by_topic:
            parts.append(f"## {title}")
            parts.append(table(("台账", "编码", "含义", "一行是"), by_topic[topic]))
    return "\n\n".join(parts)


def ledger_page(ledger: type[Ledger]) -> str:
    """All a ledger declares, in words."""
    parts = [
        f"# {ledger.label}",
        f"`{ledger.code}`　{summary(ledger)}",
        f"**一行是**　{when_counted(ledger)}",
        f"**属于谁**　{whose(ledger)}",
        "## 列",
        table(
            ("列名", "编码", "类型", "必填", "键", "取值", "引用", "保密", "说明"),
            [column_row(name, column) for name, column in ledger.columns.items()],
        ),
    ]
    carried = list(carried_rows(ledger))
    if carried:
        parts += ["## 由引用带来的列", table(("编码", "含义"), carried)]
    samples = sample_rows(ledger)
    if samples:
        headings = list(dict.fromkeys(name for row in samples for name in row))
        rows = [[row.get(name, "") for name in headings] for row in samples]
        parts += ["## 样例", table(headings, rows)]
    return "\n\n".join(parts)


def summary(ledger: type[Ledger]) -> str:
    """What a row is: the first line of the declaration's docstring."""
    return cleandoc(ledger.__doc__ or "").split("\n", 1)[0]


def when_counted(ledger: type[Ledger]) -> str:
    """The ledger's time semantics as a sentence, as its Excel template says it."""
    match ledger.time:
        case Holds(_, _, persons=True):
            return f"{guide.row_meaning(ledger)}；占一个期间一半以上天数的，计入该期间。"
        case Holds(_, str()):
            return f"{guide.row_meaning(ledger)}；在整个期间内都存在的，计入该期间。"
        case _:
            return f"{guide.row_meaning(ledger)}。"


def whose(ledger: type[Ledger]) -> str:
    """Whose record a row is."""
    if ledger.owner is None:
        return "不属于某个单位。"
    return f"“{heading(ledger, ledger.owner)}”所指的单位。"


def heading(ledger: type[Ledger], name: str) -> str:
    """The Chinese heading of an own or carried column; the name itself where there is none."""
    if name in ledger.columns:
        return ledger.columns[name].label
    for reference_name, reference in ledger.references().items():
        carried = name.removeprefix(f"{reference_name}_")
        if carried in reference.carry and reference.to in LEDGERS:
            target = LEDGERS[reference.to]
            return f"{target.label}的{heading(target, carried)}"
    return name


def column_row(name: str, column: Column) -> Sequence[object]:
    """One line of a ledger's table of columns."""
    kind = column.type_label
    if isinstance(column, Text):
        kind = f"{kind}，不超过 {column.longest} 字"
    elif isinstance(column, Whole) and column.unit:
        most = "" if column.most is None else f"，不超过 {column.most}"
        kind = f"{kind}（{column.unit}）{most}"
    choices = "、".join(column.choices) if isinstance(column, Choice | Choices) else ""
    return (
        column.label,
        f"`{name}`",
        kind,
        "" if column.optional else "是",
        "是" if column.key else "",
        choices,
        target_link(column) if isinstance(column, Reference) else "",
        PRIVACY[column.privacy],
        column.help,
    )


def target_link(reference: Reference) -> str:
    """A link to the ledger a reference points at."""
    if reference.to == "units":
        return "[企业](enterprises.md)或[党组织](party_organizations.md)"
    return f"[{LEDGERS[reference.to].label}]({reference.to}.md)"


def carried_rows(ledger: type[Ledger]) -> Iterator[Sequence[object]]:
    """The columns a ledger shows from the records it refers to."""
    for name, reference in ledger.references().items():
        for carried in reference.carry:
            full = f"{name}_{carried}"
            yield f"`{full}`", heading(ledger, full)


def sample_rows(ledger: type[Ledger]) -> Sequence[Mapping[str, str]]:
    """The ledger's sample rows by heading, as a user would type them; none where it has none."""
    path = samples.FOLDER / f"{ledger.code}.yaml"
    if not path.exists():
        return []
    rows: list[dict[str, str]] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 makes only text
    return rows


def kind_page(source: Path) -> str:
    """A clause kind in the words of its own docstring; its `Example:` section becomes YAML."""
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    title, _, rest = text.partition("\n")
    name, _, meaning = title.partition(": ")
    rest = re.sub(
        r"^Examples?:\n((?:(?:[ \t]+.*)?\n)*(?:[ \t]+.*))",
        lambda found: f"**写法**\n\n```yaml\n{cleandoc(chr(10) + found[1])}\n```\n",
        rest,
        flags=re.MULTILINE,
    )
    return f"# {name}\n\n{meaning}\n\n{rest.strip()}\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; `|` and line ends inside a cell are kept from breaking it."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)


def cell(value: object) -> str:
    """One value as it stands in a Markdown table."""
    return str(value).replace("|", "\\|").replace("\n", " ")


# --- nothing from elsewhere -----------------------------------------------------------------

_LOADING = MappingProxyType({"link": ("href",), "object": ("data",)})
_STYLE_LOADS = re.compile(
    r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE
)
_FOREIGN = re.compile(r"(?:https?:)?//", re.IGNORECASE)


class _Assets(HTMLParser):
    """Collects the addresses a browser would fetch by itself; plain links are not among them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag: its sources, and what its inline style loads."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "canonical":
            return
        names = (*_LOADING.get(tag, ()), "src", "srcset", "poster")
        self.found += [given[name] for name in names if _FOREIGN.match(given.get(name, "").strip())]
        self.found += _STYLE_LOADS.findall(given.get("style", ""))

    def handle_data(self, data: str) -> None:
        """The text of a <style>."""
        if self.lasttag == "style":
            self.found += _STYLE_LOADS.findall(data)


def foreign_assets(site: Path) -> Iterator[str]:
    """`file: address` of everything the built site would fetch from another host."""
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html":
            parser = _Assets()
            parser.feed(path.read_text(encoding="utf-8"))
            found = parser.found
        elif path.suffix == ".css":
            found = _STYLE_LOADS.findall(path.read_text(encoding="utf-8"))
        else:
            continue
        yield from (f"{path.relative_to(site)}: {address}" for address in found)
