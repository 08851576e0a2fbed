"""Keys for a pane's modes, beyond what the comparison with tmux covers."""

import pytest

from aimux.keys.encode import (
    InputModes,
    KittyFlags,
    encode_focus,
    encode_key,
    encode_text,
    encode_token,
)
from aimux.keys.key import Key, KeyEvent, Modifiers
from aimux.keys.names import parse_key_name
from aimux.keys.tokenizer import Tokenizer

PLAIN = InputModes()
CTRL, ALT, SHIFT, SUPER = Modifiers.CTRL, Modifiers.ALT, Modifiers.SHIFT, Modifiers.SUPER


def forward(data: bytes, modes: InputModes, *, kitty: bool = False) -> bytes:
    tokenizer = Tokenizer(kitty=kitty)
    tokens = tokenizer.feed(data)
    while tokenizer.pending:
        tokens += tokenizer.timeout()
    return b"".join(encode_token(token, modes) for token in tokens)


def named(name: str, modes: InputModes) -> bytes:
    return encode_key(parse_key_name(name), modes)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("C-1", b"1"),
        ("C-3", b"\x1b"),
        ("C-8", b"\x7f"),
        ("C-Tab", b"\t"),
        ("S-Enter", b"\r"),
        ("S-C-a", b"\x01"),
        ("S-a", b"A"),
        ("C-KP2", b"2"),
        ("C-BSpace", b"\x08"),
        ("C-é", "é".encode()),
        ("Any", b""),
        ("None", b""),
        ("User0", b""),
        ("MouseDown1Pane", b""),
    ],
)
def test_keys_that_tmux_has_no_bytes_for(name, sent) -> None:
    assert named(name, PLAIN) == sent


def test_a_plain_pane_gets_no_releases_no_bare_modifiers_and_no_super() -> None:
    assert encode_key(Key("a", event=KeyEvent.RELEASE), PLAIN) == b""
    assert encode_key(Key("LeftShift", SHIFT), PLAIN) == b""
    assert encode_key(Key("a", SUPER), PLAIN) == b""
    assert encode_key(Key("a", event=KeyEvent.REPEAT), PLAIN) == b"a"
    assert encode_key(Key("Up", Modifiers.CAPS_LOCK), PLAIN) == b"\x1b[A"


def test_the_backspace_option_decides_what_backspace_sends() -> None:
    modes = InputModes(backspace=b"\x08")
    assert named("BSpace", modes) == b"\x08"
    assert named("C-BSpace", modes) == b"\x7f"
    assert forward(b"\x1b\x7f", modes) == b"\x1b\x08"


@pytest.mark.parametrize("code", range(0x80))
def test_what_a_legacy_terminal_sends_for_a_key_passes_untouched(code) -> None:
    for data in (bytes([code]), b"\x1b" + bytes([code])):
        assert forward(data, PLAIN) == data


@pytest.mark.parametrize(
    ("name", "level_1", "level_2"),
    [
        ("a", b"a", b"a"),
        ("A", b"A", b"A"),
        ("C-a", b"\x01", b"\x1b[27;5;97~"),
        ("M-a", b"\x1ba", b"\x1b[27;3;97~"),
        ("M-A", b"\x1bA", b"\x1b[27;4;65~"),
        ("C-1", b"\x1b[27;5;49~", b"\x1b[27;5;49~"),
        ("C-Space", b"\x00", b"\x1b[27;5;32~"),
        ("S-Enter", b"\x1b[27;2;13~", b"\x1b[27;2;13~"),
        ("C-Tab", b"\x1b[27;5;9~", b"\x1b[27;5;9~"),
        ("C-BTab", b"\x1b[27;6;9~", b"\x1b[27;6;9~"),
        ("BTab", b"\x1b[Z", b"\x1b[27;2;9~"),
        ("M-Enter", b"\x1b\r", b"\x1b[27;3;13~"),
        ("C-BSpace", b"\x08", b"\x1b[27;5;127~"),
        ("Tab", b"\t", b"\t"),
        ("C-Up", b"\x1b[1;5A", b"\x1b[1;5A"),
        ("KP5", b"5", b"5"),
    ],
)
def test_modify_other_keys(name, level_1, level_2) -> None:
    assert named(name, InputModes(modify_other_keys=1)) == level_1
    assert named(name, InputModes(modify_other_keys=2)) == level_2


