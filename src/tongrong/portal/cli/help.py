"""The help of a command, in Chinese and whole at any width: nothing of it is cut."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from tongrong.portal.cli.consoles import out

_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
Row = tuple[str, str, str]


def print_help(*, obj: Any, ctx: Any, markup_mode: Any = None) -> None:
    """Print the help of a command or group; stands in for Typer's own, which is English."""
    del markup_mode
    from rich.padding import Padding

    pieces = [_USAGE.get(one, one.strip("{}")) for one in obj.collect_usage_pieces(ctx)]
    console = out()
    console.print()
    console.print(f"用法：{ctx.command_path} {' '.join(pieces)}", style="bold", markup=False)
    console.print(Padding(_folded(obj.help or ""), (1, 0)))
    own = obj.get_params(ctx)
    _panel("参数", [_argument(one) for one in own if one.param_type_name == "argument"])
    _panel("选项", [_option(one, ctx) for one in own if one.param_type_name == "option"])
    names = obj.list_commands(ctx) if hasattr(obj, "list_commands") else ()
    found = [obj.get_command(ctx, name) for name in names]
    _panel("命令", [(one.name, "", one.help or "") for one in found if not one.hidden])
    if obj.epilog:
        console.print(Padding(_folded(obj.epilog), (1, 0)))


def _panel(title: str, rows: Iterable[Row]) -> None:
    """A framed table of names, what is written after them, and what they mean."""
    from rich.panel import Panel
    from rich.table import Table

    rows = list(rows)
    if not rows:
        return
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(style="bold cyan", no_wrap=True)
    if any(written for _, written, _ in rows):
        table.add_column(style="yellow", overflow="fold", max_width=16)
    table.add_column(overflow="fold", ratio=1)
    for name, written, words in rows:
        table.add_row(name, *([written] if len(table.columns) > 2 else []), _folded(words))
    out().print(Panel(table, title=title, title_align="left", border_style="dim"))


def _argument(param: Any) -> Row:
    return param.metavar or param.human_readable_name, "", _meaning(param)


def _option(param: Any, ctx: Any) -> Row:
    choices = str(param.display_type_rich(ctx) or "").strip("<>").replace("|", " ")
    written = "" if getattr(param, "is_flag", False) else param.metavar or choices
    return ", ".join([*param.opts, *param.secondary_opts]), written, _meaning(param)


def _meaning(param: Any) -> str:
    """What it means, whether it must be given, and what holds where it is not."""
    if "--help" in param.opts:
        return "显示这份说明"
    default = param.default.value if isinstance(param.default, Enum) else param.default
    shown = param.show_default and default and default is not True and not callable(default)
    said = " [必填]" if param.required else f" [默认：{default}]" if shown else ""
    return f"{param.help or ''}{said}"


def _folded(words: str) -> Any:
    from rich.text import Text

    return Text(words, overflow="fold")
