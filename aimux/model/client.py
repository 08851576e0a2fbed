"""A client as commands see it: a person's terminal, the session it shows, its open prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aimux.abilities.features import Abilities
from aimux.abilities.questions import NOTHING_TOLD, Told
from aimux.ids import ClientId, PaneId, WindowId
from aimux.model.clipboard import ClipboardQuestion
from aimux.model.control import Control
from aimux.model.overlay import Overlay
from aimux.model.pane import Pane
from aimux.model.prompt import Prompt
from aimux.model.session import Session
from aimux.styles.sgr import NO_COLOURS

DEFAULT_TABLE = "root"
MAX_OWN_PANES = 1000


@dataclass(slots=True)
class Pan:
    """What of a window that is too large for it a client was told to show (`refresh-client -L`).

    Attributes:
        window: The window.
        column: Its first column that is shown.
        row: Its first row that is shown.
    """

    window: WindowId
    column: int
    row: int


@dataclass(slots=True, eq=False)
class Client:
    """One client, attached or about to be.

    Attributes:
        name: The terminal's name, e.g. `/dev/pts/3`; for one without a terminal `client-PID`.
        user: The number of the user that it belongs to.
        process: The process that asked for it, as the kernel says; 0 where that is not known.
        terminal: Whether it has a terminal.
        refusal: Why it cannot be attached; empty if it can.
        as_tmux: It was started by the name of tmux: it is shown nothing that tmux does not have.
        columns: Width of the terminal in cells.
        rows: Height of the terminal in cells.
        sidebar_columns: Cells that it takes for its sidebar.
        sidebar_focused: Whether its sidebar has the keys.
        depth: Colours that are drawn on its terminal: 16, 256 or 16777216.
        told_depth: Colours that its environment tells of.
        told: What its terminal said of itself.
        named_features: What the person said of its terminal (`-T`).
        abilities: What is made use of on its terminal; None until that is decided.
        utf8: Whether its terminal shows more than ASCII.
        session: The session it shows; None until it is attached.
        last_session: The session it showed before.
        environment: The environment that it was started in.
        key_table: The table that the next key is looked up in.
        repeating: Whether a repeated binding keeps the table for `repeat-time`.
        message: What the status line shows instead; cleared by a key or a timer.
        prompt: The prompt that takes the keys.
        active_pane: It has an active pane of its own in each window (the flag of that name).
        own_panes: The panes it chose there; those of windows where it chose none are missing.
        pan: Where it was panned to; None while it follows the cursor.
        clipboard_question: Who waits to be told its terminal's clipboard; None if nobody does.
        written: Bytes that it was sent since it was attached.
        control: Its control mode, if it has no screen but speaks lines (`-C`).
        overlay: What lies over its screen and takes the keys before a prompt does.
        hint: Rows above its status line that help with the next key, with `#[]` styles.
        drag: Called with column and row of the window while a mouse button is held.
    """

    id: ClientId
    name: str
    pid: int
    created: float
    activity: float
    user: int = 0
    process: int = 0
    terminal: bool = True
    refusal: str = ""
    as_tmux: bool = False
    term: str = ""
    columns: int = 80
    rows: int = 24
    sidebar_columns: int = 0
    sidebar_focused: bool = False
    depth: int = 256
    told_depth: int = 256
    told: Told = NOTHING_TOLD
    named_features: str = ""
    abilities: Abilities | None = None
    utf8: bool = True
    path: str = ""
    session: Session | None = None
    last_session: Session | None = None
    environment: dict[str, str] = field(default_factory=dict)
    key_table: str = DEFAULT_TABLE
    repeating: bool = False
    read_only: bool = False
    ignore_size: bool = False
    focused: bool = True
    active_pane: bool = False
    own_panes: dict[WindowId, PaneId] = field(default_factory=dict)
    pan: Pan | None = None
    clipboard_question: ClipboardQuestion | None = None
    written: int = 0
    message: str | None = None
    prompt: Prompt | None = None
    control: Control | None = None
    overlay: Overlay | None = None
    hint: tuple[str, ...] = ()
    drag: Callable[[int, int], None] | None = None

    @property
    def window_columns(self) -> int:
        """The width that it leaves for a window."""
        return max(1, self.columns - self.sidebar_columns)

    @property
    def window_column(self) -> int:
        """Where the window begins on its terminal: right of a sidebar that stands at the left."""
        left = self.session is not None and self.session.options.text("sidebar") == "left"
        return self.sidebar_columns if left else 0

    @property
    def pane(self) -> Pane | None:
        """The pane that its keys go to; None while it shows no session."""
        if self.session is None or self.session.current is None:
            return None
        window = self.session.window
        own = self.own_panes.get(window.id)
        if not self.active_pane or window.zoomed or own is None:
            return window.active
        return window.pane(own) or window.active

    @property
    def drawn_depth(self) -> int:
        """Colours that aimux itself may use there (no-color.org)."""
        return NO_COLOURS if self.environment.get("NO_COLOR") else self.depth

    def choose_pane(self, window: WindowId, pane: PaneId) -> None:
        """Make a pane the active one of a window for this client alone.

        Of too many windows the one that was chosen in first is forgotten.
        """
        self.own_panes.pop(window, None)
        self.own_panes[window] = pane
        if len(self.own_panes) > MAX_OWN_PANES:
            del self.own_panes[next(iter(self.own_panes))]

    def close_overlay(self) -> None:
        """Take the overlay away, if there is one, and tell it."""
        overlay, self.overlay = self.overlay, None
        if overlay is not None:
            overlay.end()

    def end_message(self, text: str) -> None:
        """Take a message away, unless another one has come meanwhile."""
        if self.message is text:
            self.message = None
