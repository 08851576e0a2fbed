"""Values of options with inheritance: sessions from the global ones, panes from their windows.

Which options there are is in `options_table`; whose options a command means is the caller's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from typing import cast

from aimux.errors import OptionError
from aimux.model.command_list import CommandBlock
from aimux.model.option_row import TEXT_KINDS, Additions, OptionKind, OptionRow, Scope
from aimux.model.option_values import Value, read_value, value_text
from aimux.model.options_table import OPTIONS, ROWS, split_index
from aimux.model.quoting import quote_argument

MAXIMUM_USER_OPTIONS = 10_000
MAXIMUM_ITEMS = 10_000  # of one array
_PLAIN = (str, int, bool)

Items = dict[int, Value]
CommandReader = Callable[[str], CommandBlock]


class HookListing(Enum):
    """Which options are listed: without hooks, with them (`show-options -H`), or hooks alone."""

    WITHOUT = auto()
    WITH = auto()
    ONLY = auto()

    def lists(self, row: OptionRow) -> bool:
        """Whether an option is in the list."""
        return self is HookListing.WITH or row.is_hook == (self is HookListing.ONLY)


class Options:
    """The options of one server, session, window or pane.

    Names given to methods are full names, or `name[index]` for an item of an array; `match_option`
    makes them from what was typed.

    Attributes:
        parent: Where values come from that are not set here.
        version: Grows with every change made here.
    """

    def __init__(self, parent: "Options | None" = None) -> None:
        self.parent = parent
        self.version = 0
        self._global_scope: Scope | None = None
        self._values: dict[str, Value | Items] = {}
        self._chosen: set[str] = set()
        self._defaults: dict[str, str] = {}
        self._read_commands: CommandReader | None = None

    @classmethod
    def with_defaults(
        cls,
        scope: Scope,
        *,
        read_commands: CommandReader | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> "Options":
        """The global options of a scope, every one set.

        Args:
            scope: SERVER, SESSION or WINDOW.
            read_commands: Reads the text of a hook; raises ParseError. Children use their parent's.
            defaults: Texts that differ from the table's defaults in this server.
        """
        options = cls()
        options._read_commands = read_commands
        options._global_scope = scope
        for row in OPTIONS:
            if scope in row.scope:
                options._values[row.name] = _default(row)
        for name, text in (defaults or {}).items():
            options.set(name, text)
        options._chosen.clear()
        return options

    def set_defaults(self, texts: Mapping[str, str]) -> None:
        """Let global options have other defaults, in place of those that were given here before.

        What somebody has set stays, until it is unset. Raises OptionError.

        Args:
            texts: By the names of options that are no arrays.
        """
        names = self._defaults.keys() | texts.keys()
        self._defaults = dict(texts)
        for name in names - self._chosen:
            self._values[name] = self._own_default(ROWS[name])
        self.version += 1

    def _own_default(self, row: OptionRow) -> Value | Items:
        text = self._defaults.get(row.name)
        return _default(row) if text is None else read_value(row, text, _single_default(row))

    @staticmethod
    def default_text(row: OptionRow) -> str:
        """The text of an option's default; of an array nothing."""
        return value_text(_single_default(row))

    def read_commands_with(self, read_commands: CommandReader) -> None:
        """Read the texts of hooks, here and in children, with a reader made after the options."""
        self._read_commands = read_commands

    @property
    def is_global(self) -> bool:
        """Whether these are the global options of a scope."""
        return self._global_scope is not None

    # ---- reading ----

    def get(self, name: str) -> str | int | bool | list[str] | None:
        """The value in force: of an array the texts of its items; None of what is not set.

        Raises:
            OptionError: `invalid option: x`; only user options may be unknown.
        """
        options: Options | None = self
        while options is not None:  # most are read by their bare names, and very often
            found = options._values.get(name)
            if type(found) in _PLAIN:
                return cast("str | int | bool", found)
            if found is not None:
                break
            options = options.parent
        bare, index = split_index(name)
        row = _row(bare)
        value = self._inherited(bare)
        if value is None and row is not None:
            value = _default(row)
        if isinstance(value, dict):
            return _item_texts(value, index)
        return value.text if isinstance(value, CommandBlock) else value

    def number(self, name: str) -> int:
        """The value of a NUMBER."""
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} is no number.")
        return value

    def flag(self, name: str) -> bool:
        """The value of a FLAG."""
        value = self.get(name)
        if not isinstance(value, bool):
            raise TypeError(f"{name} is no flag.")
        return value

    def text(self, name: str) -> str:
        """The value of any other option that is no array; empty of a user option not set."""
        value = self.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            raise TypeError(f"{name} is an array.")
        return "" if value is None else value_text(value)

    def strings(self, name: str) -> list[str]:
        """The texts of an array's items, in order of their indices."""
        value = self.get(name)
        if not isinstance(value, list):
            raise TypeError(f"{name} is no array.")
        return value

    def items(self, name: str) -> dict[int, Value]:
        """An array's items by index, in order."""
        value = self._inherited(name)
        return dict(sorted(value.items())) if isinstance(value, dict) else {}

    def commands(self, name: str) -> list[CommandBlock]:
        """The commands of a hook, in order of their indices."""
        return [value for value in self.items(name).values() if isinstance(value, CommandBlock)]

    def format_text(self, name: str) -> str | None:
        """The value as `#{name}` shows it: flags as 1 and 0; None if there is none."""
        try:
            bare, index = split_index(name)
        except OptionError:
            return None
        value = self._inherited(bare)
        if isinstance(value, dict):
            found = None if index is None else value.get(index)
            return "" if found is None else value_text(found, numeric=True)
        return None if value is None else value_text(value, numeric=True)

    def is_own(self, name: str) -> bool:
        """Whether the option, or the item of an array, is set here."""
        bare, index = split_index(name)
        value = self._values.get(bare)
        if index is None or not isinstance(value, dict):
            return value is not None
        return index in value

    def own_items(self) -> list[tuple[str, str]]:
        """What is set here, as names (arrays by item) and texts: user options, then the others."""
        return [
            (shown, value_text(value))
            for name in self._own_names()
            for shown, value in _shown(name, self._values[name])
        ]

    def inherited_version(self) -> int:
        """Grows whenever a value in force here may have changed."""
        version, options = self.version, self.parent
        while options is not None:
            version += options.version
            options = options.parent
        return version

    # ---- changing ----

    def set(self, name: str, text: str | None, *, append: bool = False) -> None:
        """Set an option from its text.

        Args:
            name: Full name; `name[index]` sets one item of an array.
            text: The text; an array's is split into items. None toggles a flag or a choice.
            append: Add to a text or an array that is set here, or to an item's text.

        Raises:
            OptionError: In tmux's words. The value in force is what it was, except that an array
                has only the items before the wrong one; as in tmux, a text is set here then.
        """
        bare, index = split_index(name)
        row = _row(bare)
        if index is not None and (row is None or not row.is_array):
            raise OptionError(f"not an array: {name}")
        if row is not None and row.is_array:
            self._set_array(row, index, text, append=append)
        elif row is None:
            self._set_user(bare, text, append=append)
        else:
            self._values[bare] = self._changed(row, text, append=append)
        if self.is_global:
            self._chosen.add(bare)
        self.version += 1

    def unset(self, name: str) -> None:
        """Remove an option or an item; a global option goes back to its default.

        Raises:
            OptionError: `not an array: x`.
        """
        bare, index = split_index(name)
        value = self._values.get(bare)
        row = _row(bare)
        if index is not None:
            if row is None or not row.is_array:
                raise OptionError(f"not an array: {name}")
            if isinstance(value, dict):
                value.pop(index, None)
        elif row is not None and self.is_global and value is not None:
            self._values[bare] = self._own_default(row)
            self._chosen.discard(bare)
        else:
            self._values.pop(bare, None)
        self.version += 1

    # ---- showing ----

    def show(self, name: str, *, value_only: bool = False, inherited: bool = False) -> list[str]:
        """The lines that show-options prints for an option, or for `name[index]`.

        Args:
            name: Full name.
            value_only: As `-v`: values without names and quotes.
            inherited: As `-A`: also from the parents, marked with `*`.

        Raises:
            OptionError: `invalid option: x` for a user option that is not set.
        """
        bare, index = split_index(name)
        value, mark = self._marked(bare, inherited=inherited)
        if value is None:
            if bare.startswith("@"):
                raise OptionError(f"invalid option: {name}")
            return []
        if index is not None:
            item = value.get(index, "") if isinstance(value, dict) else ""
            return [_line(f"{bare}[{index}]", item, mark, value_only=value_only)]
        # Of an inherited empty array the mark is shown only when all options are.
        return _lines(bare, value, mark if value != {} else "", value_only=value_only)

    def show_all(
        self,
        scope: Scope,
        *,
        value_only: bool = False,
        inherited: bool = False,
        hooks: HookListing = HookListing.WITHOUT,
        additions: Additions = Additions.AIMUX,
    ) -> list[str]:
        """The lines that show-options prints without a name: user options, then the others.

        Args:
            scope: Whose options these are.
            value_only: As `-v`.
            inherited: As `-A`.
            hooks: Whether hooks are listed.
            additions: Which options are listed that tmux 3.3a does not have.
        """
        names = [] if hooks is HookListing.ONLY else self._user_names()
        names += [
            row.name
            for row in OPTIONS
            if scope in row.scope and hooks.lists(row) and _is_listed(row, additions)
        ]
        lines: list[str] = []
        for name in names:
            value, mark = self._marked(name, inherited=inherited)
            if value is not None:
                lines += _lines(name, value, mark, value_only=value_only)
        return lines

    # ---- inside ----

    def _inherited(self, name: str) -> Value | Items | None:
        options: Options | None = self
        while options is not None:
            if name in options._values:
                return options._values[name]
            options = options.parent
        return None

    def _marked(self, name: str, *, inherited: bool) -> tuple[Value | Items | None, str]:
        """A value, and `*` if it comes from a parent."""
        own = self._values.get(name)
        if own is not None or not inherited:
            return own, ""
        return self._inherited(name), "*"

    def _user_names(self) -> list[str]:
        return sorted(name for name in self._values if name.startswith("@"))

    def _own_names(self) -> Iterator[str]:
        yield from self._user_names()
        yield from (row.name for row in OPTIONS if row.name in self._values)

    def _changed(self, row: OptionRow, text: str | None, *, append: bool) -> Value:
        current = self._inherited(row.name)
        if current is None or isinstance(current, dict):
            current = _single_default(row)
        own = self._values.get(row.name)
        if append and text is not None and row.kind in TEXT_KINDS and isinstance(own, str):
            text = f"{own}{row.separator}{text}"
        try:
            return read_value(row, text, current)
        except OptionError:
            if text is not None and row.kind in TEXT_KINDS:
                self._values[row.name] = current
            raise

    def _set_user(self, name: str, text: str | None, *, append: bool) -> None:
        if text is None:
            raise OptionError("empty value")
        own = self._values.get(name)
        if own is None and len(self._values) >= MAXIMUM_USER_OPTIONS:
            raise OptionError(f"too many options: {name}")
        self._values[name] = f"{own}{text}" if append and own is not None else text

    def _set_array(
        self, row: OptionRow, index: int | None, text: str | None, *, append: bool
    ) -> None:
        if text is None:
            raise OptionError("empty value")
        own = self._values.get(row.name)
        items: Items = dict(own) if isinstance(own, dict) else {}
        if index is None:
            self._add_items(row, items if append else {}, text)
            return
        before = items.get(index)
        joined = append and row.kind is OptionKind.STRING and isinstance(before, str)
        items[index] = self._item(row, f"{before}{text}" if joined else text)
        _check_number(row, len(items))
        self._values[row.name] = items

    def _add_items(self, row: OptionRow, items: Items, text: str) -> None:
        """Put a text's items into free places. Raises OptionError; what came before it stays."""
        self._values[row.name] = items
        for part in _split_items(row, text):
            item = self._item(row, part)
            _check_number(row, len(items) + 1)
            items[_free_index(items)] = item

    def _item(self, row: OptionRow, text: str) -> Value:
        if row.kind is OptionKind.COMMAND:
            return self._reader()(text)
        return read_value(row, text, "")

    def _reader(self) -> CommandReader:
        options: Options | None = self
        while options is not None:
            if options._read_commands is not None:
                return options._read_commands
            options = options.parent
        raise OptionError("commands cannot be read here")


