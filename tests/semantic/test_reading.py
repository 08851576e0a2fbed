"""Compressed reading: whole commands that fit, what failed kept, every gap said."""

from aimux.semantic.reading import Printed, estimated_tokens, read_commands
from aimux.semantic.recognise import Recogniser
from aimux.semantic.result import Result
from tests.semantic.recorded import FAILING_RUN as FAILING


def recognised(lines: list[str], command: str, exit_status: int) -> Result:
    recogniser = Recogniser(command)
    recogniser.feed_lines(lines)
    return recogniser.result(exit_status)


def printed(number: int, command: str, lines: list[str], exit_status: int = 0) -> Printed:
    result = recognised(lines, command, exit_status)
    return Printed(number, command, lines, result, exit_status, 1.25)


def test_the_newest_whole_commands_are_given() -> None:
    commands = [printed(n, f"echo {n}", [f"{n} " * 30] * 10) for n in range(1, 9)]
    reading = read_commands(commands, tokens=1000)
    assert reading.tokens <= 1100
    assert reading.left_out == 8 - (reading.text.count("$ echo"))
    assert reading.since == reading.left_out + 1
    assert "$ echo 8" in reading.text
    assert "$ echo 1 " not in reading.text
    assert reading.text.startswith(f"… {reading.left_out} older commands")


def test_a_command_that_alone_exceeds_the_budget_is_cut_further() -> None:
    lines = [f"m{n}.c:{n}:1: error: bad thing number {n}" for n in range(1, 3000)]
    reading = read_commands([printed(5, "make", lines, 2)], tokens=400)
    assert reading.tokens <= 450
    assert "m1.c:1:1: error" in reading.text
    assert "--since 5" in reading.text


def test_in_full_nothing_is_left_out() -> None:
    commands = [printed(1, "pytest -v", FAILING, 1), printed(2, "seq", ["1"] * 500)]
    reading = read_commands(commands, tokens=10, is_full=True)
    assert reading.left_out == 0
    assert all(line in reading.text.splitlines() for line in FAILING)
    assert reading.text.count("\n1") >= 499


def test_the_status_is_said_from_the_exit_status() -> None:
    text = read_commands([printed(1, "pytest", ["5 passed in 0.1s"], 1)]).text
    assert text.splitlines()[0] == "$ pytest (fail, exit 1, 1.2 s): 5 passed"


def test_nothing_gives_nothing() -> None:
    reading = read_commands([])
    assert (reading.text, reading.since, reading.left_out) == ("", None, 0)


def test_a_token_is_three_characters() -> None:
    assert estimated_tokens("abc" * 10) == 10
    assert estimated_tokens("a") == 1
