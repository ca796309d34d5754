"""What a killed process leaves in the folder for temporary files goes with the next one made."""

import signal
import subprocess
import sys
from pathlib import Path

from tongrong.facts.temporary import Temporary

HOLDS_ONE = """
import sys, time
from pathlib import Path
from tongrong.facts.temporary import Temporary
held = Temporary(Path(sys.argv[1]))
(held.path / "attendance.parquet").write_text("half a ledger")
print(held.path, flush=True)
time.sleep(600)
"""


def another_process(within: Path) -> tuple["subprocess.Popen[str]", Path]:
    """A process that holds a folder with a file in it, and the folder."""
    command = [sys.executable, "-c", HOLDS_ONE, str(within)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


REMOVES_ONE = (
    HOLDS_ONE.partition("print")[0]
    + """
import os
for number in range(100):
    (held.path / f"{number}.parquet").write_text("a ledger")
plain = Path.unlink
def unlink(self, **given):
    plain(self, **given)
    os.kill(os.getpid(), 9)
Path.unlink = unlink
del held
"""
)


def test_a_folder_goes_with_whoever_holds_it(tmp_path: Path) -> None:
    held = Temporary(tmp_path)
    (held.path / "dues.parquet").write_text("…")
    del held
    with Temporary(tmp_path) as folder:
        assert [*tmp_path.iterdir()] == [folder]
    assert [*tmp_path.iterdir()] == []


def test_what_a_killed_process_left_goes_and_what_a_living_one_holds_stays(tmp_path: Path) -> None:
    killed, left = another_process(tmp_path)
    living, held = another_process(tmp_path)
    try:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert left.is_dir()
        with Temporary(tmp_path):
            assert not left.exists()
            assert (held / "attendance.parquet").read_text() == "half a ledger"
    finally:
        for process in (killed, living):
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def test_what_was_being_removed_when_its_process_was_killed_goes_too(tmp_path: Path) -> None:
    """Its lock is the last thing removed, or nobody would find the rest."""
    done = subprocess.run([sys.executable, "-c", REMOVES_ONE, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert len([*left.glob("*.parquet")]) == 100, "of 101 one was removed"
    with Temporary(tmp_path) as folder:
        assert [*tmp_path.iterdir()] == [folder]
