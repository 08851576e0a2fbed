"""What choose-tree and choose-buffer list: items, their order, and what is shown of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum

from aimux.commands.choose_canvas import Canvas, Shown
from aimux.commands.targets import Target
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.styles.colour import parse_colour
from aimux.styles.style import Style

Preview = Callable[[Canvas, int, int, int, int], None]
"""Draws an item at a row and a column, on so many columns and rows."""

# A session's windows, or a window's panes, are shown beside each other from this width on.
PART_COLUMNS = 24
ARROW_COLUMNS = 3

TREE_FORMAT = (
    "#{?pane_format,"
    "#{?pane_marked,#[reverse],}"
    "#{pane_current_command}#{?pane_active,*,}#{?pane_marked,M,}"
    '#{?#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}},: "#{pane_title}",}'
    ","
    "#{?window_format,"
    "#{?window_marked_flag,#[reverse],}"
    "#{window_name}#{window_flags}"
    "#{?#{&&:#{==:#{window_panes},1},"
    "#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}}},"
    ': "#{pane_title}",}'
    ","
    "#{session_windows} windows"
    "#{?session_grouped, (group #{session_group}: #{session_group_list}),}"
    "#{?session_attached, (attached),}"
    "}"
    "}"
)
"""tmux 3.3a's format of a line; the first item tells which of its three parts is meant."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list.

    Attributes:
        key: Tells it from all others, and is the same when the items are built again.
        name: What stands first in its line.
        text: What follows, with `#[]` styles in it.
        value: What is told of it when it is chosen.
        children: The items below it.
        expanded: Whether they are shown at first.
    """

    key: Hashable
    name: str
    text: str
    value: str
    children: tuple[Item, ...] = ()
    expanded: bool = True
    preview: Preview | None = None


class Depth(Enum):
    """How far a tree is opened at first: `choose-tree -s`, `-w`, or neither."""

    SESSIONS = "sessions"
    WINDOWS = "windows"
    PANES = "panes"


Expand = Callable[[str, Target, dict[str, str]], str]
"""A format's value for a target, with extra variables."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The sessions with their windows and panes.

    Attributes:
        expand: Expands the format of a line.
        depth: What is open at first.
        template: The format of a line.
        filtered: Which panes are listed; a window or session without any is not.
    """

    state: State
    expand: Expand
    depth: Depth = Depth.PANES
    template: str = TREE_FORMAT
    filtered: Callable[[Target], bool] | None = None

    def items(self, sort: str, reverse: bool) -> list[Item]:
        """The sessions by `index`, `name` or `time`."""
        key = SESSION_ORDERS[sort]
        sessions = sorted(self.state.sessions_by_name(), key=key, reverse=reverse)
        items = (self._session(session, sort, reverse=reverse) for session in sessions)
        return [item for item in items if item.children]

    def selected(self, target: Target) -> Hashable:
        """The key of the item that stands for a target."""
        session, link, pane = target.session, target.link, target.pane
        if session is None or link is None or pane is None:
            return None
        if self.depth is Depth.SESSIONS:
            return _session_key(session)
        if self.depth is Depth.WINDOWS or len(link.window.panes) == 1:
            return _link_key(session, link)
        return _pane_key(session, link, pane)

    def _text(self, kind: str, target: Target) -> str:
        kinds = ("session_format", "window_format", "pane_format")
        return self.expand(self.template, target, {name: str(int(name == kind)) for name in kinds})

    def _session(self, session: Session, sort: str, *, reverse: bool) -> Item:
        links = sorted(session.ordered(), key=LINK_ORDERS[sort], reverse=reverse)
        windows = (self._window(session, link, sort, reverse=reverse) for link in links)
        return Item(
            _session_key(session),
            session.name,
            self._text("session_format", Target.of_session(session)),
            f"={session.name}:",
            tuple(item for item in windows if item is not None),
            expanded=self.depth is not Depth.SESSIONS,
            preview=session_preview(session),
        )

    def _window(self, session: Session, link: Link, sort: str, *, reverse: bool) -> Item | None:
        window = link.window
        places = [Target(session, link, window, pane) for pane in window.panes]
        listed = [place.pane for place in places if self.filtered is None or self.filtered(place)]
        panes = [pane for pane in listed if pane is not None]
        if not panes:
            return None
        panes.sort(key=PANE_ORDERS[sort], reverse=reverse)
        alone = len(window.panes) == 1
        return Item(
            _link_key(session, link),
            str(link.index),
            self._text("window_format", Target.of_link(session, link)),
            f"={session.name}:{link.index}.",
            () if alone else tuple(self._pane(session, link, pane) for pane in panes),
            expanded=self.depth is Depth.PANES,
            preview=window_preview(session, window),
        )

    def _pane(self, session: Session, link: Link, pane: Pane) -> Item:
        window = link.window
        target = Target(session, link, window, pane)
        return Item(
            _pane_key(session, link, pane),
            str(pane_index(window, pane)),
            self._text("pane_format", target),
            f"={session.name}:{link.index}.%{pane.id}",
            preview=pane_preview(pane),
        )


def _session_key(session: Session) -> Hashable:
    return ("session", session.id)


def _link_key(session: Session, link: Link) -> Hashable:
    return ("window", session.id, link.index)


def _pane_key(session: Session, link: Link, pane: Pane) -> Hashable:
    return ("pane", session.id, link.index, pane.id)


def pane_index(window: Window, pane: Pane) -> int:
    """A pane's index as it is shown."""
    return window.index_of(pane) + window.options.number("pane-base-index")


