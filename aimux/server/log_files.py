"""Logs that nothing but time binds to a pane: of Codex, Gemini CLI, Qwen Code, pi and Copilot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import Protocol

from aimux.agents.binding import Candidate, is_turn_of, logs_of_turn
from aimux.agents.sources.codex_rollout import CodexRollout
from aimux.agents.sources.copilot_events import CopilotEvents
from aimux.agents.sources.fields import number, parse_record
from aimux.agents.sources.gemini_chat import GeminiChat
from aimux.agents.sources.pi_session import PiSession
from aimux.agents.sources.qwen_chat import QwenChat
from aimux.pty.processes import directory, environment, process
from aimux.server.agent_files import Files, LineLog, News
from aimux.server.file_watch import Following
from aimux.server.log_reader import LogReader

LOOKS_SECONDS = (0.5, 1.5, 4.0)
"""After a turn began, its log is looked for so late: agents write when they have an answer. What
fits once must fit alone once more: another terminal's log may be written sooner than ours."""
MAX_DIRECTORIES = 16
"""The directories of logs that are looked through: those in which something was made last."""
MAX_LOGS = 200
"""The newest logs in each."""
RECENT_SECONDS = 30.0
"""A log that was not written for longer is not that of a turn that has just begun."""
HEAD_BYTES = 256 * 1024
START_SLACK = 2.0
"""Seconds by which the kernel's clock of starts and the wall clock may differ."""


class PlacedLog(LineLog, Protocol):
    """A log that tells where its agent works."""

    @property
    def session(self) -> str:
        """The agent's own id of its session; "" if it is not told."""

    def works_in(self, directory: str) -> bool:
        """Whether it is the log of a person's agent in a directory."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kind's logs lie.

    Attributes:
        variable: Of the environment, which names the directory of the agent's files.
        default: That directory without it, below the home.
        pattern: Of the directories of logs, below it.
        make: Makes a log's parser.
        sidecar: How the name of a file ends that lies beside a log and says whose it is: with `pid`
            and `started_at`; "" where there is none. It binds exactly.
        hooks_are_children: Whether hooks inherit the pane's environment, so that the log that they
            name is that of their pane. Codex's may run in a daemon of another pane.
    """

    variable: str
    default: str
    pattern: str
    make: Callable[[], PlacedLog]
    sidecar: str = ""
    hooks_are_children: bool = True


PLACES: Mapping[str, Place] = {
    "codex": Place(
        "CODEX_HOME", ".codex", "sessions/*/*/*", CodexRollout, hooks_are_children=False
    ),
    "copilot": Place("COPILOT_HOME", ".copilot", "session-state/*", CopilotEvents),
    "gemini-cli": Place("", ".gemini", "tmp/*/chats", GeminiChat),
    "pi": Place("PI_CODING_AGENT_DIR", ".pi/agent", "sessions/*", PiSession),
    "qwen": Place("QWEN_HOME", ".qwen", "projects/*/chats", QwenChat, sidecar=".runtime.json"),
}


