"""The door of norms: reads a checklist folder, checks it, says what is wrong and where."""

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from tongrong.norms.checklist import (
    Checklist,
    ChecklistText,
    Indicator,
    UnknownTable,
    UnknownTerm,
)
from tongrong.norms.family import Family
from tongrong.norms.located import Located, Route, read_text, read_yaml
from tongrong.norms.points import marked
from tongrong.norms.pydantic_words import explain_pydantic
from tongrong.norms.thresholds import FIGURES_DUE, WARNINGS, Threshold, Thresholds, misread
from tongrong.vocabulary.errors import Problem, TongrongError, refuse

Model = TypeVar("Model", bound=BaseModel)


def norms_home() -> Path:
    """Where the checklists stand: beside the installed package, else in the source tree."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_norms"
    return shipped if shipped.is_dir() else package.parents[1] / "norms"


def checklists(home: Path | None = None) -> list[str]:
    """The names of all checklists, in order."""
    home = home or norms_home()
    return sorted(path.parent.name for path in home.glob("*/checklist.yaml"))


def default_checklist(home: Path | None = None) -> str:
    """The checklist meant where none is named: the one the file `default` beside them names.

    Without that file the only one there is; of several none, which is an empty name.
    """
    home = home or norms_home()
    file, names = home / "default", checklists(home)
    if file.is_file():
        return read_text(file).strip()
    return names[0] if len(names) == 1 else ""


def load_checklist(slug: str, home: Path | None = None) -> Checklist:
    """Load and check one checklist by its folder name.

    Raises TongrongError with every problem found, each at file:line:column.
    """
    home = home or norms_home()
    names = checklists(home)
    if slug not in names:
        near = difflib.get_close_matches(slug, names, n=1)
        hint = f"是否指 {near[0]}？" if near else ""
        raise refuse(
            "N004",
            str(home),
            slug,
            "、".join(names) or "至少一个清单文件夹",
            f"改用其中之一。{hint}",
        )
    folder = home / slug
    at, thresholds_at = read_yaml(folder / "checklist.yaml"), read_yaml(folder / "thresholds.yaml")
    text = _parse(ChecklistText, at)
    checklist = Checklist(folder, text, at, _parse(Thresholds, thresholds_at))
    problems = [
        *_check(checklist, at),
        *_check_name(checklist, at),
        *_check_points(checklist, at),
        *_check_thresholds(checklist, thresholds_at),
    ]
    if problems:
        raise TongrongError(problems)
    return checklist


def families(home: Path | None = None) -> dict[str, list[str]]:
    """The names of the versions of each family, by the family's name."""
    home = home or norms_home()
    found: dict[str, list[str]] = {}
    for slug in checklists(home):
        data = read_yaml(home / slug / "checklist.yaml").data
        family = data.get("version_of") if isinstance(data, dict) else None
        if family:
            found.setdefault(str(family), []).append(slug)
    return found


def clauses_known(home: Path | None = None) -> dict[str, frozenset[str]]:
    """The clause ids of every checklist that reads, by its name and by that of its family."""
    home = home or norms_home()
    found: dict[str, frozenset[str]] = {}
    for slug in checklists(home):
        try:
            checklist = load_checklist(slug, home)
        except TongrongError:
            found.setdefault(slug, frozenset())
            continue
        ids = frozenset(clause.id for clause in checklist.clauses())
        for name in checklist.names:
            found[name] = found.get(name, frozenset()) | ids
    return found


def load_family(name: str, home: Path | None = None) -> Family:
    """Load a family with all its versions, or one checklist by its own name, which comes first.

    Raises TongrongError with every problem found, each at file:line:column.
    """
    versions = [] if name in checklists(home) else families(home).get(name, [])
    if not versions:
        return Family.of_one(load_checklist(name, home))
    return Family.of(name, [load_checklist(one, home) for one in versions])


def _parse(model: type[Model], at: Located) -> Model:
    try:
        return model.model_validate(at.data)
    except ValidationError as error:
        raise TongrongError(pydantic_problems(error, at)) from None


def pydantic_problems(
    error: ValidationError, at: Located, prefix: Sequence[str | int] = ()
) -> list[Problem]:
    """The same errors in our words, at their file:line:column."""
    return [
        Problem("N010", at.where((*prefix, *detail["loc"])), *explain_pydantic(dict(detail)))
        for detail in error.errors()
    ]


def squeeze(text: str) -> str:
    """Text without white space, for comparing words and not typesetting."""
    return re.sub(r"\s+", "", text)


