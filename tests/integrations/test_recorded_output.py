"""`aimux parse`: what a recorded command's output says, without a server."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aimux.integrations.recorded_output import ParseError, parse_recording

RAW = (
    b"\x1b[1mcollecting ... \x1b[0m\rcollected 2 items   \r\n"
    b"\x1b[31mFAILED\x1b[0m test_a.py::\x1b[1mtest_x\x1b[0m - assert 1 == 2\r\n"
    b"\x1b[31m1 failed\x1b[0m, 1 passed in 0.02s\r\n"
)


@pytest.fixture
def recording(tmp_path: Path) -> str:
    path = tmp_path / "out.ansi"
    path.write_bytes(RAW)
    return str(path)


def test_json_has_the_fields_of_the_index_and_the_problems(recording: str) -> None:
    words = ["--command", "pytest -q", "--exit-code", "1", "--columns", "100", recording, "--json"]
    result = json.loads(parse_recording(words))
    assert (result["tool"], result["kind"], result["status"]) == ("pytest", "test", "fail")
    assert result["headline"] == "1 failed, 1 passed: test_a.py::test_x"
    assert result["facts"]["failing"] == ["test_a.py::test_x"]
    assert result["problems"] == []


def test_without_json_it_is_text(recording: str) -> None:
    text = parse_recording(["--command", "pytest", "--exit-code", "1", recording])
    assert text.splitlines()[0] == "fail: pytest (test) 1 failed, 1 passed: test_a.py::test_x"
    assert "  failing: test_a.py::test_x" in text.splitlines()


def test_narrow_columns_do_not_change_what_is_said(recording: str) -> None:
    words = ["--command", "pytest", "--exit-code", "1", "--json", recording]
    wide, narrow = (parse_recording(["--columns", n, *words]) for n in ("200", "12"))
    assert wide == narrow


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "usage"),
        (["--exit-code", "400", "x"], "from 0 to 255"),
        (["--columns", "0", "x"], "from 1 to"),
        (["--nonsense", "x"], "nonsense"),
        (["/nowhere/at/all"], "No such file"),
    ],
)
def test_wrong_words_are_refused(words: list[str], message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse_recording(words)


def test_the_program_reads_standard_input() -> None:
    command = [sys.executable, "-m", "aimux", "parse", "--command", "pytest", "--exit-code", "1"]
    done = subprocess.run([*command, "-"], input=RAW, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"fail: pytest (test)")
    refused = subprocess.run([*command, "/nowhere/at/all"], capture_output=True, check=False)
    assert refused.returncode == 1
    assert b"No such file" in refused.stderr
