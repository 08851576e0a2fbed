"""A key as the bytes of a terminal without an extended protocol, and xterm's modifyOtherKeys.

The bytes are those of tmux 3.3a for a pane with TERM=tmux-256color. Where tmux has none (Control
with `1`, say), they are xterm's.
"""

from aimux.keys.key import LOCKS, Key, KeyEvent, Modifiers, spell_out_shift
from aimux.keys.modes import InputModes
from aimux.keys.sequences import (
    CURSOR_KEYS,
    LETTER_OF_KEYPAD,
    LETTER_OF_NAME,
    NUMBER_OF_NAME,
)

NAMED_CHARACTERS = {"Tab": "\t", "Enter": "\r", "Escape": "\x1b", "Space": " ", "BSpace": "\x7f"}

_ALT = Modifiers.ALT | Modifiers.META
# No character is typed while these are held.
_NEVER_TEXT = Modifiers.SUPER | Modifiers.HYPER
_KEYPAD_CHARACTERS = {
    name: "\r" if name == "KPEnter" else name.removeprefix("KP") for name in LETTER_OF_KEYPAD
}
# Control with these, as X11 and xterm have it; `-` is tmux's.
_CONTROL_CODES = (
    {chr(code): code & 0x1F for code in range(0x40, 0x7F)}
    | {" ": 0x00, "2": 0x00, "3": 0x1B, "4": 0x1C, "5": 0x1D, "6": 0x1E, "7": 0x1F, "8": 0x7F}
    | {"/": 0x1F, "-": 0x1F, "?": 0x7F}
)


def encode_legacy(key: Key, modes: InputModes) -> bytes:
    """The bytes of a key; `b""` for what such a terminal cannot send: a release, a bare Shift."""
    if key.event is KeyEvent.RELEASE:
        return b""
    held = key.modifiers & ~LOCKS
    if key.name in LETTER_OF_NAME or key.name in NUMBER_OF_NAME:
        return _function_key(key.name, held, modes)
    if key.name in LETTER_OF_KEYPAD:
        return _keypad_key(key.name, held, modes)
    return _character_key(key, held, modes)


def encode_modified(key: Key, modes: InputModes) -> bytes:
    """The bytes of a key while modifyOtherKeys is on (xterm ctlseqs, `CSI > 4 ; Pv m`).

    A key that has legacy bytes of its own keeps them at level 1; at level 2 only text does.
    """
    spelled = spell_out_shift(key)
    held = spelled.modifiers & ~LOCKS
    character = character_of(spelled.name)
    if spelled.event is KeyEvent.RELEASE or not character or not held or held & _NEVER_TEXT:
        return encode_legacy(key, modes)
    if _keeps_legacy(spelled.name, character, held, modes.modify_other_keys):
        return encode_legacy(key, modes)
    if held & Modifiers.SHIFT and spelled.shifted:
        character = spelled.shifted
    parameter = _parameter(held & ~Modifiers.META)
    if modes.csi_u:
        return b"\x1b[%d;%du" % (ord(character), parameter)
    return b"\x1b[27;%d;%d~" % (parameter, ord(character))


def character_of(name: str) -> str:
    """The character that a key's name stands for, or `""` for a key that is none."""
    return name if len(name) == 1 else NAMED_CHARACTERS.get(name, "")


def utf8(text: str) -> bytes:
    """The bytes of a text in which bytes that were not UTF-8 are lone surrogates. Never raises."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _keeps_legacy(name: str, character: str, held: Modifiers, level: int) -> bool:
    if len(name) == 1 or name == "Space":
        only_shift = held == Modifiers.SHIFT
        if level >= 2 or only_shift:
            return only_shift
        if held & Modifiers.CTRL:
            return character in _CONTROL_CODES
        return bool(held & _ALT)
    if level >= 2:
        return False
    is_back_tab = name == "Tab" and held == Modifiers.SHIFT
    return name == "BSpace" or is_back_tab or not held & (Modifiers.CTRL | Modifiers.SHIFT)


def _parameter(held: Modifiers) -> int:
    return int(held) + 1


def _function_key(name: str, held: Modifiers, modes: InputModes) -> bytes:
    """Cursor, editing and function keys: `CSI 1 ; m X`, `CSI n ; m ~`, or without modifiers."""
    letter, number = LETTER_OF_NAME.get(name, ""), NUMBER_OF_NAME.get(name, 1)
    if held:
        return f"\x1b[{1 if letter else number};{_parameter(held)}{letter or '~'}".encode()
    if name in NUMBER_OF_NAME:
        return f"\x1b[{number}~".encode()
    is_cursor = name in CURSOR_KEYS and not modes.application_cursor_keys
    return f"\x1b{'[' if is_cursor or name == 'KPBegin' else 'O'}{letter}".encode()


def _keypad_key(name: str, held: Modifiers, modes: InputModes) -> bytes:
    if modes.application_keypad and not held & ~_ALT:
        return (b"\x1b" if held else b"") + b"\x1bO" + LETTER_OF_KEYPAD[name].encode()
    # Control with a digit would be another key's control character.
    return _character_key(Key(_KEYPAD_CHARACTERS[name]), held & ~Modifiers.CTRL, modes)


def _character_key(key: Key, held: Modifiers, modes: InputModes) -> bytes:
    """A key that types a character: a control character for Control, ESC before it for Alt."""
    if held & _NEVER_TEXT:
        return b""
    typed = _typed(key, held, modes)
    return b"\x1b" + typed if held & _ALT and typed else typed


def _typed(key: Key, held: Modifiers, modes: InputModes) -> bytes:
    name, control = key.name, bool(held & Modifiers.CTRL)
    if name == "BTab" or (name == "Tab" and held & Modifiers.SHIFT):
        return b"\x1b[Z"
    if name == "BSpace":
        return _backspace(modes.backspace, control=control)
    if key.text and not control and not held & _ALT:
        return utf8(key.text)
    character = character_of(name)
    if control and character in _CONTROL_CODES and name not in NAMED_CHARACTERS.keys() - {"Space"}:
        return bytes((_CONTROL_CODES[character],))
    if held & Modifiers.SHIFT:
        character = key.shifted or character.upper()
    return utf8(character)


def _backspace(backspace: bytes, *, control: bool) -> bytes:
    """Control swaps the two characters that terminals know for this key, as in xterm."""
    if not control:
        return backspace
    return b"\x7f" if backspace == b"\x08" else b"\x08"