SESSION_ORDERS: dict[str, Callable[[Session], tuple[float | str, ...]]] = {
    "index": lambda session: (session.id,),
    "name": lambda session: (session.name,),
    "time": lambda session: (-session.activity, session.name),
}
LINK_ORDERS: dict[str, Callable[[Link], tuple[float | str, ...]]] = {
    "index": lambda link: (link.index,),
    "name": lambda link: (link.window.name,),
    "time": lambda link: (-link.window.activity, link.window.name),
}
PANE_ORDERS: dict[str, Callable[[Pane], int]] = {
    "index": lambda pane: pane.id,
    "name": lambda pane: pane.id,
    "time": lambda pane: pane.active_point,
}


# ---- previews ----


def pane_preview(pane: Pane) -> Preview:
    """The pane's screen."""

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        canvas.preview(row, column, columns, rows, pane.screen)

    return draw


def text_preview(text: str) -> Preview:
    """The first lines of a text."""
    lines = text.splitlines()

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        for place, line in enumerate(lines[:rows]):
            shown = line.expandtabs()[:columns].replace("#", "##")
            canvas.styled(row + place, column, columns, shown)

    return draw


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the screens that stand beside each other.

    Attributes:
        labels: The first that fits is shown.
        by_share: Whether the label is put in the middle of an equal share of the columns, as tmux
            does for panes, instead of the middle of the part.
    """

    labels: tuple[str, ...]
    screen: Shown
    current: bool
    by_share: bool = False


def session_preview(session: Session) -> Preview:
    """The session's windows beside each other."""

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        parts = [
            _Part(
                (f" {link.index}:{link.window.name} ", f" {link.index} "),
                link.window.active.screen,
                link is session.current,
            )
            for link in session.ordered()
        ]
        _draw_parts(canvas, (row, column, columns, rows), parts, _label_styles(session))

    return draw


def window_preview(session: Session, window: Window) -> Preview:
    """The window's panes beside each other."""

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        parts = [
            _Part((f" {pane_index(window, pane)} ",), pane.screen, pane is window.active, True)
            for pane in window.panes
        ]
        _draw_parts(canvas, (row, column, columns, rows), parts, _label_styles(session))

    return draw


def _label_styles(session: Session) -> tuple[Style, Style]:
    """How labels look: of all parts, and of the current one."""
    names = ("display-panes-colour", "display-panes-active-colour")
    plain, current = (Style(fg=parse_colour(session.options.text(name))) for name in names)
    return plain, current


def _draw_parts(
    canvas: Canvas,
    place: tuple[int, int, int, int],
    parts: list[_Part],
    styles: tuple[Style, Style],
) -> None:
    """As many parts as fit, the current one among them, with a line between two of them."""
    row, column, columns, rows = place
    total = len(parts)
    visible = total if columns // total >= PART_COLUMNS else max(1, columns // PART_COLUMNS)
    start = _first_part(parts, visible)
    left, right = start > 0, start + visible < total
    arrows = ARROW_COLUMNS * (left + right)
    if arrows and columns <= arrows:
        left = right = False
        arrows = 0
    each, remaining = divmod(columns - arrows, visible)
    if not each:
        return
    _draw_arrows(canvas, place, left=left, right=right)
    for number, part in enumerate(parts[start : start + visible]):
        last = number == visible - 1
        offset = column + ARROW_COLUMNS * left + number * each
        width = each + remaining if last else each - 1
        canvas.preview(row, offset, width, rows, part.screen)
        label_columns = each if part.by_share else width
        _draw_label(canvas, (row, offset, label_columns, rows), part.labels, styles[part.current])
        if not last:
            canvas.vertical(row, offset + width, rows)


def _first_part(parts: list[_Part], visible: int) -> int:
    current = next((number for number, part in enumerate(parts) if part.current), 0)
    if current < visible:
        return 0
    if current >= len(parts) - visible:
        return len(parts) - visible
    return current - visible // 2


def _draw_arrows(
    canvas: Canvas, place: tuple[int, int, int, int], *, left: bool, right: bool
) -> None:
    row, column, columns, rows = place
    if left:
        canvas.vertical(row, column + 2, rows)
        canvas.plain(row + rows // 2, column, "<")
    if right:
        canvas.vertical(row, column + columns - 3, rows)
        canvas.plain(row + rows // 2, column + columns - 1, ">")


def _draw_label(
    canvas: Canvas, place: tuple[int, int, int, int], labels: tuple[str, ...], style: Style
) -> None:
    """A label in the middle, in a frame if there is room for one."""
    row, column, columns, rows = place
    label = next((label for label in labels if len(label) <= columns), labels[-1])
    if not columns or rows == 1 or len(label) > columns:
        return
    left, top = (columns - len(label) + 1) // 2, (rows + 1) // 2
    if left > 1 and left + len(label) < columns - 1 and rows >= 3:
        canvas.box(row + top - 1, column + left - 1, len(label) + 2, 3)
    canvas.plain(row + top, column + left, label, style)
