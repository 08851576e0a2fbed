"""The messages between the server and an attached client, as msgspec structs.

Rows and columns count from 0 in the outer terminal, whose cells the server lays out: the window,
its borders and the status line. The window leaves the client's `sidebar_columns` free at the right;
the status line runs below both. What a row's `text` consists of is said in `row_text`.
"""

from __future__ import annotations

import msgspec

PROTOCOL_MIN = 1
PROTOCOL_MAX = 1


class Message(msgspec.Struct, array_like=True, frozen=True):
    """What every message is; `aimux.protocol.framing` limits its size."""


# ---- client to server ----


class Hello(Message, tag="hello", array_like=True, frozen=True):
    """First message of a client that a one-shot command was given a ticket for.

    Attributes:
        protocol: Lowest and highest protocol version spoken.
        version: aimux's version, for messages to people.
        ticket: From the `attach` reply; names the waiting attachment and proves it.
        columns: Width of the outer terminal in cells.
        rows: Height of the outer terminal in cells.
        sidebar_columns: Cells that this client takes for its sidebar (0: hidden).
        depth: Colours of the outer terminal: 16, 256 or 16777216.
    """

    protocol: tuple[int, int]
    version: str
    ticket: str
    columns: int
    rows: int
    sidebar_columns: int
    depth: int


class KeyPressed(Message, tag="key", array_like=True, frozen=True):
    """One key that is not plain text: its name as tmux writes it, and the bytes that came."""

    name: str
    raw: bytes


class TextTyped(Message, tag="text", array_like=True, frozen=True):
    """A run of printable UTF-8 text, whole characters, at most 64 KiB."""

    raw: bytes


class Pasted(Message, tag="paste", array_like=True, frozen=True):
    """A piece (at most 64 KiB) of a bracketed paste from the outer terminal, without markers."""

    data: bytes
    first: bool
    last: bool


class MouseReported(Message, tag="mouse", array_like=True, frozen=True):
    """A mouse report in SGR terms (`CSI < button ; column ; row M`), counted from 0."""

    button: int
    column: int
    row: int
    release: bool


class FocusChanged(Message, tag="focus", array_like=True, frozen=True):
    """The outer terminal gained or lost the keyboard focus."""

    focused: bool


class Resized(Message, tag="size", array_like=True, frozen=True):
    """The outer terminal or the sidebar changed its size; the newest wins."""

    columns: int
    rows: int
    sidebar_columns: int


class FrameShown(Message, tag="ack", array_like=True, frozen=True):
    """Everything up to frame `number` has left for the outer terminal."""

    number: int


class ClipboardTold(Message, tag="clipboard-told", array_like=True, frozen=True):
    """The outer terminal answered `ClipboardWanted`: what its clipboard holds, at most 1 MiB."""

    data: bytes


class LinkRefused(Message, tag="link-refused", array_like=True, frozen=True):
    """A `LinkOpened` was not opened: why, in at most 256 characters."""

    reason: str


# ---- server to client ----


class Welcome(Message, tag="welcome", array_like=True, frozen=True):
    """The hello was accepted: the protocol version that both speak from here on."""

    protocol: int
    version: str


class PaneBox(msgspec.Struct, array_like=True, frozen=True):
    """Where a pane, or the rows under an overlay, stand in the terminal."""

    pane: int
    column: int
    row: int
    columns: int
    rows: int
    active: bool


class Cells(msgspec.Struct, array_like=True, frozen=True):
    """ANSI text that starts at a place of the terminal: a border or a part of the unused area."""

    row: int
    column: int
    columns: int
    text: str


class Layout(Message, tag="layout", array_like=True, frozen=True):
    """What stands where. Rows of panes that the client holds for another layout are void.

    Attributes:
        generation: Grows by one with every layout; frames name the layout they are for.
        panes: The visible panes, which never overlap. Before them may stand a box of whole rows
            with a negative number: an overlay is drawn in these, and no pane's rows are sent there.
        borders: What stands between and beside them.
        columns: Width of the terminal that it was made for.
        rows: Height of the terminal that it was made for.
        status_rows: The rows that the status line takes, top first; may be empty.
    """

    generation: int
    columns: int
    rows: int
    panes: tuple[PaneBox, ...]
    borders: tuple[Cells, ...]
    status_rows: tuple[int, ...]


