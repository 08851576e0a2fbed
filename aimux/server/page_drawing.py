"""Draws a page: its rows, and in the last one the keys for what can be done."""

from __future__ import annotations

from aimux.model.page import LABEL_COLUMNS, Page, PageLine
from aimux.model.theme import Chrome
from aimux.protocol.row_text import shifted
from aimux.server.covering import Strip, StripRows
from aimux.styles.box_lines import BOX_LINES, bottom_border, side, top_border
from aimux.styles.draw import draw
from aimux.styles.escapes import without_erasing
from aimux.styles.style import overlay, parse_style

LINES = BOX_LINES["single"]
ALWAYS = (("q", "close"),)


def draw_page(page: Page, chrome: Chrome, depth: int) -> StripRows:
    """The strips of a page.

    Args:
        page: What is drawn.
        chrome: The theme's styles.
        depth: Colours of the terminal.
    """
    box, base = page.box, parse_style(chrome.box)
    inside = box.columns - 2
    frame = overlay(base, parse_style(chrome.border))
    edge = side(LINES, base=frame, depth=depth)
    texts = [top_border(LINES, _title(page), columns=box.columns, base=frame, depth=depth)]
    rows = [_row(line, chrome) for line in page.shown]
    rows += [""] * (page.height - len(rows))
    for text in (*rows, _keys(page, chrome)):
        line = draw(text, columns=inside, base=base, depth=depth).text
        texts.append(f"{edge}{shifted(without_erasing(line), 1)}{edge}")
    texts.append(bottom_border(LINES, columns=box.columns, base=frame, depth=depth))
    return {
        box.row + index: (Strip(box.column, box.columns, text),) for index, text in enumerate(texts)
    }


def _title(page: Page) -> str:
    title = f" {_plain(page.title)} "
    if page.count <= page.height:
        return title
    last = min(page.count, page.offset + page.height)
    return f"{title}#[align=right] {page.offset + 1}-{last} of {page.count} "


def _row(line: PageLine, chrome: Chrome) -> str:
    if not line.label:
        return f" {_plain(line.text)}"
    label = f"{line.label:<{LABEL_COLUMNS}}"
    return f" #[{chrome.quiet}]{_plain(label)}#[default]{_plain(line.text)}"


def _keys(page: Page, chrome: Chrome) -> str:
    parts = (
        f"#[default]#[{chrome.key}]{_plain(key)}#[default]#[{chrome.quiet}] {_plain(word)}"
        for key, word in (*page.keys, *ALWAYS)
    )
    return " " + "  ".join(parts)


def _plain(text: str) -> str:
    """A text in which no `#` begins a style."""
    return text.replace("#", "##")
