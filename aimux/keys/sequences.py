"""Which key stands for which sequence: the tables that `decode`, `encode` and `kitty` share.

Sources: terminfo of tmux-256color and xterm-256color, xterm's ctlseqs ("PC-Style Function Keys"),
rxvt's key tables, and "Functional key definitions" of the kitty keyboard protocol.
"""

# `CSI 1 ; modifiers LETTER`, and without modifiers `CSI LETTER` or `SS3 LETTER`.
NAME_OF_LETTER = {
    "A": "Up",
    "B": "Down",
    "C": "Right",
    "D": "Left",
    "E": "KPBegin",
    "F": "End",
    "H": "Home",
    "P": "F1",
    "Q": "F2",
    "R": "F3",
    "S": "F4",
}
LETTER_OF_NAME = {name: letter for letter, name in NAME_OF_LETTER.items()}
CURSOR_KEYS = frozenset({"Up", "Down", "Right", "Left"})

# `CSI NUMBER ; modifiers ~`.
NAME_OF_NUMBER = (
    {1: "Home", 2: "IC", 3: "DC", 4: "End", 5: "PPage", 6: "NPage", 7: "Home", 8: "End"}
    | {11: "F1", 12: "F2", 13: "F3", 14: "F4", 15: "F5", 17: "F6", 18: "F7", 19: "F8", 20: "F9"}
    | {21: "F10", 23: "F11", 24: "F12", 25: "F13", 26: "F14", 28: "F15", 29: "F16"}
    | {31: "F17", 32: "F18", 33: "F19", 34: "F20"}
)
# The other way round one number is left: 1 and 4 are what tmux's own terminfo has for Home and End.
NUMBER_OF_NAME = {
    name: number for number, name in reversed(NAME_OF_NUMBER.items()) if number not in range(11, 15)
}

# `SS3 LETTER` of the keypad in application mode (DECKPAM).
KEYPAD_OF_LETTER = (
    {"M": "KPEnter", "X": "KP=", "j": "KP*", "k": "KP+", "l": "KP,", "m": "KP-", "n": "KP."}
    | {"o": "KP/"}
    | {letter: f"KP{digit}" for digit, letter in enumerate("pqrstuvwxy")}
)
LETTER_OF_KEYPAD = {name: letter for letter, name in KEYPAD_OF_LETTER.items()}

# rxvt: `CSI a` is Shift with Up, `SS3 a` is Control with Up, `CSI NUMBER $ ^ @` are function keys.
RXVT_ARROWS = {"a": "Up", "b": "Down", "c": "Right", "d": "Left"}

_KITTY_KEYPAD = (
    *(f"KP{digit}" for digit in range(10)),
    *("KP.", "KP/", "KP*", "KP-", "KP+", "KPEnter", "KP=", "KP,"),
)
_KITTY_KEYPAD_CURSOR = (
    *("Left", "Right", "Up", "Down", "PPage", "NPage", "Home", "End", "IC", "DC", "KPBegin"),
)
_KITTY_LOCKS = ("CapsLock", "ScrollLock", "NumLock")
_KITTY_MEDIA = (
    *("MediaPlay", "MediaPause", "MediaPlayPause", "MediaReverse", "MediaStop"),
    *("MediaFastForward", "MediaRewind", "MediaNext", "MediaPrevious", "MediaRecord"),
    *("LowerVolume", "RaiseVolume", "MuteVolume"),
)
_KITTY_MODIFIERS = (
    *(
        f"{side}{name}"
        for side in ("Left", "Right")
        for name in ("Shift", "Control", "Alt", "Super", "Hyper", "Meta")
    ),
    *("ISOLevel3Shift", "ISOLevel5Shift"),
)
# Keys that report nothing until a program asks for all keys.
BARE_MODIFIERS = frozenset((*_KITTY_LOCKS, *_KITTY_MODIFIERS))

# `CSI NUMBER ; modifiers u`, where NUMBER is not a character.
_KITTY_OWN = (
    {9: "Tab", 13: "Enter", 27: "Escape", 32: "Space", 127: "BSpace"}
    | dict(enumerate((*_KITTY_LOCKS, "PrintScreen", "Pause", "Menu"), 57358))
    | {57376 + number - 13: f"F{number}" for number in range(13, 36)}
    | dict(enumerate(_KITTY_KEYPAD, 57399))
    | dict(enumerate(_KITTY_MEDIA, 57428))
    | dict(enumerate(_KITTY_MODIFIERS, 57441))
)
KITTY_OF_NAME = {name: number for number, name in _KITTY_OWN.items()}
NAME_OF_KITTY = _KITTY_OWN | dict(enumerate(_KITTY_KEYPAD_CURSOR, 57417))
# The private-use area in which the protocol numbers its keys: never a character.
KITTY_KEYS = range(57344, 63744)

PASTE_START = b"\x1b[200~"
PASTE_END = b"\x1b[201~"
FOCUS_IN = b"\x1b[I"
FOCUS_OUT = b"\x1b[O"
