"""Homes with a tmux configuration, in which aimux runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFIGS = Path(__file__).parent / "configs"
DEADLINE_SECONDS = 60.0
ADDITIONS = ("tmux-env", "PATH=", "XDG_CONFIG_HOME=")
STATE = (
    *("new-session", "-d", "-s", "x", ";", "list-keys", ";", "show-options", "-s"),
    *(";", "show-options", "-g", ";", "show-options", "-gw", ";", "show-environment", "-g"),
)


class Home:
    """A home directory and the processes that run with it.

    Attributes:
        directory: The home.
        environment: What its processes are given.
    """

    def __init__(self, directory: Path, **environment: str) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "AIMUX_TMPDIR": str(directory.parent),
            "TMUX_TMPDIR": str(directory.parent),
            "PYTHONPATH": str(ROOT),
            "SHELL": "/bin/sh",
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "COLUMNS": "100",
            **environment,
        }

    def take(self, name: str) -> None:
        """Let one of the test configurations be this home's."""
        shutil.copy(CONFIGS / f"{name}.conf", self.directory / ".tmux.conf")
        beside = CONFIGS / f"{name}.files"
        if beside.is_dir():
            shutil.copytree(beside, self.directory, dirs_exist_ok=True)

    def write(self, text: str, name: str = ".tmux.conf") -> Path:
        """Write a file of this home."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run aimux's command line."""
        return self._process(sys.executable, "-m", "aimux", *words)

    def do(self, *words: str) -> str:
        """The output of a command that has to succeed."""
        done = self.run(*words)
        assert (done.returncode, done.stderr) == (0, ""), (words, done)
        return done.stdout

    def tmux(self, *words: str) -> str:
        """The output of a command of the real tmux."""
        done = self._process("tmux", "-L", "old", "-f", os.devnull, *words)
        assert (done.returncode, done.stderr) == (0, ""), (words, done)
        return done.stdout

    def state(self, *options: str) -> list[str]:
        """All keys, options and variables of a server that is started with these options.

        What an import adds on purpose is left out.
        """
        try:
            lines = self.run(*options, *STATE).stdout.splitlines()
        finally:
            self.run("kill-server")
        return [line for line in lines if not line.startswith(ADDITIONS)]

    def _process(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            env=self.environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=DEADLINE_SECONDS,
            check=False,
        )
