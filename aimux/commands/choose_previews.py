"""What is shown of a chooser's current item: a screen, screens beside each other, a text."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from aimux.commands.choose_canvas import Canvas, Shown
from aimux.commands.choose_list import Preview
from aimux.commands.preview_labels import Label, PreviewLabels, draw_label
from aimux.commands.targets import Target
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.window import Window
from aimux.styles.colour import parse_colour
from aimux.styles.style import Style

# Screens are shown beside each other from this width on.
PART_COLUMNS = 24
ARROW_COLUMNS = 3

Place = tuple[int, int, int, int]
"""Row, column, columns and rows."""


def pane_preview(pane: Pane) -> Preview:
    """The pane's screen."""

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        canvas.preview(row, column, columns, rows, pane.screen)

    return draw


def text_preview(lines: Sequence[str]) -> Preview:
    """The first lines of a text, as they stand."""

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        for place, line in enumerate(lines[:rows]):
            canvas.styled(row + place, column, columns, line[:columns].replace("#", "##"))

    return draw


class Part(Struct, frozen=True):
    """One of the screens that stand beside each other.

    Attributes:
        labels: The first that fits is shown.
        label: What stands there instead, by the option; None for one of `labels`.
        by_share: Whether the label is put in the middle of an equal share of the columns, as tmux
            does for panes, instead of the middle of the part.
    """

    labels: tuple[str, ...]
    screen: Shown
    current: bool
    by_share: bool = False
    label: Label | None = None


class _Window(Struct, frozen=True):
    """Which of the parts were drawn where: columns count from the pane's left edge."""

    first: int
    end: int
    each: int
    left: int | None
    right: int | None


class Strip:
    """Screens beside each other, as many as fit, which can be moved and clicked.

    Attributes:
        offset: How many parts it was moved to the right; negative to the left. The next drawing
            keeps it within the parts that there are.
    """

    def __init__(self, labels: PreviewLabels | None = None) -> None:
        self._labels = labels
        self.offset = 0
        self._drawn: _Window | None = None

    def of_session(self, session: Session) -> Preview:
        """The session's windows beside each other."""

        def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
            parts = [
                Part(
                    (f" {link.index}:{link.window.name} ", f" {link.index} "),
                    link.window.active.screen,
                    link is session.current,
                    label=self._label(Target(session, link, link.window), "window"),
                )
                for link in session.ordered()
            ]
            self._draw(canvas, (row, column, columns, rows), parts, _label_styles(session))

        return draw

    def of_window(self, session: Session, link: Link) -> Preview:
        """The panes of a session's window beside each other."""
        window = link.window

        def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
            parts = [
                Part(
                    (f" {pane_index(window, pane)} ",),
                    pane.screen,
                    pane is window.active,
                    by_share=True,
                    label=self._label(Target(session, link, window, pane), "pane"),
                )
                for pane in window.panes
            ]
            self._draw(canvas, (row, column, columns, rows), parts, _label_styles(session))

        return draw

    def _label(self, target: Target, kind: str) -> Label | None:
        holder = target.pane or target.window
        if self._labels is None or holder is None:
            return None
        return self._labels.of(target, kind, holder.options)

    def click(self, column: int) -> str | int | None:
        """What a column of the pane belongs to: `<`, `>`, a part's number, or nothing drawn."""
        drawn = self._drawn
        if drawn is None:
            return None
        if drawn.left is not None and column <= drawn.left:
            return "<"
        if drawn.right is not None and column >= drawn.right:
            return ">"
        column -= drawn.left if drawn.left is not None else min(column, 1)
        return min(drawn.first + column // drawn.each, drawn.end - 1)

    def _draw(
        self, canvas: Canvas, place: Place, parts: list[Part], styles: tuple[Style, Style]
    ) -> None:
        """As many parts as fit, the current one among them, with a line between two of them."""
        row, column, columns, rows = place
        total = len(parts)
        self._drawn = None
        if not total:
            return
        visible = total if columns // total >= PART_COLUMNS else max(1, columns // PART_COLUMNS)
        start = _first_part(parts, visible)
        self.offset = max(-start, min(self.offset, total - start - visible))
        start += self.offset
        left, right = start > 0, start + visible < total
        arrows = ARROW_COLUMNS * (left + right)
        if arrows and columns <= arrows:
            left = right = False
            arrows = 0
        each, remaining = divmod(columns - arrows, visible)
        if not each:
            return
        self._drawn = _Window(
            start,
            start + visible,
            each,
            column + 2 if left else None,
            column + columns - 3 if right else None,
        )
        _draw_arrows(canvas, place, left=left, right=right)
        for number, part in enumerate(parts[start : start + visible]):
            last = number == visible - 1
            offset = column + ARROW_COLUMNS * left + number * each
            width = each + remaining if last else each - 1
            canvas.preview(row, offset, width, rows, part.screen)
            if part.label is not None:
                draw_label(canvas, (row, offset, width, rows), part.label)
            else:
                label_columns = each if part.by_share else width
                style = styles[part.current]
                _draw_label(canvas, (row, offset, label_columns, rows), part.labels, style)
            if not last:
                canvas.vertical(row, offset + width, rows)


def pane_index(window: Window, pane: Pane) -> int:
    """A pane's index as it is shown."""
    return window.index_of(pane) + window.options.number("pane-base-index")


def _label_styles(session: Session) -> tuple[Style, Style]:
    """How labels look: of all parts, and of the current one."""
    names = ("display-panes-colour", "display-panes-active-colour")
    plain, current = (Style(fg=parse_colour(session.options.text(name))) for name in names)
    return plain, current


def _first_part(parts: list[Part], visible: int) -> int:
    current = next((number for number, part in enumerate(parts) if part.current), 0)
    if current < visible:
        return 0
    if current >= len(parts) - visible:
        return len(parts) - visible
    return current - visible // 2


def _draw_arrows(canvas: Canvas, place: Place, *, left: bool, right: bool) -> None:
    row, column, columns, rows = place
    if left:
        canvas.vertical(row, column + 2, rows)
        canvas.plain(row + rows // 2, column, "<")
    if right:
        canvas.vertical(row, column + columns - 3, rows)
        canvas.plain(row + rows // 2, column + columns - 1, ">")


def _draw_label(canvas: Canvas, place: Place, labels: tuple[str, ...], style: Style) -> None:
    """A label in the middle, in a frame if there is room for one."""
    row, column, columns, rows = place
    label = next((label for label in labels if len(label) <= columns), labels[-1])
    if not columns or rows == 1 or len(label) > columns:
        return
    left, top = (columns - len(label) + 1) // 2, (rows + 1) // 2
    if left > 1 and left + len(label) < columns - 1 and rows >= 3:
        canvas.box(row + top - 1, column + left - 1, len(label) + 2, 3)
    canvas.plain(row + top, column + left, label, style)
