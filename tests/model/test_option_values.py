import pytest

from aimux.errors import OptionError
from aimux.model.option_values import Value, read_value, value_text
from aimux.model.options_table import ROWS


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("status-interval", "+5", 5),
        ("sidebar-width", "20", 20),
        ("sidebar-width", "80", 80),
        ("mouse", "On", True),
        ("mouse", "no", False),
        ("prefix", "c-A", "C-a"),
        ("status-bg", "colour100", "colour100"),
        ("status-bg", "Red", "red"),
        ("mode-keys", "vi", "vi"),
        ("status-style", "bg=red,bold", "bg=red,bold"),
        ("status-style", "#{?x,no,matter}", "#{?x,no,matter}"),
        ("default-size", "10x10", "10x10"),
    ],
)
def test_a_text_becomes_a_value(name: str, text: str, value: Value) -> None:
    assert read_value(ROWS[name], text, "") == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("status-interval", "x", "value is invalid: x"),
        ("status-interval", "1_0", "value is invalid: 1_0"),
        ("status-interval", "-1", "value is too small: -1"),
        ("repeat-time", "40000", "value is too large: 40000"),
        ("mouse", "maybe", "bad value: maybe"),
        ("prefix", "NoKey", "bad key: NoKey"),
        ("status-bg", "nosuch", "bad colour: nosuch"),
        ("mode-keys", "VI", "unknown value: VI"),
        ("status-style", "nosuch", "invalid style: nosuch"),
        ("default-size", "x", "value is invalid: x"),
        ("status-left", None, "empty value"),
    ],
)
def test_a_wrong_text_is_refused_in_the_words_of_tmux(name, text, message) -> None:
    with pytest.raises(OptionError) as caught:
        read_value(ROWS[name], text, "")
    assert str(caught.value) == message


def test_nothing_toggles_flags_and_the_first_two_choices() -> None:
    assert read_value(ROWS["mouse"], None, False) is True
    assert read_value(ROWS["mouse"], "", True) is False
    assert read_value(ROWS["status"], None, "on") == "off"
    assert read_value(ROWS["status"], None, "off") == "on"
    assert read_value(ROWS["status"], None, "3") == "3"


def test_a_flag_is_a_number_in_formats() -> None:
    assert (value_text(True), value_text(False)) == ("on", "off")
    assert value_text(True, numeric=True) == "1"
    assert value_text(7) == "7"
