"""customize-mode: options and key bindings as a tree; they are changed, unset and reset there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

from typing_extensions import override

from aimux.commands.choose_list import ChooseList, Item
from aimux.commands.choose_menu import ACROSS, CANCEL, TAGGING
from aimux.commands.choose_mode import ChooseMode
from aimux.commands.command import Aim, Call, Command
from aimux.commands.format_context import StateContext
from aimux.commands.key_mode import Stroke
from aimux.commands.modes import session_around
from aimux.commands.option_effects import apply_option
from aimux.commands.options import check_option
from aimux.commands.options_tree import (
    COMMAND,
    NOTE,
    OPTIONS_FORMAT,
    REPEAT,
    KeyPlace,
    Level,
    OptionPlace,
    OptionsTree,
    Place,
)
from aimux.commands.targets import Target
from aimux.errors import CommandError, OptionError, ParseError
from aimux.model.option_row import OptionKind, OptionRow, Scope
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.pane import Pane

BOX_ROWS = 12
GLOBAL_LEVELS = {
    Level.SESSION: Level.GLOBAL_SESSION,
    Level.WINDOW: Level.GLOBAL_WINDOW,
    Level.PANE: Level.GLOBAL_WINDOW,
}


class OptionsMode(ChooseMode):
    """The tree of options and keys.

    Args:
        call: The command that opens it.
        pane: What it covers.
        shown: The list of the tree's items.
        tree: Gives the items.
    """

    name = "options-mode"

    def __init__(self, call: Call, pane: Pane, shown: ChooseList, tree: OptionsTree) -> None:
        super().__init__(call, pane, shown, "")
        self._tree = tree

    @override
    def refresh(self) -> None:
        """As in tmux, only what is changed here is shown at once: there are hundreds of items."""

    @override
    def rebuild(self) -> None:
        """Take the options of what is there now."""
        here, state = self._tree.here, self.call.state
        if here.session is None or here.session.id not in state.sessions:
            session = session_around(state, self.pane)
            self._tree.here = Target() if session is None else Target.of_session(session)
        super().rebuild()

    def _place(self, item: Item | None) -> Place | None:
        return None if item is None else self._tree.places.get(item.key)

    def _current(self) -> Place | None:
        return self._place(self.list.item)

    # ---- setting ----

    def set_here(self, stroke: Stroke) -> None:
        """Set the current option for the session or the pane, or change the current key."""
        place = self._current()
        if isinstance(place, KeyPlace):
            change = CHANGES.get(place.part)
            if change is not None:
                change(self, stroke, place)
        elif place is not None:
            self._set_option(stroke, place, _own_level(place, pane=True))

    def set_window(self, stroke: Stroke) -> None:
        """Set the current option for the session or the window."""
        place = self._current()
        if isinstance(place, OptionPlace):
            self._set_option(stroke, place, _own_level(place, pane=False))

    def set_global(self, stroke: Stroke) -> None:
        """Set the current option for all sessions or windows."""
        place = self._current()
        if isinstance(place, OptionPlace):
            level = GLOBAL_LEVELS.get(place.level, place.level)
            self._set_option(stroke, place, place.level if _is_array(place) else level)

    def _set_option(self, stroke: Stroke, place: OptionPlace, level: Level) -> None:
        row, options = ROWS.get(place.name), self._tree.options_of(level)
        if options is None:
            return
        if row is not None and row.kind in (OptionKind.FLAG, OptionKind.CHOICE):
            self._store(stroke, options, place.name, _next_value(row, options.text(row.name)))
            return
        label = f"({_label(place)}{_owner(level, self._tree.scope_text(level))}) "

        def answered(text: str) -> None:
            if text:
                self._store(stroke, options, _item_name(place, options), text)

        self.ask(stroke, label, answered, text=place.value)

    def _store(self, stroke: Stroke, options: Options, name: str, text: str) -> None:
        try:
            check_option(self.call.state, name, text)
            options.set(name, text)
        except (OptionError, CommandError) as error:
            stroke.source.requester.error(str(error))
            return
        apply_option(self.call.state, name.partition("[")[0])
        self.list.refresh()

    def set_command(self, stroke: Stroke, place: KeyPlace) -> None:
        """Ask for what a key runs."""
        binding, tables = place.binding, self.call.state.key_tables

        def answered(text: str) -> None:
            if not text:
                return
            try:
                block = self.call.queue.language.read_string(text)
            except (ParseError, CommandError) as error:
                stroke.source.requester.error(str(error))
                return
            tables.bind(place.table, binding.key, block, note=binding.note, repeat=binding.repeat)

        self.ask(stroke, f"({binding.key}) ", answered, text=binding.commands.text)

    def set_note(self, stroke: Stroke, place: KeyPlace) -> None:
        """Ask for what is said of a key."""
        binding = place.binding

        def answered(text: str) -> None:
            if text:
                self.call.state.key_tables.bind(place.table, binding.key, None, note=text)

        self.ask(stroke, f"({binding.key}) ", answered, text=binding.note)

    def toggle_repeat(self, _: Stroke, place: KeyPlace) -> None:
        """Let a key be pressed again without the prefix, or no longer."""
        binding, tables = place.binding, self.call.state.key_tables
        tables.bind(
            place.table, binding.key, binding.commands, note=binding.note, repeat=not binding.repeat
        )
        self.list.refresh()

    # ---- unsetting and resetting ----

    def ask_to_unset(self, stroke: Stroke) -> None:
        """Unset the current option, or unbind the current key, after a `y`."""
        item, place = self.list.item, self._current()
        if item is not None and place is not None:
            self.confirm(stroke, f"Unset {_name(place)}? ", partial(self._unset, [item]))

    def ask_to_unset_tagged(self, stroke: Stroke) -> None:
        """Unset the tagged options and unbind the tagged keys after a `y`."""
        items = self.list.tagged
        if items:
            self.confirm(stroke, f"Unset {len(items)} tagged? ", partial(self._unset, items))

    def ask_to_reset(self, stroke: Stroke) -> None:
        """Give the current option or key its default after a `y`."""
        item, place = self.list.item, self._current()
        if item is None or place is None:
            return
        if isinstance(place, KeyPlace) or place.index is None:
            label = f"Reset {_name(place)} to default? "
            self.confirm(stroke, label, partial(self._reset, [item]))

    def ask_to_reset_tagged(self, stroke: Stroke) -> None:
        """Give the tagged options and keys their defaults after a `y`."""
        items = self.list.tagged
        if items:
            label = f"Reset {len(items)} tagged to default? "
            self.confirm(stroke, label, partial(self._reset, items))

    def _unset(self, items: list[Item]) -> None:
        for item in items:
            place = self._place(item)
            if isinstance(place, KeyPlace):
                self._leave_key(item)
                self.call.state.key_tables.unbind(place.table, place.binding.key)
            elif place is not None:
                self._unset_option(item, place)

    def _unset_option(self, item: Item, place: OptionPlace) -> None:
        if place.index is not None and self.is_current(item):
            self.list.up(wrap=False)
        place.options.unset(place.full_name)
        apply_option(self.call.state, place.name)

    def _reset(self, items: list[Item]) -> None:
        tables = self.call.state.key_tables
        for item in items:
            place = self._place(item)
            if isinstance(place, KeyPlace):
                if tables.default(place.table, place.binding.key) is None:
                    self._leave_key(item)
                tables.reset(place.table, place.binding.key)
            elif place is not None and place.index is None:
                self._unset_option(item, place)

    def _leave_key(self, item: Item) -> None:
        """Before the current key goes: to the one above it."""
        if self.is_current(item):
            self.list.set_expanded(item, expanded=False)
            self.list.up(wrap=False)

    def toggle_global(self, _: Stroke) -> None:
        """Leave out what is only set globally, or no longer."""
        self._tree.hide_global = not self._tree.hide_global
        self.list.refresh()

    menu = (("Select", "Enter"), ("Expand", "Right"), ACROSS, *TAGGING, *CANCEL)
    actions: ClassVar[Mapping[str, Callable[..., None]]] = {
        "Enter": set_here,
        "s": set_here,
        "w": set_window,
        "S": set_global,
        "W": set_global,
        "u": ask_to_unset,
        "U": ask_to_unset_tagged,
        "d": ask_to_reset,
        "D": ask_to_reset_tagged,
        "H": toggle_global,
    }


CHANGES: dict[str, Callable[[OptionsMode, Stroke, KeyPlace], None]] = {
    COMMAND: OptionsMode.set_command,
    NOTE: OptionsMode.set_note,
    REPEAT: OptionsMode.toggle_repeat,
}


def _is_array(place: OptionPlace) -> bool:
    row = ROWS.get(place.name)
    return row is not None and row.is_array


def _own_level(place: OptionPlace, *, pane: bool) -> Level:
    """Where an option is set if it is not to be set for all; an array stays where it is."""
    row = ROWS.get(place.name)
    if _is_array(place) or place.level in (Level.SERVER, Level.SESSION):
        return place.level
    if place.level is Level.GLOBAL_SESSION:
        return Level.SESSION
    for_panes = row is None or Scope.PANE in row.scope
    return Level.PANE if pane and for_panes else Level.WINDOW


def _next_value(row: OptionRow, text: str) -> str:
    """The other value of a flag, or the choice behind this one."""
    if row.kind is OptionKind.FLAG:
        return "off" if text == "on" else "on"
    choices = (*row.choices, *row.later_choices) if text in row.later_choices else row.choices
    return choices[(choices.index(text) + 1) % len(choices)]


def _label(place: OptionPlace) -> str:
    return f"{place.name}[+]" if _is_array(place) and place.index is None else place.full_name


def _owner(level: Level, text: str) -> str:
    if text:
        return f", for {text}"
    return "" if level is Level.SERVER else ", global"


def _item_name(place: OptionPlace, options: Options) -> str:
    """The name to set: of an array an item, the first free one where none is meant."""
    if not _is_array(place) or place.index is not None:
        return place.full_name
    items = options.items(place.name)
    free = next(index for index in range(len(items) + 1) if index not in items)
    return f"{place.name}[{free}]"


def _name(place: Place) -> str:
    return place.binding.key if isinstance(place, KeyPlace) else place.full_name


def customize_mode(call: Call) -> None:
    """customize-mode [-NZ] [-F format] [-f filter] [-t target-pane]."""
    arguments, here = call.arguments, call.target()
    tree = OptionsTree(
        call.state,
        StateContext(call.state, call.effects, here),
        here,
        arguments.get("F") or OPTIONS_FORMAT,
    )
    listed = ChooseList(
        tree.items,
        wanted=arguments.get("f"),
        preview=not arguments.has("N"),
        box_rows=BOX_ROWS,
    )
    OptionsMode(call, call.the_pane(), listed, tree).open()


COMMANDS = (
    Command(
        name="customize-mode",
        alias=None,
        getopt="F:f:Nt:yZ",
        arity=(0, 0),
        usage="[-NZ] [-F format] [-f filter] [-t target-pane]",
        target=Aim.PANE,
        run=customize_mode,
    ),
)
