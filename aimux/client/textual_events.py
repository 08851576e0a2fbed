"""Between tokens and Textual's events.

Widgets of the client get what the router decided is theirs as ordinary events; where no terminal
sends tokens, as in a test, events become what a terminal would have reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import events
from textual.message import Message

from aimux.client.router import button_of_report
from aimux.client.textual_keys import event_of_character, event_of_key
from aimux.keys.key import KeyEvent
from aimux.keys.mouse import MouseEvent
from aimux.keys.tokenizer import Token, TokenKind
from aimux.protocol.client_messages import MouseReported

PASTE_LIMIT = 1 << 20  # bytes that a widget of the client may be given by one paste

_WHEEL = {4: events.MouseScrollUp, 5: events.MouseScrollDown}
_SIDE_WHEEL = {6: events.MouseScrollLeft, 7: events.MouseScrollRight}


class EventMaker:
    """Turns tokens into events. Keeps the place of the mouse and an unfinished paste.

    Args:
        post: Takes the events, in order.
    """

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._paste = bytearray()
        self._mouse_at = (0, 0)

    def take(self, token: Token) -> None:
        """Post what the token means to a widget; nothing for a key that is let go."""
        for event in self._events(token):
            self._post(event)

    def _events(self, token: Token) -> Iterator[Message]:
        match token.kind:
            case TokenKind.TEXT:
                yield from map(event_of_character, token.raw.decode("utf-8", "replace"))
            case TokenKind.KEY if token.key and token.key.event is not KeyEvent.RELEASE:
                yield event_of_key(token.key)
            case TokenKind.PASTE_START:
                self._paste.clear()
            case TokenKind.PASTE:
                self._paste += token.raw[: PASTE_LIMIT - len(self._paste)]
            case TokenKind.PASTE_END:
                yield events.Paste(self._paste.decode("utf-8", "replace").replace("\0", ""))
                self._paste.clear()
            case TokenKind.MOUSE if token.mouse:
                yield self._mouse(token.mouse, button_of_report(token.raw))

    def _mouse(self, mouse: MouseEvent, bits: int) -> events.MouseEvent:
        before, self._mouse_at = self._mouse_at, (mouse.column, mouse.row)
        kind = _WHEEL.get(mouse.button) or _SIDE_WHEEL.get(mouse.button) or _kind(mouse)
        return kind(
            widget=None,
            x=mouse.column,
            y=mouse.row,
            delta_x=mouse.column - before[0],
            delta_y=mouse.row - before[1],
            button=mouse.button,
            shift=bool(bits & 4),
            meta=bool(bits & 8),
            ctrl=bool(bits & 16),
            screen_x=mouse.column,
            screen_y=mouse.row,
        )


_WHEEL_BITS = {
    events.MouseScrollUp: 64,
    events.MouseScrollDown: 65,
    events.MouseScrollLeft: 66,
    events.MouseScrollRight: 67,
}


def report_of_event(event: events.MouseEvent) -> MouseReported:
    """The report that a terminal sends for an event of the mouse."""
    bits = _WHEEL_BITS.get(type(event), event.button - 1 if event.button else 3)
    bits |= 4 * event.shift | 8 * event.meta | 16 * event.ctrl
    bits |= 32 * isinstance(event, events.MouseMove)
    column, row = int(event.screen_x), int(event.screen_y)
    return MouseReported(bits, column, row, release=isinstance(event, events.MouseUp))


def _kind(mouse: MouseEvent) -> type[events.MouseEvent]:
    if mouse.motion:
        return events.MouseMove
    return events.MouseUp if mouse.release else events.MouseDown
