"""What tests of the language share: tmux 3.3a's command table, a context, and the real tmux."""

import json
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aimux.commands import arguments
from aimux.commands.arguments import ArgumentSpec
from aimux.commands.build import Language
from tests.programs import tmux_3_3a

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    name: str
    alias: str | None
    spec: ArgumentSpec
    usage: str
    is_addition: bool = False


@dataclass
class Context:
    """A world made of dictionaries."""

    environment: dict[str, str] = field(default_factory=dict)
    homes: dict[str | None, str] = field(
        default_factory=lambda: {None: "/home/me", "you": "/home/you"}
    )
    hidden: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def lookup_environment(self, name: str) -> str | None:
        return self.environment.get(name)

    def home(self, user: str | None) -> str | None:
        return self.homes.get(user)

    def expand_condition(self, text: str) -> str:
        self.asked.append(text)
        return {"#{yes}": "1", "#{no}": "0"}.get(text, text)

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        self.environment[name] = value
        if hidden:
            self.hidden.add(name)


def read_table() -> tuple[Row, ...]:
    rows = json.loads((HERE / "tmux_3_3a_commands.json").read_text())
    return tuple(
        Row(
            name=row["name"],
            alias=row["alias"],
            spec=ArgumentSpec(
                row["template"], row["minimum"], row["maximum"], getattr(arguments, row["kind"])
            ),
            usage=row["usage"],
        )
        for row in rows
    )


@pytest.fixture(scope="session")
def table() -> tuple[Row, ...]:
    return read_table()


@pytest.fixture
def context() -> Context:
    return Context()


@pytest.fixture
def language(table: tuple[Row, ...], context: Context) -> Language:
    return Language(table, context)


Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs a command of a real tmux 3.3a and returns its exit status and all that it printed."""
    program = tmux_3_3a()
    directory = tmp_path_factory.mktemp("tmux")
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/home/me", "LANG": "C.UTF-8", "TERM": "xterm"}
    base = [program, "-S", str(directory / uuid.uuid4().hex[:8]), "-f", "/dev/null"]

    def run(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [*base, *words],
            capture_output=True,
            check=False,
            env=environment,
            cwd=directory,
            timeout=30,
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "surrogateescape")

    run("new-session", "-d", "cat")
    yield run
    run("kill-server")
