"""Draws a client's overlay: a menu, a popup or the panes' numbers become strips over rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from msgspec import Struct

from aimux.model.menu import DISABLED, FRAME_COLUMNS, Menu, MenuItem
from aimux.model.overlay import Overlay
from aimux.model.page import Page
from aimux.model.pane_numbers import Mark, PaneNumbers, marks
from aimux.model.popup import Popup
from aimux.model.theme import Chrome
from aimux.protocol.row_text import shifted
from aimux.server.covering import Strip, StripRows, cover_strips
from aimux.server.page_drawing import draw_page
from aimux.server.pane_colours import coloured
from aimux.styles.box_lines import BOX_LINES, bottom_border, side, top_border
from aimux.styles.colour import parse_colour
from aimux.styles.draw import draw
from aimux.styles.escapes import without_erasing
from aimux.styles.sgr import sgr
from aimux.styles.style import DIM, Style
from aimux.vt.render import render_row
from aimux.vt.row import Row

NOTHING: StripRows = {}
NO_LINES = BOX_LINES["padded"]
"""What stands for the lines of a menu that has none: it keeps its margin."""
END = "\x1b[0m"


class NumberedPane(Struct, frozen=True):
    """A pane as its number is drawn on it.

    Attributes:
        column: Where its visible part stands in the terminal.
        row: As `column`.
        columns: The visible part's width.
        rows: The visible part's height.
        index: The number.
        size: The pane's whole size as it is shown.
        colour: The number's colour.
    """

    column: int
    row: int
    columns: int
    rows: int
    index: int
    size: str
    colour: str


@dataclass(slots=True)
class OverlayDrawing:
    """Draws the overlays of one client; what has not changed is not drawn again.

    Args:
        mode_style: How a menu's current item looks.
        chrome: The styles of what tmux does not have.
    """

    mode_style: Callable[[], Style]
    chrome: Callable[[], Chrome] = Chrome
    _drawn_menu: tuple[object, StripRows] = (None, NOTHING)
    _rows: list[tuple[Row, int, str]] = field(default_factory=list)
    _rows_key: object = None

    def strips(
        self, overlay: Overlay | None, panes: Callable[[], Iterable[NumberedPane]], depth: int
    ) -> StripRows:
        """What lies over the rows of the terminal.

        Args:
            overlay: The client's; None if it has none.
            panes: Gives the visible panes with their numbers.
            depth: Colours of its terminal.
        """
        match overlay:
            case None:
                self.forget()
            case Menu():
                return self._menu(overlay, depth)
            case Popup():
                return self._popup(overlay, depth)
            case Page():
                return self._page(overlay, depth)
            case PaneNumbers():
                return _numbers(panes(), depth)
        return NOTHING

    # ---- menus ----

    def _menu(self, menu: Menu, depth: int) -> StripRows:
        style = menu.look.chosen or self.mode_style()
        key = (menu, menu.choice, style, depth)
        if self._drawn_menu[0] != key:
            self._drawn_menu = key, _draw_menu(menu, style, depth)
        return self._drawn_menu[1]

    # ---- pages ----

    def _page(self, page: Page, depth: int) -> StripRows:
        chrome = self.chrome()
        key = (page, page.version, page.box, chrome, depth)
        if self._drawn_menu[0] != key:
            self._drawn_menu = key, draw_page(page, chrome, depth)
        return self._drawn_menu[1]

    # ---- popups ----

    def _popup(self, popup: Popup, depth: int) -> StripRows:
        texts = list(self._popup_rows(popup, depth))
        box = popup.box
        rows = {
            box.row + index: (Strip(box.column, box.columns, text),)
            for index, text in enumerate(texts)
        }
        if popup.menu is None:
            return rows
        return cover_strips(rows, self._menu(popup.menu, depth), depth)

    def _popup_rows(self, popup: Popup, depth: int) -> Iterator[str]:
        inside = self._inside(popup, depth)
        lines, columns = BOX_LINES.get(popup.lines), popup.box.columns
        if lines is None:
            yield from inside
            return
        base = popup.border_style
        edge = side(lines, base=base, depth=depth)
        yield top_border(lines, popup.title, columns=columns, base=base, depth=depth)
        for text in inside:
            yield f"{edge}{shifted(text, 1)}{edge}"
        yield bottom_border(lines, columns=columns, base=base, depth=depth)

    def _inside(self, popup: Popup, depth: int) -> list[str]:
        """The rows of the program's screen, each as wide as the popup leaves them."""
        columns = popup.box.columns - 2 * popup.border
        count = popup.box.rows - 2 * popup.border
        colours = sgr(popup.style, depth)
        key = (popup, columns, colours, depth)
        known = self._rows if self._rows_key == key else []
        rows = popup.pane.screen.rows[:count]
        drawn = []
        for index, row in enumerate(rows):
            before = known[index] if index < len(known) else None
            if before is not None and before[0] is row and before[1] == row.version:
                drawn.append(before)
            else:
                text = without_erasing(render_row(row, columns, depth))
                drawn.append((row, row.version, coloured(text, colours)))
        self._rows, self._rows_key = drawn, key
        blank = coloured(" " * columns, colours)
        return [text for _, _, text in drawn] + [blank] * (count - len(drawn))

    def forget(self) -> None:
        """Keep nothing of an overlay that has closed."""
        self._drawn_menu = None, NOTHING
        self._rows, self._rows_key = [], None


