"""What a screen tells its owner while it is fed.

Strings are as the program wrote them: bounded, without control characters. Titles and names are
also without what hides text or turns its direction (`titles.clean_title`).
"""

from aimux.vt.overriding import override


class _Event:
    """What is told; never changed, and equal to another that says the same.

    Not dataclasses: importing those takes as long as all else that the engine imports.
    """

    __slots__: tuple[str, ...] = ()

    def _values(self) -> list[object]:
        return [getattr(self, name) for name in self.__slots__]

    @override
    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()

    @override
    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._values()))})"


class Bell(_Event):
    """BEL outside any control string."""

    __slots__ = ()


class TitleChanged(_Event):
    """OSC 0 or 2: the window title, at most 256 cells."""

    __slots__ = ("title",)

    def __init__(self, title: str) -> None:
        self.title = title


class IconNameChanged(_Event):
    """OSC 0 or 1."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class NameChanged(_Event):
    """ESC k: screen's and tmux's window name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class PathChanged(_Event):
    """OSC 7: the payload, mostly a `file://` URL; neither host nor path is checked."""

    __slots__ = ("payload",)

    def __init__(self, payload: str) -> None:
        self.payload = payload


class Osc(_Event):
    """An operating system command that is for others than the screen.

    Attributes:
        code: Its number, such as 9, 99, 133, 633, 777, 7501.
        payload: What follows the number and its semicolon.
        row: The cursor's row, counted from the first row that ever was: the same row is
            `row - history.dropped` in the history followed by the screen.
    """

    __slots__ = ("code", "payload", "row")

    def __init__(self, code: int, payload: str, row: int) -> None:
        self.code = code
        self.payload = payload
        self.row = row


class ClipboardSet(_Event):
    """OSC 52: a program wants to set a clipboard.

    Attributes:
        selection: The letters of the selections, such as `c` or `p`; may be empty.
        data: The decoded bytes, at most 768 KiB.
    """

    __slots__ = ("data", "selection")

    def __init__(self, selection: str, data: bytes) -> None:
        self.selection = selection
        self.data = data


class ModesChanged(_Event):
    """`Engine.modes` is not what it was before the feed."""

    __slots__ = ()


class HistoryCleared(_Event):
    """ED 3, RIS or `clear_history`: the scrollback is gone."""

    __slots__ = ()


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
