"""Where the `tmux` that is aimux listens and what it reads: as its clients expect of tmux."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.compat.conftest import fresh
from tests.compat.programs import DEADLINE_SECONDS, ROOT, SHIM, Program
from tests.programs import tmux_3_3a

UID = os.getuid()
Run = Callable[..., tuple[int, str, str]]
CONFIGURATIONS = (".tmux.conf", ".config/tmux/tmux.conf")


@pytest.fixture
def shim() -> Iterator[Program]:
    with fresh(SHIM) as program:
        yield program


@pytest.fixture
def run(shim: Program) -> Iterator[Run]:
    """Runs `tmux` (real), `shim` or `aimux` with the shim's environment, and no -f."""
    programs = {
        "tmux": [tmux_3_3a()],
        "shim": [str(shim.directory / "bin" / "tmux")],
        "aimux": [sys.executable, "-m", "aimux"],
    }

    def call(name: str, *words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [*programs[name], *words], cwd=shim.directory, capture_output=True, text=True,
            env={**shim.environment(), "PYTHONPATH": str(ROOT)}, check=False,
            timeout=DEADLINE_SECONDS,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    yield call
    for name in programs:
        call(name, "kill-server")


def configure(home: Path, name: str, text: str) -> None:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_it_listens_and_reads_where_tmux_does(shim: Program, run: Run) -> None:
    for number, name in enumerate(CONFIGURATIONS):
        configure(shim.directory, name, f"set -g @last {number}\nset -g @from{number} yes\n")
    said = []
    for name in ("tmux", "shim"):
        run(name, "-L", "named", "new-session", "-d", "-s", "work", "cat")
        formats = "#{socket_path} #{@from0} #{@from1} #{@last}"
        said.append(run(name, "-L", "named", "display-message", "-p", formats))
        run(name, "-L", "named", "kill-server")
    assert said[0] == said[1]
    assert said[0][1] == f"{shim.directory}/tmux-{UID}/named yes yes 1\n"


def test_what_was_written_for_aimux_is_read_instead(shim: Program, run: Run) -> None:
    configure(shim.directory, ".tmux.conf", "set -g @tmux yes\n")
    configure(
        shim.directory, ".config/aimux/config.toml", "[options.session]\nstatus-interval = 7\n"
    )
    run("shim", "new-session", "-d", "-s", "work", "cat")
    assert run("shim", "display-message", "-p", "<#{@tmux}> #{status-interval}")[1] == "<> 7\n"


def test_by_its_own_name_it_does_not_read_tmuxs_configuration(shim: Program, run: Run) -> None:
    configure(shim.directory, ".tmux.conf", "set -g @tmux yes\n")
    run("aimux", "new-session", "-d", "-s", "work", "cat")
    assert run("aimux", "display-message", "-p", "<#{@tmux}>")[1] == "<>\n"


@pytest.mark.parametrize("starter", ["aimux", "shim"])
def test_both_names_mean_the_server_that_runs(run: Run, starter: str) -> None:
    run(starter, "new-session", "-d", "-s", f"of-{starter}", "cat")
    for name in ("aimux", "shim"):
        said = run(name, "list-sessions", "-F", "#{session_name}")
        assert said == (0, f"of-{starter}\n", "")


def test_a_tmux_that_runs_there_is_left_alone_and_said(shim: Program, run: Run) -> None:
    run("tmux", "new-session", "-d", "-s", "theirs", "cat")
    path = f"{shim.directory}/tmux-{UID}/default"
    said = f"error connecting to {path} (a tmux that is not aimux listens there)\n"
    for words in (("list-sessions",), ("new-session", "-d"), ("kill-server",)):
        assert run("shim", *words) == (1, "", said)
    assert run("aimux", "-S", path, "list-sessions") == (1, "", said)
    assert run("shim", "-V") == (0, "tmux 3.3a\n", "")
    assert run("aimux", "new-session", "-d", "-s", "ours", "cat")[0] == 0
    assert run("aimux", "list-sessions", "-F", "#S")[1] == "ours\n"
    assert run("tmux", "list-sessions", "-F", "#S")[1] == "theirs\n"


def test_a_real_tmux_that_comes_to_our_socket_does_no_harm(run: Run) -> None:
    run("shim", "new-session", "-d", "-s", "ours", "cat")
    assert run("tmux", "list-sessions")[0] == 1
    assert run("shim", "list-sessions", "-F", "#S")[1] == "ours\n"
