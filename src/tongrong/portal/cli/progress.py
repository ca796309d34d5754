"""How far long work is: a bar on a terminal, nothing on a pipe."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tongrong.portal.cli.consoles import err

if TYPE_CHECKING:
    from tongrong.vocabulary.progress import Progress


@contextmanager
def watched(told: "Progress | None" = None) -> Iterator["Progress | None"]:
    """A bar on stderr while long work is done; none where nobody watches, or another is `told`."""
    if told is not None or not err().is_terminal:
        yield told
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task("准备", total=None)

        def step(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield step
