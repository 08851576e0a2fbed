"""A running tmux server, which is only asked and never changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aimux.errors import LinkError

SEPARATOR = "\u241e"  # stands in no name; tmux prints control characters as escapes
TIMEOUT_SECONDS = 60.0


class TmuxServer:
    """The tmux server of a name; of the default name if that is None.

    Args:
        name: What `-L` calls it.
        options: Other global options, by which it is found instead.
    """

    def __init__(self, name: str | None, options: Sequence[str] = ()) -> None:
        self._base = [_real_tmux(), "-u", *(["-L", name] if name else []), *options]
        self._environment = dict(os.environ)
        if os.environ.get("TMUX") == os.environ.get("AIMUX"):
            self._environment.pop("TMUX", None)  # it leads to aimux, not to tmux

    def ask(self, *words: str) -> str:
        """What a command prints.

        Raises:
            LinkError: tmux refused, in its words; e.g. there is no server.
        """
        done = subprocess.run(
            [*self._base, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=self._environment,
            text=True,
            errors="replace",
            timeout=TIMEOUT_SECONDS,
        )
        if done.returncode:
            raise LinkError(f"tmux: {done.stderr.strip()}")
        return done.stdout

    def rows(self, command: tuple[str, ...], fields: tuple[str, ...]) -> list[dict[str, str]]:
        """A list command's lines as mappings from a format's name to its value."""
        template = SEPARATOR.join(f"#{{{name}}}" for name in fields)
        lines = self.ask(*command, "-F", template).splitlines()
        return [dict(zip(fields, line.split(SEPARATOR), strict=True)) for line in lines]

    def options(self, *target: str) -> dict[str, str]:
        """The options that show-options lists for a target such as `-g`: names and values."""
        names = [line.partition(" ")[0] for line in self.ask("show-options", *target).splitlines()]
        wanted = [name for name in names if not name.endswith("*")]
        return {name: self._value(name, target) for name in wanted}

    @contextmanager
    def untouched(self) -> Iterator[TmuxServer]:
        """Another server of the same program, of no configuration; it is ended afterwards.

        Raises:
            LinkError: It cannot be started.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
            server = TmuxServer(None, ("-f", os.devnull, "-S", f"{directory}/tmux"))
            server.ask("start-server", ";", "set-option", "-s", "exit-empty", "off")
            try:
                yield server
            finally:
                server.ask("kill-server")

    def _value(self, name: str, target: tuple[str, ...]) -> str:
        return self.ask("show-options", "-v", *target, name).removesuffix("\n")


def _real_tmux() -> str:
    """The first tmux on PATH that is not aimux under that name."""
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("tmux", path=directory)
        if found is not None and not _is_shim(found):
            return found
    raise LinkError("tmux: no such program on PATH")


def _is_shim(program: str) -> bool:
    with open(program, "rb") as file:  # noqa: PTH123  # a few bytes of a program
        return b"aimux" in file.read(2000)
