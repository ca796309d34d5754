"""What is said where there is no page, or none for this viewer; it tells nothing of what exists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongrong.vocabulary.errors import TongrongError


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The viewer's roles do not include this page."""
    del exception
    told = {
        "title": "没有权限",
        "said": "您的角色不包括这一页。",
        "act": "需要时请安全管理员任命。",
    }
    return render(request, "refusal.html", told, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, unit or clause for this viewer."""
    del exception
    told = {
        "title": "没有这一页",
        "said": "地址不对，或者其中的单位、判据不在您的范围内。",
        "act": "请从菜单重新进入。",
    }
    return render(request, "refusal.html", told, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed; nothing half done was written."""
    told = {
        "title": "暂时无法显示",
        "said": "系统内部出错，没有写入任何内容。",
        "act": "请稍后重试；仍不行时把时间告诉系统管理员。",
        "viewer": None,
    }
    return render(request, "refusal.html", told, status=500)


def in_a_line(error: TongrongError) -> str:
    """A refusal as a form says it: what was found, what would do, and how to mend it."""
    return "；".join(
        f"{one.found + '：' if one.found else ''}应为{one.expected}。{one.remedy}"
        for one in error.problems
    )
