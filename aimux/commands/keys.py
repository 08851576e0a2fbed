"""Commands on key tables, and the keys that are sent to panes."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.arguments import always_commands
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.display import show_message
from aimux.commands.key_mode import Stroke
from aimux.commands.later_tmux import LATER_COMMANDS
from aimux.commands.modes import mode_command, mode_key, obey_options
from aimux.commands.numbers import number
from aimux.commands.palette import shows_keys
from aimux.commands.sorting import KEY_ORDERS, in_order
from aimux.commands.targets import find_client
from aimux.errors import CommandError, KeyNameError
from aimux.keys.decode import decode_character, decode_control
from aimux.keys.encode import encode_key, encode_text
from aimux.keys.names import canonical_name, parse_key_name
from aimux.model.client import DEFAULT_TABLE, Client
from aimux.model.command_list import CommandBlock
from aimux.model.key_order import is_mouse_key
from aimux.model.key_tables import NO_KEY, Binding, KeyTables, key_lines
from aimux.model.pane import Pane
from aimux.styles.width import text_width

MAX_REPEAT = 10_000
NOTED_TABLES = (DEFAULT_TABLE, "prefix")


# ---- key tables ----


def _table(call: Call) -> str:
    if call.arguments.has("n"):
        return "root"
    return call.arguments.get("T") or "prefix"


def _key(text: str) -> str:
    try:
        return canonical_name(text)
    except KeyNameError:
        raise CommandError(f"unknown key: {text}") from None


def bind_key(call: Call) -> None:
    """bind-key [-nr] [-T key-table] [-N note] key [command [arguments]]."""
    arguments = call.arguments
    key = _key(arguments.texts()[0])
    words = arguments.positional[1:]
    commands = _commands(call, words) if words else None
    call.state.key_tables.bind(
        _table(call),
        key,
        commands,
        note=arguments.get("N"),
        repeat=arguments.has("r"),
        is_addition=commands is not None and not call.is_later and _is_of_later_tmux(commands),
    )


def _is_of_later_tmux(commands: CommandBlock) -> bool:
    """Whether the tmux that aimux says it is would have refused these commands."""
    return any(command.name in LATER_COMMANDS for command in commands)


def _commands(call: Call, words: tuple[str | CommandBlock, ...]) -> CommandBlock:
    if len(words) == 1 and isinstance(words[0], CommandBlock):
        return words[0]
    if len(words) == 1:
        return call.queue.language.read_string(str(words[0]))
    return call.queue.language.read_words(words)


def unbind_key(call: Call) -> None:
    """unbind-key [-anq] [-T key-table] key."""
    arguments = call.arguments
    try:
        _unbind(call, arguments.text(0))
    except CommandError:
        if not arguments.has("q"):
            raise


def _unbind(call: Call, text: str | None) -> None:
    tables, table = call.state.key_tables, _table(call)
    if call.arguments.has("a"):
        if text is not None:
            raise CommandError("key given with -a")
        tables.remove_table(table)
        return
    if text is None:
        raise CommandError("missing key")
    key = _key(text)
    tables.required(table)
    tables.unbind(table, key)


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


# ---- sending ----


def send_keys(call: Call) -> None:
    """send-keys [-FHKlMRX] [-c client] [-N repeat-count] [-t target-pane] key ..."""
    arguments, pane = call.arguments, call.the_pane()
    times = _repeat(call)
    words = list(arguments.texts())
    if arguments.has("X") or (arguments.has("N") and not words and pane.mode is not None):
        expanded = [call.expand(word) if arguments.has("F") else word for word in words]
        mode_command(call, pane, expanded, times=times if arguments.has("N") else None)
        return
    if arguments.has("M"):
        _send_mouse(call, pane)
        return
    if arguments.has("R"):
        pane.screen.begin_anew(keep_screen=True)
    if not words and not arguments.has("R") and not arguments.has("N") and call.source.key:
        words = [call.source.key]
    if arguments.has("K"):
        keys = [key for word in words for key in _keys_of(call, word)]
        call.effects.press(call.the_client("c"), keys * times)
        return
    for _ in range(times):
        for word in words:
            _send_word(call, pane, word)


def _send_mouse(call: Call, pane: Pane) -> None:
    place, event = call.source.mouse, call.source.mouse_event
    pane = place.pane if place is not None and place.pane is not None else pane
    if pane.mode is not None:
        mode_key(pane, Stroke(call.source.key, call.source, typed=True))
    elif place is not None and event is not None:
        call.effects.write(pane, place.encoded(event))


def _repeat(call: Call) -> int:
    text = call.arguments.get("N")
    if text is None:
        return 1
    return number(text, "repeat count", low=1, high=MAX_REPEAT)


def _send_word(call: Call, pane: Pane, word: str) -> None:
    arguments = call.arguments
    if arguments.has("H"):
        _send_hexadecimal(call, pane, word)
    elif arguments.has("l"):
        send_text(call, pane, word)
    else:
        send_key(call, pane, word)


def _keys_of(call: Call, word: str) -> list[str]:
    """The names of the keys that a word means to a client (`-K`)."""
    if call.arguments.has("H"):
        code = _code(word)
        return [] if code is None else [decode_control(code).notation]
    try:
        return _characters(word) if call.arguments.has("l") else [canonical_name(word)]
    except KeyNameError:
        return _characters(word)


def _characters(text: str) -> list[str]:
    """The keys that type a text; a byte that is no character has none."""
    keys = []
    for code in map(ord, text):
        is_control = code < 0x20 or code == 0x7F
        if not 0xD800 <= code < 0xE000:
            keys.append(decode_control(code) if is_control else decode_character(chr(code)))
    return [key.notation for key in keys]


def _send_hexadecimal(call: Call, pane: Pane, word: str) -> None:
    code = _code(word)
    if code is not None:
        _type(call, pane, bytes([code]))


def _code(word: str) -> int | None:
    try:
        code = int(word, 16)
    except ValueError:
        return None
    return code if 0 <= code <= 0xFF else None


def send_text(call: Call, pane: Pane, text: str) -> None:
    """Type text character by character, as `-l` does."""
    if pane.mode is not None:
        for character in text:
            _press_in_mode(call, pane, "Space" if character == " " else character)
        return
    _type(call, pane, encode_text(text, pane.input_modes))


def send_key(call: Call, pane: Pane, word: str) -> None:
    """Press the key that a word names; a word that names none is typed."""
    try:
        key = parse_key_name(word)
    except KeyNameError:
        send_text(call, pane, word)
        return
    if pane.mode is not None:
        _press_in_mode(call, pane, canonical_name(word))
        return
    _type(call, pane, encode_key(key, pane.input_modes))


def _press_in_mode(call: Call, pane: Pane, key: str) -> None:
    """What the key does in the mode's table, or else in the mode itself, if a client is there."""
    source = replace(call.source, client=_typist(call))
    obey_options(call.state, pane)
    mode = pane.mode
    if mode is None:
        return
    if not mode.key_table:
        if source.client is not None:
            mode_key(pane, Stroke(key, source))
        return
    binding = call.state.key_tables.lookup(mode.key_table, key)
    if binding is not None:
        call.queue.insert(binding.commands, replace(source, key=key))


