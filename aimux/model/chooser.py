"""A list over a client's screen that is searched by typing: the palette, the list of keys.

What can be chosen, and what choosing does, is said by whoever opens it. It takes any text; nothing
of it is ever read as a style or a format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.overlay import Taken
from aimux.patterns.fuzzy import MAXIMUM_TYPED, Match, fuzzy_match

MAXIMUM_CHOICES = 5000
WIDEST, NARROW = 80, 60
FRAME_ROWS = 4  # two borders, what is typed, what the current choice is about
LEAST_ROWS = FRAME_ROWS + 1


class Choice(Struct, frozen=True):
    """One line of a chooser.

    Attributes:
        identity: Tells it from the others, and counts how often it was chosen.
        label: What it is.
        key: What stands at its right end: a key, or a short word.
        detail: What is told while it is current.
        kind: A word that is found, too, and stands before the label; may be empty.
        rank: Lower ones stand first while nothing is typed.
    """

    identity: str
    label: str
    key: str = ""
    detail: str = ""
    kind: str = ""
    rank: int = 0

    @property
    def searched(self) -> str:
        """The line as it is drawn."""
        return f"{self.kind} {self.label} {self.key}"


class Found(Struct, frozen=True):
    """A choice that matches what was typed."""

    choice: Choice
    match: Match


@dataclass(slots=True, eq=False)
class Chooser:
    """An open list.

    Attributes:
        title: Stands in the frame, as it is.
        choices: All that can be chosen.
        columns: The terminal's width, without the sidebar.
        rows: Its height.
        ended: Called once with what was chosen, or None.
        moved: Called whenever another choice is current.
        is_typing: Whether keys are typed into the search at once; if not, `/` begins one.
        uses: How often each identity was chosen before.
        typed: What is searched for.
        current: Index in `found`.
        offset: Index of the first one that is shown.
        version: Grows with everything that is drawn.
    """

    title: str
    choices: Sequence[Choice]
    columns: int
    rows: int
    ended: Callable[[Choice | None], None]
    moved: Callable[[Choice | None], None] = lambda _choice: None
    is_typing: bool = True
    uses: Mapping[str, int] = field(default_factory=dict)
    typed: str = ""
    current: int = 0
    offset: int = 0
    version: int = 0
    found: list[Found] = field(default_factory=list)
    _chosen: Choice | None = None

    def __post_init__(self) -> None:
        self.choices = tuple(self.choices[:MAXIMUM_CHOICES])
        self._search()

    # ---- where it stands ----

    @property
    def box(self) -> Box:
        """The cells that it takes: in the middle; all of the width where that is small."""
        columns = self.columns if self.columns < NARROW else min(WIDEST, self.columns - 4)
        room = self.rows - 2 if self.columns >= NARROW else self.rows - 1
        rows = max(LEAST_ROWS, min(room, len(self.choices) + FRAME_ROWS, 24))
        return Box((self.columns - columns) // 2, max(0, (room - rows) // 2), columns, rows)

    @property
    def height(self) -> int:
        """Rows of the list."""
        return self.box.rows - FRAME_ROWS

    @property
    def shown(self) -> list[Found]:
        """What is seen of the list."""
        return self.found[self.offset : self.offset + self.height]

    @property
    def choice(self) -> Choice | None:
        """The current one, if anything is found."""
        return self.found[self.current].choice if self.found else None

    # ---- what an overlay is ----

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box."""
        return (self.box,)

    @property
    def modes(self) -> InputModes | None:
        """Keys are its own."""
        return None

    @property
    def all_motion(self) -> bool:
        """It follows clicks and the wheel alone."""
        return False

    def type(self, data: bytes) -> None:
        """Nothing is typed to a program."""

    def fit(self, *, columns: int, rows: int) -> bool:
        """Take its place on a terminal of another size."""
        self.columns, self.rows = columns, rows
        self._scroll()
        return rows > LEAST_ROWS

    def end(self) -> None:
        """Tell what was chosen."""
        self.ended(self._chosen)

    # ---- keys ----

    def key(self, name: str) -> Taken:
        """Type, search, move, choose or close."""
        self.version += 1
        if name in CHOOSING:
            self._chosen = self.choice
            return Taken.CLOSES
        if name in CLOSING or (not self.is_typing and name == "q"):
            return Taken.CLOSES
        if self.is_typing:
            self._type_key(name)
        elif name == "/":
            self.is_typing = True
        else:
            self._move(MOVES.get(name) or BARE_MOVES.get(name))
        return Taken.STAYS

    def insert(self, text: str) -> None:
        """Search for a text as well, pasted or typed; what is not printable is left out."""
        self.is_typing = True
        text = "".join(character for character in text if character.isprintable())
        self._search_for((self.typed + text)[:MAXIMUM_TYPED])

    def _type_key(self, name: str) -> None:
        if name in EDITS:
            self._search_for(EDITS[name](self.typed))
        elif name in MOVES:
            self._move(MOVES[name])
        elif name == "Space" or (len(name) == 1 and name.isprintable()):
            self.insert(" " if name == "Space" else name)

    def _move(self, place: Callable[[Chooser], int] | None) -> None:
        if place is not None and self.found:
            self._go(place(self))

    def _go(self, place: int) -> None:
        self.version += 1
        self.current = max(0, min(len(self.found) - 1, place))
        self._scroll()
        self.moved(self.choice)

    # ---- the mouse ----

    def mouse(self, event: MouseEvent) -> Taken:
        """The wheel moves, a click chooses, one outside closes."""
        box = self.box
        if event.wheel:
            self._go(self.current + (3 if event.button & 1 else -3))
            return Taken.STAYS
        if event.motion or event.release:
            return Taken.STAYS
        inside = box.column <= event.column < box.column + box.columns
        if not (inside and box.row <= event.row < box.row + box.rows):
            return Taken.CLOSES
        line = event.row - box.row - 2
        if not 0 <= line < len(self.shown):
            return Taken.STAYS
        self._go(self.offset + line)
        self._chosen = self.choice
        return Taken.CLOSES

    # ---- searching ----

    def _search_for(self, typed: str) -> None:
        if typed != self.typed:
            self.version += 1
            self.typed = typed
            self._search()
            self.moved(self.choice)

    def _search(self) -> None:
        """Find anew; the best stands first, of equals the one that was chosen most."""
        found = []
        for choice in self.choices:
            match = fuzzy_match(self.typed, choice.searched, choice.detail)
            if match is not None:
                found.append(Found(choice, match))
        self.found = sorted(found, key=self._order)
        self.current = self.offset = 0

    def _order(self, found: Found) -> tuple[int, int, int, int]:
        choice, uses = found.choice, self.uses.get(found.choice.identity, 0)
        # Among what matches about as well, what was chosen before and what stands first moves up.
        score = found.match.score + 4 * min(uses, 5) - 3 * choice.rank if self.typed else 0
        length = len(choice.label) if self.typed else 0  # else they stand as they were given
        return (-score, -uses, choice.rank, length)

    def _scroll(self) -> None:
        height = max(1, self.height)
        self.offset = max(0, min(self.offset, len(self.found) - height))
        if not self.offset <= self.current < self.offset + height:
            self.offset = self.current - (height - 1 if self.current > self.offset else 0)


