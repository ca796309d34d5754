"""The portal as Django knows it: a check that its assets are there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core import checks

VENDOR = Path(__file__).parent / "static" / "vendor"
ASSETS = (
    "bootstrap.min.css",
    "bootstrap-icons.min.css",
    "fonts/bootstrap-icons.woff2",
    "echarts.min.js",
)


class PortalConfig(AppConfig):
    """Pages, styles and the menu; it has no tables."""

    name = "tongrong.portal"
    label = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        """Have `django-admin check` and `tongrong serve` look for the assets."""
        checks.register(assets_are_there, "portal")


def assets_are_there(app_configs: Any, **_: Any) -> Sequence[checks.CheckMessage]:
    """An error for what `make assets` has not brought yet."""
    del app_configs
    missing = [name for name in ASSETS if not (VENDOR / name).is_file()]
    if not missing:
        return []
    said = f"门户的样式文件不全：缺 {'、'.join(missing)}"
    return [checks.Error(said, hint="运行 make assets（联网一次）", id="portal.E001")]
