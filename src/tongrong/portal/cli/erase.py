"""`tongrong erase`: words about a person, erased on lawful request."""

from typing import Annotated

import typer

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import err, out
from tongrong.portal.cli.evaluate import Cleared
from tongrong.portal.cli.ledgers import Actor, login_name
from tongrong.portal.cli.records import Reason

SHOWN = 20


def erase(
    person: Annotated[str, typer.Argument(metavar="人员编号", help="“人员”台账中的编号")],
    reason: Reason,
    basis: Annotated[
        str, typer.Option("--basis", metavar="依据", help="法律依据和申请，如收文号；不写姓名")
    ],
    actor: Actor = None,
    cleared: Cleared = False,  # noqa: FBT002 typer takes a flag's default so
) -> None:
    """Erase the words about a person in every version of every row."""
    inputs.database_facts_exist()
    from tongrong.actions.erase_person import erase_person

    done = erase_person(
        person=person.strip(),
        basis=basis,
        reason=reason,
        actor=actor or login_name(),
        recorded_at=clock.now(),
        cleared=cleared,
    )
    if done.versions:
        rows = "，".join(f"{label} {rows} 版" for label, rows in done.versions.items())
        out().print(
            f"{done.person}：已删除姓名、证件号码等（{rows}），此后称“{done.pseudonym}”；"
            "判定和各项散列值不变",
            markup=False,
            soft_wrap=True,
        )
    else:
        out().print(f"{done.person}：早已删除，没有改动", markup=False, soft_wrap=True)
    if done.remaining:
        places = "\n".join(f"    {place}" for place in done.remaining[:SHOWN])
        more = len(done.remaining) - SHOWN
        err().print(
            f"下列文字中还有相同的字样（也可能是巧合），本命令不改，请逐处核对：\n{places}"
            + (f"\n    另有 {more} 处" if more > 0 else ""),
            style="yellow",
            markup=False,
        )
    if not cleared:
        err().print(
            "境外单位的记录如有，也已删除，但没有列出，其中有没有相同的字样也没有列出；"
            "集团有境外单位的，请由可以掌握的人加 --cleared 办理",
            style="dim",
        )
    err().print(
        "以前的备份、导出的文件、导入用的原文件中仍有此人信息：请一并销毁或重做备份；"
        "从以前的备份恢复后，须再删除一次",
        style="yellow",
        markup=False,
    )