def _row(name: str) -> OptionRow | None:
    if name.startswith("@"):
        return None
    if name not in ROWS:
        raise OptionError(f"invalid option: {name}")
    return ROWS[name]


def _default(row: OptionRow) -> Value | Items:
    return dict(enumerate(_default_items(row))) if row.is_array else _single_default(row)


def _default_items(row: OptionRow) -> Iterable[str]:
    return row.default if isinstance(row.default, tuple) else ()


def _single_default(row: OptionRow) -> Value:
    return "" if isinstance(row.default, tuple) else row.default


def _item_texts(items: Items, index: int | None) -> list[str] | str | None:
    if index is None:
        return [value_text(value) for _, value in sorted(items.items())]
    return value_text(items[index]) if index in items else None


def _split_items(row: OptionRow, text: str) -> list[str]:
    parts = re.split(f"[{re.escape(row.separator)}]", text) if row.separator else [text]
    return [part for part in parts if part]


def _is_listed(row: OptionRow, additions: Additions) -> bool:
    if row.is_addition:
        return Additions.AIMUX in additions
    return not row.is_later or Additions.LATER in additions


def _check_number(row: OptionRow, number: int) -> None:
    if number > MAXIMUM_ITEMS:
        raise OptionError(f"too many values: {row.name}")


def _free_index(items: Items) -> int:
    return next(index for index in range(len(items) + 1) if index not in items)


def _shown(name: str, value: Value | Items) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        yield from ((f"{name}[{index}]", item) for index, item in sorted(value.items()))
    else:
        yield name, value


def _lines(name: str, value: Value | Items, mark: str, *, value_only: bool) -> list[str]:
    if value == {}:
        return [] if value_only else [f"{name}{mark}"]
    return [_line(shown, item, mark, value_only=value_only) for shown, item in _shown(name, value)]


def _line(name: str, value: Value, mark: str, *, value_only: bool) -> str:
    text = value_text(value)
    if value_only:
        return text
    row = _row(split_index(name)[0])
    is_text = row is None or row.kind in TEXT_KINDS
    return f"{name}{mark} {quote_argument(text) if is_text else text}"
