"""What a screen tells its owner while it is fed.

Strings are as the program wrote them: bounded, without control characters. Titles and names are
also without what hides text or turns its direction (`titles.clean_title`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bell:
    """BEL outside any control string."""


@dataclass(frozen=True, slots=True)
class TitleChanged:
    """OSC 0 or 2: the window title, at most 256 cells."""

    title: str


@dataclass(frozen=True, slots=True)
class IconNameChanged:
    """OSC 0 or 1."""

    name: str


@dataclass(frozen=True, slots=True)
class NameChanged:
    """ESC k: screen's and tmux's window name."""

    name: str


@dataclass(frozen=True, slots=True)
class PathChanged:
    """OSC 7: the payload, mostly a `file://` URL; neither host nor path is checked."""

    payload: str


@dataclass(frozen=True, slots=True)
class Osc:
    """An operating system command that is for others than the screen.

    Attributes:
        code: Its number, such as 9, 99, 133, 633, 777, 7501.
        payload: What follows the number and its semicolon.
        row: The cursor's row, counted from the first row that ever was: the same row is
            `row - history.dropped` in the history followed by the screen.
    """

    code: int
    payload: str
    row: int


@dataclass(frozen=True, slots=True)
class ClipboardSet:
    """OSC 52: a program wants to set a clipboard.

    Attributes:
        selection: The letters of the selections, such as `c` or `p`; may be empty.
        data: The decoded bytes, at most 768 KiB.
    """

    selection: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ModesChanged:
    """`Engine.modes` is not what it was before the feed."""


@dataclass(frozen=True, slots=True)
class HistoryCleared:
    """ED 3, RIS or `clear_history`: the scrollback is gone."""


ScreenEvent = (
    Bell
    | TitleChanged
    | IconNameChanged
    | NameChanged
    | PathChanged
    | Osc
    | ClipboardSet
    | ModesChanged
    | HistoryCleared
)
