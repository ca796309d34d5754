"""What a command is told, turned into what the rooms below take: days, checklists, facts, units."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from tongrong.portal import clock
from tongrong.vocabulary.errors import Problem, TongrongError, refuse
from tongrong.vocabulary.failures import file_failure
from tongrong.vocabulary.periods import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from tongrong.engine.programs import Programs
    from tongrong.facts.reading import Note, Reading
    from tongrong.facts.snapshot import Snapshot
    from tongrong.norms.checklist import Checklist, Clause
    from tongrong.norms.family import Family

SETTINGS = "tongrong.config.settings.dev"
SHOWN = 3
MANY_PARTS = 100
_DAY = re.compile(
    r"(?P<year>\d{4})(?P<between>[-/.年]?)(?P<month>\d{2}|(?<=\D)\d)(?(between)[-/.月]?)"
    r"(?P<day>\d{2}|(?<=\D)\d)日?"
)


def day_of(text: str | None, option: str = "--as-of") -> dt.date:
    """The day named, today where none is; 2026/9/25, 2026.9.25, 2026年9月25日 and 20260925 too."""
    if text is None:
        return clock.today()
    written = _DAY.fullmatch(text.strip())
    try:
        day = dt.date(*map(int, written.group("year", "month", "day") if written else ()))
    except (TypeError, ValueError):
        raise refuse(
            "cli.day", option, text, "日期，如 2026-09-25", "写成 年-月-日，且为真实存在的日期"
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        expected = f"{FIRST_YEAR} 年至 {LAST_YEAR} 年之间的日期，如 2026-09-25"
        raise refuse("cli.day", option, text, expected, "核对年份")
    return day


def year_of(text: str | None) -> int | None:
    """The assessment year named; None leaves it to the day."""
    if text is None:
        return None
    written = re.fullmatch(r"\d{4}", text.strip(), re.ASCII)
    if written is None or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        expected = f"四位年度，如 2026，在 {FIRST_YEAR} 至 {LAST_YEAR} 之间"
        raise refuse("cli.year", "--year", text, expected, "写成 --year 2026")
    return int(text)


def home() -> Path:
    """The folder of the installation's own files."""
    return Path(os.environ.get("TONGRONG_HOME", "var"))


def programs() -> "Programs":
    """Compiled programs, kept in the home folder where that can be written."""
    from tongrong.engine.programs import Programs

    folder = home() / "programs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Programs(waiting=_tell_waiting)
    return Programs(folder if os.access(folder, os.W_OK) else None, _tell_waiting)


def _tell_waiting(parts: int) -> None:
    """Say on stderr that many rules take a while to get ready; a terminal shows a bar instead."""
    from tongrong.portal.cli.consoles import err

    if parts >= MANY_PARTS and not err().is_terminal:
        err().print("正在准备判据：规则有改动后的第一次约半分钟，以后不用再等", style="dim")


def checklist_of(name: str | None) -> "Checklist":
    """A checklist by its name, or by the folder it stands in; without a name the default one."""
    from tongrong.norms.from_files import default_checklist, load_checklist

    name = name or default_checklist()
    folder = Path(name)
    if (folder / "checklist.yaml").is_file():
        return load_checklist(folder.resolve().name, folder.resolve().parent)
    return load_checklist(name)


def family_of(name: str | None) -> "Family":
    """The versions of a checklist by the name of their family, or one checklist alone."""
    from tongrong.norms.family import Family
    from tongrong.norms.from_files import default_checklist, load_family

    name = name or default_checklist()
    if (Path(name) / "checklist.yaml").is_file():
        return Family.of_one(checklist_of(name))
    return load_family(name)


def clause_of(checklist: "Checklist", clause_id: str, *others: "Checklist") -> "Clause":
    """A clause by its id, of the first checklist that has it; an unknown one is refused."""
    versions = (*reversed(others), checklist)
    clauses = {clause.id: clause for version in versions for clause in version.clauses()}
    clause_id = clause_id.strip().lower()
    if clause_id not in clauses:
        raise refuse(
            "cli.clause",
            "判据编号",
            clause_id,
            f"清单 {checklist.slug} 已写成判据的编号，如 {next(iter(clauses), '—')}",
            f"{nearest(clause_id, clauses)}tongrong norms show 列出全部判据",
        )
    return clauses[clause_id]


def looks_like_clause(text: str) -> bool:
    """Whether a word on the command line is a clause id and no checklist."""
    return re.fullmatch(r"\d+\.\d+\.[A-Za-z]", text) is not None


def unit_of(snapshot: "Snapshot", text: str) -> str:
    """The code of a unit given by code or by its full name; an unknown one is refused."""
    if not text.strip():
        raise refuse(
            "cli.unit",
            "单位",
            "没有写是哪个单位",
            "“企业”或“党组织”台账中的编号或全称",
            "写上编号，如 --unit QY01；要看全部单位，就不写 --unit",
        )
    text, names = text.strip(), unit_names(snapshot)
    if text in names:
        return text
    named = [code for code, name in names.items() if name == text]
    if len(named) == 1:
        return named[0]
    if named:
        raise refuse(
            "cli.unit", "单位", text, "只有一个单位叫这个名称", f"改用编号：{'、'.join(named)}"
        )
    near = nearest(text, [*names, *names.values()])
    raise refuse("cli.unit", "单位", text, "“企业”或“党组织”台账中的编号或全称", f"{near}核对编号")


def unit_names(snapshot: "Snapshot") -> dict[str, str]:
    """Every unit's name by its code, withdrawn and draft ones left out."""
    from tongrong.facts.ledger import EFFECTIVE

    names: dict[str, str] = {}
    for ledger in ("enterprises", "party_organizations"):
        rows = snapshot[ledger].select(["number", "name", "status"]).to_pylist()
        names |= {row["number"]: row["name"] for row in rows if row["status"] == EFFECTIVE}
    return names


