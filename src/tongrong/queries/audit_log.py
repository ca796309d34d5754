"""操作日志: the entries of the audit chain in words, none of which are about a person or a record.

The audit administrator sees no business data: of a record the ledger is named, of a write about an
account the account and the role. Units are named to who is cleared only, or one that is left out
would tell of a unit abroad.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tongrong.facts.registry import LEDGERS
from tongrong.queries import audit
from tongrong.queries.policy import Viewer
from tongrong.queries.proof_names import ProofNames
from tongrong.queries.slices import Slice, Turn, slice_of
from tongrong.queries.verify_chain import checked_chain
from tongrong.records.models import AuditEntry
from tongrong.vocabulary.digests import GENESIS, link
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.roles import Role

MOST_CHECKED = 50_000
WORDS: Mapping[str, str] = MappingProxyType(
    {
        audit.IMPORT: "导入台账",
        audit.RECORD_FACT: "登记",
        audit.RECORD_ATTENDANCE: "登记出席情况",
        audit.CORRECT: "更正",
        audit.WITHDRAW: "撤回",
        audit.ATTACH: "上传附件",
        audit.WITHDRAW_ATTACHMENT: "撤回附件",
        audit.RETURN: "退回记录",
        audit.STAND_BY: "说明退回的记录无误",
        audit.PASS: "复核通过",
        audit.SEE_VALUE: "查看敏感内容",
        audit.ERASE: "依法删除个人信息",
        audit.REMEMBER: "记住表头的对应",
        audit.MAKE_ACCOUNT: "新建账户",
        audit.RENAME_ACCOUNT: "改称呼",
        audit.CLOSE_ACCOUNT: "停用账户",
        audit.REOPEN_ACCOUNT: "启用账户",
        audit.RESET_PASSWORD: "重置口令",
        audit.SET_PASSWORD: "更改口令",
        audit.APPOINT: "任命",
        audit.END_APPOINTMENT: "终止任命",
        audit.CLEAR_ACCOUNT: "改境外单位授权",
        audit.UNLOCK: "解除暂停登录",
        audit.END_SESSIONS: "结束登录",
        audit.SET_SECOND_FACTOR: "启用动态口令",
        audit.DROP_SECOND_FACTOR: "停用动态口令",
        audit.RESET_SECOND_FACTOR: "重置动态口令",
        audit.RENEW_RECOVERY_CODES: "换恢复码",
    }
)
"""What was done, in words."""


@dataclass(frozen=True)
class AuditAsked:
    """What is searched for: who did it, what, to which account, from a moment and before one."""

    actor: str = ""
    action: str = ""
    account: str = ""
    since: dt.datetime | None = None
    before: dt.datetime | None = None


@dataclass(frozen=True)
class AuditLine:
    """One entry; `whole`: its digest is that of its content, and it follows the one before it."""

    number: int
    at: dt.datetime
    actor: str
    done: str
    to: str
    digest: str
    whole: bool


@dataclass(frozen=True)
class ChainCheck:
    """What came of computing the whole chain again; `too_long`: it was not, for its length."""

    head: audit.Head
    problems: tuple[Problem, ...] = ()
    too_long: bool = False


def audit_log(viewer: Viewer, asked: AuditAsked, turn: Turn) -> Slice[AuditLine]:
    """A page of the entries, the newest first."""
    rows = AuditEntry.objects.filter(actor__icontains=asked.actor)
    if asked.action:
        rows = rows.filter(action=asked.action)
    if asked.account:
        rows = rows.filter(subject=f"{audit.ACCOUNTS}{asked.account.casefold()}")
    if asked.since is not None:
        rows = rows.filter(at__gte=asked.since)
    if asked.before is not None:
        rows = rows.filter(at__lt=asked.before)

    def told(found: Sequence[AuditEntry]) -> Sequence[AuditLine]:
        return list(_lines(viewer, found))

    return slice_of(rows, "number", turn, told, falling=True)


def chain_check() -> ChainCheck:
    """Every entry computed again, up to `MOST_CHECKED` of them; to all it names numbers only."""
    head = audit.head()
    if head.number > MOST_CHECKED:
        return ChainCheck(head, too_long=True)
    chain = checked_chain(ProofNames(cleared=False))
    return ChainCheck(chain.head, tuple(chain.problems))


def _lines(viewer: Viewer, found: Sequence[AuditEntry]) -> Iterator[AuditLine]:
    numbers = [one.number - 1 for one in found]
    before = AuditEntry.objects.filter(number__in=numbers)
    digests = {0: GENESIS, **dict(before.values_list("number", "entry_hash"))}
    for one in found:
        computed = link(one.previous_hash, audit.entry_content(one))
        yield AuditLine(
            number=one.number,
            at=one.at,
            actor=one.actor,
            done=WORDS.get(one.action, one.action),
            to=_to(viewer, one),
            digest=one.entry_hash[:12],
            whole=computed == one.entry_hash and digests.get(one.number - 1) == one.previous_hash,
        )


def _to(viewer: Viewer, entry: AuditEntry) -> str:
    """What an entry is about."""
    if not entry.subject.startswith(audit.ACCOUNTS):
        ledger = LEDGERS.get(entry.subject.partition("/")[0])
        return f"台账“{ledger.label}”" if ledger else "台账文件"
    said = [f"账户 {entry.subject.removeprefix(audit.ACCOUNTS)}"]
    if "role" in entry.detail:
        said.append(Role(entry.detail["role"]).label)
        said += [entry.detail["unit"]] if viewer.cleared and entry.detail["unit"] else []
    if entry.action == audit.CLEAR_ACCOUNT or entry.detail.get("cleared"):
        said.append("可看境外单位" if entry.detail["cleared"] else "不可看境外单位")
    return "，".join(said)
