"""What a one-shot command costs before it does anything."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.stand_in.harness import ROOT, Aimux

HEAVY = {
    "argparse", "asyncio", "dataclasses", "enum", "json", "logging", "msgspec", "pathlib",
    "ptyprocess", "pyte", "re", "rich", "selectors", "socket", "sqlite3", "subprocess", "textual",
    "tomllib", "typing", "zstandard",
}  # fmt: skip
SCRIPT = """
import sys
from aimux.cli import main
status = main()
sys.stderr.write("\\n".join(sys.modules))
"""


def modules_of(aimux: Aimux, *words: str) -> set[str]:
    outcome = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words],
        env=aimux.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name.partition(".")[0] for name in outcome.stderr.split()}


def test_a_command_imports_nothing_heavy(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for words in (("ls",), ("-C", "ls"), ("kill-server",), ("-V",)):
        assert modules_of(aimux, *words) & (HEAVY - set(bare.stdout.split())) == set()


def test_a_command_takes_at_most_three_times_a_bare_python(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    bare, command = [], []
    for _ in range(15):  # in turns, as the machine is shared; the least is what the code costs
        bare.append(seconds(["-c", "pass"], aimux.environment))
        command.append(seconds(["-m", "aimux", "ls"], aimux.environment))
    assert min(command) <= 3 * min(bare)


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        environment,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status = os.waitpid(pid, 0)
    assert status == 0
    return time.perf_counter() - started


def test_the_guard_imports_neither_asyncio_nor_textual() -> None:
    script = "import sys, aimux.guard.run; print(*sys.modules)"
    outcome = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(ROOT), capture_output=True, text=True, check=True
    )
    assert not {"asyncio", "textual", "rich", "msgspec", "socket"} & set(outcome.stdout.split())
