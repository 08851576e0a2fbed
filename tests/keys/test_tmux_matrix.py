"""What a pane gets for keys typed at its terminal, and for `send-keys`: a real tmux beside us.

Each table of differences is complete: a key that is not in it is sent byte for byte as tmux does.
"""

import pytest

from aimux.keys.encode import InputModes, encode_key, encode_token
from aimux.keys.modes import MouseEncoding, MouseProtocol
from aimux.keys.mouse import CLICK_TIMEOUT_SECONDS, ClickTracker
from aimux.keys.names import MOUSE_NAMES, SPECIAL_NAMES, parse_key_name
from aimux.keys.tokenizer import Tokenizer

SENTINEL = "§"
MARK = (";", "send-keys", "-l", SENTINEL, ";")
BATCH = 100  # tmux limits the length of a command line

CONTROLS = [bytes([code]) for code in (*range(0x1B), 0x1C, 0x1D, 0x1E, 0x1F, 0x7F)]
ALT = [
    b"\x1b" + bytes([code]) for code in (*range(0x1B), 0x1C, 0x1D, 0x1E, 0x1F, *range(0x20, 0x80))
]
LETTERS = "ABCDHFPQRS"
NUMBERS = (2, 3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24)
FUNCTION_KEYS = [
    *(f"\x1b[{letter}".encode() for letter in "ABCDHFZ"),
    *(f"\x1bO{letter}".encode() for letter in LETTERS),
    *(f"\x1b[{number}~".encode() for number in NUMBERS),
]
MODIFIED = [
    *(f"\x1b[1;{m}{letter}".encode() for m in range(2, 10) for letter in LETTERS),
    *(f"\x1b[{number};{m}~".encode() for m in range(2, 9) for number in NUMBERS),
]
KEYPAD = [f"\x1bO{letter}".encode() for letter in "pqrstuvwxynojmkM"]
RXVT = [
    *(f"\x1b[{letter}".encode() for letter in "abcd"),
    *(f"\x1bO{letter}".encode() for letter in "abcd"),
    *(f"\x1b[{number}{final}".encode() for number in (2, 7, 11, 24) for final in "^$@"),
]
ESCAPED = [b"\x1b" + keys for keys in (b"\x1b[A", b"\x1bOB", b"\x1b[15~", b"\x1bOP", b"\x1b[1;3C")]
EXTENDED = [
    b"\x1b[97;5u",
    b"\x1b[97;3u",
    b"\x1b[97;9u",
    b"\x1b[27;5;120~",
    b"\x1b[9;3u",
    b"\x1b[27;7;98~",
]
TEXT = [text.encode() for text in ("a", "A", "~", "é", "日本", "👩‍💻", "e\u0301", "ESC[A")]
OTHER = [b"\x1b", b"\x1b\x1b", b"\x1b\xc3\xa9", b"\x1b\xe6\x97\xa5", b"\x1b[", b"\x1bO", b"\x1b]"]
PASTES = [
    b"\x1b[200~hello\rworld\x1b[201~",
    b"\x1b[200~a\x00b\x1b[201~",
    b"\x1b[200~x\x1b[31mred\x1b[0my\x1b[201~",
    b"\x1b[200~" + bytes(range(1, 27)) + b"\x1b[201~",
    b"\x1b[200~\x1b[201~",
]
# What terminals send that tmux 3.3a does not know.
NEWER = [
    *(
        b"\x1bOX",
        b"\x1b[E",
        b"\x1b[25~",
        b"\x1b\x1b[H",
        b"\x1b[27;2;13~",
        b"\x1b[9;5u",
        b"\x1b[97;6u",
    ),
    *(b"\x1b[97;1:3u", b"\x1b[5;10R", b"\x1b[?997;1n"),
]
TYPED = [
    *(*CONTROLS, *ALT, *FUNCTION_KEYS, *MODIFIED, *KEYPAD, *RXVT, *ESCAPED),
    *(*EXTENDED, *TEXT, *OTHER, *NEWER),
]

# Sequence: what tmux 3.3a passes on, what we do, and why.
EVERYWHERE: dict[bytes, tuple[bytes, bytes]] = {
    # Escape before a whole sequence stays Escape, as tmux does for every other key.
    b"\x1b\x1b[H": (b"\x1b[1;3H", b"\x1b\x1b[1~"),
    # tmux loses a key with modifiers that it has no legacy bytes for; we lose the modifiers.
    b"\x1b[27;2;13~": (b"", b"\r"),
    b"\x1b[9;5u": (b"", b"\t"),
    b"\x1b[97;6u": (b"", b"\x01"),
    # A release types nothing.
    b"\x1b[97;1:3u": (b"\x1b[97;1:3u", b""),
    # Reports are answers to the client, not typing.
    b"\x1b[5;10R": (b"\x1b[5;10R", b""),
    b"\x1b[?997;1n": (b"\x1b[?997;1n", b""),
}
ONLY_PLAIN = {
    # Enter is CR on every keyboard; tmux makes it LF.
    b"\x1bOM": (b"\n", b"\r"),
    # A keypad key that tmux does not know keeps its application form there.
    b"\x1bOX": (b"\x1bOX", b"="),
}
PLAIN = ("", InputModes(), EVERYWHERE | ONLY_PLAIN)
APPLICATION = (
    "\\x1b[?1h\\x1b=",
    InputModes(application_cursor_keys=True, application_keypad=True),
    EVERYWHERE,
)
BOTH = pytest.mark.parametrize(
    ("request_modes", "modes", "differences"), [PLAIN, APPLICATION], ids=["plain", "application"]
)
KEYPAD_ENTER = {"KPEnter": (b"\n", b"\r"), "M-KPEnter": (b"\x1b\n", b"\x1b\r")}