KITTY = [
    # outer terminal with flags 1, and what a pane with flags 1 gets: the same bytes
    *((data, 1, data) for data in (b"\x1b[97;5u", b"\x1b[105;5u", b"\x1b[13;2u", b"\x1b[27u")),
    *((data, 1, data) for data in (b"\x1b[9;2u", b"\x1b[127;5u", b"\x1b[97;9u", b"\x1b[57414u")),
    *(
        (data, 1, data)
        for data in (b"\x1b[A", b"\x1b[1;5A", b"\x1b[H", b"\x1b[15;3~", b"\x1b[57376u")
    ),
    *((data, 1, data) for data in (b"\t", b"\r", b"\x7f", b"a", "é".encode(), b"\x1b[13;5~")),
    (b"\x1b[57376u", 1, b"\x1b[57376u"),
    # a pane that asked for less
    (b"\x1b[13;2u", 0, b"\r"),
    (b"\x1b[105;5u", 0, b"\t"),
    (b"\x1b[27u", 0, b"\x1b"),
    (b"\x1b[97;1:3u", 1, b""),
    (b"\x1b[97;1:2u", 1, b"a"),
    (b"\x1b[57441;2u", 1, b""),
    # a pane that asked for more than the outer terminal tells
    (b"a", 8, b"\x1b[97u"),
    (b"a", 25, b"\x1b[97;;97u"),
    (b"A", 25, b"\x1b[97;2;65u"),
    (b"\r", 25, b"\x1b[13u"),
    (b"\x01", 1, b"\x1b[97;5u"),
    (b"\x1ba", 1, b"\x1b[97;3u"),
    (b"\x1b", 1, b"\x1b[27u"),
    (b"\x1bOP", 1, b"\x1b[P"),
    (b"\x1bOR", 1, b"\x1b[13~"),
    (b"\x1b[Z", 1, b"\x1b[9;2u"),
    # every field
    (b"\x1b[97:65;2:1;65u", 31, b"\x1b[97:65;2;65u"),
    (b"\x1b[97:65:98;6:2u", 31, b"\x1b[97:65:98;6:2u"),
    (b"\x1b[1;1:3A", 2, b"\x1b[1;1:3A"),
    (b"\x1b[13;1:3u", 3, b""),
    (b"\x1b[57441;2:3u", 10, b"\x1b[57441;2:3u"),
    (b"\x1b[0;;26085:26412u", 25, b"\x1b[0;;26085:26412u"),
    (b"\x1b[0;;26085:26412u", 1, "日本".encode()),
    (b"\x1b[97;65u", 9, b"\x1b[97;65u"),
    (b"\x1b[97;69u", 1, b"\x1b[97;5u"),
]


@pytest.mark.parametrize(("data", "flags", "sent"), KITTY)
def test_kitty_keys(data, flags, sent) -> None:
    assert forward(data, InputModes(kitty_flags=KittyFlags(flags)), kitty=True) == sent


def test_kitty_flags_win_over_application_modes_and_modify_other_keys() -> None:
    modes = InputModes(
        application_cursor_keys=True,
        application_keypad=True,
        modify_other_keys=2,
        kitty_flags=KittyFlags.DISAMBIGUATE,
    )
    assert named("Up", modes) == b"\x1b[A"
    assert named("KP5", modes) == b"5"
    assert named("C-a", modes) == b"\x1b[97;5u"


def test_text_is_typed_as_it_is_unless_all_keys_are_asked_for() -> None:
    assert encode_text("aé\n", PLAIN) == "aé\n".encode()
    all_keys = InputModes(kitty_flags=KittyFlags.ALL_KEYS)
    assert encode_text("aB\r", all_keys) == b"\x1b[97u\x1b[98;2u\x1b[13u"
    assert encode_text("\ud800", PLAIN) == b"?"


def test_bytes_that_are_not_utf_8_reach_every_pane() -> None:
    for flags in (0, 1, 8, 31):
        assert forward(b"\xff", InputModes(kitty_flags=KittyFlags(flags))) == b"\xff"


def test_focus_goes_to_panes_that_asked() -> None:
    assert forward(b"\x1b[I\x1b[O", PLAIN) == b""
    asked = InputModes(focus_events=True)
    assert forward(b"\x1b[I\x1b[O", asked) == b"\x1b[I\x1b[O"
    assert encode_focus(asked, focused=True) + encode_focus(asked, focused=False) == b"\x1b[I\x1b[O"
    assert encode_focus(PLAIN, focused=True) == b""
