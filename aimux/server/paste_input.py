"""A person's pastes on their way to a pane; lines that a shell would run at once are asked about.

A program that asked for bracketed paste tells pasted text from typed text by itself. To any other
each line break of a paste is the key Enter (`confirm-paste`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aimux.keys.encode import encode_paste
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.prompt import Prompt

MAX_HELD = 16 << 20  # bytes of one paste that wait for an answer
_LINE_BREAK = re.compile(rb"\r\n|\r|\n")


class PasteInput:
    """The pastes of one client.

    Args:
        client: Whose they are; it shows the question.
        type_in: Types bytes into the pane that the client's keys go to.
        changed: Called when the question comes or goes.
    """

    def __init__(
        self, client: Client, type_in: Callable[[bytes], None], changed: Callable[[], None]
    ) -> None:
        self._client = client
        self._type_in = type_in
        self._changed = changed
        self._held = bytearray()
        self._holding = False

    def take(self, data: bytes, pane: Pane, *, first: bool, last: bool, ask: bool) -> None:
        """A piece of a paste.

        Args:
            data: The bytes as the outer terminal sent them.
            pane: Where they are to go.
            first: Whether the paste begins with it.
            last: Whether it is the end.
            ask: Whether the person wants to be asked about lines that are run at once.
        """
        modes = pane.input_modes
        if first:
            self._holding = ask and not modes.bracketed_paste
        if not self._holding:
            self._type_in(encode_paste(data, modes, first=first, last=last, trusted=True))
            return
        self._held += data[: MAX_HELD + 1 - len(self._held)]
        if last:
            self._holding = False
            self._decide(pane)

    def _decide(self, pane: Pane) -> None:
        data, self._held = bytes(self._held), bytearray()
        breaks = len(_LINE_BREAK.findall(data))
        if len(data) > MAX_HELD:
            self._client.message = "paste too long"
        elif breaks:
            self._ask(data, pane, breaks)
        else:
            self._type_in(data)
        self._changed()

    def _ask(self, data: bytes, pane: Pane, breaks: int) -> None:
        def answered(answer: str | None) -> None:
            self._client.prompt = None
            if answer in ("y", "Y") and self._client.pane is pane:
                modes = pane.input_modes
                self._type_in(encode_paste(data, modes, first=True, last=True, trusted=True))

        enters = "1 Enter" if breaks == 1 else f"{breaks} Enters"
        label = f"Paste {len(data)} bytes with {enters}? (y/n) "
        self._client.prompt = Prompt(label=label, answer=answered, single=True)
