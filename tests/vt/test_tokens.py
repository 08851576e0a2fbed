import pytest

from aimux.vt.tokens import Tokens


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(lambda: 0.0)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("\r\r\n", ["", "\r", "", "\r\n", ""]),
        ("a\x1b[1;2Hc", ["a", "\x1b[1;2H", "c"]),
        ("\x1b]0;t\x07a", ["", "\x1b]0;t\x07", "a"]),
        ("\x1b]0;t\x1b\\a", ["", "\x1b]0;t\x1b\\", "a"]),
        ("\x1b]0;t\x1b[ma", ["", "\x1b]0;t", "", "\x1b[m", "a"]),
        ("\x1bPq\x1bx\x07\x1b\\a", ["", "\x1bPq\x1bx\x07\x1b\\", "a"]),
        ("\x1b(0a", ["", "\x1b(0", "a"]),
        ("\x1b\x1b[ma", ["", "\x1b", "", "\x1b[m", "a"]),
        ("\x1b[1\x18a", ["", "\x1b[1\x18", "a"]),
        ("\x9ba", ["", "\x9b", "a"]),
    ],
)
def test_text_and_controls_take_turns(tokens, text, parts) -> None:
    assert tokens.split(text) == parts


@pytest.mark.parametrize(
    "control",
    [
        "\x1b[38;5;1m",
        "\x1b]0;title\x1b\\",
        "\x1b]0;title\x07",
        "\x1bP$q\x1bm\x1b\\",
        "\x1b(0",
        "\x1bkn\x1b\\",
    ],
)
def test_a_control_may_come_in_any_pieces(tokens, control) -> None:
    parts = [part for character in f"a{control}b" for part in tokens.split(character)]
    assert [part for part in parts if part] == ["a", control, "b"]


def test_nothing_is_held_back_after_a_whole_control(tokens) -> None:
    tokens.split("\x1b[1")
    assert not tokens.idle
    tokens.split("m")
    assert tokens.idle


def test_an_open_string_is_given_up_after_five_seconds() -> None:
    now = [0.0]
    tokens = Tokens(lambda: now[0])
    tokens.split("\x1b]0;never")
    now[0] = 5.1
    assert tokens.split("text") == ["text"]
