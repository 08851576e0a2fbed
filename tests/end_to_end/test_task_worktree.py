"""A task with a worktree of its own and an agent in it: real git, a stand-in for the agent."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_exchange import AGENT
from tests.end_to_end.world import COMMAND, World
from tests.waiting import DEADLINE_SECONDS, wait_until

GIT = shutil.which("git") or "git"


class Project:
    """A repository, and a server whose panes find only a stand-in agent and git."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.top = world.directory / "project"
        self.programs = world.directory / "programs"
        self.programs.mkdir()
        for name in ("git", "sh", "env", "cat"):
            (self.programs / name).symlink_to(shutil.which(name) or "/bin/false")
        subprocess.run((GIT, "init", "-q", str(self.top)), check=True)
        self.git("commit", "-q", "--allow-empty", "-m", "first")
        world.environment["PATH"] = str(self.programs)
        world.do("new-session", "-d", "-s", "work", "-x", "160", "-y", "40", "cat")

    def git(self, *words: str, at: Path | None = None) -> str:
        line = (GIT, "-C", str(at or self.top), "-c", "user.name=a", "-c", "user.email=a@b", *words)
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    def install(self, state: str = "idle") -> None:
        """Put a program called claude into PATH that says its state."""
        (self.world.directory / "agent.py").write_text(AGENT)
        program = self.programs / "claude"
        program.write_text(
            f"#!/bin/sh\nexec {sys.executable} {self.world.directory}/agent.py {state}\n"
        )
        program.chmod(0o755)

    def add(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (*COMMAND, "task", "add", "--worktree", *words),
            env=self.world.environment,
            cwd=self.top,
            capture_output=True,
            text=True,
            check=False,
            timeout=DEADLINE_SECONDS,
        )

    def task(self, number: int = 1) -> dict[str, Any]:
        found = json.loads(self.world.do("task", "show", "--json", str(number)))
        assert isinstance(found, dict)
        return found


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    world = World(tmp_path)
    try:
        yield Project(world)
    finally:
        world.close()


def test_an_agent_is_started_in_the_worktree_and_given_the_task_once_it_waits(
    project: Project,
) -> None:
    project.install()
    done = project.add("--role", "coder", "Fix: the 'parser'; now")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")
    task = project.task()
    place, pane = Path(task["worktree"]), f"%{task['pane']}"
    assert place.name.startswith("fix-the-parser-now-")
    assert project.git("branch", "--show-current", at=place).strip() == f"task/{place.name}"
    assert project.world.ask("#{pane_start_path}", pane) == str(place)
    assert project.world.ask("#{agent-name}:#{agent-role}", pane) == f"{place.name}:coder"
    said = project.world.wait_for("aimux task done 1", pane).replace("\n", "")
    assert "Fix: the" in said
    wait_until(lambda: project.task()["owner"] == place.name)


def test_a_task_goes_to_no_other_agent_while_its_own_is_there(project: Project) -> None:
    project.install()
    assert project.add("the first").returncode == 0
    first = project.task()
    project.world.wait_for("aimux task done 1", f"%{first['pane']}")
    project.install("blocked")
    assert project.add("the second").returncode == 0
    project.world.do("task", "cancel", "1")
    second = project.task(2)
    assert (second["state"], second["owner"]) == ("open", "")
    project.world.do("kill-pane", "-t", f"%{second['pane']}")
    wait_until(lambda: project.task(2)["pane"] == first["pane"])  # now anybody may do it


def test_where_the_worktree_is_kept_is_said_at_the_end(project: Project) -> None:
    assert project.add("--agent", "none", "by hand").returncode == 0
    task = project.task()
    place = Path(task["worktree"])
    assert task["pane"] == -1
    (place / "work").write_text("not committed")
    project.world.do("task", "claim", "1")
    assert project.world.do("task", "done", "1", "ready") == f"worktree kept: {place}\n"
    assert (place / "work").read_text() == "not committed"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("x",), "no agent's program is in PATH"),
        (("--agent", "claude", "x"), "is not installed"),
        (("--agent", "nobody", "x"), "unknown kind: nobody"),
    ],
)
def test_without_an_agents_program_nothing_is_made(
    project: Project, words: tuple[str, ...], text: str
) -> None:
    refused = project.add(*words)
    assert (refused.returncode, text in refused.stderr) == (1, True), refused.stderr
    assert project.world.do("task", "list") == ""
    assert not project.top.with_name("project.worktrees").exists()


def test_outside_of_a_repository_there_is_no_worktree(project: Project) -> None:
    refused = project.world.run("task", "add", "--worktree", "x")
    assert (refused.returncode, "not in a repository" in refused.stderr) == (1, True)
    alone = project.world.run("task", "add", "--agent", "claude", "x")
    assert alone.stderr == "--agent goes with --worktree\n"
