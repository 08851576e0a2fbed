"""Claude Code's files: its registry binds a process to a session, and that to its transcript."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from aimux.agents.sources.claude_registry import (
    MAX_FILE,
    ClaudeSession,
    claim_of,
    is_of,
    parse_claude_session,
    transcript_path,
)
from aimux.agents.sources.claude_transcript import ClaudeTranscript
from aimux.pty.processes import TICKS_PER_SECOND, environment, process
from aimux.server.agent_files import Files, News
from aimux.server.file_watch import Following
from aimux.server.log_reader import LogReader


class ClaudeFiles:
    """Follows the files of one Claude Code.

    Args:
        pids: Its processes; the registry knows one of them.
        files: What is needed to follow files.
        news: Told what they say.
    """

    def __init__(self, pids: Sequence[int], files: Files, news: News) -> None:
        self._files = files
        self._news = news
        self._session: ClaudeSession | None = None
        self._log: LogReader | None = None
        self._log_following: Following | None = None
        home = environment(pids[0]) if pids else {}
        self._directory = home.get("CLAUDE_CONFIG_DIR") or f"{home.get('HOME', '/')}/.claude"
        self._ticks = {pid: _start_ticks(pid) for pid in pids}
        self._followings = [
            files.watch.follow(self._entry(pid), lambda pid=pid: self._registered(pid))  # type: ignore[misc]  # mypy does not infer a lambda's default
            for pid in pids
        ]
        for pid in pids:
            self._registered(pid)

    def turned(self, state: str, since: float) -> None:
        """Nothing: the registry says itself which session it is."""

    def told(self, session: str, path: str) -> None:
        """Nothing: the same."""

    def titled(self, title: str) -> None:
        """Nothing: the same."""

    def close(self) -> None:
        """Follow nothing any more."""
        for following in self._followings:
            self._files.watch.leave(following)
        self._leave_log()

    def _entry(self, pid: int) -> str:
        return f"{self._directory}/sessions/{pid}.json"

    def _registered(self, pid: int) -> None:
        session = _read(self._entry(pid))
        if session is None:
            if self._session is not None and self._session.pid == pid and not self._exists(pid):
                self._session = None
                self._news.withdrawn("registry")
            return
        if not is_of(session, pid, self._ticks[pid]):
            return
        is_other = self._session is None or self._session.session != session.session
        self._session = session
        if is_other:
            self._follow_log(session)
        self._news.claimed(claim_of(session, self._files.now()))
        if self._log is not None:
            self._log.changed()

    def _exists(self, pid: int) -> bool:
        return Path(self._entry(pid)).exists()

    def _follow_log(self, session: ClaudeSession) -> None:
        self._leave_log()
        path = f"{self._directory}/projects/{transcript_path(session)}"
        transcript = ClaudeTranscript()
        self._news.bound(session.session, path)
        self._log = log = LogReader(
            path,
            (transcript.feed, self._news.line),
            lambda: self._news.logged(transcript),
            self._files.later,
        )
        self._log_following = self._files.watch.follow(path, log.changed)
        log.changed()

    def _leave_log(self) -> None:
        if self._log_following is not None:
            self._files.watch.leave(self._log_following)
        self._log = self._log_following = None


def _start_ticks(pid: int) -> int:
    found = process(pid)
    return round(found.start_time * TICKS_PER_SECOND) if found is not None else -1


def _read(path: str) -> ClaudeSession | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return parse_claude_session(os.read(descriptor, MAX_FILE))
    except OSError:
        return None
    finally:
        os.close(descriptor)
