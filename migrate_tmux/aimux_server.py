"""aimux's server, spoken to as any script does: one command line after another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from aimux.errors import LinkError

TIMEOUT_SECONDS = 120.0


class AimuxServer:
    """The server that commands go to.

    Args:
        options: aimux's global options that name it, e.g. `-S PATH`.
    """

    def __init__(self, options: Sequence[str] = ()) -> None:
        self._options = tuple(options)

    def run(self, *words: str, given: str | None = None) -> str:
        """What a command prints.

        Args:
            words: The command.
            given: Its standard input.

        Raises:
            LinkError: It failed; the text is what it said.
        """
        done = subprocess.run(
            [sys.executable, "-IS", "-c", _program(), *self._options, *words],
            input=given or "",
            capture_output=True,
            check=False,
            text=True,
            errors="surrogateescape",
            timeout=TIMEOUT_SECONDS,
        )
        if done.returncode:
            raise LinkError(done.stderr.strip() or f"aimux {words[0]} failed ({done.returncode})")
        return done.stdout

    def has_session(self, name: str) -> bool:
        """Whether there is a session of that name."""
        try:
            self.run("has-session", "-t", f"={name}")
        except LinkError:
            return False
        return True


def _program() -> str:
    """This very aimux, wherever it is run: a directory of that name beside it does not count."""
    places = [place for place in sys.path if Path(place).is_absolute()]
    own = str(Path(__file__).resolve().parents[1])
    path = places if own in places else [own, *places]
    return f"import sys; sys.path[:] = {path!a}; from aimux.cli import main; sys.exit(main())"
