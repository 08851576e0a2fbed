"""Key tables: what keys are bound to, and how list-keys shows it.

Keys are canonical names (`aimux.keys.names.canonical_name`). What the commands do is not known
here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from aimux.errors import CommandError
from aimux.model.command_list import CommandBlock, print_block
from aimux.model.key_order import is_mouse_key, key_order
from aimux.model.quoting import quote_argument
from aimux.styles.width import text_width

MAXIMUM_TABLES = 1000
MAXIMUM_BINDINGS = 10_000  # of one table
NO_KEY = "None"


@dataclass(frozen=True, slots=True)
class Binding:
    """What a key does.

    Attributes:
        key: The key's canonical name.
        commands: What it runs.
        note: What `list-keys -N` says of it; empty for none.
        repeat: Whether it can be pressed again without the prefix.
        is_addition: Whether it is aimux's own and tmux does not have it.
    """

    key: str
    commands: CommandBlock
    note: str = ""
    repeat: bool = False
    is_addition: bool = False

    @property
    def text(self) -> str:
        """Its commands as list-keys prints them."""
        return print_block(self.commands, escaped=True)


@dataclass(slots=True)
class _Table:
    bindings: dict[str, Binding] = field(default_factory=dict)
    defaults: dict[str, Binding] = field(default_factory=dict)

    def ordered(self) -> list[Binding]:
        return sorted(self.bindings.values(), key=lambda binding: key_order(binding.key))


class KeyTables:
    """All key tables by name. A table exists from its first binding until it is removed.

    Attributes:
        version: Grows with every change.
    """

    def __init__(self) -> None:
        self.version = 0
        self._tables: dict[str, _Table] = {}

    def keep_defaults(self) -> None:
        """Remember the present bindings as what `reset` goes back to."""
        for table in self._tables.values():
            table.defaults = dict(table.bindings)

    def of_tmux(self) -> "KeyTables":
        """The same tables without the keys that aimux adds to tmux's, to be listed."""
        tables = KeyTables()
        for name, table in self._tables.items():
            kept = {key: row for key, row in table.bindings.items() if not row.is_addition}
            tables._tables[name] = _Table(kept)
        return tables

    def as_default(self) -> "KeyTables":
        """Tables that hold the defaults and nothing else."""
        tables = KeyTables()
        for name, table in self._tables.items():
            if table.defaults:
                tables._tables[name] = _Table(dict(table.defaults), dict(table.defaults))
        return tables

    # ---- asking ----

    def exists(self, table: str) -> bool:
        """Whether there is a table of that name."""
        return table in self._tables

    def names(self) -> list[str]:
        """The tables' names, sorted."""
        return sorted(self._tables)

    def lookup(self, table: str, key: str) -> Binding | None:
        """What a key is bound to in a table. The key `Any` is the caller's second try."""
        found = self._tables.get(table)
        return found.bindings.get(key) if found else None

    def default(self, table: str, key: str) -> Binding | None:
        """What a key is bound to by default."""
        found = self._tables.get(table)
        return found.defaults.get(key) if found else None

    def defaults(self, table: str) -> list[Binding]:
        """A table's default bindings, whether they are still there or not."""
        found = self._tables.get(table)
        return list(found.defaults.values()) if found else []

    def bindings(self, table: str) -> list[Binding]:
        """A table's bindings in the order of list-keys; none if there is no such table."""
        found = self._tables.get(table)
        return found.ordered() if found else []

    # ---- changing ----

    def bind(
        self,
        table: str,
        key: str,
        commands: CommandBlock | None,
        *,
        note: str | None = None,
        repeat: bool = False,
        is_addition: bool = False,
    ) -> None:
        """Bind a key, in a new table if need be. Without commands only the note is changed.

        Raises:
            CommandError: There are too many tables or bindings.
        """
        bindings = self._made(table).bindings
        self.version += 1
        if commands is None:
            if key in bindings:
                bindings[key] = replace(bindings[key], note=note or "")
            return
        if key not in bindings and len(bindings) >= MAXIMUM_BINDINGS:
            raise CommandError(f"too many keys: {table}")
        bindings[key] = Binding(key, commands, note or "", repeat, is_addition)

    def unbind(self, table: str, key: str) -> None:
        """Remove a binding, if there is one; a table without bindings and defaults goes, too."""
        found = self._tables.get(table)
        if found is None or found.bindings.pop(key, None) is None:
            return
        self.version += 1
        if not found.bindings and not found.defaults:
            del self._tables[table]

    def remove_table(self, table: str) -> None:
        """Remove a table with its defaults: `unbind-key -a`.

        Raises:
            CommandError: `table x doesn't exist`.
        """
        self.required(table)
        del self._tables[table]
        self.version += 1

    def reset(self, table: str, key: str) -> None:
        """Bind a key as it was by default, or not at all."""
        found = self._tables.get(table)
        if found is None:
            return
        default = found.defaults.get(key)
        if default is None:
            self.unbind(table, key)
            return
        found.bindings[key] = default
        self.version += 1

    def required(self, table: str) -> None:
        """Check that a table exists.

        Raises:
            CommandError: `table x doesn't exist`.
        """
        if table not in self._tables:
            raise CommandError(f"table {table} doesn't exist")

    def _made(self, table: str) -> _Table:
        if table not in self._tables and len(self._tables) >= MAXIMUM_TABLES:
            raise CommandError(f"too many tables: {table}")
        return self._tables.setdefault(table, _Table())

    # ---- listing ----

    def rows(self, table: str | None = None, key: str | None = None) -> list[tuple[str, Binding]]:
        """Bindings with the names of their tables, in the order of list-keys.

        Args:
            table: Only this table.
            key: Only this key, canonical.

        Raises:
            CommandError: `table x doesn't exist`.
        """
        if table is not None:
            self.required(table)
        return list(self._selected(table, key))

    def list_keys(self, table: str | None = None, key: str | None = None) -> list[str]:
        """The lines of list-keys: `bind-key` commands in columns.

        Args:
            table: Only this table.
            key: Only this key, canonical.

        Raises:
            CommandError: `table x doesn't exist`.
        """
        return key_lines(self.rows(table, key))

    def list_notes(
        self,
        table: str | None = None,
        key: str | None = None,
        *,
        prefix_key: str = NO_KEY,
        prefix_text: str | None = None,
        without_notes: bool = False,
        first_only: bool = False,
    ) -> list[str]:
        """The lines of `list-keys -N`: keys and notes; keys of the mouse are left out.

        Args:
            table: Only this table; else root, and prefix behind the prefix key.
            key: Only this key, canonical.
            prefix_key: The option prefix.
            prefix_text: What is printed before the keys instead of the prefix key (`-P`).
            without_notes: Also keys without a note, with their commands (`-a`).
            first_only: Only the first key of each table (`-1`).

        Raises:
            CommandError: `table x doesn't exist`.
        """
        if table is not None:
            self.required(table)
            columns = [(table, prefix_text or "")]
        else:
            columns = self._note_columns(prefix_key, prefix_text, key)
        width = max(self._note_width(name, key) for name, _ in columns)
        lines: list[str] = []
        for name, start in columns:
            rows = [row for row in self._keyboard_rows(name, key) if row.note or without_notes]
            lines += [
                f"{start}{_padded(row.key, width + 1)}{row.note or row.text}"
                for row in rows[: 1 if first_only else None]
            ]
        return lines

    def _selected(self, table: str | None, key: str | None) -> Iterator[tuple[str, Binding]]:
        for name in self.names():
            if table in {None, name}:
                for row in self.bindings(name):
                    if key in {None, row.key}:
                        yield name, row

    def _note_columns(
        self, prefix_key: str, prefix_text: str | None, key: str | None
    ) -> list[tuple[str, str]]:
        start = prefix_text
        if start is None:
            start = "" if prefix_key == NO_KEY else f"{prefix_key} "
        columns = [("root", " " * text_width(start))]
        if prefix_key != NO_KEY and self._note_width("prefix", key):
            columns.append(("prefix", start))
        return columns

    def _note_width(self, table: str, key: str | None) -> int:
        rows = (row for row in self._keyboard_rows(table, key) if row.note)
        return max((text_width(row.key) for row in rows), default=0)

    def _keyboard_rows(self, table: str, key: str | None) -> list[Binding]:
        return [row for _, row in self._selected(table, key) if not is_mouse_key(row.key)]


def _repeat_column(row: Binding, any_repeats: bool) -> str:
    if not any_repeats:
        return ""
    return "-r " if row.repeat else "   "


def _padded(text: str, width: int) -> str:
    return text + " " * (width - text_width(text))


def key_lines(rows: Sequence[tuple[str, Binding]]) -> list[str]:
    """Bindings with the names of their tables as `bind-key` commands in columns.

    The columns are as wide as tmux's keys need them: an addition's may jut out.
    """
    measured = [place for place in rows if not place[1].is_addition] or rows
    tables = max((text_width(name) for name, _ in measured), default=0)
    keys = max((text_width(quote_argument(row.key)) for _, row in measured), default=0)
    repeats = any(row.repeat for _, row in rows)
    return [
        f"bind-key {_repeat_column(row, repeats)}-T {_padded(name, tables)} "
        f"{_padded(quote_argument(row.key), keys)} {row.text}"
        for name, row in rows
    ]
