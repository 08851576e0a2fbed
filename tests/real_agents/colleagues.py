"""Several real agents in the panes of one aimux, with what `aimux agent setup` gives them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

from tests.end_to_end.world import CODE, COMMAND, World
from tests.real_agents import agent
from tests.waiting import wait_until

SECONDS = 90
"""A real agent answers within so long, also where many tests run."""


class Office:
    """A world with a model, in which agents are started."""

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        self.port = port
        self.home = world.directory / "home"
        self.work = self.home / "proj"
        self.work.mkdir(parents=True)
        self.bin = world.directory / "bin"
        self.bin.mkdir()
        program = self.bin / "aimux"
        program.write_text(
            f'#!/bin/sh\nPYTHONPATH={CODE} exec {shlex.join(COMMAND)} "$@"\n', encoding="utf-8"
        )
        program.chmod(0o755)
        world.do("new-session", "-d", "-s", "office", "-x", "120", "-y", "40", "sh")
        world.do("set-option", "-g", "remain-on-exit", "on")

    @property
    def environment(self) -> dict[str, str]:
        """That of every agent."""
        return {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "XDG_STATE_HOME": str(self.world.directory / "state"),
            "AIMUX_TMPDIR": str(self.world.directory),
            "LANG": "C.UTF-8",
            "SHELL": "/bin/bash",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    def setup(self, kind: str, *words: str) -> None:
        """Run `aimux agent setup` for a kind, as a person would."""
        subprocess.run(
            [str(self.bin / "aimux"), "agent", "setup", kind, *words],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def hire(self, kind: str, *arguments: str) -> Colleague:
        """Start an agent in a pane of its own, and wait until it waits."""
        program = [*agent.program_of(kind), *arguments]
        variables = agent.VARIABLES[kind](self.home, self.port)
        _trust(self.home, self.work)
        pairs = [f"{name}={value}" for name, value in (self.environment | variables).items()]
        passed = 'exec env -i AIMUX="$AIMUX" AIMUX_PANE="$AIMUX_PANE" "$@"'
        pane = self.world.do(
            *("new-window", "-d", "-P", "-F", "#{pane_id}", "-c", str(self.work)),
            *("sh", "-c", passed, "sh", *pairs, *program),
        ).strip()
        hired = Colleague(self, pane)
        hired.waits_for("idle")
        return hired

    def message(self, number: int) -> dict[str, Any]:
        """A message as a person sees it."""
        found = json.loads(self.world.do("msg", "show", "--json", str(number)))
        return dict(found[0])

    def messages(self) -> list[dict[str, Any]]:
        """All of them."""
        lines = self.world.do("msg", "tail", "--json", "--count", "100").splitlines()
        return [json.loads(line) for line in lines]

    def explains(self) -> str:
        """What everybody shows, for a test that fails."""
        panes = self.world.do("list-panes", "-a", "-F", "#{pane_id}").split()
        seen = "\n".join(f"--- {pane}\n{self.world.seen(pane).rstrip()}" for pane in panes)
        return f"{self.world.do('msg', 'tail')}\n{self.world.do('agents')}\n{seen}"

    def waits_until_message(self, number: int, state: str) -> dict[str, Any]:
        """Wait until a message is in a state."""

        def is_there() -> bool:
            return any(
                one["id"] == number and one["state"] == state for one in self.messages()
            )

        wait_until(is_there, seconds=SECONDS, state=self.explains)
        return self.message(number)


class Colleague:
    """A real agent in a pane."""

    def __init__(self, office: Office, pane: str) -> None:
        self.office = office
        self.pane = pane

    def fact(self) -> dict[str, Any]:
        """What `agents --json` says of it."""
        found = json.loads(self.office.world.do("agents", "--json"))
        return next((dict(one) for one in found if one["pane"] == self.pane), {})

    def waits_for(self, *states: str) -> None:
        """Wait until it is in one of some states."""
        wait_until(
            lambda: self.fact().get("state") in states,
            seconds=SECONDS,
            state=self.office.explains,
        )

    def seen(self) -> str:
        """What its pane shows."""
        return self.office.world.seen(self.pane)

    def is_asked(self, text: str) -> None:
        """Let a person's tool type a prompt and send it."""
        self.office.world.do("agent", "prompt", "-t", self.pane, text)


def _trust(home: Path, work: Path) -> None:
    """Claude Code asks nobody about a directory that it knows."""
    path = home / ".claude.json"
    if path.exists():
        settings = json.loads(path.read_text())
        settings["projects"] = {str(work): {"hasTrustDialogAccepted": True}}
        path.write_text(json.dumps(settings))


