import asyncio
import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aimux.agents.state_claims import Claim, Source
from aimux.server.agent_files import Files, Log
from aimux.server.clock import SystemClock
from aimux.server.file_watch import FileWatch
from aimux.server.log_files import LOOKS_SECONDS, PLACES, LogFiles
from aimux.server.process_watch import ProcessWatch

CLOCK = SystemClock()


class Told:
    """What was said of one agent."""

    def __init__(self) -> None:
        self.session = ""
        self.used = 0

    def bound(self, session: str, path: str) -> None:
        self.session = session if path else ""

    def claimed(self, claim: Claim) -> None:
        """Nothing here."""

    def withdrawn(self, source: Source) -> None:
        """Nothing here."""

    def line(self, line: bytes) -> None:
        pass

    def logged(self, log: Log) -> None:
        self.used = log.context.used if log.context is not None else 0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "sessions" / "2026" / "11" / "22").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def codex(home: Path) -> Iterator[int]:
    """A process whose environment and directory are those of a Codex."""
    settings = {"CODEX_HOME": str(home)}
    with subprocess.Popen(["/bin/sleep", "1000"], env=settings, cwd=home) as process:
        yield process.pid
        process.kill()


@pytest.fixture
async def files() -> Files:
    loop = asyncio.get_running_loop()

    def later(seconds: float, action: object) -> None:
        assert callable(action)
        loop.call_later(seconds, action)

    return Files(FileWatch(loop), ProcessWatch(loop), CLOCK, later, set())


def rollout(home: Path, name: str, directory: Path, began_at: float) -> Path:
    """The log of a thread whose turn began at a time, with its numbers."""
    at = datetime.fromtimestamp(began_at, UTC).isoformat()
    usage = {"last_token_usage": {"total_tokens": 50_000}, "model_context_window": 100_000}
    payloads = [
        ("session_meta", {"id": name, "cwd": str(directory), "thread_source": "user"}),
        ("event_msg", {"type": "task_started"}),
        ("event_msg", {"type": "token_count", "info": usage}),
    ]
    path = home / "sessions" / "2026" / "11" / "22" / f"rollout-{name}.jsonl"
    lines = [json.dumps({"timestamp": at, "type": kind, "payload": of}) for kind, of in payloads]
    path.write_text("\n".join(lines) + "\n")
    return path


async def until(condition: object) -> None:
    assert callable(condition)
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # files tell it, and no event
            await asyncio.sleep(0.02)


async def test_the_log_whose_turn_began_with_the_panes_is_bound(
    home: Path, codex: int, files: Files
) -> None:
    now, told = CLOCK.wall(), Told()
    rollout(home, "mine", home, now)
    rollout(home, "earlier", home, now - 60)
    rollout(home, "elsewhere", home / "sub", now)
    LogFiles(PLACES["codex"], [codex], files, told).turned("working", now)
    await until(lambda: told.used)
    assert (told.session, told.used) == ("rollout-mine", 50_000)


async def test_of_two_turns_at_once_none_is_bound_until_one_stands_alone(
    home: Path, codex: int, files: Files
) -> None:
    now, told = CLOCK.wall(), Told()
    rollout(home, "one", home, now)
    rollout(home, "other", home, now)
    agent = LogFiles(PLACES["codex"], [codex], files, told)
    agent.turned("working", now)
    await asyncio.sleep(LOOKS_SECONDS[0] + 0.3)  # nothing is to happen
    assert told.session == ""
    rollout(home, "other", home, now - 10)
    await until(lambda: told.session)
    assert told.session == "rollout-one"


async def test_two_panes_that_begin_at_once_get_no_log_of_each_other(
    home: Path, codex: int, files: Files
) -> None:
    now, first, second = CLOCK.wall(), Told(), Told()
    rollout(home, "one", home, now)
    agents = [LogFiles(PLACES["codex"], [codex], files, told) for told in (first, second)]
    for agent in agents:
        agent.turned("working", now)
    await asyncio.sleep(LOOKS_SECONDS[0] + 0.3)  # nothing is to happen
    assert (first.session, second.session) == ("", "")
    rollout(home, "one", home, now + 10)
    agents[0].turned("working", now + 10)
    await until(lambda: first.session)
    assert (first.session, second.session) == ("rollout-one", "")
    agents[0].close()
    assert files.taken == set()
