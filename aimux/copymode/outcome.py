"""What a command of copy mode asks its caller to do."""

from __future__ import annotations

from msgspec import Struct


class Copied(Struct, frozen=True):
    """Text that was copied.

    Attributes:
        text: What was selected; None if nothing was: then no buffer changes.
        prefix: Prefix of the new buffer's name, not yet format-expanded; None for the default.
        to_buffer: Put it into a new buffer and offer it to the clipboard.
        append: Instead of a new buffer, add it to the newest one.
        piped: Hand it to a program, also if it is empty.
        command: That program, not yet format-expanded; empty for the option `copy-command`.
    """

    text: str | None
    prefix: str | None = None
    to_buffer: bool = True
    append: bool = False
    piped: bool = False
    command: str = ""


class Outcome(Struct, frozen=True):
    """What is left to do after a command.

    Attributes:
        cancelled: The mode ends.
        copied: Text to put somewhere, before the mode ends.
    """

    cancelled: bool = False
    copied: Copied | None = None


DONE = Outcome()
CANCELLED = Outcome(cancelled=True)
