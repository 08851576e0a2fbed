"""What a program asked of the keyboard, the mouse and the frame."""

from typing import Final

from aimux.vt.overriding import override

NAMES: Final = (
    "insert",
    "wrap",
    "origin",
    "newline",
    "application_cursor_keys",
    "application_keypad",
    "bracketed_paste",
    "focus_events",
    "mouse_protocol",
    "mouse_encoding",
    "alternate_scroll",
    "modify_other_keys",
    "kitty_flags",
    "synchronized",
    "reverse_screen",
    "color_scheme_updates",
    "cursor_visible",
    "cursor_blink",
)
"""Every field of `Modes` but its version."""


class Modes:
    """The modes of one screen; `version` changes whenever any other field does.

    Attributes:
        insert: IRM. wrap: DECAWM. origin: DECOM. newline: LNM.
        application_cursor_keys: DECCKM. application_keypad: DECKPAM.
        bracketed_paste: 2004. focus_events: 1004.
        mouse_protocol: 0 none, or 9, 1000, 1002, 1003: the last one set.
        mouse_encoding: 0 (one byte), or 1005, 1006, 1015, 1016.
        alternate_scroll: 1007: the wheel sends cursor keys in the alternate screen.
        modify_other_keys: xterm's level, 0..2.
        kitty_flags: The top of the kitty keyboard stack of the current screen, 0..31.
        synchronized: 2026: hold the frame (no longer than the owner's limit) until it is reset.
        reverse_screen: DECSCNM.
        color_scheme_updates: 2031.
        cursor_visible: DECTCEM. cursor_blink: mode 12.
    """

    def __init__(self) -> None:
        self.insert = False
        self.wrap = True
        self.origin = False
        self.newline = False
        self.application_cursor_keys = False
        self.application_keypad = False
        self.bracketed_paste = False
        self.focus_events = False
        self.mouse_protocol = 0
        self.mouse_encoding = 0
        self.alternate_scroll = False
        self.modify_other_keys = 0
        self.kitty_flags = 0
        self.synchronized = False
        self.reverse_screen = False
        self.color_scheme_updates = False
        self.cursor_visible = True
        self.cursor_blink = False
        self.version = 0

    def change(self, name: str, value: int) -> None:
        """Set one field; counts a new version if that makes a difference."""
        before = getattr(self, name)
        if before != value:
            # Where this is compiled, a field takes its own type alone, and `value` may be an int.
            setattr(self, name, type(before)(value))
            self.version += 1

    def reset(self) -> None:
        """Every field as at the start, except `version`, which goes on counting."""
        fresh = Modes()
        for name in NAMES:
            self.change(name, getattr(fresh, name))

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Modes) and all(
            getattr(self, name) == getattr(other, name) for name in NAMES
        )

    @override
    def __hash__(self) -> int:
        raise TypeError("modes change: they have no hash")
