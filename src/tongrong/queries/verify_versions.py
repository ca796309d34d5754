"""Whether the versions of one ledger are what was written: each computed again from its values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db import connection

from tongrong.facts.content import (
    Seal,
    VersionsDigest,
    broken_seals,
    content_hashes,
    erasable,
)
from tongrong.facts.erasure import names_person
from tongrong.facts.ledger import RECORD, Ledger
from tongrong.facts.snapshot import record_ids
from tongrong.queries.proof_names import ProofNames
from tongrong.queries.verify_chain import REMEDY
from tongrong.queries.versions import LINE, line_of
from tongrong.records.models import LEDGER_MODELS, AuditEntry
from tongrong.vocabulary.errors import Problem

CHUNK = 20_000
SHOWN = 3
_GAPS = """
SELECT version_id, record, version, prior, follower FROM (
  SELECT version_id, record, version, superseded_at,
    LAG(version) OVER w AS prior, LEAD(version) OVER w AS follower,
    LEAD(recorded_at) OVER w AS next_at
  FROM "{table}" WINDOW w AS (PARTITION BY record ORDER BY version)
) AS versions
WHERE COALESCE(prior, 0) <> version - 1
  OR (follower IS NULL AND superseded_at IS NOT NULL)
  OR (follower IS NOT NULL AND (superseded_at IS NULL OR superseded_at <> next_at))