def nearest(text: str, among: Iterable[str]) -> str:
    """“是否应为 …？” with the known words most like this one; empty where none is near."""
    near = get_close_matches(text, list(among), n=SHOWN, cutoff=0.5)
    return f"是否应为 {'、'.join(near)}？" if near else ""


def read_files(path: Path) -> "Reading":
    """The facts in a workbook or folder, references checked.

    Raises:
        TongrongError: there is nothing to read, or with every problem found.
    """
    from tongrong.facts.check import check_references, check_sense
    from tongrong.facts.from_files import read_facts
    from tongrong.facts.reading import FilesRefused
    from tongrong.facts.settle import settle

    settled = settle(read_facts(path))
    reading, problems = settled.reading, settled.problems
    problems += check_references(
        reading.snapshot, sources=reading.sources, directory=settled.directory
    )
    problems += check_sense(reading.snapshot, reading.sources)
    if problems:
        raise FilesRefused(problems)
    tell_notes(reading.notes)
    return reading


def tell_notes(notes: "Iterable[Note]") -> None:
    """Say on stderr what of the files was left out or seems to be there twice."""
    from tongrong.portal.cli.consoles import err

    for note in notes:
        err().print(f"{note.where}：{note.text}", style="yellow", markup=False, soft_wrap=True)


def tell_doubts(problems: "Sequence[Problem]") -> None:
    """Say on stderr what can hardly be so, of each kind the first; it counts all the same."""
    from tongrong.facts.reading import FilesRefused
    from tongrong.portal.cli.consoles import err

    if problems:
        said = f"有 {len(problems)} 处记录存疑，照样计入，请核对：\n{FilesRefused(problems)}"
        err().print(said, style="yellow", markup=False)


def facts_of(
    path: Path | None, *, cleared: bool, known_at: dt.datetime | None = None
) -> "Snapshot":
    """The facts in a workbook or folder; without a path those of the database, at `known_at`.

    Units abroad are left out for who is not `cleared` for them (五不公开).
    """
    from tongrong.facts.clearance import without_overseas

    where = "业务数据库" if path is None else str(path)
    snapshot = database_facts(known_at) if path is None else read_files(path).snapshot
    return _with_units(snapshot if cleared else without_overseas(snapshot), where)


def database_facts(known_at: dt.datetime | None = None) -> "Snapshot":
    """The facts in the database, now or as known at a moment; one that holds none is refused."""
    start_django()
    from tongrong.queries.facts import current_snapshot

    snapshot = current_snapshot(known_at)
    if not snapshot.row_count and known_at is not None and current_snapshot().row_count:
        raise _nothing_known(known_at)
    if not snapshot.row_count:
        raise _empty()
    return snapshot


def _empty() -> TongrongError:
    return refuse(
        "database.empty",
        "业务数据库",
        "还没有导入过台账",
        "已导入的台账",
        "先 tongrong import 工作簿.xlsx，或在命令后写工作簿或文件夹",
    )


def database_facts_exist() -> None:
    """Connect to the database and bring its tables up to date; one without records is refused."""
    ready_database()
    from tongrong.queries.audit import first_entry_at

    if first_entry_at() is None:
        raise _empty()


def _nothing_known(moment: dt.datetime) -> TongrongError:
    from tongrong.queries.audit import first_entry_at

    first = first_entry_at()
    return refuse(
        "cli.known_at",
        "--known-at",
        f"{clock.told(moment)} 库中还没有记录",
        f"第一次登记在 {clock.told(first)}" if first else "已登记过台账的数据库",
        "改为第一次登记之后的时刻",
    )


def _with_units(snapshot: "Snapshot", where: str) -> "Snapshot":
    """Without a unit nothing is judged, and nothing amiss would look like an all-clear."""
    if not unit_names(snapshot):
        raise refuse(
            "facts.no_units",
            where,
            "没有可判定的单位：“企业”“党组织”两张表没有记录，或全为草稿、撤回",
            "至少登记了一个企业或党组织的台账",
            "在“企业”“党组织”两张表中逐个登记单位后重试",
        )
    return snapshot


def start_django() -> None:
    """Connect Django to the database of this installation.

    Raises:
        TongrongError: the settings cannot be read.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except (ImproperlyConfigured, ModuleNotFoundError) as error:
        raise _unset(error) from error


def ready_database() -> None:
    """Connect to the database and bring its tables up to date, made where there is none.

    Raises:
        TongrongError: the database cannot be reached or made.
    """
    start_django()
    from tongrong.actions.prepare_database import prepare_database

    try:
        prepare_database()
    except OSError as error:
        raise refuse(
            "database.folder",
            str(error.filename or "数据文件夹"),
            file_failure(error),
            "可以新建文件的数据文件夹",
            "检查 DATABASE_URL 或 TONGRONG_HOME 所指的位置与权限",
        ) from error


def _unset(error: Exception) -> TongrongError:
    """What of the settings cannot be read: our own words where there are any."""
    expected = "可以识别的 DATABASE_URL、TONGRONG_HOME 与 DJANGO_SETTINGS_MODULE"
    remedy, found = "改正或删去相应的环境变量后重试", "设置不全，或有一项无法识别"
    if isinstance(error, ModuleNotFoundError):
        found = f"没有名为 {error.name} 的设置模块"
    elif re.search("[一-鿿]", str(error)):
        found, *more = (line.strip() for line in str(error).splitlines())
        told = {line[:3]: line[3:] for line in more}
        expected, remedy = told.get("应为：", expected), told.get("办法：", remedy)
    return refuse("database.settings", "数据库设置", found, expected, remedy)
