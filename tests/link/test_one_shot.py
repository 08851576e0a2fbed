"""The round trip, against a server that misbehaves in every way it can."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.stand_in.harness import COMMAND, Aimux


@pytest.fixture
def served(aimux: Aimux) -> Aimux:
    assert aimux.run("new", "-d").returncode == 0
    return aimux


def test_output_and_status_are_the_servers(served: Aimux) -> None:
    outcome = served.run("echo", "one", "two")
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "one two\n", "")
    outcome = served.run("complain", "no such thing")
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (1, "", "no such thing\n")


def test_bytes_that_are_no_text_go_there_and_back(served: Aimux) -> None:
    outcome = subprocess.run(
        [*map(os.fsencode, COMMAND), b"echo", b"caf\xe9 \xf0\x9f\x90\x99"],
        env=served.environment, capture_output=True, check=True,
    )  # fmt: skip
    assert outcome.stdout == b"caf\xe9 \xf0\x9f\x90\x99\n"


def test_a_request_that_was_not_read_is_sent_again(served: Aimux) -> None:
    assert served.run("reset").returncode == 0
    assert served.run("again").returncode == 0


def test_a_request_that_was_read_is_not_sent_again(served: Aimux) -> None:
    for command in ("die", "crash"):
        outcome = served.run(command)
        assert (outcome.returncode, outcome.stderr) == (1, "server exited unexpectedly\n")


def test_a_request_over_the_limit_is_refused_here(served: Aimux) -> None:
    too_long = ["x" * 100_000] * 11
    outcome = served.run("echo", *too_long)
    assert (outcome.returncode, outcome.stderr) == (1, "command too long\n")


def test_standard_input_is_sent_when_the_server_asks(served: Aimux) -> None:
    data = os.urandom(100_000)
    outcome = subprocess.run(
        [*COMMAND, "read"], env=served.environment, input=data, capture_output=True, check=True
    )
    assert outcome.stdout == data


def test_standard_input_is_left_alone_otherwise(served: Aimux) -> None:
    command = " ".join(COMMAND)
    outcome = subprocess.run(
        ["sh", "-c", f"{command} echo first; cat"],
        env=served.environment, input=b"second\n", capture_output=True, check=True,
    )  # fmt: skip
    assert outcome.stdout == b"first\nsecond\n"


def test_nobody_who_reads_is_no_error(served: Aimux) -> None:
    outcome = subprocess.run(
        ["bash", "-c", f"{' '.join(COMMAND)} echo a 2>&1 >&- ; {' '.join(COMMAND)} ls | true"],
        env=served.environment, capture_output=True, check=True,
    )  # fmt: skip
    assert (outcome.stdout, outcome.stderr) == (b"", b"")


def test_ctrl_c_ends_a_waiting_command_quietly(served: Aimux) -> None:
    waiting = served.start("follow")
    facts = served.run("where")
    assert json.loads(facts.stdout)["argv"] == ["where"]
    while not _is_connected(waiting.pid):
        assert waiting.poll() is None
    waiting.send_signal(signal.SIGINT)
    output = waiting.communicate()
    assert (waiting.returncode, output) == (130, ("", ""))


def _is_connected(pid: int) -> bool:
    """Whether it sits in recv(2): its request is on the way, its handlers are in place."""
    return Path(f"/proc/{pid}/syscall").read_text().split()[0] == "45"
