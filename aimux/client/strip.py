"""A row that the server rendered, as one of Textual's strips.

The only file that uses names private to Textual's `Strip`; a test compares it with a plain one.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip
from typing_extensions import override

from aimux.client.sgr import parse_row


class AnsiStrip(Strip):
    """A strip that is drawn by sending `text` as it is, and parsed only if something cuts it.

    The compositor's operations on a whole row (crop and divide to its own width, render) look at
    the width and the rendered text only, so that a row costs nothing on its way to the terminal
    and keeps what Rich has no words for, such as curly underlines.

    Args:
        text: ANSI text that covers exactly `width` cells and leaves the cursor behind them.
        width: In cells.
    """

    __slots__ = ("_parsed",)

    def __init__(self, text: str, width: int) -> None:
        self._parsed: list[Segment] | None = None
        super().__init__((), width)
        self._parsed = None
        self._render_cache = text

    @property  # type: ignore[explicit-override]  # mypy misses it on a property over a slot
    @override
    def _segments(self) -> list[Segment]:
        if self._parsed is None:
            self._parsed = parse_row(self._render_cache or "")
        return self._parsed

    @_segments.setter
    @override
    def _segments(self, segments: Iterable[Segment]) -> None:
        self._parsed = list(segments)
