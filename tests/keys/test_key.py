"""Names of pressed keys."""

import pytest

from aimux.keys.key import Key, KeyEvent, Modifiers, format_key, spell_out_shift

CTRL, ALT, SHIFT, SUPER = Modifiers.CTRL, Modifiers.ALT, Modifiers.SHIFT, Modifiers.SUPER


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (Key("a"), "a"),
        (Key("Up", CTRL | ALT | SHIFT), "C-M-S-Up"),
        (Key("x", CTRL | ALT), "M-C-x"),
        (Key("i", CTRL), "Tab"),
        (Key("[", CTRL | ALT), "M-Escape"),
        (Key("Space", CTRL), "C-Space"),
        (Key("Space", CTRL | ALT), "M-C-@"),
        (Key("a", SHIFT, shifted="A"), "A"),
        (Key("1", SHIFT, shifted="!"), "!"),
        (Key("a", SHIFT | ALT, shifted="A"), "M-A"),
        (Key("a", SHIFT | CTRL, shifted="A"), "S-C-a"),
        (Key("a", SUPER), "Super-a"),
        (Key("a", SUPER | CTRL), "Super-C-a"),
        (Key("a", Modifiers.CAPS_LOCK | Modifiers.NUM_LOCK), "a"),
        (Key("Up", event=KeyEvent.REPEAT), "Up"),
    ],
)
def test_a_key_has_one_name(key, name) -> None:
    assert key.notation == format_key(key) == name


def test_a_capital_is_shift_with_a_letter_to_extended_protocols() -> None:
    assert spell_out_shift(Key("A", ALT)) == Key("a", ALT | SHIFT, shifted="A")
    assert spell_out_shift(Key("BTab")) == Key("Tab", SHIFT)
    assert spell_out_shift(Key("!")) == Key("!")
    assert spell_out_shift(Key("ß")) == Key("ß")
