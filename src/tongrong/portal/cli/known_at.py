"""`--known-at`: evaluate, explain or export by what the store held at a moment."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err
from tongrong.vocabulary.errors import refuse

KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="时刻",
        help="只按那时已经登记的内容，如 2026-09-25（到那天结束）或 2026-09-25T10:00+08:00",
    ),
]
OPTION = "--known-at"


def moment_known(text: str | None, facts: Path | None = None) -> dt.datetime | None:
    """The moment named; a day is its end in Shanghai. None leaves it to now.

    Raises:
        TongrongError: it is no such moment or still to come, or facts come from a file.
    """
    if text is None:
        return None
    if facts is not None:
        raise refuse(
            "cli.known_at",
            OPTION,
            f"同时写了 {facts}",
            "数据库中的台账：文件不记每一版何时登记",
            "删去台账文件，先 tongrong import；或删去 --known-at",
        )
    moment = _moment(text.strip())
    if moment > clock.now() and moment.astimezone(clock.SHANGHAI).date() > clock.today():
        raise refuse(
            "cli.known_at", OPTION, text, "已经到来的时刻", "改为今天或以前；看现在就不写它"
        )
    return moment


def note_known(moment: dt.datetime | None) -> None:
    """Say on stderr up to when what was recorded is taken into account."""
    if moment is not None:
        err().print(
            f"只按 {clock.told(moment)} 已登记的内容，其后的补录、更正、撤回不计", style="yellow"
        )


def _moment(text: str) -> dt.datetime:
    if ":" not in text:
        day = inputs.day_of(text, OPTION)
        after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), clock.SHANGHAI)
        return after - dt.timedelta.resolution
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise refuse(
            "cli.known_at",
            OPTION,
            text,
            "日期，如 2026-09-25；或带时区的时刻，如 2026-09-25T10:00+08:00",
            "在时刻后写时区，北京时间写 +08:00" if moment else "改成上面两种写法之一",
        )
    return moment
