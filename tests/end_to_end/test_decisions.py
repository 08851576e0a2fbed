"""What stands among the decisions by itself, and what each is linked to."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_exchange import start, start_agent
from tests.end_to_end.world import COMMAND, World
from tests.programs import needs
from tests.waiting import DEADLINE_SECONDS, wait_until


@pytest.fixture
def work(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    try:
        start(world)
        yield world
    finally:
        world.close()


def decisions(world: World) -> list[dict[str, Any]]:
    found = json.loads(world.do("decision", "list", "--json"))
    assert isinstance(found, list)
    return found


def test_a_person_who_types_while_an_agent_works_has_intervened_once(work: World) -> None:
    pane = start_agent(work, "working")
    work.do("select-pane", "-t", pane, ";", "resize-pane", "-Z", "-t", pane)
    outer = work.attached(columns=120)
    outer.type(b"abc")
    wait_until(lambda: len(decisions(work)) == 1)
    outer.type(b"\x03")
    wait_until(lambda: len(decisions(work)) == 2)
    typed, interrupted = decisions(work)
    assert (typed["kind"], typed["author"], typed["agent"]) == ("intervention", "me", "claude-code")
    assert typed["title"] == "typed into its pane while it worked"
    assert (interrupted["title"], interrupted["link"]) == ("interrupted it while it worked", pane)


def test_what_is_typed_for_an_agent_that_waits_is_no_decision(work: World) -> None:
    pane = start_agent(work, "idle")
    work.do("select-pane", "-t", pane, ";", "resize-pane", "-Z", "-t", pane)
    outer = work.attached(columns=120)
    outer.type(b"next\r")
    work.wait_for("GOT b'next", pane)
    assert decisions(work) == []


def test_a_task_that_is_tried_anew_is_a_decision(work: World) -> None:
    work.do("task", "add", "--retries", "0", "build it", ";", "task", "claim", "1")
    work.do("task", "fail", "1", "no compiler", ";", "task", "retry", "1")
    (one,) = decisions(work)
    assert (one["kind"], one["why"], one["link"]) == ("retry", "no compiler", "task 1")
    assert "build it" in one["title"]


def test_a_decision_is_linked_to_the_commit_that_is_checked_out(work: World) -> None:
    top = work.directory / "project"
    git = ("git", "-C", str(top), "-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(("git", "init", "-q", str(top)), check=True)
    subprocess.run((*git, "commit", "-q", "--allow-empty", "-m", "first"), check=True)
    head = subprocess.run(
        (*git, "rev-parse", "HEAD"), check=True, capture_output=True, text=True
    ).stdout.strip()
    for words in (("--title", "one"), ("--title", "two", "--commit", "v1.0")):
        subprocess.run(
            (*COMMAND, "decision", "log", *words),
            env=work.environment,
            cwd=top,
            check=True,
            timeout=DEADLINE_SECONDS,
        )
    assert [one["revision"] for one in decisions(work)] == [head, "v1.0"]
    exported = work.do("decision", "list", "--markdown")
    assert f"* **Commit**: {head}" in exported


def test_a_decision_made_in_a_pane_is_linked_to_its_last_command(aimux: World) -> None:
    needs("bash")
    aimux.do("new-session", "-d", "-s", "work", "-x", "120", "-y", "10", SHELL="/bin/bash")
    aimux.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    aimux.do("exec", "-t", "work", "--", "echo", "tests")
    line = aimux.command_line("decision", "log", "--title", "go")
    aimux.do("send-keys", "-t", "work", "-l", line, ";", "send-keys", "-t", "work", "Enter")
    wait_until(lambda: bool(decisions(aimux)))
    assert decisions(aimux)[0]["command"] == "echo tests"
