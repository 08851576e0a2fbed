"""Control mode (`-C`) on this side of the socket: lines go through as they are, then `%exit`.

With `-CC` all is a device control string, which the terminal takes for this protocol, and the
terminal echoes nothing.
"""

from __future__ import annotations

import os
import termios
from contextlib import contextmanager

from aimux.errors import LinkError
from aimux.link.one_shot import Output

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aimux.link.one_shot import Outcome

BEGINNING = "\x1bP1000p"
END = "\x1b\\"
INPUT = 0
READ_BYTES = 4096


def control_output(*, framed: bool) -> Output:
    """Where replies are written; `framed` is `-CC`."""
    return Output(opening=BEGINNING if framed else "")


def run_control(ask: Callable[[], Outcome], output: Output, *, framed: bool) -> int:
    """Be a control client until it ends; the exit status.

    Args:
        ask: Sends the command line and streams the replies to `output`.
        output: Of `control_output`.
        framed: Whether this is `-CC`.

    Raises:
        LinkError: There is no server, or no terminal for `-CC`; the text is complete.
    """
    if not framed:
        return _converse(ask, output)
    with _silent_terminal():
        try:
            return _converse(ask, output)
        finally:
            output.write(1, END if output.spoken else "")


def _converse(ask: Callable[[], Outcome], output: Output) -> int:
    try:
        outcome = ask()
    except LinkError as error:
        if not output.spoken:
            raise
        output.write(1, f"%exit {error}\n")
        return 1
    outcome.connection.close()
    output.open()
    output.write(1, f"%exit {outcome.message}\n" if outcome.message else "%exit\n")
    if outcome.wait:
        _wait_for_empty_line()
    return outcome.status


def _wait_for_empty_line() -> None:
    """Read standard input up to an empty line or its end (the flag `wait-exit`)."""
    line_is_empty = True
    while data := os.read(INPUT, READ_BYTES):
        for byte in data:
            if byte != ord("\n"):
                line_is_empty = False
            elif line_is_empty:
                return
            else:
                line_is_empty = True


@contextmanager
def _silent_terminal() -> Iterator[None]:
    """Standard input as tmux sets it for `-CC`: no echo, no signals, newlines still translated."""
    try:
        saved = termios.tcgetattr(INPUT)
    except termios.error as error:
        raise LinkError(f"tcgetattr failed: {error.args[1]}") from error
    characters = list(saved[6])
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    modes: list[int | list[bytes | int]] = [
        termios.ICRNL | termios.IXANY,
        termios.OPOST | termios.ONLCR,
        termios.CREAD | termios.CS8 | termios.HUPCL,
        0,
        saved[4],
        saved[5],
        characters,
    ]
    termios.tcsetattr(INPUT, termios.TCSANOW, modes)
    try:
        yield
    finally:
        termios.tcsetattr(INPUT, termios.TCSAFLUSH, saved)