class LogFiles:
    """Finds and follows the log of one agent.

    Args:
        place: Where its kind's logs lie.
        pids: Its processes.
        files: What is needed to follow files.
        news: Told what the log says.
    """

    def __init__(self, place: Place, pids: Sequence[int], files: Files, news: News) -> None:
        self._place = place
        self._files = files
        self._news = news
        variables = environment(pids[0]) if pids else {}
        home = variables.get(place.variable) or f"{variables.get('HOME', '/')}/{place.default}"
        self._home = Path(home)
        self._directory = directory(pids[0]) if pids else ""
        self._where = f"{home}\0{self._directory}"
        self._log: PlacedLog | None = None
        self._path = ""
        self._following: Following | None = None
        self._pids = frozenset(pids)
        self._started_at = _start(pids[0], files) if pids else 0.0
        self._turn = 0
        self._began_at = 0.0
        self._fitted = ""

    def turned(self, state: str, since: float) -> None:
        """A turn that begins tells which log it is; some agents write it at the turn's end only."""
        if state == "working":
            self._turn += 1
            self._began_at = since
            self._fitted = ""
            self._files.turns[self] = (self._where, since)
        elif self._log is not None or not self._turn:
            return
        for seconds in LOOKS_SECONDS:
            self._files.later(seconds, lambda turn=self._turn: self._look(turn, self._began_at))  # type: ignore[misc]  # mypy does not infer a lambda's default

    def told(self, session: str, path: str) -> None:
        """A hook that ran in the pane named the agent's log."""
        known = self._place.hooks_are_children and path not in (self._path, "")
        if known and path not in self._files.taken and Path(path).is_relative_to(self._home):
            log = self._read(Path(path), 0.0)
            self._leave()
            self._follow(path, log.session if log is not None else "")

    def titled(self, title: str) -> None:
        """Nothing: a title proves no log."""

    def close(self) -> None:
        """Follow nothing any more."""
        self._turn = -1
        self._files.turns.pop(self, None)
        self._leave()

    def _look(self, turn: int, began_at: float) -> None:
        if turn != self._turn or self._is_bound_exactly():
            return
        if self._log is not None and is_turn_of(self._log.prompted_at, began_at):
            return
        others = self._files.taken - {self._path}
        logs = {path: log for path, log in self._candidates() if path not in others}
        candidates = [Candidate(path, log.prompted_at) for path, log in logs.items()]
        fitting = logs_of_turn(candidates, began_at)
        if fitting:  # a turn that is in no log, as one that was denied, leaves things as they are
            self._leave()
        if len(fitting) != 1 or self._has_rival(began_at):
            self._fitted = ""
        elif fitting[0] == self._fitted:
            self._follow(fitting[0], logs[fitting[0]].session)
        else:
            self._fitted = fitting[0]

    def _is_bound_exactly(self) -> bool:
        """Bind the log that the agent itself says is its own, if it says so."""
        path = self._of_process() if self._place.sidecar else ""
        if path and path != self._path and path not in self._files.taken:
            log = self._read(Path(path), 0.0)
            self._leave()
            self._follow(path, log.session if log is not None else "")
        return bool(path)

    def _of_process(self) -> str:
        """The log beside the newest file that names one of the agent's processes; "" for none."""
        end = self._place.sidecar
        for folder in _newest(self._home.glob(self._place.pattern)):
            for beside in nlargest(MAX_LOGS, folder.glob(f"*{end}"), key=_changed):
                fields = parse_record(_head(beside))
                began = number(fields, "started_at") or 0.0
                log = beside.with_name(beside.name.removesuffix(end) + ".jsonl")
                is_ours = number(fields, "pid") in self._pids and began >= self._started_at
                if is_ours and log.exists():
                    return str(log)
        return ""

    def _has_rival(self, began_at: float) -> bool:
        """Whether another pane's agent in the same directory began a turn at that time, too.

        Its log may be the one that fits, while ours is not written yet.
        """
        return any(
            where == self._where and is_turn_of(other, began_at)
            for agent, (where, other) in self._files.turns.items()
            if agent is not self
        )

    def _follow(self, path: str, session: str) -> None:
        log = self._place.make()
        self._log, self._path = log, path
        self._files.taken.add(path)
        feeds = (log.feed, self._news.line)
        reader = LogReader(path, feeds, lambda: self._news.logged(log), self._files.later)
        self._following = self._files.watch.follow(path, reader.changed)
        self._news.bound(session or Path(path).stem, path)
        while reader.step():
            pass

    def _leave(self) -> None:
        if self._following is None:
            return
        self._files.watch.leave(self._following)
        self._files.taken.discard(self._path)
        self._following = self._log = None
        self._path = ""
        self._news.bound("", "")

    def _candidates(self) -> Iterator[tuple[str, PlacedLog]]:
        """The logs of the agent's directory that were written just now."""
        oldest = self._files.clock.wall() - RECENT_SECONDS
        for folder in _newest(self._home.glob(self._place.pattern)):
            for path in sorted(folder.glob("*.jsonl"))[-MAX_LOGS:]:
                log = self._read(path, oldest)
                if log is not None and log.works_in(self._directory):
                    yield str(path), log

    def _read(self, path: Path, oldest: float) -> PlacedLog | None:
        """What a log says: its first line, which names the directory, and its end."""
        try:
            if path.stat().st_mtime < oldest:
                return None
            with path.open("rb") as file:
                head = file.readline(HEAD_BYTES)
        except OSError:
            return None
        log = self._place.make()
        log.feed(head)
        reader = LogReader(str(path), (log.feed,), lambda: None, self._files.later)
        while reader.step():
            pass
        return log


def _newest(directories: Iterator[Path]) -> list[Path]:
    """The directories that were changed last, at most MAX_DIRECTORIES, the newest first."""
    return nlargest(MAX_DIRECTORIES, directories, key=_changed)


def _changed(path: Path) -> float:
    """When a file or what a directory holds was changed; 0 for one that has gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _head(path: Path) -> bytes:
    """The beginning of a file; nothing of one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""


def _start(pid: int, files: Files) -> float:
    """When a process was started, in seconds since the epoch, a little early; now if it ended."""
    found = process(pid)
    age = files.clock.monotonic() - found.start_time if found is not None else 0.0
    return files.clock.wall() - age - START_SLACK
