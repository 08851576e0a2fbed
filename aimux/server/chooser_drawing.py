"""Draws a chooser: what is typed, the list with the letters that were found, what it is about."""

from __future__ import annotations

from aimux.model.chooser import Chooser, Found
from aimux.model.theme import Chrome
from aimux.protocol.row_text import shifted
from aimux.server.covering import Strip, StripRows
from aimux.styles.box_lines import BOX_LINES, bottom_border, side, top_border
from aimux.styles.draw import draw
from aimux.styles.escapes import without_erasing
from aimux.styles.style import Style, overlay, parse_style
from aimux.styles.width import text_width

LINES = BOX_LINES["single"]
LEAST_LABEL = 12
"""Beside a label of fewer cells there is no key."""
PROMPT = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def draw_chooser(chooser: Chooser, chrome: Chrome, chosen: Style, depth: int) -> StripRows:
    """The strips of a chooser.

    Args:
        chooser: What is drawn.
        chrome: The theme's styles.
        chosen: How the current line looks.
        depth: Colours of the terminal.
    """
    box, base = chooser.box, parse_style(chrome.box)
    inside = box.columns - 2
    frame = overlay(base, parse_style(chrome.border))
    edge = side(LINES, base=frame, depth=depth)
    texts = [top_border(LINES, _title(chooser), columns=box.columns, base=frame, depth=depth)]
    for text, style in _lines(chooser, chrome, base, chosen):
        fixed = style is chosen
        line = draw(text, columns=inside, base=style, depth=depth, fixed_colours=fixed).text
        texts.append(f"{edge}{shifted(without_erasing(line), 1)}{edge}")
    texts.append(bottom_border(LINES, columns=box.columns, base=frame, depth=depth))
    return {
        box.row + index: (Strip(box.column, box.columns, text),) for index, text in enumerate(texts)
    }


def cursor_of(chooser: Chooser) -> tuple[int, int] | None:
    """Row and column of the terminal where text is typed; None while none is."""
    if not chooser.is_typing:
        return None
    box = chooser.box
    column = box.column + 2 + text_width(PROMPT + _typed(chooser))
    return box.row + 1, min(column, box.column + box.columns - 2)


def _title(chooser: Chooser) -> str:
    count = f"{len(chooser.found)} of {len(chooser.choices)}"
    return f" {_plain(chooser.title)} #[align=right] {count} "


def _typed(chooser: Chooser) -> str:
    """What fits of the text that was typed: its end."""
    room = chooser.box.columns - 6
    text = chooser.typed
    while text_width(text) > room:
        text = text[1:]
    return text


def _lines(chooser: Chooser, chrome: Chrome, base: Style, chosen: Style) -> list[tuple[str, Style]]:
    search = f"#[{chrome.key}]/#[default,{chrome.quiet}] searches, q closes"
    if chooser.is_typing:
        search = f"#[{chrome.key}]{PROMPT}#[default]{_plain(_typed(chooser))}"
    lines = [(f" {search}", base)]
    width = chooser.box.columns - 2
    for index, found in enumerate(chooser.shown, chooser.offset):
        is_current = index == chooser.current
        text = _choice(found, chrome, width, marks=not is_current)
        lines.append((text, chosen if is_current else base))
    lines += [("", base)] * (chooser.height - len(chooser.shown))
    choice = chooser.choice
    about = _plain(choice.detail) if choice is not None else "nothing found"
    lines.append((f" #[{chrome.quiet}]{about}", base))
    return lines


def _choice(found: Found, chrome: Chrome, width: int, *, marks: bool) -> str:
    choice = found.choice
    start, room = 0, width - 2
    key = choice.key if text_width(choice.key) + LEAST_LABEL <= room else ""
    room -= text_width(key) + 1 if key else 0
    parts = []
    for text, style in ((choice.kind, chrome.quiet), (choice.label, "default")):
        fitting = _fitting(text, room)
        parts.append(_marked(fitting, start, found, style, chrome.key if marks else style))
        start += len(text) + 1
        room -= text_width(fitting) + 1 if fitting else 0
    left = " ".join(part for part in parts if part)
    right = _marked(key, start, found, chrome.key if marks else "default", chrome.key)
    return f" {left}#[default,align=right] {right}#[default] "


def _fitting(text: str, room: int) -> str:
    """As much of a text as there is room for."""
    if text_width(text) <= room:
        return text
    while text and text_width(text) >= room:
        text = text[:-1]
    return f"{text}…" if room > 0 else ""


def _marked(text: str, start: int, found: Found, style: str, mark: str) -> str:
    """A text whose found letters stand out; it begins at `start` of what was searched."""
    if not text:
        return ""
    parts = [f"#[default]#[{style}]"]
    inside = False
    for place, character in enumerate(text, start):
        is_found = place in found.match.places
        if is_found != inside:
            inside = is_found
            parts.append(f"#[default]#[{mark if is_found else style}]")
            parts.append("#[underscore]" if is_found else "")
        parts.append(_plain(character))
    return "".join(parts) + "#[default]"


def _plain(text: str) -> str:
    """A text in which no `#` begins a style."""
    return text.replace("#", "##")
