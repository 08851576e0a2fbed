"""OpenCode's session is bound to its pane exactly or not at all, and followed as it is written."""

import asyncio
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aimux.agents.state_claims import Claim, Source
from aimux.server.agent_files import Files, Log
from aimux.server.clock import SystemClock
from aimux.server.file_watch import FileWatch
from aimux.server.opencode_files import OpenCodeFiles
from aimux.server.process_watch import ProcessWatch
from tests.agents.sources.opencode import USED, Database

CLOCK = SystemClock()


class Told:
    """What was said of one agent."""

    def __init__(self) -> None:
        self.session = ""
        self.shares: list[tuple[int, int]] = []

    def bound(self, session: str, path: str) -> None:
        self.session = session

    def claimed(self, claim: Claim) -> None:
        """Nothing here."""

    def withdrawn(self, source: Source) -> None:
        """Nothing here."""

    def line(self, line: bytes) -> None:
        pass

    def logged(self, log: Log) -> None:
        if log.context is not None:
            self.shares.append((log.context.used, log.context.window))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    directory = tmp_path / ".local/share/opencode"
    directory.mkdir(parents=True)
    return Database(directory / "opencode.db")


@pytest.fixture
def pid(tmp_path: Path) -> Iterator[int]:
    """A process whose environment and directory are those of an OpenCode."""
    with subprocess.Popen(["/bin/sleep", "1000"], env={"HOME": str(tmp_path)}, cwd=tmp_path) as one:
        yield one.pid
        one.kill()


@pytest.fixture
async def files() -> Files:
    loop = asyncio.get_running_loop()

    def later(seconds: float, action: Callable[[], None]) -> None:
        loop.call_later(seconds, action)

    return Files(FileWatch(loop), ProcessWatch(loop), CLOCK, later, set())


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # files tell it, and no event
            await asyncio.sleep(0.02)


async def test_a_session_is_bound_by_its_turn_and_followed(
    database: Database, pid: int, files: Files, tmp_path: Path
) -> None:
    limit = {"models": {"some-model": {"limit": {"context": 200_000}}}}
    config = {"provider": {"mock": limit}}
    (tmp_path / "opencode.json").write_text(json.dumps(config))
    now, told = CLOCK.wall(), Told()
    database.session("ses_a", str(tmp_path))
    database.asked("ses_a", now)
    agent = OpenCodeFiles([pid], files, told)
    agent.titled("OpenCode")
    agent.turned("working", now)
    await until(lambda: told.session)
    assert told.session == "ses_a"
    database.answered("ses_a", now + 1)
    await until(lambda: told.shares)
    assert told.shares[-1] == (USED, 200_000)
    agent.close()
    assert told.session == ""
    assert files.taken == set()


async def test_two_panes_that_begin_at_once_get_no_session_until_their_titles_differ(
    database: Database, pid: int, files: Files, tmp_path: Path
) -> None:
    now, first, second = CLOCK.wall(), Told(), Told()
    agents = [OpenCodeFiles([pid], files, told) for told in (first, second)]
    for agent in agents:
        agent.turned("working", now)
    database.session("ses_a", str(tmp_path))
    database.asked("ses_a", now)
    await asyncio.sleep(1.0)  # nothing is to happen
    assert (first.session, second.session) == ("", "")
    database.session("ses_a", str(tmp_path), "Fix the login")
    agents[1].titled("OC | Fix the login")
    await until(lambda: second.session)
    assert (first.session, second.session) == ("", "ses_a")


async def test_a_window_that_shows_another_session_is_bound_to_that(
    database: Database, pid: int, files: Files, tmp_path: Path
) -> None:
    told = Told()
    for name, title in (("ses_a", "Fix the login"), ("ses_b", "Write a README")):
        database.session(name, str(tmp_path), title)
    agent = OpenCodeFiles([pid], files, told)
    agent.titled("OC | Fix the login")
    await until(lambda: told.session == "ses_a")
    agent.titled("OC | Write a README")
    await until(lambda: told.session == "ses_b")
    agent.titled("OpenCode")
    await until(lambda: told.session == "")
