"""The messages that an attached client sends: what was typed, and what its terminal tells."""

from __future__ import annotations

from aimux.protocol.message import Message
from aimux.protocol.palette_messages import PaletteAnswered, PaletteMoved


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


class LinkRefused(Message, tag="link-refused", array_like=True, frozen=True):
    """A `LinkOpened` was not opened: why, in at most 256 characters."""

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
"""Whatever a client may send."""
