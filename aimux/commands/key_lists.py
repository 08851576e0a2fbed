"""list-keys: the bindings of key tables, as commands, as notes or by a format."""

from __future__ import annotations

from aimux.commands.command import Call, Command, Flags
from aimux.commands.display import show_message
from aimux.commands.palette import shows_keys
from aimux.commands.sorting import KEY_ORDERS, in_order
from aimux.errors import CommandError, KeyNameError
from aimux.keys.names import canonical_name
from aimux.model.client import DEFAULT_TABLE
from aimux.model.key_order import is_mouse_key
from aimux.model.key_tables import NO_KEY, Binding, KeyTables, key_lines
from aimux.styles.width import text_width

NOTED_TABLES = (DEFAULT_TABLE, "prefix")


def list_keys(call: Call) -> None:
    """list-keys [-1aNr] [-F format] [-O sort-order] [-P prefix-string] [-T key-table] [key]."""
    if shows_keys(call):
        return
    arguments = call.arguments
    text = arguments.text(0)
    lines = _listed_lines(call, None if text is None else _listed_key(text))
    if text is not None and not lines:
        raise CommandError(f"unknown key: {text}")
    first_only = arguments.has("1") and (arguments.has("N") or arguments.has("F"))
    client = call.display_client() if first_only and arguments.has("N") else None
    if lines and client is not None:
        show_message(call, client, lines[0], None)
        return
    for line in lines[: 1 if first_only else None]:
        call.print(line)


def _listed_lines(call: Call, key: str | None) -> list[str]:
    arguments, tables = call.arguments, _listed_tables(call)
    template = arguments.get("F")
    if template is not None:
        return _formatted_lines(call, _sorted(call, tables, key), template)
    if arguments.has("N"):
        if arguments.has("O") or arguments.has("r"):
            return _sorted_notes(call, _sorted(call, tables, key))
        return _note_lines(call, tables, key)
    return key_lines(_sorted(call, tables, key))


def _sorted(call: Call, tables: KeyTables, key: str | None) -> list[tuple[str, Binding]]:
    return in_order(call, tables.rows(call.arguments.get("T"), key), KEY_ORDERS)


def _sorted_notes(call: Call, rows: list[tuple[str, Binding]]) -> list[str]:
    noted = [row.key for table, row in rows if _is_noted(call, table, row)]
    width = max(map(text_width, noted), default=0)
    note = f"#{{key_prefix}} #{{p{width}:key_string}} #{{?key_note,#{{key_note}},#{{key_command}}}}"
    return _formatted_lines(call, rows, note)


def _formatted_lines(call: Call, rows: list[tuple[str, Binding]], template: str) -> list[str]:
    """A line a key, by a format with tmux 3.7's variables for it."""
    arguments = call.arguments
    if arguments.has("N"):
        rows = [(table, row) for table, row in rows if _is_noted(call, table, row)]
    shared = {
        "notes_only": _flag(arguments.has("N")),
        "key_has_repeat": _flag(any(row.repeat for _, row in rows)),
        "key_string_width": str(max((text_width(row.key) for _, row in rows), default=0)),
        "key_table_width": str(max((text_width(table) for table, _ in rows), default=0)),
    }
    return [
        call.expand(template, None, **shared, **_key_values(call, table, row))
        for table, row in rows
    ]


def _is_noted(call: Call, table: str, row: Binding) -> bool:
    """Whether `-N` lists a binding: one of the keyboard that has a note, or any with `-a`."""
    arguments = call.arguments
    is_listed = table in NOTED_TABLES or arguments.has("T")
    return is_listed and not is_mouse_key(row.key) and bool(row.note or arguments.has("a"))


def _prefix_text(call: Call, table: str) -> str:
    """What is pressed, or what `-P` gives, before a key that is not in the root table."""
    given, prefix = call.arguments.get("P"), call.state.session_options.text("prefix")
    if table == DEFAULT_TABLE:
        return ""
    return given if given is not None else prefix.replace(NO_KEY, "")


def _key_values(call: Call, table: str, row: Binding) -> dict[str, str]:
    return {
        "key_prefix": _prefix_text(call, table),
        "key_table": table,
        "key_string": row.key,
        "key_note": row.note,
        "key_command": row.text,
        "key_repeat": _flag(row.repeat),
    }


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _listed_tables(call: Call) -> KeyTables:
    tables = call.state.key_tables
    return tables.of_tmux() if call.as_tmux else tables


def _note_lines(call: Call, tables: KeyTables, key: str | None) -> list[str]:
    arguments = call.arguments
    return tables.list_notes(
        arguments.get("T"),
        key,
        prefix_key=call.state.session_options.text("prefix"),
        prefix_text=arguments.get("P"),
        without_notes=arguments.has("a"),
        first_only=arguments.has("1"),
    )


def _listed_key(text: str) -> str:
    try:
        return canonical_name(text)
    except KeyNameError:
        raise CommandError(f"invalid key: {text}") from None


COMMANDS = (
    Command(
        name="list-keys",
        alias="lsk",
        getopt="1aF:NO:P:rT:",
        arity=(0, 1),
        usage="[-1aN] [-P prefix-string] [-T key-table] [key]",
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=list_keys,
    ),
)
