"""From a keymap document to key tables, or to the commands that a user's keymap stands for.

A document holds `tables`, by name; a table holds, by key, an inline table of `command` (text of the
command language), and maybe `note`, `repeat` and `addition` (a key that tmux does not have), or
`false` for a key that is to be bound to nothing. `clear` may list tables that lose all their keys
before that; `prefix` may name the prefix key that the keymap is made for (only a user's
configuration heeds it), `options` others that go with it, by scope. The document comes from
`aimux.data` or the user's `keymaps` directory.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from aimux.errors import KeyNameError, ParseError
from aimux.keys.names import canonical_name
from aimux.model.command_list import CommandBlock
from aimux.model.key_tables import KeyTables

CommandReader = Callable[[str], CommandBlock]
_FIELDS = {"command": str, "note": str, "repeat": bool, "addition": bool}


class KeymapRow(Struct, frozen=True):
    """One key of a keymap; without commands it is to be unbound."""

    table: str
    key: str
    commands: CommandBlock | None
    note: str = ""
    repeat: bool = False
    is_addition: bool = False

    def words(self) -> list[str | CommandBlock]:
        """The command that does it: `bind-key` or `unbind-key`."""
        if self.commands is None:
            return ["unbind-key", "-q", "-T", self.table, "--", self.key]
        flags = ["-r"] if self.repeat else []
        note = ["-N", self.note] if self.note else []
        return ["bind-key", *flags, "-T", self.table, *note, "--", self.key, self.commands]


def read_keymap(
    document: Mapping[str, object], read_commands: CommandReader, *, into: KeyTables | None = None
) -> KeyTables:
    """The key tables of a keymap; what they hold then is what keys are reset to.

    Args:
        document: The parsed TOML.
        read_commands: Reads a command string; `Language.read_string`.
        into: Tables to add the keymap to instead of new ones.

    Raises:
        ParseError: `TABLE KEY: ...`: the document has not the form above, a key is unknown, or a
            command is wrong.
    """
    tables = KeyTables() if into is None else into
    for row in keymap_rows(document, read_commands):
        if row.commands is None:
            tables.unbind(row.table, row.key)
            continue
        tables.bind(
            row.table,
            row.key,
            row.commands,
            note=row.note,
            repeat=row.repeat,
            is_addition=row.is_addition,
        )
    tables.keep_defaults()
    return tables


def keymap_rows(
    document: Mapping[str, object], read_commands: CommandReader
) -> Iterator[KeymapRow]:
    """The keys of a keymap in its order. Raises ParseError, see `read_keymap`."""
    for table, keys in _mappings(document.get("tables"), "tables"):
        for key, fields in keys.items():
            yield _row(table, key, fields, read_commands)


def cleared_tables(document: Mapping[str, object]) -> list[str]:
    """The tables that lose all their keys first. Raises ParseError."""
    names = document.get("clear", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ParseError("clear: not a list of tables")
    return names


def _row(table: str, key: str, fields: object, read_commands: CommandReader) -> KeymapRow:
    try:
        name = canonical_name(key)
        if fields is False:
            return KeymapRow(table, name, None)
        values = _checked(fields)
        commands = read_commands(str(values.get("command", "")))
    except (ParseError, KeyNameError) as error:
        raise ParseError(f"{table} {key}: {error}") from error
    return KeymapRow(
        table,
        name,
        commands,
        note=str(values.get("note", "")),
        repeat=values.get("repeat") is True,
        is_addition=values.get("addition") is True,
    )


def _checked(fields: object) -> Mapping[str, object]:
    if not isinstance(fields, dict):
        raise ParseError("not a table")
    for name, value in fields.items():
        if not isinstance(value, _FIELDS.get(name, ())):
            raise ParseError(f"{name} is wrong")
    return fields


def _mappings(value: object, place: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not isinstance(value, dict):
        raise ParseError(f"{place}: not a table")
    for name, inner in value.items():
        if not isinstance(inner, dict):
            raise ParseError(f"{place} {name}: not a table")
        yield name, inner
