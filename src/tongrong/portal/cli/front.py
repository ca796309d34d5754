"""The front of the command line: errors in four parts, exit codes, help in Chinese."""

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperGroup

from tongrong.portal.cli.consoles import err, flush, give_up, never_fail_on_characters
from tongrong.vocabulary.errors import Problem, TongrongError, refuse
from tongrong.vocabulary.failures import database_failure, file_failure

FINE, UNMET, USAGE, REFUSED, DATABASE = 0, 1, 2, 3, 4
INTERRUPTED = 130  # as the shell has it of a program ended by Ctrl-C
NOBODY_READS = 141  # and by a closed pipe
EXIT_CODES = (
    "退出码：0 正常；1 有不达标（仅在 --fail-on-unmet 时）；2 用法不对；"
    "3 输入有误，未处理（import --partial：有行暂缓）；4 数据库连不上或不可用；130 被 Ctrl-C 中断"
)
_ENGINE_INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C while it computes
_NOTHING_WRITTEN = "没有报“已写出”的文件没有写出，原有的文件和数据库都没有改动"
_TRUE_OF_WHAT_WAS_WRITTEN = {
    "import": "报过“新增…”的文件已写入，其余的一行没有写入；再导入一次即可，不会重复",
    "restore": "没有报“已恢复”的，重新运行即可；若说库中已有记录，就是已经全部恢复，再核验一次",
    "demo": "没有报“已写出”的工作簿没有写出；没有报“新增…”的，数据库没有改动",
}
_DRY_RUN, _REHEARSED = "--dry-run", "试导没有写入任何内容，数据库没有改动"
_DATABASE_CODES = ("database.", "import.busy", "import.clock")
_USAGE_CODES = ("cli.", "record.", "erase.", "E010", "N004", "N031")


class Front(TyperGroup):
    """The commands, with every refusal told as where, found, expected and remedy."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name; an unknown one is refused with the nearest."""
        found = super().get_command(ctx, cmd_name)
        if found is None:
            near = get_close_matches(cmd_name, self.commands, n=1, cutoff=0.5)
            hint = f"是否应为 {near[0]}？" if near else ""
            raise refuse(
                "cli.command",
                ctx.command_path,
                cmd_name,
                "、".join(self.commands),
                f"{hint}{ctx.command_path} --help 列出全部命令",
            )
        return found

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 the signature is Typer's
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002
        **extra: Any,
    ) -> Any:
        """Run the command line; the exit code is documented in the help."""
        given = list(sys.argv[1:] if args is None else args) or ["--help"]
        never_fail_on_characters()
        if "--help" in given or len(given) == 1:
            _in_chinese()
        extra["windows_expand_args"] = windows_expand_args
        try:
            code = self._told(given, prog_name or "tongrong", complete_var, extra)
            flush()
        except (BrokenPipeError, SystemExit):  # Rich and Typer turn a closed pipe into an exit
            give_up()
            code = NOBODY_READS
        except KeyboardInterrupt:
            code = INTERRUPTED
        if code == INTERRUPTED:
            tell_interrupted(given)
        if not standalone_mode:
            return code
        sys.exit(code if isinstance(code, int) else FINE)

    def _told(
        self, given: list[str], name: str, complete_var: str | None, extra: dict[str, Any]
    ) -> Any:
        """Run the command; a refusal is told on stderr and becomes its exit code."""
        try:
            return super().main(given, name, complete_var, standalone_mode=False, **extra)
        except BrokenPipeError:
            raise
        except TongrongError as error:
            err().print(str(error), markup=False, highlight=False)
            return exit_code(error)
        except typer.TyperException as error:
            err().print(str(usage_problem(error)), markup=False, highlight=False)
            return USAGE
        except typer.Abort:
            return USAGE
        except OSError as error:
            err().print(str(file_problem(error)), markup=False, highlight=False)
            return USAGE
        except Exception as error:
            if isinstance(error, RuntimeError) and str(error) == _ENGINE_INTERRUPTED:
                return INTERRUPTED
            if not type(error).__module__.startswith("django.db"):
                raise
            err().print(str(database_problem(error)), markup=False, highlight=False)
            return DATABASE


def tell_interrupted(words: Sequence[str]) -> None:
    """Say on stderr that the command was interrupted, and what is true of what it wrote.

    A file is put in its place only once it is whole, and an import is one transaction a file.
    """
    command = next((word for word in words if not word.startswith("-")), "")
    said = _TRUE_OF_WHAT_WAS_WRITTEN.get(command, _NOTHING_WRITTEN)
    if _DRY_RUN in words:
        said = _REHEARSED
    err().print(f"已中断：{said}", style="yellow", markup=False)


def exit_code(error: TongrongError) -> int:
    """4 where the database is to blame, 2 where the command line is, else 3."""
    codes = [problem.code for problem in error.problems]
    if any(code.startswith(_DATABASE_CODES) for code in codes):
        return DATABASE
    return USAGE if all(code.startswith(_USAGE_CODES) for code in codes) else REFUSED


def usage_problem(error: typer.TyperException) -> Problem:
    """What is wrong with the command line itself."""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else "tongrong"
    remedy = f"{command} --help 列出全部用法"
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        near = "、".join(sorted(error.possibilities or ()))
        hint = f"是否应为 {near}？" if near else ""
        return Problem("cli.option", command, str(option), "本命令有的选项", hint + remedy)
    parameter: Any = getattr(error, "param", None)
    if parameter is not None:
        name = next((one for one in parameter.opts if one.startswith("-")), parameter.metavar)
        found = f"{name} 的值不对{_value(error)}"
        if hasattr(error, "param_type"):
            found = f"没有写 {name}"
        return Problem("cli.parameter", command, found, parameter.help or str(name), remedy)
    return Problem("cli.usage", command, _usage_in_words(error), "用法说明中的写法", remedy)


def _value(error: Exception) -> str:
    """The value that was refused; empty where it is not known."""
    cause: Any = error.__cause__ or error.__context__
    given = [one.get("input") for one in cause.errors()] if hasattr(cause, "errors") else []
    return f"：{given[0]}" if given else ""


def _usage_in_words(error: typer.TyperException) -> str:
    """What is wrong with the words, in Chinese; empty where it cannot be told."""
    option, said = getattr(error, "option_name", None), error.format_message()
    if option is not None:
        return f"{option} 后面{'不该写值' if 'does not take' in said else '要写一个值'}"
    extra = re.search(r"extra argument\S* \((.*)\)", said)
    return f"多出来的词：{extra[1]}" if extra else "没有写命令，或写法不对"


def file_problem(error: OSError) -> Problem:
    """What the file system refused."""
    return Problem(
        "cli.file",
        str(error.filename or "文件"),
        file_failure(error),
        "可以读写的文件和文件夹",
        "检查路径、权限和磁盘空间，关闭正在打开该文件的程序",
    )


def database_problem(error: Exception) -> Problem:
    """What the database refused, none of its own words: they may quote persons."""
    return Problem(
        "database.failed",
        "业务数据库",
        database_failure(error),
        "数据库可以读写，且表结构为当前版本",
        "检查数据库服务、磁盘空间和权限后重试；没有报过已完成的，都没有写入",
    )


def _in_chinese() -> None:
    """Have the help printed by our own words."""
    from typer import rich_utils

    from tongrong.portal.cli.help import print_help

    rich_utils.rich_format_help = print_help
