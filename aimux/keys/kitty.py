"""A key in the kitty keyboard protocol (https://sw.kovidgoyal.net/kitty/keyboard-protocol/)."""

from dataclasses import replace

from aimux.keys.key import LOCKS, Key, KeyEvent, Modifiers, spell_out_shift
from aimux.keys.legacy import character_of, encode_legacy, utf8
from aimux.keys.modes import InputModes, KittyFlags
from aimux.keys.sequences import (
    BARE_MODIFIERS,
    KITTY_OF_NAME,
    LETTER_OF_KEYPAD,
    LETTER_OF_NAME,
    NUMBER_OF_NAME,
)

# Left as they are so that a shell is usable after a program died without leaving the protocol.
_KEPT_FOR_SHELLS = frozenset({"Enter", "Tab", "BSpace"})
_F3 = (13, "~")  # `CSI R` is a cursor position report
_UNKNOWN = (0, "")


def encode_kitty(key: Key, modes: InputModes) -> bytes:
    """The bytes of a key for a pane whose `kitty_flags` are not 0.

    `b""` for what the flags do not ask for: a release, a bare modifier.
    """
    flags, spelled = modes.kitty_flags, spell_out_shift(key)
    if not _is_reported(spelled, flags):
        return b""
    number, final = _code(spelled.name)
    if not final:
        return _input_method_text(spelled.text, flags)
    if _is_legacy(spelled, flags):
        # The protocol has codes for the keypad, so that DECKPAM has none to add.
        return encode_legacy(key, replace(modes, application_keypad=False))
    return _sequence(spelled, flags, number, final)


def _is_reported(key: Key, flags: KittyFlags) -> bool:
    if flags & KittyFlags.ALL_KEYS:
        return key.event is not KeyEvent.RELEASE or bool(flags & KittyFlags.EVENT_TYPES)
    if key.name in BARE_MODIFIERS:
        return False
    if key.event is KeyEvent.RELEASE:
        return bool(flags & KittyFlags.EVENT_TYPES) and key.name not in _KEPT_FOR_SHELLS
    return True


def _code(name: str) -> tuple[int, str]:
    """The number and the final character of a key; no final character if it has none."""
    if name == "F3":
        return _F3
    if name in LETTER_OF_NAME:
        return 1, LETTER_OF_NAME[name]
    if name in NUMBER_OF_NAME and name not in KITTY_OF_NAME:
        return NUMBER_OF_NAME[name], "~"
    number = KITTY_OF_NAME.get(name) or (ord(name) if len(name) == 1 else 0)
    return (number, "u") if number and not 0xD800 <= number < 0xE000 else _UNKNOWN


def _is_legacy(key: Key, flags: KittyFlags) -> bool:
    """Whether the protocol leaves this key its legacy bytes."""
    if flags & KittyFlags.ALL_KEYS or key.event is KeyEvent.RELEASE:
        return False
    held = key.modifiers & ~LOCKS
    if key.name in _KEPT_FOR_SHELLS and not held:
        return True
    if _types_text(key.name) and not held & ~Modifiers.SHIFT:
        return True
    reports_repeat = key.event is KeyEvent.REPEAT and flags & KittyFlags.EVENT_TYPES
    return not flags & KittyFlags.DISAMBIGUATE and not reports_repeat


def _types_text(name: str) -> bool:
    on_keypad = name in LETTER_OF_KEYPAD and name != "KPEnter"
    return len(name) == 1 or name == "Space" or on_keypad


def _sequence(key: Key, flags: KittyFlags, number: int, final: str) -> bytes:
    """`CSI number : shifted : base ; modifiers : event ; text final`, without what is default."""
    codes = f"{number}{_alternates(key, flags)}" if final == "u" else str(number)
    held = _state(key, flags)
    text = _text_codes(key, flags)
    if text:
        codes = f"{codes};{held};{text}"
    elif held:
        codes = f"{codes};{held}"
    elif number == 1:
        codes = ""
    return f"\x1b[{codes}{final}".encode()


def _alternates(key: Key, flags: KittyFlags) -> str:
    if not flags & KittyFlags.ALTERNATE_KEYS:
        return ""
    shifted = str(ord(key.shifted)) if key.shifted and key.modifiers & Modifiers.SHIFT else ""
    base = f":{ord(key.base)}" if key.base else ""
    return f":{shifted}{base}" if shifted or base else ""


def _state(key: Key, flags: KittyFlags) -> str:
    """The modifiers and the event; locks count only where no key types by itself."""
    held = key.modifiers if flags & KittyFlags.ALL_KEYS else key.modifiers & ~LOCKS
    if flags & KittyFlags.EVENT_TYPES and key.event is not KeyEvent.PRESS:
        return f"{int(held) + 1}:{int(key.event)}"
    return str(int(held) + 1) if held else ""


def _text_codes(key: Key, flags: KittyFlags) -> str:
    if not flags & KittyFlags.TEXT or key.event is KeyEvent.RELEASE:
        return ""
    return ":".join(str(ord(character)) for character in key.text or _implied_text(key))


def _implied_text(key: Key) -> str:
    """What the key types although the outer terminal did not say so."""
    if key.modifiers & ~(LOCKS | Modifiers.SHIFT) or not _types_text(key.name):
        return ""
    if key.modifiers & Modifiers.SHIFT and key.shifted:
        return key.shifted
    return character_of(key.name) or key.name.removeprefix("KP")


def _input_method_text(text: str, flags: KittyFlags) -> bytes:
    """Text that no key stands for."""
    if text and flags & KittyFlags.ALL_KEYS and flags & KittyFlags.TEXT:
        return f"\x1b[0;;{':'.join(str(ord(character)) for character in text)}u".encode()
    return utf8(text)
