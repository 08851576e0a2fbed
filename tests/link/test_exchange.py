"""Commands whose answers are captured, against a server that misbehaves; and rows of listings."""

from __future__ import annotations

import json
import select

import pytest

from aimux.errors import LinkError
from aimux.link import listings
from aimux.link.exchange import Answer, Exchange, NobodyListensError, ask, literal
from tests.stand_in.harness import DEADLINE_SECONDS, Aimux


@pytest.fixture
def served(aimux: Aimux) -> Aimux:
    assert aimux.run("new", "-d").returncode == 0
    return aimux


def answer(served: Aimux, *words: str) -> Answer:
    return ask(str(served.socket), words, served.environment)


def test_output_errors_and_status_are_captured(served: Aimux) -> None:
    said = answer(served, "echo", "one", "caf\udce9")
    assert (said.status, said.output, said.error) == (0, "one caf\udce9\n", "")
    said = answer(served, "complain", "no such thing")
    assert (said.status, said.output, said.error.strip()) == (1, "", "no such thing")


def test_what_was_not_read_is_sent_again_and_what_was_is_not(served: Aimux) -> None:
    assert answer(served, "reset").status == 0
    assert answer(served, "again").status == 0
    with pytest.raises(LinkError, match="server exited unexpectedly"):
        answer(served, "die")


def test_it_says_nothing_of_a_terminal_and_has_no_input(served: Aimux) -> None:
    assert json.loads(answer(served, "where").output)["terminal"] is None
    assert answer(served, "read").output == ""


def test_no_server_and_too_long_a_command_are_told(aimux: Aimux) -> None:
    with pytest.raises(NobodyListensError, match="no server running on "):
        answer(aimux, "ls")
    aimux.run("new", "-d")
    with pytest.raises(LinkError, match="command too long"):
        answer(aimux, "echo", "x" * (1 << 20))


def test_it_can_be_waited_for_with_other_things(served: Aimux) -> None:
    exchange = Exchange(str(served.socket), ("echo", "x"), served.environment)
    try:
        while exchange.answer is None:
            assert select.select([exchange], [], [], DEADLINE_SECONDS)[0]
            exchange.advance()
        assert exchange.answer.output == "x\n"
    finally:
        exchange.close()
        exchange.close()


@pytest.mark.parametrize(
    ("word", "sent"), [("a;", "a\\;"), ("a\\;", "a\\\\;"), (";", "\\;"), ("a;b", "a;b"), ("", "")]
)
def test_no_word_ends_a_command(word: str, sent: str) -> None:
    assert literal(word) == sent


def test_a_line_with_other_than_the_asked_fields_is_no_row() -> None:
    fields = {"id": "#{a}", "name": "#{b}"}
    assert listings.template(fields) == "#{a}\t#{b}"
    assert listings.rows(fields, "1\tx\n2\ty\tz\n\n3\t\n") == [
        {"id": "1", "name": "x"},
        {"id": "3", "name": ""},
    ]
