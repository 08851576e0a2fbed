"""Opens links with the person's own program, where the client runs. No shell reads a link."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping

from aimux.errors import OpeningError

# The server has asked the person about nothing else.
_MAY_BE_OPENED = re.compile(r"(?:https?://|mailto:|file://)[!-~]+", re.IGNORECASE)
_OPENERS = ("xdg-open", "open")
_MOST = 16
_PLACE = "%s"


def opener(
    target: str,
    environment: Mapping[str, str],
    *,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """The command line that opens a link: `$BROWSER`'s first program, or the system's own.

    Args:
        target: The link.
        environment: Has `BROWSER`, if the person has set it; `%s` in it stands for the link.
        which: Finds a program.

    Raises:
        OpeningError: The link is of no kind that is opened, or there is no program.
    """
    if _MAY_BE_OPENED.fullmatch(target) is None:
        raise OpeningError("can't open link: not of a kind that is opened")
    wanted = environment.get("BROWSER", "").split(os.pathsep)[0]
    try:
        words = shlex.split(wanted)
    except ValueError:
        raise OpeningError("can't open link: BROWSER cannot be read") from None
    if words:
        named = any(_PLACE in word for word in words)
        return [word.replace(_PLACE, target) for word in words] + [target] * (not named)
    found = next(filter(None, map(which, _OPENERS)), None)
    if found is None:
        raise OpeningError("can't open link: no BROWSER and no xdg-open")
    return [found, target]


class Opened:
    """The programs that were started for links; they outlive the client."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def open(self, target: str) -> None:
        """Open a link.

        Raises:
            OpeningError: It is not opened, and why.
        """
        self._running = [one for one in self._running if one.poll() is None]
        if len(self._running) >= _MOST:
            raise OpeningError("can't open link: too many are being opened")
        argv = opener(target, os.environ)
        try:
            program = subprocess.Popen(  # the person's own program, and no shell
                argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise OpeningError(f"can't open link: {argv[0]}: {error.strerror}") from error
        self._running.append(program)
