"""The order in which tmux lists keys: that of its key codes, which are never shown."""

import re
from functools import lru_cache

from aimux.keys.mouse_places import LATER_MOUSE_PLACES, MOUSE_PLACES
from aimux.keys.names import MOUSE_BUTTONS
from aimux.styles.width import character_width

_PREFIXES = re.compile(r"(?:(?:Super|Hyper|Meta|[CMS])-)*(?=.)", re.DOTALL)
_MODIFIER_BITS = {"M-": 1, "C-": 2, "S-": 4, "Super-": 8, "Hyper-": 16, "Meta-": 32}
_CONTROL_CHARACTERS = frozenset("@abcdefghijklmnopqrstuvwxyz[\\]^_")
_ASCII_NAMES = {"Tab": 0x09, "Enter": 0x0D, "Escape": 0x1B, "Space": 0x20}
_SPECIAL_BASE = 0x10E000
_USER_BASE = 0x10F000


def _mouse_names(places: tuple[str, ...]) -> tuple[str, ...]:
    actions = (
        "MouseMove",
        *(
            f"{action}{button}"
            for action in ("MouseDown", "MouseUp", "MouseDrag", "MouseDragEnd")
            for button in MOUSE_BUTTONS
        ),
        *("WheelUp", "WheelDown"),
        *(
            f"{action}{button}"
            for action in ("SecondClick", "DoubleClick", "TripleClick")
            for button in MOUSE_BUTTONS
        ),
    )
    return tuple(f"{action}{place}" for action in actions for place in places)


_MOUSE = _mouse_names(MOUSE_PLACES)
_LATER_MOUSE = _mouse_names(LATER_MOUSE_PLACES)
_SPECIAL = (
    *("FocusIn", "FocusOut", "Any", "PasteStart", "PasteEnd", "Mouse", "Dragging", "DoubleClick"),
    *_MOUSE,
    "BSpace",
    *(f"F{number}" for number in range(1, 13)),
    *("IC", "DC", "Home", "End", "NPage", "PPage", "BTab", "Up", "Down", "Left", "Right"),
    *(f"KP{key}" for key in ("/", "*", "-", "7", "8", "9", "+", "4", "5", "6", "1", "2", "3")),
    *("KPEnter", "KP0", "KP."),
    *_LATER_MOUSE,
)
_CODES = _ASCII_NAMES | {name: _SPECIAL_BASE + place for place, name in enumerate(_SPECIAL)}
_MOUSE_NAMES = frozenset((*_MOUSE, *_LATER_MOUSE))


def is_mouse_key(name: str) -> bool:
    """Whether a canonical key name is one of the mouse, with any modifiers."""
    return _split(name)[1] in _MOUSE_NAMES


@lru_cache(maxsize=4096)
def key_order(name: str) -> tuple[int, int, str]:
    """What to sort canonical key names by; names that tmux does not have come last."""
    prefixes, bare = _split(name)
    modifiers = sum(_MODIFIER_BITS[prefix] for prefix in prefixes)
    if "C-" in prefixes and bare in {"Space", "@"}:
        return modifiers - _MODIFIER_BITS["C-"], 0, ""
    if "C-" in prefixes and bare in _CONTROL_CHARACTERS:
        return modifiers - _MODIFIER_BITS["C-"], ord(bare) & 0x1F, ""
    if "C-" in prefixes and bare == "?":
        return modifiers - _MODIFIER_BITS["C-"], 0x7F, ""
    return modifiers, _code(bare), bare


def _split(name: str) -> tuple[tuple[str, ...], str]:
    match = _PREFIXES.match(name)
    length = match.end() if match else 0
    return tuple(f"{part}-" for part in name[:length].split("-")[:-1]), name[length:]


def _code(bare: str) -> int:
    if bare in _CODES:
        return _CODES[bare]
    if bare.startswith("User") and bare[4:].isdecimal():
        return _USER_BASE + int(bare[4:])
    if len(bare) != 1:
        return 1 << 40
    return ord(bare) if bare.isascii() else _packed(bare)


def _packed(character: str) -> int:
    """A character beyond ASCII as tmux packs it: its width and length above its bytes."""
    data = character.encode("utf-8", "surrogatepass")
    width = character_width(character) + 1
    return width << 29 | len(data) << 24 | int.from_bytes(data[:3], "little")
