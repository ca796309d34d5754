"""`tongrong`: the command line. `tongrong --help` lists the commands."""

import sys

import typer

from tongrong.portal.cli.administrators import administrators
from tongrong.portal.cli.demo import demo
from tongrong.portal.cli.erase import erase
from tongrong.portal.cli.evaluate import evaluate
from tongrong.portal.cli.explain import explain
from tongrong.portal.cli.front import EXIT_CODES, INTERRUPTED, Front, tell_interrupted
from tongrong.portal.cli.importing import import_files
from tongrong.portal.cli.ledgers import export_facts, template
from tongrong.portal.cli.norms import norms
from tongrong.portal.cli.proof import backup, restore, verify
from tongrong.portal.cli.records import correct, history, withdraw
from tongrong.portal.cli.refresh import refresh
from tongrong.portal.cli.sample_accounts import demo_accounts
from tongrong.portal.cli.serve import serve

app = typer.Typer(
    name="tongrong",
    cls=Front,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="同融：事实只录入一次，清单的每项要求都由系统计算。",
    epilog=EXIT_CODES,
)
app.command(
    "evaluate",
    help="逐条判定：哪个单位、哪条判据、达标与否、差多少、差在哪里。",
    epilog=EXIT_CODES,
)(evaluate)
app.command(
    "explain",
    help="说明一条判定：原文、规则、数字、计入的记录，怎样才能达标、到哪天为止。",
    epilog=EXIT_CODES,
)(explain)
app.add_typer(norms, name="norms")
app.command(
    "template",
    help="写出台账模板：列名、填写说明、下拉选项都由台账的声明生成。",
    epilog=EXIT_CODES,
)(template)
app.command(
    "import",
    help="导入台账：一个文件要么全部写入，要么一行不写，--partial 时没有错的行先写入；"
    "同一文件再导一次不变。",
    epilog=EXIT_CODES,
)(import_files)
app.command(
    "history",
    help="一条记录的各版：谁、何时、为何、从哪个文件登记，改了什么。",
    epilog=EXIT_CODES,
)(history)
app.command("correct", help="更正一条记录：登记为新的一版，以前各版都保留。", epilog=EXIT_CODES)(
    correct
)
app.command("withdraw", help="撤回一条记录：登记为新的一版，以前各版都保留。", epilog=EXIT_CODES)(
    withdraw
)
app.command(
    "erase",
    help="依法删除一个人的姓名、证件号码等：各版都删，判定和散列值不变，删除本身留有记录。",
    epilog=EXIT_CODES,
)(erase)
app.command(
    "refresh",
    help="把库中存下的判定更新到某日：只重算可能变化的；首次运行开始存储。",
    epilog=EXIT_CODES,
)(refresh)
app.command("export", help="导出数据库中的台账：改好可以再导入。", epilog=EXIT_CODES)(export_facts)
app.command(
    "verify",
    help="核验数据库或备份：重新计算全部散列值，指出被改动、删去、插入的每一行。",
    epilog=EXIT_CODES,
)(verify)
app.command(
    "backup", help="把数据库的全部内容写成一个文件：不停用，与数据库种类无关。", epilog=EXIT_CODES
)(backup)
app.command(
    "restore",
    help="把备份恢复到空的数据库，要么全部恢复，要么什么也不动，然后核验。",
    epilog=EXIT_CODES,
)(restore)
app.command(
    "demo",
    help="写出一个虚构集团的台账工作簿；加 --run 走完从工作簿到判定的全程。",
    epilog=EXIT_CODES,
)(demo)
app.command(
    "demo-accounts",
    help="为演示库建立虚构的样例账户，打印随机口令；再运行一次换新口令。",
    epilog=EXIT_CODES,
)(demo_accounts)
app.command(
    "administrators",
    help="建立系统、安全、审计三个管理员账户，打印一次性口令；--reset 给一个管理员新的一次性口令。",
    epilog=EXIT_CODES,
)(administrators)
app.command(
    "serve",
    help="启动门户：浏览器里看待办、驾驶舱、对标清单；Ctrl-C 停止。",
    epilog=EXIT_CODES,
)(serve)


def main() -> None:
    """Run the command line of this process; an interruption while it gets ready is told too."""
    try:
        app()
    except KeyboardInterrupt:
        tell_interrupted(sys.argv[1:])
        sys.exit(INTERRUPTED)
