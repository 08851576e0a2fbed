"""choose-tree's mode: sessions, windows and panes to choose, mark, kill, and run on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from typing_extensions import override

from aimux.commands.choose_list import ChooseList, Item
from aimux.commands.choose_menu import ACROSS, CANCEL, TAGGING
from aimux.commands.choose_mode import ChooseMode
from aimux.commands.choose_previews import pane_index
from aimux.commands.choose_tree import Depth, Tree, link_key, pane_key, session_key
from aimux.commands.command import Call
from aimux.commands.key_mode import Stroke
from aimux.commands.lifecycle import close_pane, close_session, close_window
from aimux.commands.targets import Target
from aimux.model.command_list import CommandBlock
from aimux.model.mark import Mark
from aimux.model.pane import Pane

SESSION, WINDOW, PANE = "session", "window", "pane"


class TreeMode(ChooseMode):
    """The sessions with their windows and panes.

    Args:
        call: The command that opens it.
        pane: What it covers.
        shown: The list of the tree's items.
        tree: Gives the items.
        template: What is run with a chosen target.
    """

    name = "tree-mode"

    def __init__(
        self,
        call: Call,
        pane: Pane,
        shown: ChooseList,
        tree: Tree,
        template: str | CommandBlock,
    ) -> None:
        super().__init__(call, pane, shown, template)
        self._tree = tree
        self._here = call.target()
        # As in tmux, what comes later comes open.
        tree.depth = Depth.PANES

    @override
    def moved(self) -> None:
        """The windows or panes of another item are shown from where they are current."""
        self._tree.strip.offset = 0

    # ---- the box below the list ----

    @override
    def click_box(self, name: str, column: int) -> str:
        """Move the strip of screens, or choose the one that was clicked."""
        # What keys before it changed may not be drawn yet.
        self.draw()
        item = self.list.item
        part = self._tree.strip.click(column) if name == "MouseDown1Pane" else None
        if item is None or part is None or isinstance(part, str):
            return part if isinstance(part, str) else ""
        key = self._part_key(item, part)
        if key is None:
            return ""
        self.list.expand_key(item.key)
        self.list.select(key)
        return "Enter"

    def _part_key(self, item: Item, part: int) -> object:
        """The key of a session's window or a window's pane by its number."""
        target = self._tree.target(item)
        if target is None or target.session is None:
            return None
        session, kind = target.session, kind_of(item)
        if kind == SESSION:
            links = session.ordered()
            return link_key(session, links[part]) if part < len(links) else None
        if kind == WINDOW and target.link is not None:
            panes = target.link.window.panes
            return pane_key(session, target.link, panes[part]) if part < len(panes) else None
        return None

    def move_left(self, _: Stroke) -> None:
        """Show the window or pane before those that fit."""
        self._tree.strip.offset -= 1

    def move_right(self, _: Stroke) -> None:
        """Show the window or pane behind those that fit."""
        self._tree.strip.offset += 1

    # ---- what keys do ----

    def go_home(self, _: Stroke) -> None:
        """To the pane that the list was opened for."""
        here, session, link = self._here, self._here.session, self._here.link
        if session is None or link is None:
            return
        self.list.expand_key(session_key(session))
        self.list.expand_key(link_key(session, link))
        if here.pane is None or not self.list.select(pane_key(session, link, self.pane)):
            self.list.select(link_key(session, link))

    def mark(self, _: Stroke) -> None:
        """Mark the pane of the current item."""
        target = self._current()
        if target is not None and target.session and target.link and target.pane:
            self.call.state.mark = Mark(target.session, target.link, target.pane)
        self.list.refresh()

    def unmark(self, _: Stroke) -> None:
        """Mark no pane."""
        self.call.state.mark = None
        self.list.refresh()

    def _current(self) -> Target | None:
        return self._tree.target(self.list.item) if self.list.item is not None else None

    def ask_to_kill(self, stroke: Stroke) -> None:
        """Kill the current item after a `y`."""
        item, target = self.list.item, self._current()
        if item is None or target is None:
            return
        self.confirm(stroke, f"Kill {_named(item, target)}? ", partial(self._kill, [item]))

    def ask_to_kill_tagged(self, stroke: Stroke) -> None:
        """Kill the tagged items after a `y`."""
        items = self.list.tagged
        if items:
            self.confirm(stroke, f"Kill {len(items)} tagged? ", partial(self._kill, items))

    def _kill(self, items: list[Item]) -> None:
        for item in items:
            target = self._tree.target(item)
            if target is not None:
                KILLS[kind_of(item)](self.call, target)

    def ask_for_command(self, stroke: Stroke) -> None:
        """Run a command for each tagged item, or for the current one."""
        tagged = len(self.list.tagged)
        label = f"({tagged} tagged) " if tagged else "(current) "

        def answered(text: str) -> None:
            for item in self.targets() if text else []:
                target = self._tree.target(item)
                if target is not None:
                    self.run(text, item.value, stroke.source, target=target)

        self.ask(stroke, label, answered)

    menu = (
        *(("Select", "Enter"), ("Expand", "Right"), ("Mark", "m"), ACROSS, *TAGGING, ACROSS),
        *(("Kill", "x"), ("Kill Tagged", "X"), *CANCEL),
    )
    actions: ClassVar[Mapping[str, Callable[..., None]]] = {
        "Enter": ChooseMode.choose,
        "<": move_left,
        ">": move_right,
        "H": go_home,
        "m": mark,
        "M": unmark,
        "x": ask_to_kill,
        "X": ask_to_kill_tagged,
        ":": ask_for_command,
    }


def kind_of(item: Item) -> str:
    """Whether an item of the tree is a session, a window or a pane."""
    key = item.key
    return str(key[0]) if isinstance(key, tuple) else ""


def _named(item: Item, target: Target) -> str:
    if kind_of(item) == SESSION and target.session is not None:
        return f"session {target.session.name}"
    if kind_of(item) == WINDOW and target.link is not None:
        return f"window {target.link.index}"
    if target.window is not None and target.pane is not None:
        return f"pane {pane_index(target.window, target.pane)}"
    return item.name


def _kill_session(call: Call, target: Target) -> None:
    if target.session is not None:
        close_session(call.state, call.effects, target.session)


def _kill_window(call: Call, target: Target) -> None:
    if target.window is not None:
        close_window(call.state, call.effects, target.window)


def _kill_pane(call: Call, target: Target) -> None:
    if target.pane is not None:
        close_pane(call.state, call.effects, target.pane)


KILLS: dict[str, Callable[[Call, Target], None]] = {
    SESSION: _kill_session,
    WINDOW: _kill_window,
    PANE: _kill_pane,
}