class Cursor(msgspec.Struct, array_like=True, frozen=True):
    """The cursor in the terminal; `shape` is DECSCUSR's number, 0 to 6."""

    row: int
    column: int
    visible: bool
    shape: int


class PaneRows(msgspec.Struct, array_like=True, frozen=True):
    """What became of the rows of a pane; rows count from the first one that is shown.

    Attributes:
        rows: New rows: (row, text of exactly the pane's width).
        moves: Rows that the client has, and that now stand elsewhere too: (first row before, first
            row now, how many). They are done before `rows`, and read what stood there before all.
    """

    pane: int
    rows: tuple[tuple[int, str], ...]
    moves: tuple[tuple[int, int, int], ...] = ()


class Frame(Message, tag="frame", array_like=True, frozen=True):
    """What changed since the frame before; acknowledged by `FrameShown(number)` once drained.

    Attributes:
        generation: The layout it belongs to; a client that holds another one drops the panes.
        panes: Changed rows.
        status: Changed rows of the status line: (index in `Layout.status_rows`, text).
        cursor: Where the cursor stands now.
    """

    number: int
    generation: int
    panes: tuple[PaneRows, ...]
    status: tuple[tuple[int, str], ...]
    cursor: Cursor


class OuterModes(Message, tag="modes", array_like=True, frozen=True):
    """How the client talks with its terminal.

    Attributes:
        mouse: What it asks for: 0, 1000, 1002 or 1003.
        kitty_flags: The keyboard enhancements it asks for, 0 to 31.
        escape_seconds: How long after ESC it waits for the rest of a key (`escape-time`).
    """

    mouse: int
    kitty_flags: int
    escape_seconds: float


class TitleSet(Message, tag="title", array_like=True, frozen=True):
    """The outer terminal's title, already free of control characters."""

    title: str


class BellRung(Message, tag="bell", array_like=True, frozen=True):
    """Ring the outer terminal's bell."""


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


class CommandFact(msgspec.Struct, array_like=True, frozen=True):
    """A command that a shell reported by OSC 133.

    Attributes:
        started: Wall-clock seconds since the epoch.
        seconds: How long it ran; None while it runs.
        exit_status: None while it runs or where the shell did not say.
    """

    text: str
    started: float
    seconds: float | None
    exit_status: int | None


class AgentFact(msgspec.Struct, array_like=True, frozen=True):
    """A coding agent in a pane.

    Attributes:
        place: `session:window.pane`.
        state: `starting working waiting done idle error limited exited unknown`.
        detail: Why it waits, or what it says of itself; one clean line.
        since: When the state began, wall-clock seconds since the epoch.
        source: Where the state comes from, e.g. `OSC 7501`; empty for `unknown`.
    """

    pane: int
    session: str
    place: str
    name: str
    state: str
    detail: str
    since: float
    source: str


class Facts(Message, tag="facts", array_like=True, frozen=True):
    """What the sidebar shows; sent whole when something in it changed, at most five times a second.

    Attributes:
        pane: The focused pane, e.g. `%3`.
        title: Its index and title, clean.
        path: Its working directory, clean; empty when unknown.
        commands: Its last commands, newest first, at most 20.
        agents: Every agent in every session.
    """

    pane: str
    title: str
    path: str
    commands: tuple[CommandFact, ...]
    agents: tuple[AgentFact, ...]


class Suspended(Message, tag="suspend", array_like=True, frozen=True):
    """Give the terminal back and stop the process as ctrl-z would (suspend-client)."""


class Farewell(Message, tag="bye", array_like=True, frozen=True):
    """The client is no longer attached: leave. What to print is told to the guard, not here."""

    reason: str


ClientMessage = (
    Hello
    | KeyPressed
    | TextTyped
    | Pasted
    | MouseReported
    | FocusChanged
    | Resized
    | FrameShown
    | ClipboardTold
    | LinkRefused
)
ServerMessage = (
    Welcome
    | Layout
    | Frame
    | OuterModes
    | TitleSet
    | BellRung
    | ClipboardOffered
    | ClipboardWanted
    | LinkOpened
    | SidebarToggled
    | Facts
    | Suspended
    | Farewell
)
