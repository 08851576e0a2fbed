"""capture-pane: a pane's text, from its screen and its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from aimux.commands.buffers import bytes_of
from aimux.commands.capture_marks import LineFlags, LinkLines
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
    """capture-pane [-aCeFHJLMNpPqT] [-b buffer] [-E end-line] [-S start-line] [-t target-pane].

    Of later tmux's flags it knows -F, letters that say what a line is; -H, links instead of
    text; -L, numbers before the lines; -M, the screen of a mode; -T, which changes nothing where
    spaces are cut off or lines joined, and with -N keeps what was drawn.
    """
    arguments, pane = call.arguments, call.the_pane()
    unfinished = arguments.has("P") and not arguments.has("H")
    text = _unfinished(call, pane) if unfinished else _captured(call, pane)
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
    place = min(first, last)
    lines = _links if arguments.has("H") else _lines
    captured = lines(call, enumerate(rows.between(first, last), place))
    return _text(call, captured, flags=_flags(pane), above=rows.above)


def _mode_rows(pane: Pane, mode: Mode) -> list[Row]:
    """What a mode shows, as rows of a screen of its own."""
    columns, lines = pane.columns, pane.rows
    screen = Engine(columns, lines, history_limit=0)
    for row, text in enumerate(mode.rows(columns=columns, rows=lines, depth=TRUE_COLOUR), 1):
        screen.feed(f"\x1b[{row}H{text}".encode("utf-8", "replace"))
    return list(screen.rows)


def _flags(pane: Pane) -> LineFlags:
    """What `-F` says of a pane's rows, whose places count from the oldest one."""
    dropped = pane.screen.history.dropped
    return LineFlags(
        frozenset(row - dropped for row in pane.prompt_rows),
        frozenset(row - dropped for row in pane.output_rows),
    )


def _lines(call: Call, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row, str]]:
    """The text of each row, at its place."""
    arguments = call.arguments
    style = CaptureStyle(
        codes=arguments.has("e"),
        escape=arguments.has("C"),
        trim=not arguments.has("J") and not arguments.has("N"),
    )
    before = DEFAULT
    for place, row in rows:
        line, before = capture_row(row, before, style)
        yield place, row, line


def _links(call: Call, rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row, str]]:
    """The links of each row that has some, at its place."""
    del call
    links = LinkLines()
    for place, row in rows:
        line = links.of(row)
        if line:
            yield place, row, line


def _text(
    call: Call, lines: Iterable[tuple[int, Row, str]], *, flags: LineFlags, above: int
) -> str:
    """The lines as one text; `above` is the place of the line that has the number 0."""
    arguments = call.arguments
    numbered, flagged, joined = (arguments.has(flag) for flag in "LFJ")
    parts = []
    for place, row, line in lines:
        if numbered:
            parts.append(f"{place - above} ")
        if flagged:
            parts.append(f"{flags.of(row, place)} ")
        parts.append(line if joined and row.wrapped else f"{line}\n")
    return "".join(parts)


COMMANDS = (
    Command(
        name="capture-pane",
        alias="capturep",
        getopt="ab:CeE:FHJLMNpPqS:t:T",
        arity=(0, 0),
        usage="[-aCeJNpPq] [-b buffer-name] [-E end-line] [-S start-line] [-t target-pane]",
        target=Aim.PANE,
        run=capture_pane,
    ),
)
