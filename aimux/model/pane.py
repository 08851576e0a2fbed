"""A pane: a program's screen, where it stands in its window, and what became of the program."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from msgspec import Struct

from aimux.copymode.search import SearchMemory
from aimux.ids import PaneId
from aimux.keys.modes import InputModes, KittyFlags, MouseEncoding, MouseProtocol
from aimux.model.key_settings import KeySettings
from aimux.model.layout_cell import Box
from aimux.model.options import Options
from aimux.model.scrollbars import Scrollbar
from aimux.vt.engine import Engine

# 1016 counts pixels, which a multiplexer does not know: such programs get cells (SGR).
MOUSE_ENCODINGS = {mode.value: mode for mode in MouseEncoding}
MAX_MARKS = 1000


class Mode(Protocol):
    """What covers a pane's screen: copy mode, a view of a command's output, a chooser.

    A mode draws the whole pane.

    Attributes:
        name: As `#{pane_mode}` shows it.
        key_table: Where its keys are bound; empty if only the mode itself knows them.
    """

    name: str
    key_table: str

    def rows(self, *, columns: int, rows: int, depth: int) -> list[str]:
        """ANSI text of every row, each of exactly `columns` cells."""
        ...

    def refresh(self) -> None:
        """What it shows may have changed: commands have run while somebody looks."""
        ...

    def cursor(self) -> tuple[int, int] | None:
        """Row and column of the cursor; None hides it."""
        ...

    @property
    def version(self) -> int:
        """Changes whenever `rows` would give something else for the same size."""
        ...


class Exit(Struct, frozen=True):
    """How a pane's program ended; `time` is in wall-clock seconds since the epoch."""

    status: int | None
    signal: int | None
    time: float


@dataclass(slots=True, eq=False)
class Pane:
    """One pane.

    Attributes:
        screen: The virtual screen that the program draws.
        column: Cells left of it in its window.
        row: Cells above it in its window.
        argv: The program and its arguments; empty for the default shell.
        start_path: The directory that it was started in.
        pid: The program's process id; 0 before it runs.
        tty: The PTY's name, e.g. `/dev/pts/3`.
        title: The program's title, clean.
        path: The directory that the program reported by OSC 7, clean; empty if it never did.
        path_said: All that the last of those reports said, clean.
        exited: How the program ended; None while it runs. Such a pane stays for `remain-on-exit`.
        mode: What covers the screen now.
        covered: The modes below it, the lowest first; they come back when it goes.
        input_off: `select-pane -d`: keys do not reach the program.
        piped: Whether `pipe-pane` has a command beside it.
        active_point: Grows with every selection of a pane; says which neighbour was used last.
        start_command: The command as `pane_start_command` shows it.
        search: What was searched for last in its copy mode.
        keys: What the server's options say of keys.
        scrollbar: What stands beside it in its place in the layout; None for nothing.
        gutter: The cells that the scrollbar has of that place.
        prompt_rows: Where the shell's newest prompts began, as absolute rows, in their order.
        output_rows: The same of the output of commands.
        typed: When a person typed into it last, seconds on the monotonic clock.
        nonce: Proves that a shell mark came from the shell that was started here.
    """

    id: PaneId
    screen: Engine
    options: Options
    column: int = 0
    row: int = 0
    argv: tuple[str, ...] = ()
    start_path: str = ""
    pid: int = 0
    tty: str = ""
    title: str = ""
    path: str = ""
    path_said: str = ""
    exited: Exit | None = None
    mode: Mode | None = None
    covered: list[Mode] = field(default_factory=list)
    input_off: bool = False
    piped: bool = False
    active_point: int = 0
    start_command: str = ""
    nonce: str = ""
    typed: float = float("-inf")
    prompt_rows: deque[int] = field(default_factory=lambda: deque(maxlen=MAX_MARKS))
    output_rows: deque[int] = field(default_factory=lambda: deque(maxlen=MAX_MARKS))
    search: SearchMemory = field(default_factory=SearchMemory)
    keys: KeySettings = field(default_factory=KeySettings)
    scrollbar: Scrollbar | None = None
    gutter: int = 0

    @property
    def mode_count(self) -> int:
        """How many modes lie over the screen, one above the other."""
        return len(self.covered) + (self.mode is not None)

    @property
    def input_modes(self) -> InputModes:
        """What the program asked of keyboard and mouse."""
        modes = self.screen.modes
        return InputModes(
            application_cursor_keys=modes.application_cursor_keys,
            application_keypad=modes.application_keypad,
            bracketed_paste=modes.bracketed_paste,
            focus_events=modes.focus_events,
            mouse_protocol=MouseProtocol(modes.mouse_protocol),
            mouse_encoding=MOUSE_ENCODINGS.get(modes.mouse_encoding, MouseEncoding.SGR),
            modify_other_keys=modes.modify_other_keys,
            kitty_flags=KittyFlags(modes.kitty_flags),
            backspace=self.keys.backspace,
            csi_u=self.keys.csi_u,
        )

    @property
    def box(self) -> Box:
        """Its place in the window, with its scrollbar."""
        on_left = self.scrollbar is not None and self.scrollbar.on_left
        column = self.column - self.gutter if on_left else self.column
        return Box(column, self.row, self.columns + self.gutter, self.rows)

    @property
    def columns(self) -> int:
        """Width in cells."""
        return self.screen.columns

    @property
    def rows(self) -> int:
        """Height in cells."""
        return self.screen.lines
