from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.abilities.questions import NOTHING_TOLD, Answers, questions
from aimux.keys.tokenizer import Tokenizer, TokenKind

XTERM = {"TERM": "xterm-256color"}
RGB, UNDERLINE = "524742", "536d756c78"


@pytest.mark.parametrize("term", ["", "dumb", "linux", "vt100", "unknown"])
def test_a_terminal_that_would_show_the_question_is_asked_nothing(term: str) -> None:
    assert questions({"TERM": term}) == ""


def test_the_last_question_is_the_one_that_every_terminal_answers() -> None:
    assert questions(XTERM).endswith("\x1b[c")
    assert questions({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}) == ""


def test_gnu_screen_is_asked_nothing_that_it_hands_on() -> None:
    assert "\x1bP" not in questions({"TERM": "screen-256color"})
    assert "\x1bP" in questions({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"})


@pytest.mark.parametrize(
    ("report", "features"),
    [
        ("\x1b[?2026;2$y", {"sync"}),
        ("\x1b[?2026;0$y", set()),
        ("\x1b[?5u", {"kitty", "extkeys"}),
        (f"\x1bP1+r{RGB}=382F382F38\x1b\\", {"RGB"}),
        (f"\x1bP1+r{RGB}\x1b\\", {"RGB"}),
        (f"\x1bP0+r{RGB}\x1b\\", set()),
        (f"\x1bP1+r{UNDERLINE}=41\x1b\\", {"usstyle"}),
        ("\x1bP1+r436f=323536\x1b\\", {"256"}),
        ("\x1bP1+r436f=3136\x1b\\", set()),
        ("\x1bP1$r0;4:3;48:2::1:2:3m\x1b\\", {"RGB", "usstyle"}),
        ("\x1bP1$r0;48;2;1;2;3m\x1b\\", {"RGB"}),
        ("\x1bP1$r0;48:5:16m\x1b\\", set()),
        ("\x1b[?62;4;52c", {"sixel", "clipboard"}),
        ("\x1bP>|VTE(7600)\x1b\\", {"RGB", "256", "usstyle", "hyperlinks"}),
        ("\x1bP>|something 1.0\x1b\\", set()),
    ],
)
def test_an_answer_says_what_the_terminal_can(report: str, features: set[str]) -> None:
    answers = Answers()
    answers.take(report.encode())
    assert answers.told.features == features


def test_what_was_set_and_is_not_there_is_lacking() -> None:
    answers = Answers()
    assert answers.take(b"\x1bP1$r0;4;48:5:16m\x1b\\")
    assert answers.told.lacks == {"usstyle"}
    assert not answers.take(b"\x1bP1$r0;4;48:5:16m\x1b\\")


def test_the_last_answer_completes_them() -> None:
    answers = Answers()
    assert not answers.told.complete
    assert answers.take(b"\x1b[?1;2c")
    assert answers.told.complete


def test_a_program_name_has_nothing_in_it_but_printable_ascii() -> None:
    answers = Answers()
    answers.take(b"\x1bP>|k\x9bi\ntty(" + b"x" * 200 + b"\x1b\\")
    assert answers.told.name == "kitty(" + "x" * 58


@given(st.binary(max_size=60))
def test_whatever_comes_is_no_error(data: bytes) -> None:
    answers = Answers()
    for start in (b"\x1bP1+r", b"\x1bP1$r", b"\x1bP>|", b"\x1b[?", b""):
        for end in (b"\x1b\\", b"c", b"m\x1b\\", b""):
            answers.take(start + data + end)
    assert Answers().told == NOTHING_TOLD


def test_every_answer_is_a_report_and_no_key_however_it_is_cut() -> None:
    reports = (
        b"\x1b[?2026;2$y\x1b[?0u\x1bP>|kitty(0.40.0)\x1b\\\x1bP1$r0;4:3m\x1b\\"
        b"\x1bP1+r524742=38\x1b\\\x1bP0+r5463\x1b\\\x1b[?62;22;52c"
    )
    for cut in range(len(reports)):
        tokenizer = Tokenizer()
        tokenizer.expects_reports = True
        tokens = tokenizer.feed(reports[:cut]) + tokenizer.timeout() + tokenizer.feed(reports[cut:])
        assert {token.kind for token in tokens} == {TokenKind.REPORT}, cut
