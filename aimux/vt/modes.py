"""What a program asked of the keyboard, the mouse and the frame."""

from dataclasses import dataclass, fields


@dataclass(slots=True)
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

    insert: bool = False
    wrap: bool = True
    origin: bool = False
    newline: bool = False
    application_cursor_keys: bool = False
    application_keypad: bool = False
    bracketed_paste: bool = False
    focus_events: bool = False
    mouse_protocol: int = 0
    mouse_encoding: int = 0
    alternate_scroll: bool = False
    modify_other_keys: int = 0
    kitty_flags: int = 0
    synchronized: bool = False
    reverse_screen: bool = False
    color_scheme_updates: bool = False
    cursor_visible: bool = True
    cursor_blink: bool = False
    version: int = 0

    def change(self, name: str, value: int) -> None:
        """Set one field; counts a new version if that makes a difference."""
        before = getattr(self, name)
        if before != value:
            # Where this is compiled, a field takes its own type alone, and `value` may be an int.
            setattr(self, name, type(before)(value))
            self.version += 1

    def reset(self) -> None:
        """Every field as at the start, except `version`, which goes on counting."""
        for field in fields(self):
            if field.name != "version" and isinstance(field.default, int):
                self.change(field.name, field.default)
