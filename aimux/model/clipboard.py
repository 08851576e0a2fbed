"""A question for the clipboard of a client's terminal."""

from __future__ import annotations

from dataclasses import dataclass, field

from aimux.ids import PaneId

MAX_CLIPBOARD = 1 << 20
"""Bytes of a clipboard that are taken; a terminal that tells more is not heard."""


@dataclass(slots=True, eq=False)
class ClipboardQuestion:
    """Who waits for the answer.

    Attributes:
        to_buffer: A new paste buffer is made of it.
        panes: The panes whose programs are told, in OSC 52's form.
    """

    to_buffer: bool = False
    panes: list[PaneId] = field(default_factory=list)