CHOOSING = frozenset({"Enter", "KPEnter", "C-m", "C-j"})
CLOSING = frozenset({"Escape", "C-c", "C-g"})
EDITS: dict[str, Callable[[str], str]] = {
    "BSpace": lambda typed: typed[:-1],
    "C-h": lambda typed: typed[:-1],
    "C-u": lambda _typed: "",
    "C-w": lambda typed: typed.rstrip().rpartition(" ")[0],
}
MOVES: dict[str, Callable[[Chooser], int]] = {
    "Up": lambda one: (one.current - 1) % len(one.found),
    "C-p": lambda one: (one.current - 1) % len(one.found),
    "BTab": lambda one: (one.current - 1) % len(one.found),
    "Down": lambda one: (one.current + 1) % len(one.found),
    "C-n": lambda one: (one.current + 1) % len(one.found),
    "Tab": lambda one: (one.current + 1) % len(one.found),
    "PPage": lambda one: one.current - one.height,
    "NPage": lambda one: one.current + one.height,
    "Home": lambda _one: 0,
    "End": lambda one: len(one.found) - 1,
}
BARE_MOVES: dict[str, Callable[[Chooser], int]] = {
    "k": MOVES["Up"],
    "j": MOVES["Down"],
    "g": MOVES["Home"],
    "G": MOVES["End"],
    "Space": MOVES["NPage"],
    "C-b": MOVES["PPage"],
    "C-f": MOVES["NPage"],
    "C-u": lambda one: one.current - one.height // 2,
    "C-d": lambda one: one.current + one.height // 2,
}
