"""The menu: the pages a viewer may open, in the customary order."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    title: str
    address: str
    icon: str
    here: bool


def menu(request: HttpRequest) -> dict[str, Any]:
    """What every page of somebody signed in shows around itself."""
    from tongrong.portal.pages.registry import PAGES  # noqa: PLC0415 pages are loaded with their addresses

    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return {"viewer": None}
    match = request.resolver_match
    under = next((page.under for page in PAGES if match and page.name == match.url_name), "")
    entries = [
        Entry(
            page.title,
            reverse(page.name),
            page.icon,
            here=page.name == under or request.path.startswith(f"/{page.path}"),
        )
        for page in PAGES
        if page.icon and page.permission is not None and viewer.may(page.permission)
    ]
    return {"viewer": viewer, "menu": entries}