ORDER BY record, version
"""


class VersionsCheck:
    """The check of one ledger: how many versions there are and what is wrong with them."""

    def __init__(
        self, ledger: type[Ledger], entries: Mapping[int, AuditEntry], names: ProofNames
    ) -> None:
        self.ledger = ledger
        self._names = names
        self.rows = 0
        self.problems: list[Problem] = []
        self._entries = entries
        self._digests: dict[int, VersionsDigest] = {}
        self._written: dict[int, tuple[int, str]] = {}
        self._named: set[int] = set()

    def run(self, erased: Mapping[str, str], step: Callable[[int], None]) -> None:
        """Read every version once, then look for gaps; `step` is told of rows read."""
        schema = self.ledger.arrow_schema()
        words = ("salt", "sealed") if erasable(self.ledger) else ()
        columns = ("version_id", "entry", *LINE, *words, *schema.names)
        versions = LEDGER_MODELS[self.ledger.code].objects.order_by("version_id")
        rows = versions.values_list(*columns).iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            told_of = [dict(zip(columns, row, strict=True)) for row in chunk]
            table = pa.Table.from_pylist(told_of, schema=schema)
            self._check(told_of, table, erased)
            for row in told_of:
                self._take(row)
            self.rows += len(chunk)
            step(len(chunk))
        self._close()
        self.problems += self._against_entries()
        self.problems += self._gaps()

    def _check(
        self, rows: Sequence[Mapping[str, Any]], table: pa.Table, erased: Mapping[str, str]
    ) -> None:
        given = [Seal(row.get("salt", ""), row.get("sealed", "")) for row in rows]
        hashes = content_hashes(self.ledger, table, given)
        records = record_ids(self.ledger, table).to_pylist()
        broken = set(broken_seals(self.ledger, table, given))
        for index, row in enumerate(rows):
            if hashes[index] != row["content_hash"] or index in broken:
                self._name(row, "proof.version.changed", "内容被改过", "内容与登记时的散列值相符")
            elif records[index] != row[RECORD]:
                expected = "主键对应的" + self._names.said(f" {records[index]}", "编号")
                self._name(row, "proof.version.record", "记录编号被改过", expected)
            elif given[index].erased and not self._rightly_erased(row, erased):
                expected = "审计记录中有删除此人个人信息的一条，各处写的是同一个代称"
                self._name(row, "proof.version.erased", "个人信息被抹去或改过", expected)

    def _rightly_erased(self, row: Mapping[str, Any], erased: Mapping[str, str]) -> bool:
        names = {erased[row[one]] for one in names_person(self.ledger) if row[one] in erased}
        said = {row[name] for name in erasable(self.ledger)} - {None}
        return bool(names) and said <= names

    def _name(self, row: Mapping[str, Any], code: str, found: str, expected: str) -> None:
        self._named.add(row["entry"])
        where = self._named_version(row["version_id"], row[RECORD], row["version"])
        self.problems.append(Problem(code, where, found, expected, REMEDY))

    def _named_version(self, number: int, record: str, version: int) -> str:
        return self._names.version(self.ledger.label, number, record, version)

    def _take(self, row: Mapping[str, Any]) -> None:
        """Add a version to the digest of the write it belongs to."""
        entry = row["entry"]
        if entry not in self._digests:
            self._close()
            self._digests[entry] = VersionsDigest()
        self._digests[entry].add([line_of(row)])

    def _close(self) -> None:
        """The write whose versions came last is over; one that comes again was tampered with."""
        for entry, digest in self._digests.items():
            sm3 = "" if entry in self._written else digest.hexdigest()
            rows = digest.rows + self._written.get(entry, (0, ""))[0]
            self._written[entry] = rows, sm3
        self._digests.clear()

    def _against_entries(self) -> Iterator[Problem]:
        """What each write left must be what its audit entry says it wrote."""
        code = self.ledger.code
        for number, entry in self._entries.items():
            proof = entry.detail.get("versions", {}).get(code)
            rows, sm3 = self._written.pop(number, (0, ""))
            if proof is None and rows:
                yield self._stray(number, rows)
            elif (
                proof
                and (rows, sm3) != (proof["rows"], proof["sm3"])
                and (rows != proof["rows"] or number not in self._named)
            ):
                yield from self._differs(entry, proof, rows)
        for number, (rows, _) in self._written.items():
            yield self._stray(number, rows)

    def _stray(self, number: int, rows: int) -> Problem:
        return Problem(
            "proof.version.stray",
            f"{self.ledger.label} 第 {number} 号审计记录名下",
            f"多出 {rows} 个版本",
            "没有：这条审计记录不在，或没有写过这个台账",
            REMEDY,
        )

    def _differs(self, entry: AuditEntry, proof: Mapping[str, Any], rows: int) -> Iterator[Problem]:
        """Name what is missing or too many of a write, by the ids it gave out."""
        where = f"{self.ledger.label} {self._names.entry(entry)}"
        expected = f"{proof['rows']} 个版本，SM3 为 {proof['sm3']}"
        model = LEDGER_MODELS[self.ledger.code]
        if "first" in proof:
            ids = set(model.objects.filter(entry=entry.number).values_list("version_id", flat=True))
            wrote = set(range(proof["first"], proof["last"] + 1))
            differences = (
                ("missing", "不在", wrote - ids),
                ("stray", "是后来插入的", ids - wrote),
            )
            for fault, found, which in differences:
                if which and len(wrote) == proof["rows"]:
                    shown = "、".join(map(str, sorted(which)[:SHOWN]))
                    more = f" 等 {len(which)} 个" if len(which) > SHOWN else ""
                    said = f"版本流水号 {shown}{more}{found}"
                    yield Problem(f"proof.version.{fault}", where, said, expected, REMEDY)
                    rows = -1
        if rows >= 0:
            found = f"{rows} 个版本，登记信息被改过或换过顺序" if rows else "一个版本也没有"
            yield Problem("proof.version.write", where, found, expected, REMEDY)

    def _gaps(self) -> Iterator[Problem]:
        table = LEDGER_MODELS[self.ledger.code]._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(_GAPS.format(table=table))
            for number, record, version, prior, follower in cursor.fetchall():
                if (prior or 0) != version - 1:
                    found, expected = f"前面少了第 {(prior or 0) + 1} 版", "版本从 1 起，一个不缺"
                elif follower is None:
                    found = f"已被更正，第 {version + 1} 版却不在"
                    expected = "最后一版没有被更正"
                else:
                    found = "失效时间与下一版的登记时间不同"
                    expected = "每一版恰在下一版登记时失效"
                where = self._named_version(number, record, version)
                yield Problem("proof.version.gap", where, found, expected, REMEDY)
