"""From a key's name, as people write it in tmux's configuration, to a `Key`.

Defined by tmux(1), "KEY BINDINGS" and "MOUSE SUPPORT", and by what tmux 3.3a accepts.
"""

import re
import unicodedata

from aimux.errors import KeyNameError
from aimux.keys.key import CONTROL_CHARACTERS, CONTROL_TWINS, NO_MODIFIERS, Key, Modifiers
from aimux.keys.mouse_places import LATER_MOUSE_PLACES, MOUSE_PLACES

# What `bind-key` calls "no key" and "every key that has no binding of its own".
NONE_KEY = "None"
ANY_KEY = "Any"
USER_KEYS = 1000

SPECIAL_NAMES = (
    *(f"F{number}" for number in range(1, 13)),
    *("IC", "DC", "Home", "End", "NPage", "PPage", "Up", "Down", "Left", "Right"),
    *("Tab", "BTab", "Space", "BSpace", "Enter", "Escape"),
    *(f"KP{suffix}" for suffix in ("/", "*", "-", "+", ".", *"0123456789", "Enter")),
)
_SYNONYMS = {
    "Insert": "IC",
    "Delete": "DC",
    "PageDown": "NPage",
    "PgDn": "NPage",
    "PageUp": "PPage",
    "PgUp": "PPage",
}

MOUSE_BUTTONS = (1, 2, 3, 6, 7, 8, 9, 10, 11)
_BUTTON_ACTIONS = (
    *("MouseDown", "MouseUp", "MouseDrag", "MouseDragEnd"),
    *("SecondClick", "DoubleClick", "TripleClick"),
)


def _mouse_names(places: tuple[str, ...]) -> tuple[str, ...]:
    buttons = (f"{action}{button}" for action in _BUTTON_ACTIONS for button in MOUSE_BUTTONS)
    actions = (*buttons, "WheelUp", "WheelDown")
    return tuple(f"{action}{place}" for action in actions for place in places)


MOUSE_NAMES = _mouse_names(MOUSE_PLACES)
LATER_MOUSE_NAMES = _mouse_names(LATER_MOUSE_PLACES)

_BY_FOLDED_NAME = {
    name.casefold(): name for name in (*SPECIAL_NAMES, *MOUSE_NAMES, *LATER_MOUSE_NAMES)
} | {synonym.casefold(): name for synonym, name in _SYNONYMS.items()}
_PREFIXES = {"C": Modifiers.CTRL, "M": Modifiers.ALT, "S": Modifiers.SHIFT}
_HEXADECIMAL = re.compile(r"0x([0-9a-fA-F]{1,8})")
_USER = re.compile(r"User([0-9]{1,9})")
_PREFIX_RUN = re.compile(r"(?:[CMScms]-)*(?=.)", re.DOTALL)
# Control with these stays a modifier: a terminal that can tell them apart reports it so.
_KEEP_CONTROL = frozenset("!#()+,-.0123456789:;<=>'/`")
_CONTROL_NAMES = {
    0x00: Key("Space", Modifiers.CTRL),
    0x09: Key("Tab"),
    0x0D: Key("Enter"),
    0x1B: Key("Escape"),
    0x20: Key("Space"),
    0x7F: Key("?", Modifiers.CTRL),
}


def parse_key_name(text: str) -> Key:
    """The key that a name means.

    Accepts what tmux 3.3a accepts: a character, a name in any case, `0x` and a code point, each of
    the latter two with `C-` (or a leading `^`), `M-` and `S-` in any order, `User0` to `User999`,
    `Any`, and `None` (which `bind-key` must refuse itself, but an option such as `prefix` takes).

    Differs from tmux in two places: `0x41` is the key `A` (tmux makes a key that nothing sends),
    and nothing may follow a number (`User5x`).

    Raises:
        KeyNameError: `unknown key: TEXT`.
    """
    for name in (NONE_KEY, ANY_KEY):
        if text.casefold() == name.casefold():
            return Key(name)
    if text.startswith("0x"):
        return _hexadecimal_key(text)
    modifiers, name = _split_prefixes(text)
    return _with_modifiers(text, name, modifiers)


def canonical_name(text: str) -> str:
    """The one spelling of a key's name, under which key tables keep it.

    Raises:
        KeyNameError: `unknown key: TEXT`.
    """
    return parse_key_name(text).notation


def control_key(code: int) -> Key:
    """The key of a character below 0x21, or of 0x7F, as names and `send-keys` see it."""
    return _CONTROL_NAMES.get(code) or Key(chr(code + 0x40).lower(), Modifiers.CTRL)


def _unknown(text: str) -> KeyNameError:
    return KeyNameError(f"unknown key: {text}")


def _hexadecimal_key(text: str) -> Key:
    match = _HEXADECIMAL.fullmatch(text)
    code = int(match[1], 16) if match else 0x110000
    if code <= 0x20 or code == 0x7F:
        return control_key(code)
    if code > 0x10FFFF or not _is_character(chr(code)):
        raise _unknown(text)
    return Key(chr(code))


def _is_character(text: str) -> bool:
    """Whether a terminal can show the character, which is what tmux asks of a key."""
    return unicodedata.category(text) not in {"Cc", "Cn", "Cs", "Zl", "Zp"}


def _split_prefixes(text: str) -> tuple[Modifiers, str]:
    """`^` and a run of `C-`, `M-`, `S-`; what remains is never empty unless the name is wrong."""
    modifiers = NO_MODIFIERS
    rest = text
    if text.startswith("^") and len(text) > 1:
        modifiers, rest = Modifiers.CTRL, text[1:]
    run = _PREFIX_RUN.match(rest)
    prefixes = run[0] if run else ""
    for letter in prefixes[::2]:
        modifiers |= _PREFIXES[letter.upper()]
    return modifiers, rest[len(prefixes) :]


def _with_modifiers(text: str, name: str, modifiers: Modifiers) -> Key:
    if len(name) == 1:
        return _character_key(text, name, modifiers)
    found = _BY_FOLDED_NAME.get(name.casefold()) or _user_key(name)
    if found is None:
        raise _unknown(text)
    return Key(found, modifiers)


def _user_key(name: str) -> str | None:
    match = _USER.fullmatch(name)
    number = int(match[1]) if match else USER_KEYS
    return f"User{number}" if number < USER_KEYS else None


def _character_key(text: str, name: str, modifiers: Modifiers) -> Key:
    if name == "\x7f":
        return Key("?", modifiers | Modifiers.CTRL)
    if not _is_character(name):
        raise _unknown(text)
    if name == " ":
        return Key("Space", modifiers)
    if modifiers & Modifiers.CTRL and name.isascii():
        return _control_character_key(text, name, modifiers)
    return Key(name, modifiers)


def _control_character_key(text: str, name: str, modifiers: Modifiers) -> Key:
    """Control with a character of ASCII: tmux stores the control character, if there is one."""
    lower = name.lower()
    if lower in CONTROL_TWINS:
        return Key(CONTROL_TWINS[lower], modifiers & ~Modifiers.CTRL)
    if lower == "@":
        return Key("Space", modifiers)
    if lower in CONTROL_CHARACTERS or lower in _KEEP_CONTROL:
        return Key(lower, modifiers)
    raise _unknown(text)