def _draw_menu(menu: Menu, chosen: Style, depth: int) -> StripRows:
    columns, look = menu.columns + FRAME_COLUMNS, menu.look
    lines = BOX_LINES.get(look.lines, NO_LINES)
    texts = [top_border(lines, menu.title, columns=columns, base=look.border, depth=depth)]
    texts += [
        _item(item, menu, chosen if index == menu.choice else None, depth)
        for index, item in enumerate(menu.items)
    ]
    texts.append(bottom_border(lines, columns=columns, base=look.border, depth=depth))
    return {
        menu.row + index: (Strip(menu.column, columns, text),) for index, text in enumerate(texts)
    }


def _item(item: MenuItem, menu: Menu, chosen: Style | None, depth: int) -> str:
    look, columns = menu.look, menu.columns
    lines = BOX_LINES.get(look.lines, NO_LINES)
    if not item.label:
        across = lines.across * (columns + 2)
        text = f"{lines.joined_left}{across}{lines.joined_right}"
        return _in_style(text, columns + FRAME_COLUMNS, look.border, depth)
    base = look.style
    if not item.can_be_chosen:
        base = replace(look.style, attributes=look.style.attributes | DIM)
    elif chosen is not None:
        base = chosen
    line = draw(
        item.label.removeprefix(DISABLED),
        columns=columns,
        base=base,
        depth=depth,
        fixed_colours=base is chosen,
    )
    edge = side(lines, base=look.border, depth=depth)
    blank = _in_style(" ", 1, look.style, depth)
    return f"{edge}{blank}{without_erasing(line.text)}{blank}{edge}"


def _in_style(text: str, columns: int, base: Style, depth: int) -> str:
    """Characters none of which is a `#`."""
    return without_erasing(draw(text, columns=columns, base=base, depth=depth).text)


def _numbers(panes: Iterable[NumberedPane], depth: int) -> StripRows:
    drawn: StripRows = NOTHING
    for pane in panes:
        rows: dict[int, list[Strip]] = {}
        for mark in marks(pane.index, columns=pane.columns, rows=pane.rows, size=pane.size):
            rows.setdefault(pane.row + mark.row, []).append(_mark(mark, pane, depth))
        ordered = {
            row: tuple(sorted(strips, key=lambda strip: strip.column))
            for row, strips in rows.items()
        }
        drawn = cover_strips(drawn, ordered, depth)
    return drawn


def _mark(mark: Mark, pane: NumberedPane, depth: int) -> Strip:
    colour = parse_colour(pane.colour)
    style = Style(bg=colour) if mark.filled else Style(fg=colour)
    codes = sgr(style, depth)
    text = f"\x1b[{codes}m{mark.text}{END}" if codes else mark.text
    return Strip(pane.column + mark.column, len(mark.text), text)
