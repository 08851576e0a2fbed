"""From a keymap document to key tables.

A document holds `tables`, by name; a table holds, by key, an inline table of `command` (text of the
command language), and maybe `note`, `repeat` and `addition` (a key that tmux does not have). It
comes from `aimux.data`.
"""

from collections.abc import Callable, Iterator, Mapping

from aimux.errors import KeyNameError, ParseError
from aimux.keys.names import canonical_name
from aimux.model.command_list import CommandBlock
from aimux.model.key_tables import KeyTables

CommandReader = Callable[[str], CommandBlock]
_FIELDS = {"command": str, "note": str, "repeat": bool, "addition": bool}


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
    for table, keys in _mappings(document.get("tables"), "tables"):
        for key, fields in _mappings(keys, table):
            _bind(tables, table, key, fields, read_commands)
    tables.keep_defaults()
    return tables


def _bind(
    tables: KeyTables,
    table: str,
    key: str,
    fields: Mapping[str, object],
    read_commands: CommandReader,
) -> None:
    for name, value in fields.items():
        if not isinstance(value, _FIELDS.get(name, ())):
            raise ParseError(f"{table} {key}: {name} is wrong")
    try:
        commands = read_commands(str(fields.get("command", "")))
        name = canonical_name(key)
    except (ParseError, KeyNameError) as error:
        raise ParseError(f"{table} {key}: {error}") from error
    tables.bind(
        table,
        name,
        commands,
        note=str(fields.get("note", "")),
        repeat=fields.get("repeat") is True,
        is_addition=fields.get("addition") is True,
    )


def _mappings(value: object, place: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    if not isinstance(value, dict):
        raise ParseError(f"{place}: not a table")
    for name, inner in value.items():
        if not isinstance(inner, dict):
            raise ParseError(f"{place} {name}: not a table")
        yield name, inner
