"""A pane's commands: marks with rows and times in, records of what ran out.

Pure: the caller says at which absolute row a mark stood and what time it was. Absolute rows count
from the pane's first line ever, so they stay true while the scrollback is trimmed.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from msgspec import Struct

from aimux.semantic.marks import (
    MAX_TEXT,
    CommandEnd,
    CommandText,
    Directory,
    Mark,
    OutputStart,
    PromptEnd,
    PromptStart,
)

MAX_RECORDS = 200
"""Finished commands that a log keeps; older ones are forgotten."""


class Moment(Struct, frozen=True):
    """Where and when a mark was read.

    `row` is absolute, `column` counts from 0. `wall` is for showing (seconds since 1970, UTC),
    `monotonic` for measuring (seconds).
    """

    row: int
    column: int
    wall: float
    monotonic: float


ReadText = Callable[[Moment, Moment], str | None]
"""The text on the screen between the end of the prompt and the start of the output."""


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """One command line that a shell ran, or runs.

    `text` is `None` where it is not known. `seconds` is `None` while it runs. `exit_status` is
    `None` while it runs and where the shell never said. `first_row` to `last_row` is its output,
    absolute, both included; `last_row` is `None` while it runs and `first_row - 1` after no output.
    `trusted`: the marks carried the pane's nonce, so no printed file made this up.
    """

    id: int
    text: str | None
    path: str | None
    started_wall: float
    started: float
    seconds: float | None
    exit_status: int | None
    first_row: int
    last_row: int | None
    trusted: bool

    @property
    def is_running(self) -> bool:
        """Whether the command has not ended yet."""
        return self.seconds is None


class CommandLog:
    """The commands of one pane, newest 200, fed with its marks in the order they were printed.

    Once a mark with the pane's nonce has been seen, marks without it change nothing: the shell
    reports for itself, and what claims to be a shell is output. Before that (a shell on another
    host, a person's own integration) marks make records that are not `trusted`.
    """

    def __init__(self, *, read_text: ReadText | None = None, limit: int = MAX_RECORDS) -> None:
        """Start empty.

        Args:
            read_text: Asked for the command line of a command that began without OSC 633;E, with
                the moments of the prompt's end and of the output's start.
            limit: Finished commands kept, at least 1.
        """
        self._read_text = read_text
        self._finished: deque[CommandRecord] = deque(maxlen=limit)
        self._running: CommandRecord | None = None
        self._next_id = 1
        self._text: str | None = None
        self._typed_from: Moment | None = None
        self._path: str | None = None
        self._at_prompt = False
        self._has_trusted = False

    @property
    def running(self) -> CommandRecord | None:
        """The command that runs now."""
        return self._running

    @property
    def path(self) -> str | None:
        """The directory that the shell reported last; not trusted until `is_integrated`."""
        return self._path

    @property
    def is_at_prompt(self) -> bool:
        """Whether the shell waits for a command line, as far as its marks say."""
        return self._at_prompt

    @property
    def typed_from(self) -> Moment | None:
        """Where the prompt ended and typing began, while a shell waits that says so."""
        return self._typed_from if self._at_prompt else None

    @property
    def is_integrated(self) -> bool:
        """Whether the pane's own shell has reported with the nonce at least once."""
        return self._has_trusted

    def last_commands(self, count: int) -> list[CommandRecord]:
        """At most `count` records, newest first; one that runs now is the first."""
        running = [self._running] if self._running else []
        newest = islice(reversed(self._finished), max(0, count - len(running)))
        return [*running, *newest][: max(0, count)]

    def feed(self, mark: Mark, at: Moment) -> CommandRecord | None:
        """Take one mark.

        Returns:
            The record that it started or finished: publish it as news. `None` for other marks.
        """
        if mark.trusted:
            self._trust()
        elif self._has_trusted:
            return None
        match mark:
            case PromptStart():
                return self._prompt_started(at)
            case PromptEnd():
                self._typed_from = at
            case CommandText(text=text):
                self._text = text[:MAX_TEXT]
            case Directory(path=path):
                self._path = path
            case OutputStart():
                return self._output_started(at, trusted=mark.trusted)
            case CommandEnd(exit_status=exit_status):
                return self._finish(at, exit_status)
        return None

    def _trust(self) -> None:
        if self._has_trusted:
            return
        self._has_trusted = True
        # What was claimed before the shell spoke was not said by it.
        self._text = self._path = self._typed_from = None

    def _prompt_started(self, at: Moment) -> CommandRecord | None:
        """A prompt without OSC 133;D before it: the command ended, nobody said how."""
        self._text = self._typed_from = None
        ended = self._finish(at, None)
        self._at_prompt = True
        return ended

    def _output_started(self, at: Moment, *, trusted: bool) -> CommandRecord:
        self._finish(at, None)
        self._running = CommandRecord(
            id=self._next_id,
            text=self._command_line(at),
            path=self._path,
            started_wall=at.wall,
            started=at.monotonic,
            seconds=None,
            exit_status=None,
            first_row=at.row,
            last_row=None,
            trusted=trusted,
        )
        self._next_id += 1
        self._text = self._typed_from = None
        self._at_prompt = False
        return self._running

    def _command_line(self, at: Moment) -> str | None:
        if self._text is not None:
            return self._text
        if self._read_text is None or self._typed_from is None:
            return None
        text = self._read_text(self._typed_from, at)
        return text[:MAX_TEXT] if text else None

    def _finish(self, at: Moment, exit_status: int | None) -> CommandRecord | None:
        running, self._running = self._running, None
        if running is None:
            return None
        # A row on which nothing stands left of the cursor is no output.
        last_row = at.row if at.column else at.row - 1
        ended = replace(
            running,
            seconds=max(0.0, at.monotonic - running.started),
            exit_status=exit_status,
            last_row=max(running.first_row - 1, last_row),
        )
        self._finished.append(ended)
        return ended
