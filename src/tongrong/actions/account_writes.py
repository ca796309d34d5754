"""What every write about an account has: whether it may be, and its entry in the audit chain."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tongrong.actions.audit import append_entry, next_entry
from tongrong.actions.turns import one_write
from tongrong.queries.audit import ACCOUNTS
from tongrong.queries.policy import Permission, Viewer
from tongrong.records.models import Account
from tongrong.vocabulary.errors import refuse

WHERE = "账户"


def audited(
    action: str,
    login: str,
    *,
    actor: str,
    at: dt.datetime,
    detail: Mapping[str, Any] | None = None,
) -> dt.datetime:
    """Add the entry of a write about an account, in its transaction; the moment it takes place."""
    entry = next_entry(at)
    append_entry(
        number=entry.number,
        at=entry.at,
        actor=actor,
        action=action,
        subject=f"{ACCOUNTS}{login}",
        detail=detail or {},
    )
    return entry.at


def check_may(viewer: Viewer, permission: Permission) -> None:
    """Refuse who may not do this.

    Raises:
        TongrongError: none of the viewer's roles may.
    """
    if not viewer.may(permission):
        raise refuse(
            "account.permission",
            WHERE,
            viewer.login,
            "有这项权限的管理员",
            "由系统、安全、审计三类管理员各办各的事",
        )


def account_of_another(viewer: Viewer, permission: Permission, account: int) -> Account:
    """The account a viewer is about to do something to, in the write's transaction.

    Raises:
        TongrongError: the viewer may not, there is no such account, or it is their own.
    """
    check_may(viewer, permission)
    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise refuse("account.unknown", WHERE, f"{account}", "已有的账户", "从列表中重新选择")
    if found.pk == viewer.account:
        raise refuse(
            "account.oneself",
            WHERE,
            f"{found.login} 是您自己的账户",
            "别人的账户",
            "请另一位同类管理员办理",
        )
    return found


@dataclass
class Change:
    """A change to the account of another, in its write; `new` once it was told of."""

    account: Account
    actor: str
    at: dt.datetime
    new: bool = False

    def tell(self, action: str, **detail: Any) -> None:
        """Add the entry of what was done to the audit chain."""
        audited(action, self.account.login, actor=self.actor, at=self.at, detail=detail)
        self.new = True


@contextmanager
def changing(
    viewer: Viewer, permission: Permission, account: int, at: dt.datetime
) -> Iterator[Change]:
    """One write about the account of another; nothing is new where nothing is told.

    Raises:
        TongrongError: the viewer may not, there is no such account, or it is their own.
    """
    with one_write(WHERE):
        yield Change(account_of_another(viewer, permission, account), viewer.login, at)


def now_says(account: Account, **values: Any) -> bool:
    """Let an account say something else; whether it did not say so already."""
    said = Account.objects.filter(pk=account.pk)
    return said.exclude(**values).update(**values) == 1
