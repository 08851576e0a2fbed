"""`aimux agent explain --screen FILE`: what the screen rules say of a recorded screen.

Needs no server: the bytes that an agent wrote go through the terminal emulator, and the rules of
its kind look at what stands there. Other sources of an agent's state are not asked.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from aimux.agents.kinds import Kind, shipped_kinds
from aimux.agents.screen_rules import ScreenFinding, read_screen
from aimux.errors import CommandError
from aimux.vt import ByteStream, Screen

USAGE = (
    "usage: aimux agent explain --screen file --kind kind "
    "[--rows rows] [--columns columns] [--json]\n"
    "       aimux agent explain [-t target-pane] [--json]\n"
    "       aimux agent report [-t target-pane] kind [event]"
)
MAX_SIDE = 1000
"""Rows or columns of a recorded screen, at most."""

_UNKNOWN = ScreenFinding("unknown", "", "", "")


@dataclass(frozen=True, slots=True)
class Recording:
    """What to look at: bytes of a terminal of a size, and the kind of agent that wrote them."""

    data: bytes
    kind: Kind
    rows: int
    columns: int


def explain_recording(recording: Recording) -> tuple[ScreenFinding, str]:
    """What the rules find on the screen after all of the bytes, and the title that was set.

    A screen that no rule knows is `unknown`.
    """
    screen = Screen(recording.columns, recording.rows)
    ByteStream(screen).feed(recording.data)
    found = read_screen(recording.kind.screen, screen.display, screen.title)
    return found or _UNKNOWN, screen.title


def main(words: Sequence[str]) -> int:
    """Answer the words after `aimux agent explain`; returns the exit status.

    Raises:
        CommandError: The words are wrong, the kind is not known, or the file cannot be read.
    """
    options, as_json = _options(words)
    recording = _recording(options)
    found, title = explain_recording(recording)
    answer = {"kind": recording.kind.name, **asdict(found), "source": "screen", "title": title}
    sys.stdout.write(f"{json.dumps(answer) if as_json else _sentence(answer)}\n")
    return 0


_FLAGS = ("--screen", "--kind", "--rows", "--columns")


def _options(words: Sequence[str]) -> tuple[dict[str, str], bool]:
    rest, found = [word for word in words if word != "--json"], dict[str, str]()
    while rest:
        flag, *rest = rest
        if flag not in _FLAGS or not rest:
            raise CommandError(USAGE)
        found[flag], *rest = rest
    if "--screen" not in found or "--kind" not in found:
        raise CommandError(USAGE)
    return found, "--json" in words


def _recording(options: dict[str, str]) -> Recording:
    name = options["--kind"]
    kind = shipped_kinds().get(name)
    if kind is None:
        raise CommandError(f"unknown kind: {name}; known: {', '.join(sorted(shipped_kinds()))}")
    rows = _side(options.get("--rows", "24"), "rows")
    columns = _side(options.get("--columns", "80"), "columns")
    try:
        data = Path(options["--screen"]).read_bytes()
    except OSError as error:
        raise CommandError(f"{options['--screen']}: {error.strerror}") from error
    return Recording(data, kind, rows, columns)


def _side(text: str, name: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise CommandError(f"{name} invalid: {text}")
    if not 1 <= int(text) <= MAX_SIDE:
        raise CommandError(f"{name} {'too small' if int(text) < 1 else 'too large'}: {text}")
    return int(text)


def _sentence(answer: dict[str, str]) -> str:
    """The answer in a line: `waiting (permission): ls -la [screen rule: permission prompt]`."""
    reason = f" ({answer['reason']})" if answer["reason"] else ""
    detail = f": {answer['detail']}" if answer["detail"] else ""
    rule = answer["rule"] or "none fits"
    return f"{answer['state']}{reason}{detail} [screen rule: {rule}]"
