"""Decides who gets what was typed: the server, or a widget that lies over the panes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from aimux.keys.key import Key
from aimux.keys.tokenizer import Token, TokenKind
from aimux.protocol.client_messages import (
    FocusChanged,
    KeyPressed,
    MouseReported,
    Pasted,
    TextTyped,
)
from aimux.protocol.message import Message

PIECE = 65536  # the most that a message may carry of a text or a paste

_MOTION, _WHEEL = 32, 64


class Overlay(Protocol):
    """What lies over the panes."""

    def takes_keys(self) -> bool:
        """Whether a widget of the client has the keyboard."""

    def covers(self, column: int, row: int) -> bool:
        """Whether a widget of the client is seen at this cell of the terminal."""

    def overlay_take(self, token: Token) -> None:
        """Give the widget what was typed or pointed at."""

    def column_of(self, row: int) -> int:
        """The column of the terminal in which this row of what the server lays out begins."""


class Router:
    """Turns tokens into messages, in the order in which they came.

    A paste goes whole to where its beginning went, and a drag to where its button was pressed.
    """

    def __init__(self, send: Callable[[Message], None], overlay: Overlay) -> None:
        self._send = send
        self._overlay = overlay
        self._paste_is_overlays = False
        self._paste_begins = False
        self._dragging: bool | None = None  # whose the drag is: True the overlay's
        self._routes: dict[TokenKind, Callable[[Token], None]] = {
            TokenKind.TEXT: self._text,
            TokenKind.KEY: self._key,
            TokenKind.PASTE_START: self._paste_start,
            TokenKind.PASTE: self._paste,
            TokenKind.PASTE_END: self._paste_end,
            TokenKind.MOUSE: self._mouse,
            TokenKind.FOCUS: self._focus,
        }

    def take(self, token: Token) -> None:
        """Route one token of the outer terminal; reports are nobody's."""
        route = self._routes.get(token.kind)
        if route is not None:
            route(token)

    def press(self, key: Key) -> None:
        """A key that no terminal sent: a test's, or a browser's."""
        self._send(KeyPressed(key.notation, b""))

    def type(self, text: str) -> None:
        """Text that no terminal sent."""
        self._send_text(text.encode("utf-8", "surrogateescape"))

    def paste(self, text: str) -> None:
        """A paste that no terminal sent."""
        self._paste_begins = True
        self._send_paste(text.encode("utf-8", "surrogateescape"))
        self._send(Pasted(b"", first=self._paste_begins, last=True))

    def point(self, report: MouseReported) -> None:
        """A mouse report that no terminal sent."""
        column = max(0, report.column - self._overlay.column_of(report.row))
        self._send(MouseReported(report.button, column, report.row, release=report.release))

    def _text(self, token: Token) -> None:
        if self._overlay.takes_keys():
            self._overlay.overlay_take(token)
        else:
            self._send_text(token.raw)

    def _send_text(self, raw: bytes) -> None:
        for piece in whole_characters(raw, PIECE):
            self._send(TextTyped(piece))

    def _key(self, token: Token) -> None:
        if self._overlay.takes_keys():
            self._overlay.overlay_take(token)
        elif token.key is not None:
            self._send(KeyPressed(token.key.notation, token.raw))

    def _paste_start(self, token: Token) -> None:
        self._paste_is_overlays = self._overlay.takes_keys()
        self._paste_begins = True
        if self._paste_is_overlays:
            self._overlay.overlay_take(token)

    def _paste(self, token: Token) -> None:
        if self._paste_is_overlays:
            self._overlay.overlay_take(token)
        else:
            self._send_paste(token.raw)

    def _send_paste(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            self._send(Pasted(piece, first=self._paste_begins, last=False))
            self._paste_begins = False

    def _paste_end(self, token: Token) -> None:
        if self._paste_is_overlays:
            self._overlay.overlay_take(token)
        else:
            self._send(Pasted(b"", first=self._paste_begins, last=True))

    def _mouse(self, token: Token) -> None:
        event = token.mouse
        if event is None:
            return
        if self._is_overlays(token):
            self._overlay.overlay_take(token)
            return
        button = button_of_report(token.raw)
        column = max(0, event.column - self._overlay.column_of(event.row))
        self._send(MouseReported(button, column, event.row, release=event.release))

    def _is_overlays(self, token: Token) -> bool:
        event = token.mouse
        if event is None:
            return False
        covered = self._overlay.covers(event.column, event.row)
        whose = covered if self._dragging is None else self._dragging
        if event.release:
            self._dragging = None
        elif event.button and not event.motion and event.button not in range(4, 8):
            self._dragging = whose
        return whose

    def _focus(self, token: Token) -> None:
        self._send(FocusChanged(focused=token.raw.endswith(b"I")))


def whole_characters(raw: bytes, limit: int) -> Iterator[bytes]:
    """`raw` in pieces of at most `limit` bytes, none of which ends within a UTF-8 character."""
    start = 0
    while len(raw) - start > limit:
        end = start + limit
        while end > start + limit - 4 and raw[end] & 0xC0 == 0x80:
            end -= 1
        yield raw[start:end]
        start = end
    if raw[start:]:
        yield raw[start:]


def button_of_report(raw: bytes) -> int:
    """The button number of an SGR report, or of an old one in the same terms."""
    if raw.startswith(b"\x1b[<"):
        return int(raw[3 : raw.index(b";")])
    return max(raw[3] - 32, 0)