def _typist(call: Call) -> Client | None:
    """The client that a key counts as pressed at."""
    try:
        return find_client(call.state, call.arguments.get("c"), call.current())
    except CommandError:
        return None


def _type(call: Call, pane: Pane, data: bytes) -> None:
    """Hand bytes to a pane, and to its whole window while `synchronize-panes` is on."""
    window = call.state.window_of(pane)
    panes = [pane]
    if window is not None and pane.options.get("synchronize-panes"):
        panes = [one for one in window.panes if one.options.get("synchronize-panes")]
    for one in panes:
        if not one.input_off and one.mode is None:
            call.effects.write(one, data)


def send_prefix(call: Call) -> None:
    """send-prefix [-2] [-t target-pane]."""
    option = "prefix2" if call.arguments.has("2") else "prefix"
    send_key(call, call.the_pane(), str(call.the_session().options.get(option)))


def key_table_of(client: Client, pane: Pane | None) -> str:
    """The table that a client's next key is looked up in: its own, or the mode's."""
    if client.key_table == "root" and pane is not None and pane.mode is not None:
        return pane.mode.key_table or client.key_table
    return client.key_table


COMMANDS = (
    Command(
        name="bind-key",
        alias="bind",
        getopt="nrN:T:",
        arity=(1, None),
        usage="[-nr] [-T key-table] [-N note] key [command [arguments]]",
        flags=Flags.CAN_FAIL,
        kind=always_commands,
        run=bind_key,
    ),
    Command(
        name="list-keys",
        alias="lsk",
        getopt="1aF:NO:P:rT:",
        arity=(0, 1),
        usage="[-1aN] [-P prefix-string] [-T key-table] [key]",
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=list_keys,
    ),
    Command(
        name="send-keys",
        alias="send",
        getopt="c:FHKlMN:Rt:X",
        arity=(0, None),
        usage="[-FHlMRX] [-N repeat-count] [-t target-pane] key ...",
        target=Aim.PANE,
        run=send_keys,
    ),
    Command(
        name="send-prefix",
        alias=None,
        getopt="2t:",
        arity=(0, 0),
        usage="[-2] [-t target-pane]",
        target=Aim.PANE,
        run=send_prefix,
    ),
    Command(
        name="unbind-key",
        alias="unbind",
        getopt="anqT:",
        arity=(0, 1),
        usage="[-anq] [-T key-table] key",
        flags=Flags.CAN_FAIL,
        run=unbind_key,
    ),
)
