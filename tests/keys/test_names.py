"""Names of keys, compared with what a real tmux stores and prints for them."""

import itertools
import shlex

import pytest

from aimux.errors import KeyNameError
from aimux.keys.key import Key, Modifiers
from aimux.keys.names import MOUSE_NAMES, SPECIAL_NAMES, canonical_name, parse_key_name

PREFIXES = [
    "".join(parts)
    for count in range(4)
    for parts in itertools.permutations(("C-", "M-", "S-"), count)
]
PRINTABLE = [chr(code) for code in range(0x21, 0x7F)]
SYNONYMS = ["Insert", "Delete", "PageDown", "PgDn", "PageUp", "PgUp"]
ODD = [
    *("^x", "^X", "^[", "^?", "^@", "^^", "^-", "^Up", "^M-x", "^C-x", "c-x", "m-x", "s-Up"),
    *("C-C-x", "M-^x", "C-", "M-", "--", "---", "C--", "X-a", "ab", "a-b", "C-ab", "-", "^"),
    *("User0", "User999", "User1000", "User007", "user1", "C-User3", "User"),
    *("Any", "any", "M-Any", "None", "NUL", "FocusIn", "PasteStart", "Mouse", "Backspace"),
    *("MouseDown4Pane", "WheelUp1Pane", "MouseMovePane", "mousedown1pane", "MouseDown1"),
    *("F0", "F13", "KP", "kp0", "KPenter", "ppage", "ESCAPE", "0xZ", "0X41", "0x", "C-0x41"),
    *("0x0", "0x1", "0x9", "0xd", "0x1b", "0x1f", "0x41", "0xe9", "0x80", "0xd800", "0x110000"),
    *("0x378", "0x2028", "0x1F600", "0xfffd", "é", "M-é", "C-é", "S-日", "日本", "e\u0301"),
    *(" ", "C- ", "M- "),
]


def tmux_names(tmux, names: list[str]) -> dict[str, str]:
    """Each name that tmux accepts, with how `list-keys` prints it; each in a table of its own."""
    source = tmux.directory / "keys.conf"
    lines = [
        f"bind-key -T t{index} -- {quoted(name)} refresh-client\n"
        for index, name in enumerate(names)
    ]
    source.write_text("".join(lines))
    tmux.run("source-file", str(source))
    found = {}
    for line in tmux.run("list-keys").stdout.splitlines():
        words = shlex.split(line)
        if words[2].startswith("t") and words[2][1:].isdigit():
            found[names[int(words[2][1:])]] = words[3]
    return found


def quoted(name: str) -> str:
    return "'" + name.replace("'", "'\\''") + "'"


def our_names(names: list[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = canonical_name(name)
        except KeyNameError:
            continue
    found.pop("None", None)  # a name, but bind-key refuses it
    return found


@pytest.mark.parametrize(
    "names",
    [
        [p + n for p in PREFIXES for n in (*SPECIAL_NAMES, *SYNONYMS)],
        [p + n for p in PREFIXES for n in PRINTABLE],
        [*MOUSE_NAMES, *(f"C-M-{name}" for name in MOUSE_NAMES)],
        ODD,
    ],
    ids=["special", "printable", "mouse", "odd"],
)
def test_the_canonical_name_is_the_one_that_tmux_prints(tmux, names) -> None:
    assert our_names(names) == tmux_names(tmux, names)


def test_every_key_of_the_default_tables_is_canonical(tmux) -> None:
    lines = tmux.run("list-keys").stdout.replace(" -r ", " ").splitlines()
    keys = [shlex.split(line)[3] for line in lines]
    assert len(keys) > 200
    assert [canonical_name(key) for key in keys] == keys


def test_a_code_point_is_the_key_that_types_it() -> None:
    # tmux 3.3a prints "\177" and " " for keys that no terminal can send.
    assert canonical_name("0x20") == "Space"
    assert canonical_name("0x7f") == "C-?"
    assert parse_key_name("0x41") == parse_key_name("A")


def test_none_is_a_name_because_options_take_it() -> None:
    assert parse_key_name("none") == Key("None")


def test_an_unknown_name_is_named_in_the_error() -> None:
    with pytest.raises(KeyNameError, match=r"^unknown key: Foo-x$"):
        parse_key_name("Foo-x")


def test_control_characters_keep_their_modifier() -> None:
    assert parse_key_name("C-A") == Key("a", Modifiers.CTRL)
    assert parse_key_name("C-i") == Key("Tab")
    assert parse_key_name("C-@") == Key("Space", Modifiers.CTRL)
