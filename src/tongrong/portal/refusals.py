"""What is said where there is no page, or none for this viewer; it tells nothing of what exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongrong.vocabulary.errors import TongrongError


@dataclass(frozen=True)
class Refusal:
    """What is said in place of a page, and what to do; called as Django calls its handlers."""

    status: int
    title: str
    said: str
    act: str

    def __call__(
        self, request: HttpRequest, exception: Exception | None = None, *, reason: str = ""
    ) -> HttpResponse:
        """The page that says so; after a failure without a menu, which might fail again."""
        del exception, reason
        told = {"title": self.title, "said": self.said, "act": self.act}
        alone = {"viewer": None} if self is broken else {}
        return render(request, "refusal.html", told | alone, status=self.status)


forbidden = Refusal(403, "没有权限", "您的角色不包括这一页。", "需要时请安全管理员任命。")
not_found = Refusal(
    404, "没有这一页", "地址不对，或者其中的单位、判据不在您的范围内。", "请从菜单重新进入。"
)
unreadable = Refusal(
    400,
    "看不懂的内容",
    "地址或表单里有不能用的字符，或者内容太多，没有写入任何内容。",
    "请返回上一页，改好再提交。",
)
without_token = Refusal(
    403,
    "表单已过期",
    "这个表单不是从刚打开的页面提交的，没有写入任何内容。",
    "请返回上一页，刷新后再提交；浏览器要允许本站的 Cookie。",
)
other_way = Refusal(
    405, "不能直接打开", "这个地址只接收页面上的按钮提交的内容。", "请从菜单重新进入。"
)
broken = Refusal(
    500,
    "暂时无法显示",
    "系统内部出错，没有写入任何内容。",
    "请稍后重试；仍不行时把时间告诉系统管理员。",
)


def not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """An address opened that only forms are sent to, or the other way round."""
    page = other_way(request)
    page.headers["Allow"] = ", ".join(methods)
    return page


def in_a_line(error: TongrongError) -> str:
    """A refusal as a form says it: what was found, what would do, and how to mend it."""
    return "；".join(
        f"{one.found + '：' if one.found else ''}应为{one.expected}。{one.remedy}"
        for one in error.problems
    )
