"""How long the garbage collector stops a running server whose panes flood long histories.

    python bench/server_pauses.py [--panes N] [--lines N]

A server in the foreground notes each of its collector's pauses; its panes print coloured log lines
into histories of 100,000 lines while a client is attached, and then everybody leaves, after which
the server looks at everything once. Prints a Markdown table, in milliseconds of the server's CPU.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))

from measures import wait_for  # noqa: E402  # what is imported is beside this file
from terminal import Terminal  # noqa: E402

from aimux.cli import main as aimux  # noqa: E402  # and above it
from aimux.server.client_effects import COLLECT_SECONDS  # noqa: E402

HISTORY: Final = 100_000
MIDDLE: Final = 1  # the oldest generation that the server looks at while somebody is attached
FLOOD: Final = (
    "awk 'BEGIN { for (i = 0; i < %d; i++)"
    ' printf "\\033[3%%dm%%d\\033[m line of a log, with colour in it and text\\n", i %% 8, i;'
    """ print "FLOOD" "END" }'; cat"""
)


def serve(socket: str, configuration: str, result: Path) -> None:
    """Be the server; write down the collector's pauses when it has ended."""
    pauses: list[tuple[int, float]] = []
    started = 0

    def note(phase: str, information: dict[str, int]) -> None:
        nonlocal started
        if phase == "start":
            started = time.process_time_ns()
        else:
            spent = (time.process_time_ns() - started) / 1e6
            pauses.append((information["generation"], spent))

    gc.callbacks.append(note)
    aimux(["-D", "-S", socket, "-f", configuration])
    result.write_text(json.dumps(pauses), encoding="ascii")


class Run:
    """One server, and what is asked of it."""

    def __init__(self, directory: Path) -> None:
        self._socket = str(directory / "socket")
        self.result = directory / "pauses.json"
        configuration = directory / "aimux.conf"
        configuration.write_text(f"set -g history-limit {HISTORY}\n", encoding="ascii")
        left_out = ("AIMUX", "TMUX")
        self._environment = {
            name: each for name, each in os.environ.items() if name not in left_out
        }
        self._environment |= {"PYTHONPATH": str(HOME), "HOME": str(directory), "SHELL": "/bin/sh"}
        self._environment |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        words = ["--serve", self._socket, str(configuration), str(self.result)]
        self.server = subprocess.Popen([sys.executable, __file__, *words], env=self._environment)

    def _argv(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "aimux", "-N", "-S", self._socket, *words]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command."""
        return subprocess.run(
            self._argv(words), env=self._environment, capture_output=True, text=True, check=False
        )

    def attached(self) -> Terminal:
        """A client on a terminal."""
        return Terminal(self._argv(("attach",)), self._environment, columns=120, rows=40)


def flood(run: Run, panes: int, lines: int) -> int:
    """Let the panes print while a client is attached; the rows that the server then keeps."""
    wait_for(lambda: not run.command("start-server").returncode)
    run.command("new-session", "-d", "-x", "120", "-y", "40", FLOOD % lines)
    terminal = run.attached()
    for _ in range(panes - 1):
        run.command("new-window", FLOOD % lines)
    for window in range(panes):

        def ended(window: int = window) -> bool:
            terminal.drain(0.5)
            return "FLOODEND" in run.command("capture-pane", "-p", "-t", f":{window}").stdout

        wait_for(ended, seconds=600)
    sizes = run.command("list-panes", "-s", "-F", "#{history_size}").stdout.split()
    terminal.close()
    time.sleep(2 * COLLECT_SECONDS)
    return sum(map(int, sizes))


def table(pauses: list[tuple[int, float]], rows: int) -> str:
    """The figures in Markdown."""
    attended = [spent for generation, spent in pauses if generation <= MIDDLE]
    whole = [spent for generation, spent in pauses if generation > MIDDLE]
    figures = (
        ("rows kept", f"{rows:,}"),
        ("pauses", str(len(attended))),
        ("longest pause", f"{max(attended, default=0):.3g} ms"),
        ("longest look at everything, with nobody attached", f"{max(whole, default=0):.3g} ms"),
    )
    lines = [f"| {name} | {figure} |" for name, figure in figures]
    return "\n".join(("| server_pauses | |", "|---|--:|", *lines))


def main() -> None:
    """Flood a server and print its pauses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--panes", type=int, default=4)
    parser.add_argument("--lines", type=int, default=110_000, help="printed in each pane")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        socket, configuration, result = options.serve
        serve(socket, configuration, Path(result))
        return
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        run = Run(Path(directory))
        try:
            rows = flood(run, options.panes, options.lines)
        finally:
            run.command("kill-server")
            run.server.wait(30)
        print(table(json.loads(run.result.read_text(encoding="ascii")), rows))


if __name__ == "__main__":
    main()
