"""Keys that are sent to panes: send-keys and send-prefix."""

from __future__ import annotations

from dataclasses import replace

from aimux.commands.command import Aim, Call, Command
from aimux.commands.key_mode import Stroke
from aimux.commands.modes import mode_command, mode_key, obey_options
from aimux.commands.numbers import number
from aimux.commands.targets import find_client
from aimux.errors import CommandError, KeyNameError
from aimux.keys.decode import decode_character, decode_control
from aimux.keys.encode import encode_key, encode_text
from aimux.keys.names import canonical_name, parse_key_name
from aimux.model.client import Client
from aimux.model.pane import Pane

MAX_REPEAT = 10_000


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


COMMANDS = (
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
)
