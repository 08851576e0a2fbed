"""A session: windows by index, one of them current."""

from __future__ import annotations

from dataclasses import dataclass, field

from aimux.ids import SessionId
from aimux.model.environment import Environment
from aimux.model.options import Options
from aimux.model.window import Window

MAX_INDEX = 0x7FFFFFFF


@dataclass(slots=True, eq=False)
class Link:
    """A window at an index of a session, with the alerts that nobody has seen there.

    Attributes:
        alerts: Of `bell`, `activity` and `silence`.
    """

    index: int
    window: Window
    alerts: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Session:
    """One session.

    Attributes:
        links: The windows by index, in no order; `ordered` sorts them.
        current: The link that is shown.
        last: Links shown before, the newest last; never holds `current`.
        path: The directory that new windows start in.
        created: Wall-clock seconds; so are the two below.
        last_attached: 0 if no client ever was.
    """

    id: SessionId
    name: str
    path: str
    options: Options
    environment: Environment
    created: float
    activity: float
    links: dict[int, Link] = field(default_factory=dict)
    current: Link | None = None
    last: list[Link] = field(default_factory=list)
    last_attached: float = 0.0
    group: str = ""

    @property
    def current_link(self) -> Link:
        """The link that is shown; an AssertionError while the session is being made or ended."""
        if self.current is None:
            raise AssertionError(f"session {self.name} shows no window")
        return self.current

    @property
    def window(self) -> Window:
        """The window that is shown."""
        return self.current_link.window

    def ordered(self) -> list[Link]:
        """The links by index."""
        return [self.links[index] for index in sorted(self.links)]

    def link_of(self, window: Window) -> Link | None:
        """The link of `window`: the current one if it shows it, else the lowest."""
        if self.current is not None and self.current.window is window:
            return self.current
        return next((link for link in self.ordered() if link.window is window), None)

    def free_index(self, start: int) -> int:
        """The first index from `start` on that holds no window; it wraps around as tmux does."""
        index = start
        while index in self.links:
            index = 0 if index == MAX_INDEX else index + 1
        return index

    def link(self, window: Window, *, index: int) -> Link:
        """Put `window` at a free index."""
        self.links[index] = Link(index, window)
        return self.links[index]

    def unlink(self, link: Link) -> None:
        """Take a link out; if it was shown, the one shown before it, or a neighbour, is shown."""
        if link is self.current:
            self.current = None
            successor = self.successor(link)
        else:
            successor = self.current
        del self.links[link.index]
        self.last = [other for other in self.last if other is not link]
        if successor is not None and self.current is None:
            self.last = [other for other in self.last if other is not successor]
            self.current = successor
            successor.alerts.clear()

    def successor(self, link: Link) -> Link | None:
        """What is shown when the link that is shown leaves; None if it is the only one."""
        if self.last:
            return self.last[-1]
        return self.neighbour(link, step=-1) or self.neighbour(link, step=1)

    def neighbour(self, link: Link, *, step: int) -> Link | None:
        """The link `step` places away by index, wrapping around; None if it is the only one."""
        ordered = self.ordered()
        other = ordered[(ordered.index(link) + step) % len(ordered)]
        return None if other is link else other

    def select(self, link: Link) -> bool:
        """Show a link; False if it was shown already."""
        if link is self.current:
            return False
        self.last = [other for other in self.last if other is not link]
        if self.current is not None:
            self.last.append(self.current)
        self.current = link
        link.alerts.clear()
        return True
