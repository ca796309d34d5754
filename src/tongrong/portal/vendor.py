"""Takes styles, icons and charts out of wheels: `python -m tongrong.portal.vendor <folder>`.

Nothing of others is kept in git; `make assets` fetches the wheels by their hashes and calls this.
Only the standard library and files are used, so it also runs before anything else is installed.
"""

import re
import sys
import zipfile
from pathlib import Path

_STYLES = "flask_bootstrap/static/bootstrap5/css/"
WHEELS = {
    "bootstrap_flask-*.whl": {
        f"{_STYLES}bootstrap.min.css": "bootstrap.min.css",
        f"{_STYLES}font/bootstrap-icons.min.css": "bootstrap-icons.min.css",
        f"{_STYLES}font/fonts/bootstrap-icons.woff2": "fonts/bootstrap-icons.woff2",
    },
    "panel-*.whl": {
        "panel/dist/bundled/echarts/echarts@6.0.0/dist/echarts.min.js": "echarts.min.js",
    },
}
_SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/")
# Browsers of these years read woff2; the other font is not brought.
_OLD_FONT = re.compile(rb",\s*url\([^)]*\.woff\?[^)]*\)\s*format\([^)]*\)")


def take(wheels: Path, target: Path) -> None:
    """Put the files the portal uses into its static folder."""
    for pattern, files in WHEELS.items():
        (wheel,) = wheels.glob(pattern)
        with zipfile.ZipFile(wheel) as archive:
            for source, name in files.items():
                content = archive.read(source)
                if name.endswith(".css"):
                    content = _OLD_FONT.sub(b"", _SOURCE_MAP.sub(b"", content))
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(__file__).parent / "static" / "vendor")
