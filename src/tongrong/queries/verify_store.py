"""Whether everything recorded can still be proved: the chain, and all that its entries tell of."""

from collections.abc import Iterator
from dataclasses import dataclass

from tongrong.facts.registry import LEDGERS
from tongrong.queries.attachments import attachment_problems
from tongrong.queries.audit import IMPORT, Head, erased_persons
from tongrong.queries.one_moment import one_moment
from tongrong.queries.proof_names import ProofNames
from tongrong.queries.verify_chain import REMEDY, Chain, checked_chain
from tongrong.queries.verify_returns import return_problems
from tongrong.queries.verify_senders import senders_problems
from tongrong.queries.verify_versions import VersionsCheck
from tongrong.records.models import LEDGER_MODELS, ImportRun
from tongrong.vocabulary.digests import moment_text
from tongrong.vocabulary.errors import Problem
from tongrong.vocabulary.progress import Progress, untold


@dataclass(frozen=True)
class Verification:
    """What was checked, the end of the audit chain, and everything that is wrong."""

    head: Head
    entries: int
    versions: int
    runs: int
    problems: tuple[Problem, ...]


def verify_store(
    known: Head | None = None, progress: Progress | None = None, *, cleared: bool = False
) -> Verification:
    """Compute every hash again, at one moment, while others may go on writing.

    `known` is an end of the chain written down earlier; it must still be part of it. What is
    wrong is named by running numbers, to who is `cleared` for units abroad by records too.
    """
    tell, names = progress or untold, ProofNames(cleared)
    with one_moment():
        chain = checked_chain(names, known)
        problems = [*chain.problems]
        erased = erased_persons()
        total = sum(LEDGER_MODELS[code].objects.count() for code in LEDGERS)
        done = 0
        for ledger in LEDGERS.values():
            check = VersionsCheck(ledger, chain.entries, names)
            before = done

            def step(rows: int, label: str = ledger.label) -> None:
                nonlocal done
                done += rows
                tell(label, done, total)

            check.run(erased, step)
            done = before + check.rows
            problems += check.problems
        runs = list(_runs(chain, problems, names))
        problems += senders_problems(chain.entries.values(), names)
        problems += attachment_problems(chain.entries, names)
        problems += return_problems(chain.entries, names)
    return Verification(chain.head, len(chain.entries), done, len(runs), tuple(problems))


def _runs(chain: Chain, problems: list[Problem], names: ProofNames) -> Iterator[int]:
    """The import runs there are; each must say what its audit entry says."""
    imports = {
        entry.detail.get("run_id"): entry
        for entry in chain.entries.values()
        if entry.action == IMPORT
    }
    for run in ImportRun.objects.order_by("run_id").iterator():
        entry = imports.pop(run.run_id, None)
        where = names.numbered(f"第 {run.run_id} 次导入", run.file_name)
        if entry is None:
            problems.append(Problem("proof.run", where, "审计记录中没有", "有一条", REMEDY))
            yield run.run_id
            continue
        said = (moment_text(entry.at), entry.actor, entry.subject, entry.detail["file_hash"])
        found = (moment_text(run.at), run.actor, run.file_name, run.file_hash)
        counts = (entry.detail.get("rows", run.rows), entry.detail["counts"])
        if said != found or counts != (run.rows, run.counts):
            expected = f"与第 {entry.number} 号审计记录相同"
            problems.append(Problem("proof.run", where, "内容被改过", expected, REMEDY))
        problems += _counts(where, entry.detail)
        yield run.run_id
    for number, entry in imports.items():
        where = names.numbered(f"第 {number} 次导入", entry.subject)
        expected = f"第 {entry.number} 号审计记录所说的一次导入"
        problems.append(Problem("proof.run", where, "没有这次导入", expected, REMEDY))


def _counts(where: str, detail: dict[str, dict[str, dict[str, int]]]) -> Iterator[Problem]:
    """What an import says it added, corrected and withdrew is as many versions as it wrote."""
    for code, proof in detail.get("versions", {}).items():
        count = detail["counts"].get(code, {})
        said = sum(count.get(name, 0) for name in ("added", "corrected", "withdrawn"))
        if said != proof["rows"]:
            label = LEDGERS[code].label if code in LEDGERS else code
            found = f"{label} 写入 {proof['rows']} 个版本"
            yield Problem("proof.run.counts", where, found, f"新增、更正、撤回共 {said}", REMEDY)
