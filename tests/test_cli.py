"""The command line as a user meets it; tmux stands beside it where the two must agree."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux import __version__
from tests.stand_in.harness import Aimux, closing


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[Aimux]:
    yield from closing(tmp_path)


@pytest.mark.parametrize("words", [["-V"], ["-V", "ls"], ["-uV"], ["--version"]])
def test_the_version_is_printed_without_a_server(aimux: Aimux, words: list[str]) -> None:
    outcome = aimux.run(*words)
    assert (outcome.returncode, outcome.stdout) == (0, f"aimux {__version__}\n")
    assert aimux.servers() == []


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_is_no_error_and_names_every_option(aimux: Aimux, word: str) -> None:
    outcome = aimux.run(word)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    options = set(re.findall(r"^  -(\w)", outcome.stdout, re.MULTILINE))
    assert options == set("2CcDfLlNSTuvV")


@pytest.mark.parametrize(
    "words",
    [["-z"], ["-L"], ["-c", "true", "ls"], ["-D", "ls"], ["ls"], ["-S", "/no/such/place", "ls"]],
)
def test_refusals_read_as_tmuxs(aimux: Aimux, words: list[str]) -> None:
    ours = aimux.run(*words)
    environment = {**os.environ, "TMUX_TMPDIR": str(aimux.directory), "TMUX": ""}
    tmux = subprocess.run(
        ["tmux", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert ours.stderr.replace("aimux", "tmux") == tmux.stderr
    assert (ours.returncode, ours.stdout) == (tmux.returncode, tmux.stdout)


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_terminal_without_a_screen_is_refused_as_by_tmux(aimux: Aimux, term: str) -> None:
    words = b"open terminal failed: terminal does not support clear\r\n"
    assert aimux.terminal("new", TERM=term).wait_for_end() == (1, words)
    socket = str(aimux.directory / "tmux")
    try:
        tmux = aimux.terminal_of("tmux", "-S", socket, "-f", "/dev/null", "new", TERM=term)
        assert tmux.wait_for_end() == (1, words)
    finally:
        subprocess.run(["tmux", "-S", socket, "kill-server"], capture_output=True, check=False)


def test_the_server_decides_about_a_command_without_a_terminal(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    assert json.loads(aimux.run("where").stdout)["terminal"] is None


def test_the_server_hears_of_the_terminal(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    terminal = aimux.terminal("where", COLORTERM="truecolor")
    _, output = terminal.wait_for_end()
    told = json.loads(output)["terminal"]
    assert told.pop("tty").startswith("/dev/pts/")
    assert told == {"term": "xterm-256color", "columns": 80, "rows": 24, "depth": 1 << 24}


def test_the_server_is_started_with_what_the_options_say(aimux: Aimux) -> None:
    aimux.run("-vvf", "mine.conf", "start")
    told = json.loads(aimux.run("where").stdout)
    assert told["settings"] == {"files": [f"{aimux.directory}/mine.conf"], "v": 2}
    assert told["cwd"] == str(aimux.directory)


def test_a_shell_command_runs_in_the_default_shell(aimux: Aimux) -> None:
    outcome = aimux.run("-c", "echo $0 $SHELL; exit 3")
    assert (outcome.returncode, outcome.stdout) == (3, "sh /bin/sh\n")
    assert aimux.run("-lc", "echo $0").stdout == "-sh\n"


def test_a_name_leads_to_another_server(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    aimux.run("-L", "other", "new", "-d")
    names = {aimux.run("ls").stdout, aimux.run("-Lother", "ls").stdout}
    assert names == {f"server {pid}\n" for pid in aimux.servers()}
    assert len(names) == 2


def test_a_pane_talks_to_the_server_around_it(aimux: Aimux) -> None:
    aimux.run("-L", "other", "new", "-d")
    around = f"{aimux.socket.with_name('other')},1,0"
    assert aimux.run("ls", AIMUX=around).returncode == 0


def test_an_alias_that_attaches_gets_its_client_late(aimux: Aimux) -> None:
    aimux.run("new", "-d")
    terminal = aimux.terminal("come-in", STAND_IN_CLIENT="link")
    terminal.wait_for(b"has secret")
    aimux.run("detach")
    assert terminal.wait_for_end()[0] == 0
