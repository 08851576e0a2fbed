"""Loads real tmux configurations in tmux and in aimux and compares what became of them.

    python bench/configurations.py DIRECTORY [NAME ...]

DIRECTORY holds `NAME.conf`, maybe `NAME.files` (what stands beside it in the home directory) and
`NAME.expected.json` (what tmux 3.3a made of it once). Keys, options, hooks and the environment are
compared with the installed tmux, and keys and options with what was recorded.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aimux.integrations.tmux_shim import make_shim

DEADLINE_SECONDS = 60.0
QUIET_SECONDS = 0.5
RECORDED_HOME = "/tmp/home"  # noqa: S108  # where the recorded tmux had its home
SECTIONS = {
    "keys": ("list-keys",),
    "server": ("show-options", "-s"),
    "session_global": ("show-options", "-g"),
    "window_global": ("show-options", "-gw"),
    "hooks": ("show-hooks", "-g"),
    "window hooks": ("show-hooks", "-gw"),
    "environment": ("show-environment", "-g"),
}
KEY_LINE = re.compile(r"bind-key\s+(-r)?\s+-T (\S+)\s+(\S+)\s+(.*)", re.DOTALL)
# What says which program it is, and which directory it runs in.
OWN_VARIABLES = re.compile(r"-?(PATH|TMUX_TMPDIR|AIMUX_TMPDIR|OLDPWD|SHLVL|_)(=|$)")

State = dict[str, list[str]]


@dataclass(frozen=True)
class Program:
    """A `tmux` with a home of its own."""

    tmux: Path
    home: Path

    def __call__(self, *words: str) -> str:
        """What a command printed."""
        done = subprocess.run(
            [self.tmux, *words],
            cwd=self.home,
            env=self.environment(),
            capture_output=True,
            check=False,
            timeout=DEADLINE_SECONDS,
        )
        return os.fsdecode(done.stdout + done.stderr)

    def environment(self) -> dict[str, str]:
        """As it was when the results were recorded, with this `tmux` as the first on PATH."""
        return {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "LOGNAME": "nobody",
            "PATH": f"{self.tmux.parent}:/usr/local/bin:/usr/bin:/bin",
            "PWD": str(self.home),
            "SHELL": "/bin/bash",
            "TERM": "xterm-256color",
            "TMUX_TMPDIR": str(self.home),
            "USER": "nobody",
        }

    def load(self, configuration: Path) -> State:
        """What became of a configuration, once nothing changes any more."""
        try:
            self("-f", str(configuration), "new-session", "-d", "-x", "120", "-y", "40")
            return settled(self._state)
        finally:
            self("kill-server")

    def _state(self) -> State:
        return {
            section: [line.replace(str(self.home), RECORDED_HOME) for line in self._lines(words)]
            for section, words in SECTIONS.items()
        }

    def _lines(self, words: tuple[str, ...]) -> list[str]:
        return [one for one in self(*words).splitlines() if not OWN_VARIABLES.match(one)]


def settled(read: Callable[[], State]) -> State:
    """What `read` gives when it has given the same for a while: configurations start jobs."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    before, state = None, read()
    while before != state and time.monotonic() < deadline:
        time.sleep(QUIET_SECONDS)
        before, state = state, read()
    return state


def key_rows(lines: list[str]) -> set[tuple[str, str, bool, str]]:
    """Lines of list-keys as table, key, repeat and commands: the columns' widths do not count."""
    found = (KEY_LINE.fullmatch(line) for line in lines)
    return {(row[2], row[3], row[1] is not None, row[4]) for row in found if row}


def options(lines: list[str]) -> dict[str, str]:
    """Lines of show-options as values by name."""
    return {name: value for name, _, value in (line.partition(" ") for line in lines)}


def differences(ours: State, theirs: State) -> Iterator[str]:
    """What differs from tmux, section by section."""
    yield from _compared("keys", key_rows(ours["keys"]), key_rows(theirs["keys"]))
    for section in SECTIONS:
        if section != "keys":
            yield from _compared(section, set(ours[section]), set(theirs[section]))


def recorded_differences(state: State, recorded: dict[str, object]) -> Iterator[str]:
    """What differs in keys and options from what was recorded."""
    full = recorded["full"]
    if not isinstance(full, dict):
        raise TypeError("not a record of a configuration")
    keys = {(row["table"], row["key"], row["repeat"], row["command"]) for row in full["keys"]}
    yield from _compared("recorded keys", key_rows(state["keys"]), keys)
    for section in ("server", "session_global", "window_global"):
        once = full.get(section, {})
        yield from _compared(
            f"recorded {section}", set(options(state[section]).items()), set(once.items())
        )


def _compared(section: str, ours: set[object], theirs: set[object]) -> Iterator[str]:
    for mark, only in (("aimux", ours - theirs), ("tmux ", theirs - ours)):
        for one in sorted(only, key=str):
            yield f"{section}: only {mark}: {one}"


def compare(directory: Path, name: str, tmux: Path, shim: Path) -> list[str]:
    """The differences of one configuration."""
    states = []
    for program in (shim, tmux):
        with tempfile.TemporaryDirectory(prefix="mux") as home:
            beside = directory / f"{name}.files"
            if beside.is_dir():
                shutil.copytree(beside, home, dirs_exist_ok=True)
            copy = Path(home) / ".tmux.conf"
            copy.write_bytes((directory / f"{name}.conf").read_bytes())
            states.append(Program(program, Path(home)).load(copy))
    found = list(differences(*states))
    recorded = directory / f"{name}.expected.json"
    if recorded.is_file():
        record = json.loads(recorded.read_text())["3.3a"]
        # What the tmux of this machine says otherwise, too, is the machine's doing.
        here = set(recorded_differences(states[1], record))
        found += [line for line in recorded_differences(states[0], record) if line not in here]
    return found


def main() -> int:
    """Compare and print; the exit status says whether all were the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    tmux = Path(shutil.which("tmux") or sys.exit("no tmux"))
    names = given.names or sorted(path.stem for path in given.directory.glob("*.conf"))
    same = 0
    with tempfile.TemporaryDirectory(prefix="shim") as shim:
        program = make_shim(Path(shim))
        for name in names:
            found = compare(given.directory, name, tmux, program)
            same += not found
            print("\n  ".join([f"{name}: {len(found)} differences", *found]), flush=True)
    print(f"{same} of {len(names)} the same")
    return same != len(names)


if __name__ == "__main__":
    sys.exit(main())
