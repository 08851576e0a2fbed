"""Opens and closes the palette as the server says, and keeps it in the colours of the theme."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App

from aimux.client.palette import Palette
from aimux.client.palette_look import chosen_style, palette_theme
from aimux.client.sidebar.look import NO_LOOK
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import (
    PaletteAnswered,
    PaletteClosed,
    PaletteOpened,
    PaletteTyped,
)
from aimux.protocol.picture_messages import Cursor
from aimux.protocol.server_messages import Look

_THEMES = ("aimux-even", "aimux-odd")
"""Textual takes a theme by another name for another theme."""


class Palettes:
    """The palette of one client, while there is one.

    Args:
        app: The app.
        send: Takes what the server is told.
        moved: Called when the place where text is typed may be another one.
    """

    def __init__(
        self, app: App[None], send: Callable[[Message], None], moved: Callable[[], None]
    ) -> None:
        self._app = app
        self._send = send
        self._moved = moved
        self._palette: Palette | None = None
        self._look = NO_LOOK
        self._themed: Look | None = None

    @property
    def is_open(self) -> bool:
        """Whether it lies over everything else."""
        return self._palette is not None and self._app.screen is self._palette

    @property
    def cursor(self) -> Cursor | None:
        """The cursor where text is typed; None where none is."""
        place = self._palette.cursor if self._palette is not None and self.is_open else None
        return None if place is None else Cursor(place.y, place.x, visible=True, shape=0)

    def take(self, message: Message) -> None:
        """Do what the server says of it."""
        match message:
            case PaletteOpened():
                self._open(message)
            case PaletteTyped():
                self._type(message)
            case PaletteClosed(number=number):
                self._close(number)
            case _:
                pass

    def take_look(self, look: Look) -> None:
        """Draw it in other colours, from the next time on if it is not open."""
        self._look = look
        if self._palette is not None and not self._palette.has_ended:
            self._dress()

    def _open(self, opened: PaletteOpened) -> None:
        self._close(None)
        self._dress()
        self._palette = Palette(opened, self._send, self._moved, chosen_style(self._look))
        self._app.push_screen(self._palette)

    def _close(self, number: int | None) -> None:
        palette = self._palette
        if palette is not None and number in (None, palette.number):
            palette.close()

    def _type(self, typed: PaletteTyped) -> None:
        palette = self._palette
        if palette is not None and palette.number == typed.number and not palette.has_ended:
            palette.type(typed)
        elif typed.name == "Enter":
            self._send(PaletteAnswered(typed.number, ""))

    def _dress(self) -> None:
        if self._themed == self._look:
            return
        self._themed = self._look
        name = _THEMES[self._app.theme == _THEMES[0]]
        self._app.register_theme(palette_theme(self._look, name))
        self._app.theme = name
        if self._palette is not None and not self._palette.has_ended:
            # Textual leaves screens of its own out when the theme of what lies below changes.
            self._app.call_next(self._app.stylesheet.update, self._palette)
            self._app.call_next(self._palette.dress, chosen_style(self._look))
