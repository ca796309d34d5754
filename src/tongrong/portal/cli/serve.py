"""`tongrong serve`: the portal, in one server process with threads, and whoever does its jobs."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import out
from tongrong.vocabulary.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

HOST, PORT = "127.0.0.1", 8000
ADDRESS = f"http://{HOST}:{PORT}/"
THREADS = 8
LONGEST_REQUEST_SECONDS = 60
LONGEST_END_SECONDS = 10


def serve(
    host: Annotated[str, typer.Option("--host", metavar="地址", help="监听的地址")] = HOST,
    port: Annotated[
        int, typer.Option("--port", metavar="端口", min=1, max=65535, help="监听的端口")
    ] = PORT,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="数",
            min=1,
            max=64,
            help="进程数；SQLite 只用 1 个，PostgreSQL 可多个",
        ),
    ] = 1,
    keep_day: Annotated[  # noqa: FBT002 typer takes a flag's default so
        bool, typer.Option("--keep-day", help="零时不更新考核日：演示和查看过去用")
    ] = False,
) -> None:
    """Serve the portal until interrupted."""
    inputs.ready_database()
    from django.db import connection, connections

    if connection.vendor == "sqlite" and workers > 1:
        raise refuse(
            "cli.workers", "--workers", f"{workers} 个进程", "SQLite 时为 1",
            "去掉 --workers，或把 DATABASE_URL 改为 PostgreSQL",
        )  # fmt: skip
    _free_port(host, port)
    _ready_assets()
    _ready_texts()
    connections.close_all()  # a server process opens its own
    out().print(f"门户：http://{host}:{port}/　按 Ctrl-C 停止", soft_wrap=True)
    try:
        with _jobs(keep_day=keep_day):
            _server(host, port, workers, keep_day=keep_day).run()
    except SystemExit as ended:  # how Gunicorn always ends
        raise typer.Exit(ended.code if isinstance(ended.code, int) else 0) from None


def _free_port(host: str, port: int) -> None:
    """Refuse an address that nobody can listen on, before anything is made ready for it."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        raise refuse(
            "cli.port",
            "--port",
            f"{host}:{port}（{error.strerror}）",
            "本机的地址，没有被占用的端口",
            "停掉占用它的程序（也许门户已经开着），或用 --port 另选一个",
        ) from None


def _ready_assets() -> None:
    """Collect styles and scripts into the home folder; missing ones are refused."""
    from django.core.management import call_command

    from tongrong.portal.apps import assets_are_there

    for problem in assets_are_there(None):
        raise refuse("cli.assets", "门户", problem.msg, "样式文件齐全", f"{problem.hint}")
    call_command("collectstatic", interactive=False, verbosity=0)


def _ready_texts() -> None:
    """Read the checklist before the first request waits for it; one that is amiss is refused."""
    from tongrong.engine.again import norms_of
    from tongrong.queries.findings import is_open, stored_states

    for state in stored_states():
        if not is_open(state.checklist):
            _ = norms_of(state.checklist, state.as_of).reach


@contextmanager
def _jobs(*, keep_day: bool) -> Iterator[None]:
    """Let a process of its own do the jobs, however many serve pages; it ends when this one does.

    It is a new process, not a forked one: this one has begun threads of Arrow and DuckDB.
    """
    words = [sys.executable, "-m", "tongrong.portal.cli.jobs"]
    options = ["--keep-day"] if keep_day else []
    runner = subprocess.Popen(  # noqa: S603 our own program
        [*words, *options], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield
    finally:
        if runner.stdin is not None:
            runner.stdin.close()
        try:
            runner.wait(LONGEST_END_SECONDS)
        except subprocess.TimeoutExpired:
            runner.kill()


def _leave(_server: Any, _worker: Any) -> None:
    """End a server process at once, with the code it was to end with.

    It was forked after Arrow and DuckDB had begun threads, of which it has no more than the
    handles: to take these down the usual way aborts.
    """
    leaving = sys.exc_info()[1]
    code = leaving.code if isinstance(leaving, SystemExit) else leaving and 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _server(host: str, port: int, workers: int, *, keep_day: bool) -> Any:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        """Gunicorn with our settings, told on its command line or in a file elsewhere."""

        def load_config(self) -> None:
            """Set what differs from Gunicorn's own."""
            told = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": THREADS,
                "worker_class": "gthread",
                "timeout": LONGEST_REQUEST_SECONDS,
                "accesslog": None,
                "loglevel": "warning",
                "proc_name": "tongrong",
                "control_socket_disable": True,
                "worker_exit": _leave,
            }
            for name, value in told.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> "Callable[..., Any]":
            """The application, loaded in each server process."""
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", inputs.SETTINGS)
            from django.core.wsgi import get_wsgi_application

            from tongrong.portal.clock import HELD

            answer = get_wsgi_application()
            return lambda asked, start: answer({**asked, HELD: keep_day}, start)

    return Server()
