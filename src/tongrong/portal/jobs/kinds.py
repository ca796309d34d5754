"""The kinds of job, and which of them the schedule asks for when."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tongrong.portal.jobs import (
    export_list,
    import_asked,
    import_file,
    judging,
    judging_days,
    tidying,
)
from tongrong.portal.jobs.work import Work


@dataclass(frozen=True)
class Kind:
    """A kind of job. `due` says what one is asked for as at a moment, empty: nothing is due.

    Kinds that take long have a later `turn`. After one run `is_more` says whether the job goes on
    when it is its turn again: what is short and waits comes first.
    """

    title: str
    run: Callable[[Work], None]
    when: str = ""
    due: Callable[[dt.datetime], str] | None = None
    moves_the_day: bool = False
    turn: int = 0
    is_more: Callable[[Work], bool] = lambda _work: False


KINDS: Mapping[str, Kind] = {
    import_asked.KIND: Kind("导入台账", import_file.run),
    export_list.KIND: Kind("导出台账", export_list.run),
    judging_days.DAY: Kind("判定过去某日", judging_days.run, turn=1, is_more=judging_days.is_more),
    judging_days.MONTH_ENDS: Kind(
        "判定月末", judging_days.run, turn=2, is_more=judging_days.is_more
    ),
    judging.MIDNIGHT: Kind(
        "每日更新判定",
        judging.to_the_day,
        "每天零时；启动时如存下的结果是以前的日子，立即",
        judging.due_at_midnight,
        moves_the_day=True,
    ),
    judging.CATCH_UP: Kind(
        "补做判定",
        judging.what_is_left,
        "程序或清单更新后、有写入没判完的，立即，不成的每小时再做",
        judging.due_by_the_hour,
    ),
    tidying.KIND: Kind(
        "清理过期文件",
        tidying.run,
        f"每天一次，删去 {tidying.DAYS_KEPT} 天前的任务和文件",
        tidying.due,
    ),
}
SCHEDULED = tuple(name for name, kind in KINDS.items() if kind.due is not None)
TURNS = {name: kind.turn for name, kind in KINDS.items() if kind.turn}
"""Which kinds wait for others, however long."""
