"""Whether the chain of audit entries is whole: none changed, removed, put in or moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tongrong.queries.audit import Head, entry_content
from tongrong.queries.proof_names import ProofNames
from tongrong.records.models import AuditEntry, AuditHead
from tongrong.vocabulary.digests import GENESIS, link
from tongrong.vocabulary.errors import Problem

REMEDY = "查明是谁直接改了数据库；以最近一次核验无误的备份为准恢复"


@dataclass
class Chain:
    """What was found of the chain: its entries by number, its end, and what is wrong."""

    entries: dict[int, AuditEntry] = field(default_factory=dict)
    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    problems: list[Problem] = field(default_factory=list)


def checked_chain(names: ProofNames, known: Head | None = None) -> Chain:
    """Every entry computed again, in order; `known` is an end of the chain written down earlier."""
    chain = Chain()
    number, previous, whole = 0, GENESIS, True
    for entry in AuditEntry.objects.order_by("number").iterator():
        if entry.number > number + 1:
            chain.problems.append(_missing(number + 1, entry.number - 1))
            whole = False
        computed = link(entry.previous_hash, entry_content(entry))
        if computed != entry.entry_hash:
            chain.problems.append(_changed(names.entry(entry), entry))
        elif whole and entry.previous_hash != previous:
            chain.problems.append(_out_of_order(names.entry(entry), entry))
        number, previous, whole = entry.number, entry.entry_hash, True
        chain.entries[number] = entry
    chain.head = Head(number, previous)
    chain.problems += _end(chain.head)
    if known is not None:
        chain.problems += _against(known, chain)
    return chain


def _missing(first: int, last: int) -> Problem:
    which = f"第 {first} 号" if first == last else f"第 {first} 至 {last} 号"
    return Problem(
        "proof.entry.missing", f"{which}审计记录", "没有这条记录", "编号从 1 起，一个不缺", REMEDY
    )


def _changed(where: str, entry: AuditEntry) -> Problem:
    expected = f"内容的 SM3 为 {entry.entry_hash}"
    return Problem("proof.entry.changed", where, "内容或散列值被改过", expected, REMEDY)


def _out_of_order(where: str, entry: AuditEntry) -> Problem:
    return Problem(
        "proof.entry.order",
        where,
        "与前一条接不上：前一条被换过、重算过，或中间插入、挪动过记录",
        f"前一条的散列值为 {entry.previous_hash}",
        REMEDY,
    )


def _end(last: Head) -> Iterator[Problem]:
    kept = AuditHead.objects.first()
    end = Head(kept.number, kept.entry_hash) if kept else Head(0, GENESIS)
    if kept is None:
        yield Problem("proof.head", "审计链末端", "没有记下末端", "记有末端的一行", REMEDY)
    elif end.number > last.number:
        yield _missing(last.number + 1, end.number)
    elif end != last:
        found = f"最后一条是 {last}"
        yield Problem("proof.head", "审计链末端", found, f"记下的末端 {end}", REMEDY)


def _against(known: Head, chain: Chain) -> Iterator[Problem]:
    """The end written down earlier must still be a link of the chain."""
    entry = chain.entries.get(known.number)
    found = entry.entry_hash if entry else GENESIS if known.number == 0 else None
    if found != known.entry_hash:
        yield Problem(
            "proof.head.known",
            f"--head 第 {known.number} 号",
            f"库中第 {known.number} 号的散列值为 {found}" if found else "库中没有这一条",
            f"当时记下的 {known.entry_hash}",
            f"当时以来有审计记录被改过、删过或换过：{REMEDY}",
        )
