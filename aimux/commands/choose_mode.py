"""Modes in which one of a tree of items is chosen, with the keys and the mouse of tmux 3.3a.

What is listed, and what a mode does with an item beyond choosing it, is in the modes themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from aimux.commands.choose_canvas import Canvas
from aimux.commands.choose_drawing import draw_box, draw_list
from aimux.commands.choose_list import ChooseList, Item
from aimux.commands.choose_menu import BELOW, MenuRow, open_menu
from aimux.commands.command import Call, Source
from aimux.commands.display import filled
from aimux.commands.key_mode import KeyMode, Stroke, ask
from aimux.commands.mode_stack import cover, leave, raise_mode
from aimux.commands.modes import style_option
from aimux.commands.targets import Target
from aimux.commands.telling import select_pane, unzoom, zoom
from aimux.errors import CommandError
from aimux.model.command_list import CommandBlock
from aimux.model.key_order import is_mouse_key
from aimux.model.pane import Pane

CHOOSE = "Enter"
MENU_KEY = "MouseDown3Pane"


class ChooseMode(KeyMode):
    """A list of items over a pane.

    Args:
        call: The command that opens it.
        pane: What it covers.
        shown: The list.
        template: What is run with the value of a chosen item.
    """

    actions: ClassVar[Mapping[str, Callable[..., None]]] = {}
    """What the keys of one kind of mode do: called with the mode and the `Stroke`."""

    menu: tuple[MenuRow, ...] = ()
    """The items of the menu that the right button opens over a line."""

    def __init__(
        self, call: Call, pane: Pane, shown: ChooseList, template: str | CommandBlock
    ) -> None:
        self.call = call
        self.pane = pane
        self.list = shown
        self._template = template
        self._zoomed = False
        self._size = (pane.columns, pane.rows)
        self._version = 0

    # ---- on and off ----

    def open(self) -> None:
        """Cover the pane, in the whole window if `-Z` was given; a list that is there stays."""
        if raise_mode(self.pane, self.name):
            return
        window = self.call.the_window()
        if self.call.arguments.has("Z") and not window.zoomed:
            select_pane(self.call.state, self.call.effects, window, self.pane)
            self._zoomed = zoom(self.call.effects, window)
        cover(self.pane, self)

    def close(self) -> None:
        """Show what was there before."""
        if self.pane.mode is self:
            leave(self.pane)

    @override
    def closed(self) -> None:
        """Show the other panes again if they were there before."""
        window = self.call.state.window_of(self.pane)
        if self._zoomed and window is not None:
            unzoom(self.call.effects, window)

    # ---- keys ----

    @override
    def key(self, stroke: Stroke) -> None:
        """Move, choose, tag, sort, search, or do what keys of this kind of mode do."""
        before = self._current_key()
        name = self._meaning(stroke)
        if name in CANCELLING or not self.list.lines:
            self.close()
            return
        self._act(name, stroke)
        if self._current_key() != before:
            self.moved()
        self._version += 1
        if self.is_over():
            self.close()

    def _current_key(self) -> Hashable:
        return self.list.item.key if self.list.item is not None else None

    def _act(self, name: str, stroke: Stroke) -> None:
        if name in MOVES:
            MOVES[name](self.list)
        elif name in ASKING:
            ASKING[name](self, stroke)
        elif name in self.actions:
            self.actions[name](self, stroke)

    def _meaning(self, stroke: Stroke) -> str:
        """The key that the stroke stands for: shortcuts and double clicks choose."""
        name = stroke.name
        if is_mouse_key(name) and stroke.source.mouse is not None:
            return self._mouse(stroke)
        for place, line in enumerate(self.list.lines):
            if line.shortcut == name:
                self.list.current = place
                return CHOOSE
        return CHOOSE if name in CHOOSING else name

    def _mouse(self, stroke: Stroke) -> str:
        place = stroke.place_in(self.pane)
        if place is None or stroke.name in WHEEL:
            return stroke.name if place is not None else ""
        column, row = place
        if row > self.list.height:
            self._open_menu(stroke, "", BELOW)
            return self.click_box(stroke.name, column) if self.list.preview else ""
        line = self.list.line_at(row)
        if line is not None and stroke.name in CLICKS:
            self.list.current = line
        item = self.list.item
        if item is not None:
            self._open_menu(stroke, item.name, self.menu)
        return CHOOSE if stroke.name == "DoubleClick1Pane" and line is not None else ""

    def _open_menu(self, stroke: Stroke, title: str, rows: tuple[MenuRow, ...]) -> None:
        """The right button: what is chosen is done to the line that is current now."""
        source, place = stroke.source, self.list.current
        if stroke.name != MENU_KEY or source.client is None or source.mouse_event is None:
            return

        def chosen(key: str) -> None:
            if self.pane.mode is self and place < len(self.list.lines):
                self.list.current = place
                self.key(Stroke(key, replace(source, key="", mouse=None, mouse_event=None)))

        open_menu(source.client, source.mouse_event, title, rows, chosen)

    def click_box(self, name: str, column: int) -> str:
        """The key that a mouse key in the box below the list stands for; empty for none."""
        del name, column
        return ""

    def moved(self) -> None:
        """Another item has become current."""

    def is_over(self) -> bool:
        """Whether there is nothing to choose from any more."""
        return False

    # ---- choosing ----

    def choose(self, stroke: Stroke) -> None:
        """Close the list and run the command with the current item."""
        item = self.list.item
        self.close()
        if item is not None:
            self.run(self._template, item.value, stroke.source)

    def run(
        self,
        template: str | CommandBlock,
        value: str,
        source: Source,
        *,
        target: Target | None = None,
    ) -> None:
        """Run a command with a value in the place of its `%%`; an error is told to who asked."""
        queue = self.call.queue
        queue.current = target
        try:
            queue.insert(filled(self.call, template, [value]), replace(source, key="", mouse=None))
        except CommandError as error:
            source.requester.error(str(error))
        queue.run()

    @property
    def template(self) -> str | CommandBlock:
        """What is run with the value of a chosen item."""
        return self._template

    # ---- asking ----

    def ask(
        self,
        stroke: Stroke,
        label: str,
        answered: Callable[[str], None],
        *,
        text: str = "",
        kind: str = "command",
    ) -> None:
        """Ask whoever pressed a key for a text; the list is taken anew after the answer."""

        def answer(given: str) -> None:
            if self.pane.mode is self:
                answered(given)
                self.rebuild()

        ask(self.call.state, stroke.source.client, label, answer, text=text, kind=kind)

    def confirm(self, stroke: Stroke, label: str, confirmed: Callable[[], None]) -> None:
        """Ask whoever pressed a key for a `y`; with the command's `-y` do it at once."""

        def answer(given: str) -> None:
            if given in ("y", "Y") and self.pane.mode is self:
                confirmed()
                self.rebuild()

        if self.call.arguments.has("y"):
            answer("y")
            return

        ask(self.call.state, stroke.source.client, label, answer, single=True)

    def ask_for_search(self, stroke: Stroke) -> None:
        """Ask for a text and go to the next item that holds it."""
        self.ask(stroke, "(search) ", self.list.search, kind="search")

    def ask_for_filter(self, stroke: Stroke) -> None:
        """Ask for a format and show the items of which it is true."""
        wanted = self.list.wanted or ""

        def answer(given: str) -> None:
            self.list.set_wanted(given or None)

        self.ask(stroke, "(filter) ", answer, text=wanted, kind="search")

    def toggle_tag(self, stroke: Stroke) -> None:
        """Tag the current item or not; a person goes on to the next one."""
        self.list.toggle_tag()
        if stroke.typed:
            self.list.down(wrap=False)

    # ---- aimux.model.pane.Mode ----

    @override
    def refresh(self) -> None:
        """Take the items anew."""
        self.rebuild()

    def rebuild(self) -> None:
        """Take the items anew; without any the list goes."""
        self.list.refresh()
        self._version += 1
        if self.is_over():
            self.close()

    @override
    def rows(self, *, columns: int, rows: int, depth: int) -> list[str]:
        """ANSI text of every row, each of exactly `columns` cells."""
        self._size = (columns, rows)
        return self.draw().text_rows(depth=depth)

    def draw(self) -> Canvas:
        """The list and the box below it, in the size that it had last."""
        columns, rows = self._size
        self.list.resize(rows)
        canvas = Canvas(columns=columns, rows=rows)
        style = style_option(self.pane, "mode-style")
        draw_list(canvas, self.list, style)
        draw_box(canvas, self.list, style)
        return canvas

    @property
    @override
    def version(self) -> int:
        """Changes whenever `rows` would give something else for the same size."""
        return self._version

    def is_current(self, item: Item) -> bool:
        """Whether an item is that of the current line."""
        return self.list.item is not None and self.list.item.key == item.key

    def targets(self) -> list[Item]:
        """The tagged items, or the current one if none is tagged."""
        item = self.list.item
        return self.list.tagged or ([item] if item is not None else [])


