"""Real agents in panes of aimux, with nothing of the person's and no network."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Callable

import pytest

from tests.end_to_end.world import CODE, World
from tests.real_agents.asking import Fact, StateWatch, ask
from tests.real_agents.homes import Traits, prepare
from tests.real_agents.installation import NotInstalledError, program_of
from tests.real_agents.model import Model
from tests.waiting import wait_until

PLAIN = Traits()
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 0.6
"""Between a text and Enter, as nobody types faster: agents take both at once for a paste."""
STARTED = {
    "claude-code": "manual mode on",
    "codex": "gpt-5.2-codex",
    "gemini-cli": "Type your message",
    "opencode": "Ask anything",
}
"""What each shows once one can type."""
ARGUMENTS = {"claude-code": ("--permission-mode", "default")}
"""By which an agent asks before it runs a command."""
REVIEW = "Hooks need review"
"""What Codex asks about hooks that it has not seen before."""


class Agent:
    """A real agent in a window of its own.

    Args:
        world: Where aimux runs.
        watch: Tells its turns.
        kind: The kind's name.
        model: What it talks to.
        name: Its own among the agents of a world.
        arguments: Of its program.
        traits: What is special about it.
    """

    def __init__(
        self,
        world: World,
        watch: StateWatch,
        kind: str,
        model: Model,
        *arguments: str,
        name: str = "agent",
        traits: Traits = PLAIN,
    ) -> None:
        self.world, self.watch, self.kind, self.model, self.name = world, watch, kind, model, name
        self.home = world.directory / name
        self.work = self.home / "proj"
        program, words = program_of(kind), (*ARGUMENTS.get(kind, ()), *arguments)
        variables = dict(prepare(kind, self.home, model.port, traits))
        if traits.is_set_up:
            world.do("agent", "setup", kind, **variables)
        pairs = [word for one in variables.items() for word in ("-e", "=".join(one))]
        window = ("new-window", "-d", "-P", "-F", "#{pane_id}", "-n", name, "-c", str(self.work))
        self.pane = ask(world, *window, *pairs, *program, *words).strip()

    # ---- what is seen ----

    def fact(self) -> Fact:
        """What `agents --json` says of it; empty without one."""
        found = json.loads(ask(self.world, "agents", "--json"))
        return next((dict(one) for one in found if one["pane"] == self.pane), {})

    def state(self) -> str:
        """What it does, as aimux says; "" without one."""
        return str(self.fact().get("state", ""))

    def seen(self) -> str:
        """What its pane shows."""
        return ask(self.world, "capture-pane", "-p", "-t", self.pane)

    def explains(self) -> str:
        """Why its state is what it is, and what it shows."""
        said = self.world.run("agent", "explain", "-t", self.pane).stdout
        told = [(round(one.at, 2), one.state) for one in self.watch.of(self.pane)]
        return f"{self.kind}\n{said}\n{told}\n{self.seen()}"

    def waits_until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        wait_until(condition, seconds=PATIENCE_SECONDS, state=self.explains)

    def waits_for(self, *states: str) -> Fact:
        """Wait until it is in one of some states."""
        self.waits_until(lambda: self.state() in states)
        return self.fact()

    def waits_for_text(self, text: str) -> None:
        """Wait until it shows a text."""
        self.waits_until(lambda: text in self.seen())

    def waits_until_it_listens(self) -> None:
        """Wait until one can type a prompt, and aimux knows that it is idle."""
        self.waits_until(lambda: any(one in self.seen() for one in (STARTED[self.kind], REVIEW)))
        if REVIEW in self.seen():
            self.presses("Down", "Enter")  # trust all
            self.waits_for_text(STARTED[self.kind])
        self.waits_for("idle")

    # ---- what is done ----

    def types(self, text: str) -> float:
        """Type a prompt, wait until it is shown, and send it; when Enter was pressed."""
        ask(self.world, "send-keys", "-t", self.pane, "-l", text)
        end = text[-20:]  # a long one is wrapped
        self.waits_until(lambda: end in " ".join(self.seen().split()))
        self.watch.wait(lambda: False, PAUSE_SECONDS)
        return self.presses("Enter")

    def presses(self, *keys: str) -> float:
        """Press keys, one after the other; when the last one was about to be."""
        pressed = time.clock_gettime(time.CLOCK_REALTIME)
        for key in keys:
            pressed = time.clock_gettime(time.CLOCK_REALTIME)
            ask(self.world, "send-keys", "-t", self.pane, key)
        return pressed


Start = Callable[..., Agent]
"""Starts an agent of a kind, with arguments of its program and traits by name."""


def need(kind: str) -> None:
    """Have an agent installed; skips the test, and says why, where that cannot be."""
    try:
        program_of(kind)
    except NotInstalledError as error:
        pytest.skip(f"no {kind}: {error}")


def _find_aimux(world: World) -> None:
    """Put an `aimux` on the path, as hooks call it."""
    directory = world.directory / "bin"
    directory.mkdir()
    words = ("exec", "env", f"PYTHONPATH={CODE}", sys.executable, "-m", "aimux")
    program = directory / "aimux"
    program.write_text(f'#!/bin/sh\n{shlex.join(words)} "$@"\n')
    program.chmod(0o755)
    world.environment["PATH"] = f"{directory}:{world.environment['PATH']}"


def session(world: World) -> StateWatch:
    """Start a server whose windows are as large as an agent likes, and listen to its agents."""
    _find_aimux(world)
    world.do("new-session", "-d", "-s", "work", "-x", "120", "-y", "40")
    world.do("set-option", "-g", "remain-on-exit", "on")
    return StateWatch(world)
