"""OpenCode's database: the session that a pane shows is found in it, and then followed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import msgspec

from aimux.agents.binding import is_turn_of
from aimux.agents.sources.fields import EMPTY, Record, parse_record
from aimux.agents.sources.opencode_database import (
    OpenCodeLog,
    Sight,
    configured_window,
    listed_window,
    read_log,
    session_seen,
    with_window,
)
from aimux.errors import StoreError
from aimux.persist.foreign import ask_foreign
from aimux.persist.store import Store
from aimux.pty.processes import directory, environment, process
from aimux.server.agent_files import Files, News

PAUSE_SECONDS = 0.3
"""The database is looked at so long after it was written: many writes are one look."""
BUSY_SECONDS = 1.0
"""It is looked at no more often (5 ms, in a thread): it is written with every word of an answer."""
DOUBT_SECONDS = 2.0
"""So long a binding is kept that the window's title speaks against: the two change one by one."""
LOOKS_SECONDS = (0.5, 1.5, 4.0)
"""After a turn began, its session is looked for so late."""
MAX_MODELS_FILE = 32 << 20
"""Bytes of the list of models."""
MAX_WINDOWS = 32
_SESSION_FLAGS = frozenset({"--session", "-s"})


class _Places(msgspec.Struct, frozen=True):
    """Where the files of one OpenCode lie (xdg-basedir, as it reads the environment).

    Attributes:
        database: Its sessions.
        configurations: What may tell a model's window, the first one first.
        models: Its list of all models.
    """

    database: Path
    configurations: tuple[Path, ...]
    models: Path


