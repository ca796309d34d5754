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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from tongrong.facts.demo import AS_OF

CHROMIUM = os.environ.get("TONGRONG_CHROMIUM", "/usr/bin/chromium")
TARGET = Path(__file__).parent / "screenshots"
THEME = Path(__file__).parents[1] / "src/tongrong/portal/static/theme.css"
HEX = re.compile(r"#[0-9a-f]{6}\b")
TONGRONG = (sys.executable, "-c", "from tongrong.portal.cli.main import main; main()")
PASSWORD = re.compile(r"^ *(\w+) +((?:[0-9a-f]{6}-?){3}) ", re.MULTILINE)
DESK, PHONE = (1280, 800), (390, 844)
SECONDS_TO_START = 60
MOST_BYTES = 150_000
COLOURS, ROWS = 256, 4
WITH_FAULTS = """召开单位,会议类型,召开日期,讲课人
DZB04,党课,2026-09-10,
DZB04,党客,2026-09-31,
DZB99,主题党日,2026-09-12,
"""


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it; `ready` does on it what must be done before it is taken."""

    name: str
    login: str
    page: str
    size: tuple[int, int] = DESK
    ready: Callable[[Page], None] = lambda _: None


def charts(tab: Page) -> None:
    """Down to the charts of the cockpit, once they are drawn."""
    tab.locator(".chart canvas").first.wait_for()
    tab.locator(".two").first.scroll_into_view_if_needed()
    tab.evaluate("document.querySelector('.two').scrollIntoView()")


def branches(tab: Page) -> None:
    """The tree of units with a level opened."""
    tab.locator(".tree .tree summary").first.click()
    tab.locator(".tree .tree .tree").first.wait_for()


def past(tab: Page) -> None:
    """A past day, which is judged when it is looked at first."""
    tab.locator(".past-day").wait_for(timeout=120_000)


def attendance(tab: Page) -> None:
    """The attendance list of the first meeting found, somebody of it absent."""
    tab.locator(".records tbody a").first.click()
    tab.get_by_role("link", name="出席情况", exact=True).click()
    absent = tab.locator(".attendance li").nth(2)
    absent.get_by_label("缺席", exact=True).check()
    absent.locator(".attendance-why").fill("出差")


def record(tab: Page) -> None:
    """The first record of a list."""
    tab.locator(".records tbody a").first.click()
    tab.get_by_role("heading", name="版本").wait_for()


def faults(tab: Page) -> None:
    """What is said of a file with errors in it."""
    file = FilePayload(name="会议活动.csv", mimeType="text/csv", buffer=WITH_FAULTS.encode())
    tab.set_input_files("input[type=file]", file)
    tab.get_by_role("button", name="上传并检查").click()
    tab.locator(".faults").wait_for(timeout=60_000)


PICTURES = (
    Picture("cockpit", "shangji", "cockpit/"),
    Picture("cockpit-charts", "shangji", "cockpit/", ready=charts),
    Picture("duties", "dangban", "duties/"),
    Picture("cockpit-unit", "dangban", "cockpit/QY01/"),
    Picture("checklist", "shangji", "checklist/QY01/", ready=branches),
    Picture("clause", "dangban", "checklist/QY01/1.1.b/"),
    Picture("past-day", "dangban", "checklist/QY01/?day=2026-06-30", ready=past),
    Picture("ledger", "dangban", "ledgers/meetings/"),
    Picture("record", "dangban", "ledgers/meetings/?text=&kind=党委会", ready=record),
    Picture("entry", "dangban", "ledgers/meetings/new/?unit=DZB04"),
    Picture("attendance", "dangban", "ledgers/meetings/?unit=DZB04", ready=attendance),
    Picture("import", "dangban", "imports/", ready=faults),
    Picture("accounts", "xitong", "accounts/"),
    Picture("appointments", "anquan", "appointments/"),
    Picture("phone-duties", "dangban", "duties/", PHONE),
    Picture("phone-month", "zhibu", "cockpit/DZB03/", PHONE),
    Picture("phone-clause", "zhibu", "checklist/DZB03/11.3.c/", PHONE),
    Picture("phone-attendance", "zhibu", "ledgers/meetings/", PHONE, attendance),
)


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
    """Every picture, each in a browser that has just been opened, in Chinese."""
    TARGET.mkdir(exist_ok=True)
    for one in PICTURES:
        width, height = one.size
        context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
        tab = context.new_page()
        tab.goto(address)
        tab.fill("input[name=login]", one.login)
        tab.fill("input[name=password]", passwords[one.login])
        tab.click("main form button")
        tab.wait_for_load_state("networkidle")
        tab.goto(address + one.page)
        tab.wait_for_load_state("networkidle")
        one.ready(tab)
        tab.wait_for_load_state("networkidle")
        file = TARGET / f"{one.name}.png"
        tab.screenshot(path=file)
        make_small(file)
        size = file.stat().st_size
        print(f"{file.name} {width}×{height}, {size // 1000} KB")  # noqa: T201 a script tells
        if size > MOST_BYTES:
            raise SystemExit(f"{file.name} has {size} bytes, more than {MOST_BYTES}")
        context.close()


def make_small(file: Path) -> None:
    """A palette of the commonest colours, those of the theme among them; a third is left.

    A lamp that is rare on a page would otherwise take the colour of what is near it, so the theme
    is common: its colours stand in rows below the picture while the palette is chosen.
    """
    theme = dict.fromkeys(HEX.findall(THEME.read_text(encoding="utf-8")))
    with Image.open(file) as picture:
        width, height = picture.size
        whole = Image.new("RGB", (width, height + len(theme) * ROWS))
        whole.paste(picture)
    for at, colour in enumerate(theme):
        top = height + at * ROWS
        whole.paste(colour, (0, top, width, top + ROWS))
    small = whole.quantize(COLOURS, dither=Image.Dither.NONE).crop((0, 0, width, height))
    small.save(file, optimize=True)


def main() -> None:
    """Fill, serve, look."""
    if not Path(CHROMIUM).exists():
        raise SystemExit(
            f"no Chromium at {CHROMIUM}: apt-get install chromium chromium-l10n fonts-noto-cjk"
        )
    with TemporaryDirectory(prefix="tongrong-") as home:
        command(home, "demo", "--run")
        command(home, "refresh", "--as-of", str(AS_OF))
        passwords = dict(PASSWORD.findall(command(home, "demo-accounts")))
        with served(home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", "--lang=zh-CN"],
                env={**os.environ, "LANGUAGE": "zh_CN"},
            )
            take(browser, address, passwords)
            browser.close()


if __name__ == "__main__":
    main()
