import pytest

from aimux.commands.harmless import age, first_line, harmless_json, shown_lines
from aimux.commands.verbs import read_words
from aimux.errors import CommandError

LONG = {"json": False, "type": True}


def test_options_stand_before_between_and_behind_words() -> None:
    words = read_words(["a", "--type", "x", "b", "--json", "--type=y", "-", "-5"], LONG)
    assert words.words == ("a", "b", "-", "-5")
    assert (words.all("type"), words.get("type"), words.has("json")) == (("x", "y"), "y", True)


def test_two_dashes_end_the_options() -> None:
    words = read_words(["a", "--", "--json", "--"], LONG)
    assert (words.words, words.has("json")) == (("a", "--json", "--"), False)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--nothing"], "unknown option --nothing"),
        (["--type"], "--type expects an argument"),
        (["--json=1"], "--json takes no argument"),
    ],
)
def test_a_wrong_option_is_named(given: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        read_words(given, LONG)


def test_nothing_in_json_acts_in_a_terminal() -> None:
    text = harmless_json({"a": "\x1b[31m\x7f\x9b\u202e\ud800é\n"})
    assert text.isascii()
    assert text.isprintable()


def test_lines_are_shown_without_what_acts_in_a_terminal() -> None:
    assert shown_lines("a\x1b[31mb\r\nc\u202ed\n\n", "  ") == ["  a[31mb", "  cd", ""]
    assert first_line("\n \x1b\n x\x07 \ny") == "x"


def test_an_age_is_said_in_its_largest_unit() -> None:
    assert [age(one) for one in (-5, 0, 59, 60, 7200, 200_000)] == [
        *("0s", "0s", "59s", "1m", "2h", "2d"),
    ]
