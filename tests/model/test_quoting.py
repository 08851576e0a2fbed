import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.model.quoting import make_visible, quote_argument


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "''"),
        ("plain", "plain"),
        ("a b", '"a b"'),
        (" ", '" "'),
        ("it's", '"it\'s"'),
        ('say "x"', '"say \\"x\\""'),
        ('"x"', "'\"x\"'"),
        ('"', '\\"'),
        (";", "\\;"),
        ("~", "\\~"),
        ("~/x y", '"\\~/x y"'),
        ("~x", "\\~x"),
        ("$HOME", '"\\$HOME"'),
        ("5$", '"5$"'),
        ("$5", '"$5"'),
        ("a\\b", "a\\\\b"),
        ("\n\t\033", "\\n\\t\\033"),
        ("é日", "é日"),
        ("é", "é"),
        ("\udcff", "\\377"),
        ("\x7f", "\\177"),
    ],
)
def test_a_word_is_quoted_as_tmux_quotes_it(text: str, expected: str) -> None:
    assert quote_argument(text) == expected


def test_a_nul_is_told_from_an_octal_digit_behind_it() -> None:
    assert make_visible("\0a") == "\\0a"
    assert make_visible("\0001") == "\\0001"


@given(st.text(alphabet="ab \n\\\"'$;{}#~%é\udcff\x01\0", max_size=20))
def test_what_is_printed_is_one_line_without_control_characters(text: str) -> None:
    assert not set("\n\x01\0\udcff") & set(quote_argument(text))
