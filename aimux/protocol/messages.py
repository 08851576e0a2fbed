"""The messages between the server and an attached client, as msgspec structs.

Rows and columns count from 0 in the outer terminal, whose cells the server lays out: the window,
its borders and the status line. The window leaves the client's `sidebar_columns` free at the right;
the status line runs below both. What a row's `text` consists of is said in `row_text`.
"""

from __future__ import annotations

import msgspec

from aimux.protocol.facts import AgentFact, CommandFact, MessageFact, TaskFact

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


class TerminalTold(Message, tag="terminal-told", array_like=True, frozen=True):
    """What the outer terminal said of itself; told again when it says more.

    Attributes:
        features: What it can do, by names of `aimux.abilities.features.FEATURES`.
        lacks: What it cannot.
        name: Its program and version; empty if it did not say.
    """

    features: tuple[str, ...]
    lacks: tuple[str, ...]
    name: str


class PaneOpened(Message, tag="open-pane", array_like=True, frozen=True):
    """A row of the sidebar that stands for a pane was opened: show that pane here."""

    pane: int


class OutputOpened(Message, tag="open-output", array_like=True, frozen=True):
    """A row of the sidebar that stands for output was opened: show it in copy mode.

    Attributes:
        pane: Where the command ran.
        command: `CommandFact.id`.
        row: The logical line of the command's output, from 0; -1 for where the command stands.
    """

    pane: int
    command: int
    row: int


class PromptAnswered(Message, tag="answer", array_like=True, frozen=True):
    """A person answers what an agent asks; it counts only while that request is on its screen.

    Attributes:
        pane: The agent's.
        request: `AgentFact.request_id` of what the person saw.
        answer: The key of one of `AgentFact.answers`.
    """

    pane: int
    request: int
    answer: str


class RowAsked(Message, tag="row", array_like=True, frozen=True):
    """A key on a row of the sidebar that stands for something that can be opened: `Enter` does.

    Attributes:
        kind: `message`, `task`, or `agent` for one of another host.
        id: Its number; an agent's is its pane's.
        key: The key, of those of `aimux.commands.exchange_pages.ROW_COMMANDS`.
        host: The host that it is on; "" for this one.
    """

    kind: str
    id: int
    key: str
    host: str = ""


class RowKept(Message, tag="kept", array_like=True, frozen=True):
    """Enter in the sidebar opened nothing that takes the focus away."""


class PaletteMoved(Message, tag="palette-moved", array_like=True, frozen=True):
    """In the palette of this number another row is current.

    Attributes:
        identity: The row's, if it previews something; else empty.
    """

    number: int
    identity: str


class PaletteAnswered(Message, tag="palette-answer", array_like=True, frozen=True):
    """What a person chose in the palette of this number: the answer to `Enter`, or a click.

    Attributes:
        identity: The row's; empty for nothing.
        stays: It is still open, as nothing was found that could be chosen.
    """

    number: int
    identity: str
    stays: bool = False


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
    """The cursor in the terminal.

    Attributes:
        shape: DECSCUSR's number, 0 to 6.
        colour: 24 bits; -1 for the terminal's own.
    """

    row: int
    column: int
    visible: bool
    shape: int
    colour: int = -1


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


class PaletteRow(msgspec.Struct, array_like=True, frozen=True):
    """A row of the palette. Its texts are clean and drawn as they are.

    Attributes:
        identity: Names it in what the client answers.
        label: What it is.
        key: A key that does the same, or a short word; may be empty.
        detail: What is told of it in a second row; may be empty.
        kind: A word before the label; may be empty.
        weight: Added to how well it matches.
        previews: Whether the server is to be told while it is current.
    """

    identity: str
    label: str
    key: str
    detail: str
    kind: str
    weight: int = 0
    previews: bool = False


class PaletteOpened(Message, tag="palette", array_like=True, frozen=True):
    """Show a list to choose from, in place of any other one. Keys go on to the server.

    Attributes:
        number: Grows with every palette; what is said of one names it.
        title: What is listed.
        rows: At most 2000, the first ones first while nothing is typed.
        is_typing: Whether text is searched for at once, or after `/`.
        typed: What is searched for at first.
    """

    number: int
    title: str
    rows: tuple[PaletteRow, ...]
    is_typing: bool = True
    typed: str = ""


class PaletteTyped(Message, tag="palette-typed", array_like=True, frozen=True):
    """A key by tmux's name, or text, for the palette; `Enter` is answered by `PaletteAnswered`."""

    number: int
    name: str
    text: str


class PaletteClosed(Message, tag="palette-closed", array_like=True, frozen=True):
    """The palette of this number is no more."""

    number: int


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
    | TerminalTold
    | PaneOpened
    | OutputOpened
    | PromptAnswered
    | RowAsked
    | RowKept
    | PaletteMoved
    | PaletteAnswered
    | LinkRefused
)
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
