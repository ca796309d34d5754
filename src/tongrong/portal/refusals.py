"""What is said where there is no page, or none for this viewer; it tells nothing of what exists."""

from collections.abc import Sequence

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


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent can not be read, or kept."""
    del exception
    told = {
        "title": "看不懂的内容",
        "said": "地址或表单里有不能用的字符，或者内容太多，没有写入任何内容。",
        "act": "请返回上一页，改好再提交。",
    }
    return render(request, "refusal.html", told, status=400)


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token of a page of ours, or with one that is out of date."""
    del reason
    told = {
        "title": "表单已过期",
        "said": "这个表单不是从刚打开的页面提交的，没有写入任何内容。",
        "act": "请返回上一页，刷新后再提交；浏览器要允许本站的 Cookie。",
    }
    return render(request, "refusal.html", told, status=403)


def not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """An address opened that only forms are sent to, or the other way round."""
    told = {
        "title": "不能直接打开",
        "said": "这个地址只接收页面上的按钮提交的内容。",
        "act": "请从菜单重新进入。",
    }
    page = render(request, "refusal.html", told, status=405)
    page.headers["Allow"] = ", ".join(methods)
    return page


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
