"""Takes the styles and icons of others out of a wheel: `python -m tongrong.portal.vendor <folder>`.

Nothing of theirs is kept in git; `make assets` fetches the wheel by its hash and calls this. Only
the standard library and files are used, so it also runs before anything else is installed.
"""

import re
import sys
import zipfile
from pathlib import Path

FROM = "flask_bootstrap/static/bootstrap5/"
FILES = {
    "css/bootstrap.min.css": "bootstrap.min.css",
    "css/font/bootstrap-icons.min.css": "bootstrap-icons.min.css",
    "css/font/fonts/bootstrap-icons.woff2": "fonts/bootstrap-icons.woff2",
}
_SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/")
# Browsers of these years read woff2; the other font is not brought.
_OLD_FONT = re.compile(rb",\s*url\([^)]*\.woff\?[^)]*\)\s*format\([^)]*\)")


def take(wheels: Path, target: Path) -> None:
    """Put the files the portal uses into its static folder."""
    (wheel,) = wheels.glob("bootstrap_flask-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for source, name in FILES.items():
            content = archive.read(FROM + source)
            if name.endswith(".css"):
                content = _OLD_FONT.sub(b"", _SOURCE_MAP.sub(b"", content))
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(__file__).parent / "static" / "vendor")
