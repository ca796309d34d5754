"""Pictures of the portal's main pages into docs/screenshots, as `make screenshots` runs it.

Fills a folder of its own with the demo group, serves it, signs in as its sample people and takes
one picture a page and size. The pictures in README are of the product as it is.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("TONGRONG_CHROMIUM", "/usr/bin/chromium")
TARGET = Path(__file__).parent / "screenshots"
TONGRONG = (sys.executable, "-c", "from tongrong.portal.cli.main import main; main()")
PASSWORD = re.compile(r"^ *(\w+) +((?:[0-9a-f]{6}-?){3}) ", re.MULTILINE)
DESK, PHONE = (1280, 800), (390, 844)
PICTURES = (
    ("cockpit", "shangji", "cockpit/", DESK),
    ("duties", "dangban", "duties/", DESK),
    ("cockpit-unit", "dangban", "cockpit/QY01/", DESK),
    ("checklist", "dangban", "checklist/QY01/", DESK),
    ("clause", "dangban", "checklist/QY01/1.1.b/", DESK),
    ("phone-duties", "dangban", "duties/", PHONE),
    ("phone-clause", "zhibu", "checklist/DZB03/11.3.c/", PHONE),
)
SECONDS_TO_START = 60


def command(home: str, *words: str) -> str:
    """What one command says, on the demo's own data folder."""
    done = subprocess.run(  # noqa: S603 the product's own command
        [*TONGRONG, *words],
        env=environment(home),
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return done.stdout


def environment(home: str) -> dict[str, str]:
    """This process's environment, with another data folder and no database of the user's."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "TONGRONG_HOME": home, "COLUMNS": "120"}


@contextmanager
def served(home: str) -> Iterator[str]:
    """The address of the portal, served until the context ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    server = subprocess.Popen(  # noqa: S603 the product's own command
        [*TONGRONG, "serve", "--keep-day", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(SECONDS_TO_START * 5):
        try:
            urlopen(address).close()  # noqa: S310 our own server
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{address} does not answer")


def take(browser: Browser, address: str, passwords: dict[str, str]) -> None:
    """Every picture, each in a browser that has just been opened."""
    TARGET.mkdir(exist_ok=True)
    for name, login, page, (width, height) in PICTURES:
        context = browser.new_context(viewport={"width": width, "height": height})
        tab = context.new_page()
        tab.goto(address)
        tab.fill("input[name=login]", login)
        tab.fill("input[name=password]", passwords[login])
        tab.click("main form button")
        tab.wait_for_load_state("networkidle")
        tab.goto(address + page)
        tab.wait_for_load_state("networkidle")
        tab.screenshot(path=TARGET / f"{name}.png")
        print(f"{name}.png {width}×{height}")  # noqa: T201 a script tells what it does
        context.close()


def main() -> None:
    """Fill, serve, look."""
    if not Path(CHROMIUM).exists():
        raise SystemExit(f"no Chromium at {CHROMIUM}: apt-get install chromium fonts-noto-cjk")
    with TemporaryDirectory(prefix="tongrong-") as home:
        # Nobody watches, so it only makes ready what it would serve.
        passwords = dict(PASSWORD.findall(command(home, "demo", "--run", "--serve")))
        with served(home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            take(browser, address, passwords)
            browser.close()


if __name__ == "__main__":
    main()