CANCELLING = frozenset({"q", "Escape", "C-g"})
CHOOSING = frozenset({"Enter", "KPEnter", "C-m"})
WHEEL = frozenset({"WheelUpPane", "WheelDownPane"})
CLICKS = frozenset({"MouseDown1Pane", MENU_KEY, "DoubleClick1Pane"})

MOVES: dict[str, Callable[[ChooseList], None]] = {
    "Up": ChooseList.up,
    "k": ChooseList.up,
    "C-p": ChooseList.up,
    "WheelUpPane": ChooseList.up,
    "Down": ChooseList.down,
    "j": ChooseList.down,
    "C-n": ChooseList.down,
    "WheelDownPane": ChooseList.down,
    "PageUp": ChooseList.page_up,
    "PPage": ChooseList.page_up,
    "C-b": ChooseList.page_up,
    "PageDown": ChooseList.page_down,
    "NPage": ChooseList.page_down,
    "C-f": ChooseList.page_down,
    "Home": ChooseList.first,
    "g": ChooseList.first,
    "End": ChooseList.last,
    "G": ChooseList.last,
    "Left": ChooseList.collapse,
    "h": ChooseList.collapse,
    "-": ChooseList.collapse,
    "Right": ChooseList.expand,
    "l": ChooseList.expand,
    "+": ChooseList.expand,
    "M--": ChooseList.collapse_all,
    "M-+": ChooseList.expand_all,
    "O": ChooseList.next_sort,
    "r": ChooseList.reverse,
    "v": ChooseList.toggle_preview,
    "T": ChooseList.tag_none,
    "C-t": ChooseList.tag_all,
    "n": ChooseList.search_again,
}
ASKING: dict[str, Callable[[ChooseMode, Stroke], None]] = {
    "/": ChooseMode.ask_for_search,
    "?": ChooseMode.ask_for_search,
    "C-s": ChooseMode.ask_for_search,
    "f": ChooseMode.ask_for_filter,
    "t": ChooseMode.toggle_tag,
}
