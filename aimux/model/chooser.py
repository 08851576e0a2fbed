"""A list over a client's screen that is searched by typing: the palette, the list of keys.

The client draws and searches it; keys are the server's business as ever, so that nothing that is
typed can overtake its opening or its closing. What can be chosen, and what choosing does, is said
by whoever opens it. Nothing in it is ever read as a style or a format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.overlay import Taken
from aimux.patterns.fuzzy import MAXIMUM_TYPED

MAXIMUM_CHOICES = 2000
MAXIMUM_STROKES = 1000
"""Keys that wait for a client that does not read; more are dropped."""
LEAST_ROWS = 5
CHOOSING = frozenset({"Enter", "KPEnter", "C-m", "C-j"})
CLOSING = frozenset({"Escape", "C-c", "C-g"})
SEARCH = "/"
MOVES: Mapping[str, str] = {
    "C-p": "Up",
    "BTab": "Up",
    "C-n": "Down",
    "Tab": "Down",
    "C-h": "BSpace",
}
BARE_MOVES: Mapping[str, str] = {
    "k": "Up",
    "j": "Down",
    "g": "Home",
    "G": "End",
    "Space": "NPage",
    "C-b": "PPage",
    "C-f": "NPage",
    "C-u": "PPage",
    "C-d": "NPage",
}
KEPT = frozenset({"Up", "Down", "PPage", "NPage", "Home", "End"})
"""What a key means, whether or not text is typed."""


class Choice(Struct, frozen=True):
    """One line of a chooser.

    Attributes:
        identity: Tells it from the others, and counts how often it was chosen.
        label: What it is.
        key: A key that does the same, or a short word.
        detail: What is told of it below.
        kind: A word that is found, too, and stands before the label; may be empty.
        rank: Lower ones stand first while nothing is typed.
        previews: Whether something is shown while it is current.
    """

    identity: str
    label: str
    key: str = ""
    detail: str = ""
    kind: str = ""
    rank: int = 0
    previews: bool = False


class Stroke(Struct, frozen=True):
    """What was typed at a chooser: a key by its name, or a text that is searched for as well."""

    name: str = ""
    text: str = ""


@dataclass(slots=True, eq=False)
class Chooser:
    """An open list.

    Attributes:
        title: Stands in the frame, as it is.
        choices: All that can be chosen, the first ones first while nothing is typed.
        ended: Called once with what was chosen, or None.
        moved: Called when another choice that shows something is current, or None that does.
        is_typing: Whether keys are typed into the search at once; if not, `/` begins one.
        uses: How often each identity was chosen before.
        typed: What is searched for at first.
        awaits: Enter was pressed, and the client has not said yet what that chose.
    """

    title: str
    choices: Sequence[Choice]
    ended: Callable[[Choice | None], None]
    moved: Callable[[Choice | None], None] = lambda _choice: None
    is_typing: bool = True
    uses: Mapping[str, int] = field(default_factory=dict)
    typed: str = ""
    awaits: bool = False
    _strokes: list[Stroke] = field(default_factory=list)
    _chosen: Choice | None = None

    def __post_init__(self) -> None:
        def place(choice: Choice) -> tuple[int, int]:
            return -self.uses.get(choice.identity, 0), choice.rank

        self.choices = tuple(sorted(self.choices[:MAXIMUM_CHOICES], key=place))

    # ---- what an overlay is ----

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Nothing that the server would draw."""
        return ()

    @property
    def modes(self) -> InputModes | None:
        """Keys are its own."""
        return None

    @property
    def all_motion(self) -> bool:
        """The client hears of the mouse before the server does."""
        return False

    def type(self, data: bytes) -> None:
        """Nothing is typed to a program."""

    def mouse(self, _event: MouseEvent) -> Taken:
        """What reaches the server was pointed at before the list was there."""
        return Taken.STAYS

    def fit(self, *, columns: int, rows: int) -> bool:
        """Whether a terminal of another size has room for it."""
        return columns > 0 and rows > LEAST_ROWS

    def end(self) -> None:
        """Tell what was chosen."""
        self.ended(self._chosen)

    # ---- keys ----

    def key(self, name: str) -> Taken:
        """Close it, or hand the key on to the client."""
        if name in CLOSING or (not self.is_typing and name == "q"):
            return Taken.CLOSES
        if name in CHOOSING:
            self.awaits = True
            self._hand_on(Stroke("Enter"))
        elif name == SEARCH and not self.is_typing:
            self.is_typing = True
            self._hand_on(Stroke(SEARCH))
        elif self.is_typing:
            self._hand_on(_typed(MOVES.get(name, name)))
        elif MOVES.get(name, BARE_MOVES.get(name, name)) in KEPT:
            self._hand_on(Stroke(MOVES.get(name, BARE_MOVES.get(name, name))))
        return Taken.STAYS

    def insert(self, text: str) -> None:
        """Search for a text as well, pasted or typed; what is not printable is left out."""
        self.is_typing = True
        printable = "".join(character for character in text if character.isprintable())
        self._hand_on(Stroke(text=printable[:MAXIMUM_TYPED]))

    def _hand_on(self, stroke: Stroke) -> None:
        if len(self._strokes) < MAXIMUM_STROKES:
            self._strokes.append(stroke)

    def take_strokes(self) -> list[Stroke]:
        """What the client has to be told of, once."""
        strokes, self._strokes = self._strokes, []
        return strokes

    # ---- what the client says ----

    def move(self, identity: str) -> None:
        """The choice that is current there, or one that shows nothing."""
        choice = self._find(identity)
        self.moved(choice if choice is not None and choice.previews else None)

    def choose(self, identity: str) -> None:
        """What was chosen there; what is none of these is nothing."""
        self.awaits = False
        self._chosen = self._find(identity)

    def _find(self, identity: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.identity == identity), None)


def _typed(name: str) -> Stroke:
    if name == "Space":
        return Stroke(text=" ")
    return Stroke(text=name) if len(name) == 1 and name.isprintable() else Stroke(name)
