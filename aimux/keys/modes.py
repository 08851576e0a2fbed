"""What a pane's program has asked of its keyboard and mouse."""

from dataclasses import dataclass
from enum import IntEnum, IntFlag


class MouseProtocol(IntEnum):
    """Which mouse events are reported; the number is that of the DEC private mode."""

    OFF = 0
    X10 = 9
    CLICKS = 1000
    DRAGS = 1002
    MOTION = 1003


class MouseEncoding(IntEnum):
    """How mouse events are written; the number is that of the DEC private mode."""

    DEFAULT = 0
    UTF8 = 1005
    SGR = 1006
    URXVT = 1015


class KittyFlags(IntFlag):
    """The progressive enhancements of the kitty keyboard protocol."""

    NONE = 0
    DISAMBIGUATE = 1
    EVENT_TYPES = 2
    ALTERNATE_KEYS = 4
    ALL_KEYS = 8
    TEXT = 16


@dataclass(frozen=True, slots=True)
class InputModes:
    """The input modes of one pane, as its screen keeps them.

    Attributes:
        application_cursor_keys: DECCKM (`CSI ? 1 h`).
        application_keypad: DECKPAM (`ESC =`).
        bracketed_paste: `CSI ? 2004 h`.
        focus_events: `CSI ? 1004 h`.
        mouse_protocol: Which mouse events are wanted.
        mouse_encoding: How they are wanted.
        modify_other_keys: 0, 1 or 2 (`CSI > 4 ; N m`).
        kitty_flags: The flags on top of the pane's stack (`CSI > FLAGS u`); they win over
            `modify_other_keys`.
        backspace: What the key BSpace sends: tmux's option `backspace`.
        csi_u: What modifyOtherKeys writes is written as `CSI code ; modifiers u`
            (`extended-keys-format`).
    """

    application_cursor_keys: bool = False
    application_keypad: bool = False
    bracketed_paste: bool = False
    focus_events: bool = False
    mouse_protocol: MouseProtocol = MouseProtocol.OFF
    mouse_encoding: MouseEncoding = MouseEncoding.DEFAULT
    modify_other_keys: int = 0
    kitty_flags: KittyFlags = KittyFlags.NONE
    backspace: bytes = b"\x7f"
    csi_u: bool = False
