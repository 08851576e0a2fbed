"""What stands over the screens of tree mode's previews (`tree-mode-preview-format`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aimux.commands.choose_canvas import Canvas
from aimux.commands.format_context import StateContext, format_kind
from aimux.commands.formats import expand
from aimux.commands.later_tmux import is_later
from aimux.commands.targets import Target
from aimux.errors import OptionError
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.state import State
from aimux.styles.measure import styled_width, trim_left
from aimux.styles.style import PLAIN, Style, parse_style

FORMAT, STYLE = "tree-mode-preview-format", "tree-mode-preview-style"
LEAST_COLUMNS, LEAST_ROWS = 5, 3
Place = tuple[int, int, int, int]
"""Row, column, columns and rows."""
Label = tuple[str, Style]
"""A text with `#[]` styles, and what it looks like where they say nothing."""


@dataclass(frozen=True, slots=True)
class PreviewLabels:
    """Makes labels; where nobody asks for others, a chooser has those of tmux 3.3a.

    Args:
        context: What format variables mean for a target, with extra ones.
    """

    state: State
    context: Callable[[Target, dict[str, str]], StateContext]

    def of(self, target: Target, kind: str, options: Options) -> Label | None:
        """The label of a `window` or a `pane`; None for tmux 3.3a's, an empty text for none."""
        texts = [options.text(name) for name in (FORMAT, STYLE)]
        changed = texts != [ROWS[name].default for name in (FORMAT, STYLE)]
        if not changed and not is_later(self.state.server_options.text("tmux-version")):
            return None
        around = self.context(target, format_kind(kind))
        text, style = (expand(template, around) for template in texts)
        try:
            return text, parse_style(style)
        except OptionError:
            return text, PLAIN


def draw_label(canvas: Canvas, place: Place, label: Label) -> None:
    """A label in the middle of a place, in a frame; nothing where there is no room for that."""
    row, column, columns, rows = place
    text, style = label
    text = trim_left(text, columns - 4)
    cells = styled_width(text)
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS or cells <= 0:
        return
    left, top = (columns - cells + 1) // 2, (rows + 1) // 2
    canvas.box(row + top - 1, column + left - 2, cells + 4, 3)
    canvas.plain(row + top, column + left - 1, " " * (cells + 2))
    canvas.styled(row + top, column + left, cells, text, style)