def _check(checklist: Checklist, at: Located) -> Iterator[Problem]:
    source = squeeze(read_text(checklist.folder / "source.txt"))
    seen: set[str] = set()
    for indicator in checklist.indicators():
        if squeeze(indicator.text) not in source:
            yield Problem(
                "N020", str(at.file), f"{indicator.id} {indicator.text[:30]}",
                "与 source.txt 逐字一致",
                "从 source.txt 复制该指标原文",
            )  # fmt: skip
        yield from _check_titles(checklist, indicator)
        for clause in indicator.clauses:
            where = checklist.where(clause)
            if clause.id in seen:
                yield Problem("N021", where, clause.id, "每个判据编号只用一次", "换一个字母")
            seen.add(clause.id)
            if clause.indicator != indicator.id:
                yield Problem("N022", where, clause.id, f"以 {indicator.id}. 开头", "改正判据编号")
            for words in clause.words:
                if squeeze(words) not in squeeze(indicator.text):
                    yield Problem(
                        "N023", checklist.where(clause, "words"), words, "该指标原文中的连续片段",
                        "从指标原文复制",
                    )  # fmt: skip
            try:
                checklist.rule(clause)
            except UnknownTerm as error:
                names = "、".join(checklist.text.terms)
                yield Problem("N024", where, str(error), f"terms 中的词：{names}", "改用已定义的词")
            except UnknownTable as error:
                expected = "thresholds.yaml 中只有一列的表"
                yield Problem("N024", where, str(error), expected, "改用已有的表，或补上这个表")


def _check_titles(checklist: Checklist, indicator: Indicator) -> Iterator[Problem]:
    """Lists show a clause by its title: in an indicator no two are alike."""
    titles = Counter(clause.title for clause in indicator.clauses)
    for clause in indicator.clauses:
        if titles[clause.title] > 1:
            yield Problem(
                "N032", checklist.where(clause, "words"), clause.title,
                "同一指标下各判据的名称不同",
                "加一行 about，写明这条只看哪一样，如 about: 支部党员大会",
            )  # fmt: skip


def _check_name(checklist: Checklist, at: Located) -> Iterator[Problem]:
    if checklist.slug != checklist.folder.name:
        yield Problem(
            "N006", at.where(("checklist",)), checklist.slug,
            f"文件夹的名称 {checklist.folder.name}", "改正 checklist，或给文件夹改名",
        )  # fmt: skip


def _check_points(checklist: Checklist, at: Located) -> Iterator[Problem]:
    stated = checklist.text.points
    if stated is not None and stated != checklist.points:
        yield Problem(
            "N026", at.where(("points",)), marked(stated),
            f"各条判据的分值之和 {marked(checklist.points)}",
            "改正总分，或改正写错分值的判据",
        )  # fmt: skip


def _check_values(
    name: str, threshold: Threshold, begins: dt.date, at: Located
) -> Iterator[Problem]:
    first = threshold.values[0].since
    if first > begins:
        yield Problem(
            "N028", at.where((name, "values", 0, "from")), f"{name}: {first}",
            f"第一个值不晚于清单的施行日期 {begins}",
            "补上施行之日起的值；后来改的数另起一行",
        )  # fmt: skip
    for number, dated in enumerate(threshold.values):
        expected = None if dated.value is None else misread(name, dated.value)
        if expected:
            where = at.where((name, "values", number, "value"))
            yield Problem("N027", where, f"{name}: {dated.value}", expected, "改正该数值")


def _check_thresholds(checklist: Checklist, at: Located) -> Iterator[Problem]:
    source = squeeze(read_text(checklist.folder / "source.txt"))
    for name in (*WARNINGS, FIGURES_DUE):
        if name not in checklist.thresholds:
            remedy = "从 norms 中的其他清单抄来，按需要改数值"
            yield Problem("N029", str(at.file), name, "每份清单都有的数值", remedy)
    for name in checklist.thresholds:
        threshold = checklist.thresholds[name]
        yield from _check_values(name, threshold, checklist.text.in_force.since, at)
        quoted: list[tuple[Route, str | None]] = [((name, "words"), threshold.words)]
        if threshold.adjustable is not None:
            quoted.append(((name, "adjustable", "words"), threshold.adjustable.words))
        for route, words in quoted:
            if words is not None and squeeze(words) not in source:
                yield Problem(
                    "N025", at.where(route), words, "source.txt 中的连续片段",
                    "从原文复制，或改写为 parameter（adjustable 中为 reason）并说明理由",
                )  # fmt: skip
