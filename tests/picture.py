"""Draws what a person would see on a terminal: a pyte screen becomes a PNG.

Needs Pillow, and DejaVu Sans Mono (Debian: `fonts-dejavu-core`) to look right; without the font
Pillow's own is used. pyte prints the tails of sequences that it does not know, so feed it through
`OuterScreen`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pyte
from PIL import Image, ImageDraw, ImageFont
from wcwidth import wcwidth

FONT_DIRECTORY = Path("/usr/share/fonts/truetype/dejavu")
_FACES = {(0, 0): "", (1, 0): "-Bold", (0, 1): "-Oblique", (1, 1): "-BoldOblique"}
_PALETTE = {
    "black": "2e3436",
    "red": "ef2929",
    "green": "8ae234",
    "brown": "fce94f",
    "blue": "729fcf",
    "magenta": "ad7fa8",
    "cyan": "34e2e2",
    "white": "d3d7cf",
    "brightblack": "888a85",
    "brightred": "ff6a6a",
    "brightgreen": "a4ee58",
    "brightbrown": "fff27f",
    "brightblue": "8fb8e6",
    "brightmagenta": "c79bc2",
    "bfightmagenta": "c79bc2",  # pyte 0.8.2 spells it so
    "brightcyan": "6ff0f0",
    "brightwhite": "ffffff",
}
GROUND = "d3d7cf", "16181a"
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[>=<][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b\[[\d;]* q|\x1bP[^\x1b]*\x1b\\"
)
_COMPLETE = re.compile(rb"\x1b(\[[\d;:?>=<$ ]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[^\[P\]])")
_SHAPED_UNDERLINE = re.compile(rb"\x1b\[4:\d")
_WITH_COLONS = re.compile(rb"\x1b\[[\d;]*:[\d;:]*m")  # colours as ISO 8613-6 writes them


class OuterScreen:
    """A terminal that somebody looks at: give it what a program wrote, ask what is seen."""

    def __init__(self, *, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take what was written; a sequence that is not complete waits for its end."""
        data = self._rest + data
        cut = data.rfind(b"\x1b", max(0, len(data) - 64))
        self._rest = b""
        if cut >= 0 and not _COMPLETE.match(data[cut:]):
            data, self._rest = data[:cut], data[cut:]
        data = _SHAPED_UNDERLINE.sub(b"\x1b[4", _UNKNOWN_TO_PYTE.sub(b"", data))
        self._stream.feed(_WITH_COLONS.sub(b"", data))

    @property
    def text(self) -> str:
        """The rows, without blanks at their ends."""
        return "\n".join(row.rstrip() for row in self.screen.display)


def draw(
    screen: pyte.Screen, path: Path, *, size: int = 15, ground: tuple[str, str] = GROUND
) -> None:
    """Write the picture of `screen` to `path`, cell for cell.

    Args:
        screen: What is seen.
        path: A PNG; of few colours, so that it is small.
        size: The font's, in pixels.
        ground: The terminal's own ink and paper, as `rrggbb`.
    """
    width = round(_font(0, 0, size).getlength("M"))
    ascent, descent = _font(0, 0, size).getmetrics()
    height = ascent + descent
    image = Image.new("RGB", (screen.columns * width, screen.lines * height), _rgb(ground[1]))
    canvas = ImageDraw.Draw(image)
    for row in range(screen.lines):
        for column in range(screen.columns):
            _draw_cell(canvas, screen, (column, row), (width, height, size), ground)
    image.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def _draw_cell(
    canvas: ImageDraw.ImageDraw,
    screen: pyte.Screen,
    at: tuple[int, int],
    cell: tuple[int, int, int],
    ground: tuple[str, str],
) -> None:
    (column, row), (width, height, size) = at, cell
    char = screen.buffer[row][column]
    ink, paper = _colors(char, ground)
    if at == (screen.cursor.x, screen.cursor.y) and not screen.cursor.hidden:
        ink, paper = paper, _rgb(ground[0])
    columns = 2 if char.data and wcwidth(char.data[0]) == 2 else 1
    left, top = column * width, row * height
    if paper != _rgb(ground[1]):
        corner = (left + columns * width - 1, top + height - 1)
        canvas.rectangle((left, top, *corner), fill=paper)
    if char.data.strip():
        face = _font(int(char.bold), int(char.italics), size)
        canvas.text((left, top), char.data, font=face, fill=ink)
    if char.underscore:
        canvas.line((left, top + height - 2, left + width, top + height - 2), fill=ink)


def _colors(
    char: pyte.screens.Char, ground: tuple[str, str]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    ink = _rgb(ground[0] if char.fg == "default" else _PALETTE.get(char.fg, char.fg))
    paper = _rgb(ground[1] if char.bg == "default" else _PALETTE.get(char.bg, char.bg))
    return (paper, ink) if char.reverse else (ink, paper)


def _rgb(value: str) -> tuple[int, ...]:
    return tuple(int(value[index : index + 2], 16) for index in (0, 2, 4))


@lru_cache
def _font(bold: int, italic: int, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = FONT_DIRECTORY / f"DejaVuSansMono{_FACES[bold, italic]}.ttf"
    return ImageFont.truetype(str(path), size) if path.exists() else ImageFont.load_default(size)
