"""capture-pane: a pane's text, from its screen and its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from aimux.commands.buffers import bytes_of
from aimux.commands.command import Aim, Call, Command
from aimux.errors import CommandError
from aimux.model.pane import Mode, Pane
from aimux.styles.sgr import TRUE_COLOUR
from aimux.vt.attributes import DEFAULT
from aimux.vt.capture import CaptureStyle, capture_row
from aimux.vt.engine import Engine
from aimux.vt.history import History
from aimux.vt.row import Row


class _Rows(Struct, frozen=True):
    """The rows of a pane counted as `-S` and `-E` do: 0 is the first visible one."""

    history: History | None
    screen: list[Row]

    @property
    def above(self) -> int:
        """The rows of the history."""
        return 0 if self.history is None else len(self.history)

    @property
    def last(self) -> int:
        """The place of the last row of all, counted from 0 for the first of all."""
        return self.above + len(self.screen) - 1

    def bound(self, text: str | None, *, default: int, dash: int) -> int:
        """The place that an argument names."""
        if text == "-":
            return dash
        if text is None:
            return default
        try:
            wanted = int(text) + self.above
        except ValueError:
            return default
        return max(0, min(self.last, wanted))

    def between(self, first: int, last: int) -> Iterator[Row]:
        """The rows of both places and between them, in order; to be read one by one."""
        start, stop = min(first, last), max(first, last) + 1
        if self.history is not None:
            yield from self.history.span(start, stop)
        yield from self.screen[max(start - self.above, 0) : max(stop - self.above, 0)]


def capture_pane(call: Call) -> None:
    """capture-pane [-aCeJLMNpPq] [-b buffer-name] [-E end-line] [-S start-line] [-t target-pane].

    Of later tmux's flags it knows -L, numbers before the lines, and -M, the screen of a mode.
    """
    arguments, pane = call.arguments, call.the_pane()
    text = _unfinished(call, pane) if arguments.has("P") else _captured(call, pane)
    if text is None:
        return
    if arguments.has("p"):
        call.source.requester.output(text.removesuffix("\n"))
    else:
        data = bytes_of(text)
        call.state.buffers.set(arguments.get("b"), data, now=call.effects.now())


def _unfinished(call: Call, pane: Pane) -> str:
    """What the program wrote of a sequence without an end; with `-C`, escaped in octal."""
    text = pane.screen.unfinished
    if not call.arguments.has("C"):
        return text
    data = bytes_of(text)
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}" for byte in data)


def _captured(call: Call, pane: Pane) -> str | None:
    arguments, screen = call.arguments, pane.screen
    if arguments.has("a"):
        if not screen.alternate:
            if arguments.has("q"):
                return ""
            raise CommandError("no alternate screen")
        rows = _Rows(None, screen.main_rows)
    elif arguments.has("M") and pane.mode is not None:
        rows = _Rows(None, _mode_rows(pane, pane.mode))
    else:
        rows = _Rows(screen.history, screen.rows)
    first = rows.bound(arguments.get("S"), default=rows.above, dash=0)
    last = rows.bound(arguments.get("E"), default=rows.last, dash=rows.last)
    return _text(call, rows.between(first, last), number=min(first, last) - rows.above)


def _mode_rows(pane: Pane, mode: Mode) -> list[Row]:
    """What a mode shows, as rows of a screen of its own."""
    columns, lines = pane.columns, pane.rows
    screen = Engine(columns, lines, history_limit=0)
    for row, text in enumerate(mode.rows(columns=columns, rows=lines, depth=TRUE_COLOUR), 1):
        screen.feed(f"\x1b[{row}H{text}".encode("utf-8", "replace"))
    return list(screen.rows)


def _text(call: Call, rows: Iterable[Row], *, number: int) -> str:
    """The rows as text; the first is the line of that number."""
    joined = call.arguments.has("J")
    if call.arguments.has("T") and (joined or call.arguments.has("N")):
        raise CommandError("command capture-pane: flag not supported yet: -T with -J or -N")
    style = CaptureStyle(
        codes=call.arguments.has("e"),
        escape=call.arguments.has("C"),
        trim=not joined and not call.arguments.has("N"),
    )
    parts, before = [], DEFAULT
    numbered = call.arguments.has("L")
    for place, row in enumerate(rows, number):
        line, before = capture_row(row, before, style)
        line = f"{place} {line}" if numbered else line
        parts.append(line if joined and row.wrapped else f"{line}\n")
    return "".join(parts)


COMMANDS = (
    Command(
        name="capture-pane",
        alias="capturep",
        getopt="ab:CeE:JLMNpPqS:t:T",
        arity=(0, 0),
        usage="[-aCeJNpPq] [-b buffer-name] [-E end-line] [-S start-line] [-t target-pane]",
        target=Aim.PANE,
        run=capture_pane,
    ),
)
