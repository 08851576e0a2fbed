"""The messages that the server sends to an attached client, but for the picture and the palette."""

from __future__ import annotations

from aimux.protocol.facts import AgentFact, CommandFact, MessageFact, TaskFact
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import PaletteClosed, PaletteOpened, PaletteTyped
from aimux.protocol.picture_messages import Frame, Layout


class Welcome(Message, tag="welcome", array_like=True, frozen=True):
    """The hello was accepted: the protocol version that both speak from here on."""

    protocol: int
    version: str


class OuterModes(Message, tag="modes", array_like=True, frozen=True):
    """How the client talks with its terminal.

    Attributes:
        mouse: What it asks for: 0, 1000, 1002 or 1003.
        kitty_flags: The keyboard enhancements it asks for, 0 to 31.
        escape_seconds: How long after ESC it waits for the rest of a key (`escape-time`).
        modify_other_keys: What it asks for, 0 to 2, where the terminal has no kitty protocol.
        features: What is made use of, by names of `aimux.abilities.features.FEATURES`.
        depth: Its colours: 2, 16, 256 or 16777216; 0 if that is not decided yet.
        user_keys: The sequences that are the keys User0, User1 and so on: (number, bytes).
    """

    mouse: int
    kitty_flags: int
    escape_seconds: float
    modify_other_keys: int = 0
    features: tuple[str, ...] = ()
    depth: int = 0
    user_keys: tuple[tuple[int, bytes], ...] = ()


class TitleSet(Message, tag="title", array_like=True, frozen=True):
    """The outer terminal's title, already free of control characters."""

    title: str


class BellRung(Message, tag="bell", array_like=True, frozen=True):
    """Ring the outer terminal's bell."""


class Notice(Message, tag="notice", array_like=True, frozen=True):
    """Let the outer terminal notify its person.

    Attributes:
        form: The sequence that it knows: `osc9`, `osc99` or `osc777`.
        text: One clean line.
    """

    form: str
    text: str


class ClipboardOffered(Message, tag="clipboard", array_like=True, frozen=True):
    """Hand `data` to the outer terminal's clipboard by OSC 52."""

    data: bytes


class LinkOpened(Message, tag="link", array_like=True, frozen=True):
    """Open a link, which a person has agreed to, with a program beside the client."""

    target: str


class ClipboardWanted(Message, tag="clipboard-wanted", array_like=True, frozen=True):
    """Ask the outer terminal for its clipboard by OSC 52; it may never answer."""


class SidebarToggled(Message, tag="sidebar", array_like=True, frozen=True):
    """Show the sidebar if it is hidden, else hide it; the client answers with `Resized`."""


class Look(Message, tag="look", array_like=True, frozen=True):
    """How the client draws what is its own.

    Attributes:
        accent: A colour as `#rrggbb`; empty, as all of them, for the terminal's own.
        attention: What waits for a person.
        failure: What failed.
        quiet: Text of the second rank.
        text: All other text.
        background: Below all of it.
        colours: Whether colours may be used at all (NO_COLOR).
        utf8: Whether the terminal shows more than ASCII.
    """

    accent: str = ""
    attention: str = ""
    failure: str = ""
    quiet: str = ""
    text: str = ""
    background: str = ""
    colours: bool = True
    utf8: bool = True


class SidebarFocused(Message, tag="sidebar-focus", array_like=True, frozen=True):
    """The sidebar gets the keys, as `SidebarKey`, or no longer; a hidden one is shown meanwhile."""

    focused: bool


class SidebarKey(Message, tag="sidebar-key", array_like=True, frozen=True):
    """A key, by tmux's name, for the sidebar that has the focus.

    `Enter` is answered, by what was opened or with `RowKept`: the server holds further keys back
    until it knows whom they are for.
    """

    name: str


class SidebarSettings(Message, tag="sidebar-settings", array_like=True, frozen=True):
    """The options of the sidebar, when they change.

    Attributes:
        side: `left`, `right` or `off`.
        width: Its columns beside the window.
        minimum: The least width of a terminal that shows it there.
        panels: The names of its panels, top first.
    """

    side: str
    width: int
    minimum: int
    panels: tuple[str, ...]


class Toast(Message, tag="toast", array_like=True, frozen=True):
    """Something happened where nobody looks; shown in a corner for a few seconds.

    Attributes:
        state: What to mark it with: an agent's state, `bell` or `message`.
        text: One clean line.
        pane: Whom a click on it opens; -1 for nobody.
    """

    state: str
    text: str
    pane: int


class Facts(Message, tag="facts", array_like=True, frozen=True):
    """What the sidebar shows; sent whole when something in it changed, at most five times a second.

    Attributes:
        pane: The focused pane, e.g. `%3`.
        title: Its index and title, clean.
        path: Its working directory, clean; empty when unknown.
        commands: Its last commands, newest first, at most MAX_COMMANDS.
        agents: Every agent in every session, at most MAX_AGENTS.
        messages: The newest, newest first, at most MAX_MESSAGES.
        tasks: Those that are not finished and the last that are, at most MAX_TASKS.
    """

    pane: str
    title: str
    path: str
    commands: tuple[CommandFact, ...]
    agents: tuple[AgentFact, ...]
    messages: tuple[MessageFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()


class Suspended(Message, tag="suspend", array_like=True, frozen=True):
    """Give the terminal back and stop the process as ctrl-z would (suspend-client)."""


class Farewell(Message, tag="bye", array_like=True, frozen=True):
    """The client is no longer attached: leave. What to print is told to the guard, not here."""

    reason: str


ServerMessage = (
    Welcome
    | Layout
    | Frame
    | OuterModes
    | TitleSet
    | BellRung
    | Notice
    | ClipboardOffered
    | ClipboardWanted
    | LinkOpened
    | SidebarToggled
    | SidebarFocused
    | SidebarKey
    | SidebarSettings
    | Toast
    | Look
    | Facts
    | PaletteOpened
    | PaletteTyped
    | PaletteClosed
    | Suspended
    | Farewell
)
"""Whatever the server may send."""
