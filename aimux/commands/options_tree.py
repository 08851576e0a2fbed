"""What customize-mode lists: every option by where it can be set, and every key by its table."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from aimux.commands.choose_list import Item, Order
from aimux.commands.choose_previews import pane_index
from aimux.commands.format_comparison import is_true
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.options_help import key_help, option_help
from aimux.commands.targets import Target
from aimux.model.key_tables import Binding
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.state import State

OPTIONS_FORMAT = (
    "#{?is_option,"
    "#{?option_is_global,,#[reverse](#{option_scope})#[default] }"
    "#[ignore]"
    "#{option_value}#{?option_unit, #{option_unit},}"
    ","
    "#{key}"
    "}"
)
MAX_TABLES = 256
COMMAND, NOTE, REPEAT = "Command", "Note", "Repeat"


class Level(Enum):
    """Whose options are meant."""

    SERVER = "server"
    GLOBAL_SESSION = "global session"
    SESSION = "session"
    GLOBAL_WINDOW = "global window"
    WINDOW = "window"
    PANE = "pane"

    @property
    def is_global(self) -> bool:
        """Whether they are the server's or what all sessions or windows inherit."""
        return self in (Level.SERVER, Level.GLOBAL_SESSION, Level.GLOBAL_WINDOW)


@dataclass(frozen=True, slots=True)
class OptionPlace:
    """An option, or an item of an array, as it is set somewhere."""

    level: Level
    options: Options
    name: str
    index: int | None = None

    @property
    def full_name(self) -> str:
        """The name with the item's index."""
        return self.name if self.index is None else f"{self.name}[{self.index}]"

    @property
    def value(self) -> str:
        """Its text; of a whole array nothing."""
        value = self.options.get(self.full_name)
        return "" if isinstance(value, list) else self.options.text(self.full_name)


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """A key of a table, or one of its parts."""

    table: str
    binding: Binding
    part: str = ""


Place = OptionPlace | KeyPlace


