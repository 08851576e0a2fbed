"""What a person types and clicks while a menu, a popup or panes' numbers lie over the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aimux.keys.encode import encode_paste, encode_text, encode_token
from aimux.keys.mouse import MouseEvent
from aimux.keys.tokenizer import Token, TokenKind
from aimux.model.chooser import Chooser
from aimux.model.client import Client
from aimux.model.overlay import Overlay, Taken


class OverlayInput:
    """The input of one client as far as its overlay takes it; a read-only client's takes nothing.

    Args:
        changed: Called when something that is drawn may have changed.
    """

    def __init__(self, client: Client, changed: Callable[[], None]) -> None:
        self._client = client
        self._changed = changed

    @property
    def is_open(self) -> bool:
        """Whether there is an overlay that takes input."""
        return self._overlay is not None

    @property
    def _overlay(self) -> Overlay | None:
        return None if self._client.read_only else self._client.overlay

    def key(self, name: str, tokens: Sequence[Token]) -> bool:
        """Whether the overlay took a key, given also as it came from the outer terminal."""
        overlay = self._overlay
        if overlay is None:
            return False
        is_typed = overlay.modes is not None
        taken = overlay.key(name)
        if taken is Taken.STAYS and is_typed:
            self.type(tokens)
        return self._settle(taken)

    def type(self, tokens: Sequence[Token]) -> bool:
        """Hand what came from the outer terminal to a popup's program; False without overlay."""
        overlay = self._overlay
        modes = overlay.modes if overlay is not None else None
        if overlay is not None and modes is not None:
            for token in tokens:
                if token.kind is not TokenKind.REPORT:
                    overlay.type(encode_token(token, modes))
        return overlay is not None

    def text(self, text: str) -> str:
        """The rest of a run of plain text that the overlay did not take."""
        while text:
            overlay = self._overlay
            if overlay is None:
                break
            modes = overlay.modes
            if modes is not None:
                overlay.type(encode_text(text, modes))
                return ""
            name = "Space" if text[0] == " " else text[0]
            if not self._settle(overlay.key(name)):
                break
            text = text[1:]
        return text

    def paste(self, data: bytes, *, first: bool, last: bool) -> bool:
        """Whether the overlay took a piece of a paste: nobody chooses from a menu by pasting."""
        overlay = self._overlay
        if overlay is None:
            return False
        modes = overlay.modes
        if isinstance(overlay, Chooser):
            overlay.insert(data.decode("utf-8", "replace").split("\n")[0].split("\r")[0])
            self._changed()
        if modes is not None:
            overlay.type(encode_paste(data, modes, first=first, last=last, trusted=True))
        return True

    def mouse(self, event: MouseEvent) -> bool:
        """Whether the overlay took a mouse event, in cells of the terminal."""
        overlay = self._overlay
        return overlay is not None and self._settle(overlay.mouse(event))

    def _settle(self, taken: Taken) -> bool:
        if taken is not Taken.STAYS:
            self._client.close_overlay()
        self._changed()
        return taken is not Taken.PASSES