class OpenCodeFiles:
    """Finds and follows the session of one OpenCode.

    Args:
        pids: Its processes.
        files: What is needed to follow files.
        news: Told what the database says.
    """

    def __init__(self, pids: Sequence[int], files: Files, news: News) -> None:
        self._files = files
        self._news = news
        self._loop = asyncio.get_running_loop()
        self._directory = directory(pids[0]) if pids else ""
        self._places = _places(environment(pids[0]) if pids else {}, Path(self._directory or "/"))
        self._where = f"{self._places.database}\0{self._directory}"
        self._named = _session_word(pids)
        self._title = self._session = ""
        self._began_at: float | None = None
        self._doubted_at: float | None = None
        self._windows: dict[tuple[str, str], int] = {}
        self._is_due = self._is_asking = self._is_closed = False
        self._looked_at = -BUSY_SECONDS
        wal = f"{self._places.database}-wal"
        self._following = files.watch.follow(wal, self._soon)
        self._soon()

    def turned(self, state: str, since: float) -> None:
        """A turn that begins tells which session it is."""
        if state == "working":
            self._began_at = since
            self._files.turns[self] = (self._where, since)
            for seconds in LOOKS_SECONDS:
                self._files.later(seconds, self._soon)
        else:
            self._soon()

    def told(self, session: str, path: str) -> None:
        """The plugin named a session of this program; its window's title must agree."""
        if session not in ("", self._session):
            self._named = session
            self._soon()

    def titled(self, title: str) -> None:
        """The window's title names the session, or says that none is shown."""
        self._title = title
        self._soon()

    def close(self) -> None:
        """Follow nothing any more."""
        self._is_closed = True
        self._files.turns.pop(self, None)
        self._files.watch.leave(self._following)
        self._bind("")

    # ---- looking ----

    def _soon(self) -> None:
        """Look after a pause; many writes are one look."""
        if not (self._is_due or self._is_closed):
            self._is_due = True
            rest = self._looked_at + BUSY_SECONDS - self._files.now()
            self._files.later(max(PAUSE_SECONDS, rest), self._look)

    def _look(self) -> None:
        if self._is_closed:
            return
        if self._is_asking:
            self._files.later(PAUSE_SECONDS, self._look)
            return
        self._is_due, self._is_asking = False, True
        self._looked_at = self._files.now()
        job = partial(self._ask, self._sight())
        self._loop.run_in_executor(None, job).add_done_callback(self._answered)

    def _sight(self) -> Sight:
        mine = self._key(self._session)
        return Sight(
            directory=self._directory,
            title=self._title,
            session=self._session,
            named=self._named,
            began_at=None if self._has_rival() else self._began_at,
            taken=frozenset(
                key.rpartition("\0")[2]
                for key in self._files.taken - {mine}
                if key.startswith(f"{self._places.database}\0")
            ),
        )

    def _has_rival(self) -> bool:
        """Whether another pane's OpenCode in the same directory began a turn at the same time."""
        began_at = self._began_at
        return began_at is not None and any(
            where == self._where and is_turn_of(other, began_at)
            for agent, (where, other) in self._files.turns.items()
            if agent is not self
        )

    def _ask(self, sight: Sight) -> OpenCodeLog | None:
        """In a thread: what the database says of the session that is seen, `None` for nothing."""

        def question(store: Store) -> OpenCodeLog | None:
            session = session_seen(store, sight)
            return read_log(store, session) if session else None

        try:
            log = ask_foreign(self._places.database, question)
        except StoreError:
            return None
        if log is None or log.context is None:
            return log
        return with_window(log, self._window(log.provider, log.context.model))

    def _answered(self, future: asyncio.Future[OpenCodeLog | None]) -> None:
        self._is_asking = False
        if self._is_closed or future.cancelled():
            return
        log = future.result()
        if log is None:
            self._doubt()
            return
        self._doubted_at = None
        self._named = ""
        self._bind(log.session.id)
        if self._session:
            self._news.logged(log)

    def _doubt(self) -> None:
        """Nothing proves the session any more: forget it unless that passes."""
        if not self._session:
            return
        now = self._files.now()
        if self._doubted_at is None:
            self._doubted_at = now
        if now - self._doubted_at >= DOUBT_SECONDS:
            self._bind("")
        else:
            self._soon()

    # ---- binding ----

    def _key(self, session: str) -> str:
        return f"{self._places.database}\0{session}"

    def _bind(self, session: str) -> None:
        if session == self._session or self._key(session) in self._files.taken:
            return
        self._files.taken.discard(self._key(self._session))
        self._session = session
        if session:
            self._files.taken.add(self._key(session))
        self._news.bound(session, str(self._places.database) if session else "")

    # ---- windows ----

    def _window(self, provider: str, model: str) -> int:
        """Tokens that fit, as OpenCode itself reads it; read once for each model."""
        known = self._windows.get((provider, model))
        if known is None and len(self._windows) < MAX_WINDOWS:
            known = self._windows[provider, model] = self._read_window(provider, model)
        return known or 0

    def _read_window(self, provider: str, model: str) -> int:
        for path in self._places.configurations:
            found = configured_window(_read(path), provider, model)
            if found:
                return found
        return listed_window(_read(self._places.models), provider, model)


def _places(variables: dict[str, str], working: Path) -> _Places:
    home = Path(variables.get("HOME", "/"))
    data = Path(variables.get("XDG_DATA_HOME") or home / ".local/share") / "opencode"
    config = Path(variables.get("XDG_CONFIG_HOME") or home / ".config") / "opencode"
    cache = Path(variables.get("XDG_CACHE_HOME") or home / ".cache") / "opencode"
    own = variables.get("OPENCODE_CONFIG", "")
    above = [working / "opencode.json", *(one / "opencode.json" for one in working.parents)]
    return _Places(
        database=data / (variables.get("OPENCODE_DB") or "opencode.db"),
        configurations=(
            *above,
            *([Path(own)] if own else []),
            config / "opencode.json",
            config / "config.json",
        ),
        models=cache / "models.json",
    )


def _session_word(pids: Sequence[int]) -> str:
    """The session that the command line names."""
    found = process(pids[0]) if pids else None
    words = found.argv if found is not None else ()
    pairs = pairwise(words)
    return next((value for flag, value in pairs if flag in _SESSION_FLAGS), "")


def _read(path: Path) -> Record:
    """A file of plain JSON; nothing for any other."""
    try:
        if path.stat().st_size > MAX_MODELS_FILE:
            return EMPTY
        return parse_record(path.read_bytes())
    except OSError:
        return EMPTY