@dataclass(slots=True)
class OptionsTree:
    """The options and the keys.

    Attributes:
        here: The session, the window and the pane whose own options are listed.
        template: The format of a line (`-F`).
        hide_global: Whether options that are set nowhere but globally are left out.
        places: What each item stands for, by its key.
    """

    state: State
    context: StateContext
    here: Target
    template: str = OPTIONS_FORMAT
    hide_global: bool = False
    places: dict[Hashable, Place] = field(default_factory=dict)

    def items(self, _order: Order, wanted: str | None) -> list[Item]:
        """The options by where they can be set, then the tables of keys."""
        self.places = {}
        sections = (
            self._section(title, levels, wanted)
            for title, levels in (
                ("Server Options", (Level.SERVER,)),
                ("Session Options", (Level.GLOBAL_SESSION, Level.SESSION)),
                ("Window & Pane Options", (Level.GLOBAL_WINDOW, Level.WINDOW, Level.PANE)),
            )
        )
        tables = self.state.key_tables
        names = [name for name in tables.names() if tables.bindings(name)]
        return [*sections, *(self._table(name, wanted) for name in names[:MAX_TABLES])]

    def options_of(self, level: Level) -> Options | None:
        """The options of a level; None if what they belong to has gone."""
        here, state = self.here, self.state
        owners = {
            Level.SERVER: state.server_options,
            Level.GLOBAL_SESSION: state.session_options,
            Level.GLOBAL_WINDOW: state.window_options,
            Level.SESSION: here.session.options if here.session is not None else None,
            Level.WINDOW: here.window.options if here.window is not None else None,
            Level.PANE: here.pane.options if here.pane is not None else None,
        }
        return owners[level]

    def scope_text(self, level: Level) -> str:
        """Which session, window or pane a level is of; empty for the global ones."""
        here = self.here
        if level is Level.SESSION and here.session is not None:
            return f"session {here.session.name}"
        if level is Level.WINDOW and here.link is not None:
            return f"window {here.link.index}"
        if level is Level.PANE and here.window is not None and here.pane is not None:
            return f"pane {pane_index(here.window, here.pane)}"
        return ""

    # ---- options ----

    def _section(self, title: str, levels: tuple[Level, ...], wanted: str | None) -> Item:
        held = [(level, options) for level in levels if (options := self.options_of(level))]
        items = (self._option(held, name, wanted) for name in _names(held))
        children = tuple(item for item in items if item is not None)
        return Item(("section", title), title, None, "", children, False, taggable=False)

    def _option(
        self, held: list[tuple[Level, Options]], name: str, wanted: str | None
    ) -> Item | None:
        level, options = next(
            ((level, one) for level, one in reversed(held) if one.is_own(name)), held[0]
        )
        if self.hide_global and level.is_global:
            return None
        place, row = OptionPlace(level, options, name), ROWS.get(name)
        is_array = row is not None and row.is_array
        context = self._option_context(place, is_array=is_array)
        if wanted is not None and not is_true(expand(wanted, context)):
            return None
        return Item(
            self._known(("option", name, -1, level if row is None else None), place),
            name,
            None if is_array else expand(self.template, replace(context, drawn=True)),
            children=tuple(self._array(place)) if is_array else (),
            expanded=False,
            preview=option_help(place, held, context),
        )

    def _known(self, key: Hashable, place: Place) -> Hashable:
        self.places[key] = place
        return key

    def _option_context(self, place: OptionPlace, *, is_array: bool) -> StateContext:
        row = ROWS.get(place.name)
        extra = {
            "is_option": "1",
            "is_key": "0",
            "option_name": place.full_name,
            "option_is_global": str(int(place.level.is_global)),
            "option_is_array": str(int(is_array)),
            "option_scope": self.scope_text(place.level),
            "option_unit": row.unit if row is not None else "",
            "option_value": place.value,
        }
        return replace(self.context, target=self.here, extra=extra)

    def _array(self, array: OptionPlace) -> Iterator[Item]:
        for index in array.options.items(array.name):
            place = replace(array, index=index)
            context = self._option_context(place, is_array=True)
            yield Item(
                self._known(("option", place.name, index), place),
                place.full_name,
                expand(self.template, replace(context, drawn=True)),
                preview=option_help(place, [(place.level, place.options)], context),
            )

    # ---- keys ----

    def _table(self, table: str, wanted: str | None) -> Item:
        items = (
            self._key(KeyPlace(table, binding), wanted)
            for binding in self.state.key_tables.bindings(table)
        )
        children = tuple(item for item in items if item is not None)
        title = f"Key Table - {table}"
        return Item(("table", table), title, None, "", children, False, taggable=False)

    def _key(self, place: KeyPlace, wanted: str | None) -> Item | None:
        binding = place.binding
        values = {"is_option": "0", "is_key": "1", "key": binding.key, "key_note": binding.note}
        context = replace(self.context, target=self.here, extra=values)
        if wanted is not None and not is_true(expand(wanted, context)):
            return None
        return Item(
            self._known(("key", place.table, binding.key), place),
            expand(self.template, context),
            None,
            children=tuple(self._parts(place)),
            expanded=False,
            preview=key_help(place, self.state.key_tables.default(place.table, binding.key)),
        )

    def _parts(self, key: KeyPlace) -> Iterator[Item]:
        binding = key.binding
        texts = {
            COMMAND: f"#[ignore]{binding.commands.text}",
            NOTE: f"#[ignore]{binding.note}" if binding.note else "",
            REPEAT: "on" if binding.repeat else "off",
        }
        for part, text in texts.items():
            identity = self._known(("key", key.table, binding.key, part), replace(key, part=part))
            yield Item(identity, part, text, taggable=False, part=True)


def _names(held: list[tuple[Level, Options]]) -> list[str]:
    """The user options of all levels, then the options of the first."""
    users: dict[str, None] = {}
    for _, options in held:
        users |= dict.fromkeys(name for name, _ in options.own_items() if name.startswith("@"))
    first = held[0][1] if held else None
    known = (row for row in ROWS.values() if not row.is_hook)
    return [
        *users,
        *sorted(row.name for row in known if first is not None and first.is_own(row.name)),
    ]