MODIFIER_PREFIXES = ("", "C-", "M-", "S-", "C-M-", "C-S-", "M-S-", "C-M-S-")
NAMES = [prefix + name for prefix in MODIFIER_PREFIXES for name in SPECIAL_NAMES]
CHARACTERS = [
    *(chr(code) for code in range(0x20, 0x7F)),
    *(f"M-{chr(code)}" for code in range(0x20, 0x7F)),
    *(f"C-{character}" for character in "abcdefghijklmnopqrstuvwxyz @[\\]^_?-/26"),
    *(f"C-M-{character}" for character in "abcdefghijklmnopqrstuvwxyz @[\\]^_?"),
    *(
        "é",
        "M-é",
        "C-é",
        "日",
        "M-日",
        "0x41",
        "0xe9",
        "0x1",
        "^x",
        "Any",
        "User0",
        "MouseDown1Pane",
    ),
]


def ours(data: bytes, modes: InputModes) -> bytes:
    tokenizer = Tokenizer()
    tokens = tokenizer.feed(data)
    while tokenizer.pending:
        tokens += tokenizer.timeout()
    return b"".join(encode_token(token, modes) for token in tokens)


def typed_differences(pane, sequences, modes) -> dict[bytes, tuple[bytes, bytes]]:
    differences = {}
    for data in sequences:
        sent = ours(data, modes)
        received = pane.type(data, expected=sent)
        if received != sent:
            differences[data] = (received, sent)
    return differences


@BOTH
def test_typed_keys_reach_the_pane_as_through_tmux(
    record, request_modes, modes, differences
) -> None:
    assert len(TYPED) > 300
    assert len(differences) <= 10
    assert typed_differences(record(request_modes), TYPED, modes) == differences


def test_pastes_reach_the_pane_as_through_tmux(record) -> None:
    pane = record("\\x1b[?2004h")
    assert typed_differences(pane, PASTES, InputModes(bracketed_paste=True)) == {}


# A drag, the wheel, a move, a click far away. One button only: tmux loses a press of another one
# within its time for double clicks, and a release without a press.
MOUSE = [
    *(b"\x1b[<0;10;5M", b"\x1b[<32;11;5M", b"\x1b[<32;12;6M", b"\x1b[<0;12;6m"),
    *(b"\x1b[<64;3;3M", b"\x1b[<69;3;3M", b"\x1b[<35;1;1M"),
    *(b"\x1b[<0;99;24M", b"\x1b[<0;99;24m"),
]
CLICKS = [b"\x1b[<0;5;5M", b"\x1b[<0;5;5m"] * 4


@pytest.mark.parametrize("protocol", [1000, 1002, 1003])
@pytest.mark.parametrize("encoding", [0, 1005, 1006])
def test_mouse_reports_reach_the_pane_as_through_tmux(record, protocol, encoding) -> None:
    switch = f"\\x1b[?{encoding}h" if encoding else ""
    pane = record(f"\\x1b[?{protocol}h{switch}")
    modes = InputModes(
        mouse_protocol=MouseProtocol(protocol), mouse_encoding=MouseEncoding(encoding)
    )
    assert typed_differences(pane, MOUSE, modes) == {}


def test_mouse_events_have_the_names_that_tmux_looks_up(record) -> None:
    pane = record("")
    pane.tmux.run("set-option", "-g", "mouse", "on")
    for name in MOUSE_NAMES:
        for key in (name, f"S-{name}"):
            pane.tmux.run("bind-key", "-n", key, "send-keys", "-l", f"{key} ")
    tracker, data = ClickTracker(), b"".join((*MOUSE[:6], *CLICKS))
    keys = [
        key
        for token in Tokenizer().feed(data)
        if token.mouse
        for key in tracker.feed(token.mouse, where="Pane", now=0.0)
    ]
    keys += tracker.expire(CLICK_TIMEOUT_SECONDS)
    expected = "".join(f"{key.name} " for key in keys).encode()
    assert pane.type(data, expected=expected).split() == expected.split()
    assert keys[-1].name == "DoubleClick1Pane"


@BOTH
def test_named_keys_are_sent_as_by_send_keys(record, request_modes, modes, differences) -> None:
    names = [*NAMES, *CHARACTERS]
    found, compared = {}, 0
    for name, received in zip(names, send_keys(record(request_modes), names), strict=True):
        if tmux_has_bytes(name, received):
            compared += 1
            sent = encode_key(parse_key_name(name), modes)
            found |= {} if sent == received else {name: (received, sent)}
    assert compared > 450
    assert found == (KEYPAD_ENTER if differences is not EVERYWHERE else {})


def tmux_has_bytes(name: str, received: bytes) -> bool:
    """Without bytes for a key tmux sends nothing, or types the key's name as text."""
    return received not in {b"", name.encode()} or len(name) == 1


def send_keys(pane, names) -> list[bytes]:
    """What the pane gets for each name. A sentinel goes out after every one."""
    received = []
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        words = [word for name in batch for word in ("send-keys", "--", escaped(name), *MARK)]
        done = pane.tmux.run(*words)
        assert done.returncode == 0, done.stderr
        received += pane.take(len(batch))
    return received


def escaped(name: str) -> str:
    """A word of tmux's command line: a semicolon at its end would begin a new command."""
    return name[:-1] + "\\;" if name.endswith(";") else name
