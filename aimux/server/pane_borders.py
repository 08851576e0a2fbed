"""The borders between a window's panes, the labels in them, and those of its floating panes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from aimux.commands.border_labels import Label, border_format, labels_of
from aimux.commands.client_view import View
from aimux.commands.formats import expand
from aimux.ids import PaneId
from aimux.model.borders import BorderView, border_cells
from aimux.model.mark import Mark
from aimux.model.pane import Pane
from aimux.model.window import Window
from aimux.protocol.picture_messages import Cells
from aimux.server.covering import anchored
from aimux.server.floating_drawing import FloatBorder, border_lines
from aimux.server.placed import Placed
from aimux.server.redraw_context import RedrawContext
from aimux.styles.draw import draw
from aimux.styles.sgr import sgr
from aimux.styles.style import PLAIN, REVERSE, Style


class PaneBorders:
    """Draws the borders of the panes that a client shows.

    Args:
        redraw: What they are drawn with.
    """

    __slots__ = ("_redraw",)

    def __init__(self, redraw: RedrawContext) -> None:
        self._redraw = redraw

    def tiled(self, window: Window, first: int, shown: View) -> tuple[Cells, ...]:
        """The borders beside tiled panes, with the labels and the panes' own lines in them.

        Args:
            window: The one that the client shows.
            first: Its first row in the terminal.
            shown: What of it is seen.
        """
        if shown.only is not None:
            return ()
        labels = self._labels(window)
        active = self._redraw.active
        view = BorderView(
            boxes={pane.id: pane.box for pane in window.drawn_tiled},
            active=active.id if active in window.drawn_tiled else None,
            columns=window.columns,
            rows=window.rows,
            indexes=pane_indexes(window),
            lines=window.options.text("pane-border-lines"),
            indicators=window.options.text("pane-border-indicators"),
            border_status=window.border_status,
            marked=self._marked(window),
            fill=window.options.text("fill-character"),
            offset=(shown.column, shown.row),
            urgent=self._urgent(window),
            labels={pane: label.columns for pane, label in labels.items()},
        )
        pieces = border_cells(
            view,
            columns=self._redraw.client.window_columns,
            rows=shown.rows,
            style_for=self._border_style,
            status_for=partial(self._border_text, labels),
        )
        return tuple(Cells(one.row + first, one.column, one.columns, one.text) for one in pieces)

    def floating(self, placed: Placed) -> FloatBorder:
        """How the border of a floating pane looks."""
        window, pane = self._redraw.session.window, placed.pane
        name = "pane-active-border-style" if pane is self._redraw.active else "pane-border-style"
        style = self._redraw.style(pane.options, name, PLAIN, pane)
        if pane.id == self._marked(window):
            style = replace(style, attributes=style.attributes ^ REVERSE)
        status, title = window.border_status, ""
        if status != "off":
            title = self._own_line(pane)
        elif (label := self._labels(window).get(pane.id)) is not None:
            title = label.text
        lines = window.options.text("pane-border-lines")
        return FloatBorder(
            border_lines(lines, pane_indexes(window).get(pane.id, 0)),
            style,
            title,
            title_below=status == "bottom",
        )

    def _urgent(self, window: Window) -> frozenset[PaneId]:
        """The panes whose border calls for attention."""
        return frozenset(
            pane.id
            for pane in window.drawn_tiled
            if self._redraw.style(pane.options, "pane-attention-border-style", PLAIN, pane) != PLAIN
        )

    def _marked(self, window: Window) -> PaneId | None:
        mark = self._redraw.state.valid_mark
        return mark.pane.id if mark is not None and self._is_here(mark, window) else None

    def _is_here(self, mark: Mark, window: Window) -> bool:
        """Whether a mark is in the place that the client shows."""
        here = mark.session is self._redraw.session and mark.link is self._redraw.session.current
        return here and mark.link.window is window

    def _border_style(self, identity: PaneId | None, reverse: bool) -> str:
        window = self._redraw.session.window
        pane = window.pane(identity) if identity is not None else None
        name = "pane-active-border-style" if pane is self._redraw.active else "pane-border-style"
        options = pane.options if pane is not None else window.options
        style = self._border_look(pane, name) if pane is not None else None
        style = style or self._redraw.style(options, name, PLAIN, pane)
        text = sgr(style, self._redraw.depth)
        codes = ";".join(part for part in (text, "7" if reverse else "") if part)
        return f"\x1b[{codes}m" if codes else ""

    def _border_look(self, pane: Pane, name: str) -> Style:
        """A pane's border by that option, and by what calls for attention."""
        style = self._redraw.style(pane.options, name, PLAIN, pane)
        return self._redraw.style(pane.options, "pane-attention-border-style", style, pane)

    def _labels(self, window: Window) -> Mapping[PaneId, Label]:
        """What stands in the borders above panes that have no line of their own."""
        redraw = self._redraw
        return labels_of(redraw.effects, redraw.client, window, redraw.state.theme)

    def _border_text(self, labels: Mapping[PaneId, Label], identity: PaneId, line: str) -> str:
        """A pane's label, or its own line in the border."""
        pane = self._redraw.session.window.pane(identity)
        if pane is None:
            return line
        name = "pane-active-border-style" if pane is self._redraw.active else "pane-border-style"
        base = self._border_look(pane, name)
        label = labels.get(identity)
        text = label.text if label else self._own_line(pane)
        depth = self._redraw.depth
        drawn = draw(f"{text}#[default]{line}", columns=len(line), base=base, depth=depth)
        return anchored(drawn.text, len(line), depth)

    def _own_line(self, pane: Pane) -> str:
        """What `pane-border-format` says of a pane."""
        return expand(border_format(pane.options), self._redraw.format_context(pane))


def pane_indexes(window: Window) -> dict[PaneId, int]:
    """The number of each pane, from `pane-base-index` on."""
    base = window.options.number("pane-base-index")
    return {pane.id: index for index, pane in enumerate(window.panes, base)}
