"""What ran in each pane: marks and frames in, commands with their results out.

Output is read off the path of its bytes: at a pane's frames while a command runs, at most every
LOOK_SECONDS, and in slices once it has ended.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Thread

from aimux.commands.records import News, Watcher
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.semantic.output import Ran
from aimux.semantic.output_reader import OutputReader
from aimux.semantic.segments import CommandLog, CommandRecord
from aimux.semantic.tool_table import tool_table
from aimux.server.clock import Clock

LOOK_SECONDS = 0.1
SHARE = 0.04
"""The part of a core that reading while a command runs may take; a look that took long is followed
by fewer."""
SLICE_SECONDS = 0.004
MAX_RAN = 50
"""Commands of a pane whose output is kept."""
MAX_WATCHERS = 256
MAX_UNFINISHED = 32
"""Ended commands whose output waits to be understood; with more, all is done at once."""


@dataclass(slots=True)
class PaneRecords:
    """What ran in one pane."""

    ran: deque[Ran] = field(default_factory=lambda: deque(maxlen=MAX_RAN))
    reader: OutputReader | None = None
    due: float = -1e9


class RecordBook:
    """The records of one server.

    Args:
        finished: Told of each command that has ended, once its output has been read.
        soon: Calls an action in a later turn of the loop.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        finished: Callable[[Pane, Ran], None],
        soon: Callable[[Callable[[], None]], None],
    ) -> None:
        self._clock = clock
        self._finished = finished
        self._soon = soon
        self._panes: dict[int, PaneRecords] = {}
        self._watchers: dict[int, list[Watcher]] = {}
        self._unfinished: deque[tuple[Pane, Iterator[Ran | None]]] = deque()
        self._digesting = False
        self._is_prepared = False

    def of(self, pane: Pane) -> Sequence[Ran]:
        """The newest commands of a pane, oldest first; the last may still run."""
        records = self._panes.get(pane.id)
        if records is None:
            return ()
        running = records.reader.running() if records.reader is not None else None
        return (*records.ran, running) if running is not None else tuple(records.ran)

    def with_output(self, pane: Pane) -> Sequence[Ran]:
        """The same; one that runs has the output that has left the screen."""
        records = self._panes.get(pane.id)
        if records is None:
            return ()
        if records.reader is None:
            return tuple(records.ran)
        return (*records.ran, records.reader.running_with_output())

    def last(self, pane: Pane) -> Ran | None:
        """The newest command of a pane that has ended."""
        records = self._panes.get(pane.id)
        return records.ran[-1] if records is not None and records.ran else None

    # ---- news ----

    def marked(self, pane: Pane, log: CommandLog, row: int, column: int) -> None:
        """The pane's log has taken a mark that stood there: a command may have begun or ended."""
        self._prepare()
        records = self._panes.setdefault(pane.id, PaneRecords())
        reader, running = records.reader, log.running
        if reader is not None and (running is None or running.id != reader.id):
            records.reader = None
            ended = next((one for one in log.last_commands(2) if one.id == reader.id), None)
            if ended is not None:
                self._end(pane, reader, ended, row + (1 if column else 0))
        if running is not None and records.reader is None:
            records.reader = OutputReader(pane.screen, running)

    def _prepare(self) -> None:
        """Load the patterns beside the loop, at the first prompt: no key waits for them."""
        if not self._is_prepared:
            self._is_prepared = True
            Thread(target=_load_patterns, name="patterns", daemon=True).start()

    def printed(self, pane: Pane) -> bool:
        """A frame of the pane: read a little of its output; whether there was any."""
        records = self._panes.get(pane.id)
        found = False
        if records is not None and records.reader is not None:
            now = self._clock.monotonic()
            if now >= records.due:
                found = records.reader.look()
                spent = self._clock.monotonic() - now
                records.due = now + max(LOOK_SECONDS, spent / SHARE)
        self._tell(pane, News())
        return found

    def gone(self, pane: Pane, exit_status: int | None) -> None:
        """The pane's program has ended, or the pane was closed."""
        self._drain()
        self._tell(pane, News(is_gone=True, exit_status=exit_status))
        self._watchers.pop(pane.id, None)

    def forget(self, pane: Pane) -> None:
        """The pane is no more."""
        self._panes.pop(pane.id, None)

    def changed(self, pane: Pane) -> None:
        """Something else of a pane is not what it was, such as its agent's state."""
        self._tell(pane, News())

    # ---- who waits ----

    def watch(self, pane: Pane, watcher: Watcher) -> None:
        """Tell a watcher what happens in a pane. Raises CommandError if there are too many."""
        if sum(map(len, self._watchers.values())) >= MAX_WATCHERS:
            raise CommandError("too many commands wait for panes")
        self._watchers.setdefault(pane.id, []).append(watcher)

    def look_again(self) -> None:
        """Somebody has left: let each watcher see whether it still waits for anybody."""
        for pane in list(self._watchers):
            self._tell_all(pane, News())

    def _tell(self, pane: Pane, news: News) -> None:
        self._tell_all(pane.id, news)

    def _tell_all(self, pane: int, news: News) -> None:
        watchers = self._watchers.get(pane)
        if watchers is None:
            return
        told = list(watchers)
        waiting = [watcher for watcher in told if not watcher(news)]
        watchers[: len(told)] = waiting  # one that was told may have brought another
        if not watchers:
            self._watchers.pop(pane, None)

    # ---- the end of a command ----

    def _end(self, pane: Pane, reader: OutputReader, ended: CommandRecord, stop: int) -> None:
        self._unfinished.append((pane, reader.finish(ended, stop)))
        if len(self._unfinished) > MAX_UNFINISHED:
            self._drain()
        elif not self._digesting:
            self._digesting = True
            self._soon(self._digest)

    def _digest(self) -> None:
        """One slice, then everybody else's turn."""
        self._digesting = False
        end = self._clock.monotonic() + SLICE_SECONDS
        while self._unfinished and self._clock.monotonic() < end:
            self._step()
        if self._unfinished:
            self._digesting = True
            self._soon(self._digest)

    def _drain(self) -> None:
        while self._unfinished:
            self._step()

    def _step(self) -> None:
        pane, steps = self._unfinished[0]
        ran = next(steps)
        if ran is None:
            return
        self._unfinished.popleft()
        records = self._panes.get(pane.id)
        if records is not None:  # else the pane has been forgotten since
            records.ran.append(ran)
        self._finished(pane, ran)
        self._tell(pane, News(finished=ran))


def _load_patterns() -> None:
    """In a thread of its own: what would take the loop 60 ms at once."""
    tool_table().prepare()
