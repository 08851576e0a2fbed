"""Every key in every mode: typed at a terminal, received by a program, three times.

The program runs on the bare terminal, in a pane of tmux 3.3a and in a pane of aimux. What aimux
passes on is what tmux passes on, but for `DIFFERENCES`, which is complete.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pytest
from textual.app import App
from textual.binding import BindingsMap
from textual.screen import Screen

from tests.end_to_end.recorder import SENTINEL, Recorder
from tests.end_to_end.world import World
from tests.programs import tmux_3_3a
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS, wait_until

SIZE = {"columns": 120, "rows": 30}
SETTINGS = (
    ("set", "-g", "prefix", "None"),
    ("set", "-s", "escape-time", "10"),
    ("set", "-s", "focus-events", "on"),
    ("set", "-g", "default-terminal", "tmux-256color"),
    ("set", "-g", "status", "off"),
    ("unbind-key", "-aT", "root"),
)

MODES = {
    "plain": "",
    "cursor keys": "\\x1b[?1h",
    "keypad": "\\x1b=",
    "both": "\\x1b[?1h\\x1b=",
    "modifyOtherKeys 1": "\\x1b[>4;1m",
    "modifyOtherKeys 2": "\\x1b[>4;2m",
    "kitty 1": "\\x1b[=1;1u",
    "kitty 31": "\\x1b[=31;1u",
    "paste": "\\x1b[?2004h",
    "focus": "\\x1b[?1004h",
} | {
    f"mouse {protocol} {encoding}": f"\\x1b[?{protocol}h" + f"\\x1b[?{encoding}h" * bool(encoding)
    for protocol in (9, 1000, 1002, 1003)
    for encoding in (0, 1005, 1006, 1015)
}
NUMBER = {name: number for number, name in enumerate(MODES, 1)}
LEGACY = ("plain", "cursor keys", "keypad", "both", "modifyOtherKeys 1")

MODIFIERS = range(2, 10)  # shift, alt, ctrl and their combinations; 9 is Meta
LETTERS = "ABCDHFPQRS"
NUMBERS = (2, 3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24)
KEYS = [
    *(bytes([code]) for code in (*range(0x1B), *range(0x1C, 0x20), 0x7F)),  # ctrl-space and on
    *(
        b"\x1b" + bytes([code])
        for code in (*range(0x1B), *range(0x1C, 0x80))
        if code not in b"OP[]_"
    ),
    *(f"\x1b[{letter}".encode() for letter in "ABCDHFZ"),
    *(f"\x1bO{letter}".encode() for letter in LETTERS),
    *(f"\x1b[{number}~".encode() for number in NUMBERS),
    *(f"\x1b[1;{held}{letter}".encode() for held in MODIFIERS for letter in LETTERS),
    *(f"\x1b[{number};{held}~".encode() for held in MODIFIERS for number in NUMBERS if held < 9),
    *(f"\x1bO{letter}".encode() for letter in "pqrstuvwxynojmkMX"),  # the keypad
    *(
        b"\x1b\x1b[A",
        b"\x1b\x1bOB",
        b"\x1b\x1b[15~",
        b"\x1b\x1bOP",
        b"\x1b\x1b[1;3C",
        b"\x1b\x1b[H",
    ),
    *(b"\x1b[97;5u", b"\x1b[97;3u", b"\x1b[27;5;120~", b"\x1b[9;3u", b"\x1b[27;7;98~"),
    *(b"\x1b[27;2;13~", b"\x1b[9;5u", b"\x1b[97;6u", b"\x1b[97;1:3u"),
]
TEXT = [
    *(
        "a",
        "A",
        "~",
        " ",
        "é",
        "日本語",
        "e\u0301",
        "ไทย",
        "नमस्ते",
        "👩‍💻",
        "👍🏽",
        "🇩🇪",
        "❤️",
        "\U0010fffd",
    ),
    *("\x1bé", "\x1b日"),
]
BROKEN_TEXT = [b"\xff", b"\xfe\xff", b"a\x80b", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5x", b"\xe6\x97"]
ALONE = [b"\x1b", b"\x1b\x1b", b"\x1b[", b"\x1bO", b"\x1b]", b"\x1bP", b"\x1b_"]

DIFFERENCES = {
    b"\x1bOM": "the keypad's Enter is CR where DECKPAM is off, as on a keyboard; tmux makes it LF",
    b"\x1bOX": "the keypad's = is = where DECKPAM is off; tmux does not know the key",
    b"\x1b\x1b[H": "Escape before a whole sequence stays Escape, as tmux has it for other keys",
    b"\x1b[27;2;13~": "shift-Enter: tmux drops it, or writes CSI u for modifyOtherKeys",
    b"\x1b[9;5u": "ctrl-Tab: tmux drops it, or writes CSI u for modifyOtherKeys",
    b"\x1b[97;6u": "ctrl-shift-a is ctrl-a; tmux drops it, or calls it ctrl-A in CSI u",
    b"\x1b[97;1:3u": "a key that is let go types nothing; tmux takes it for text",
}
LET_GO = b"\x1b[97;1:3u"


@dataclass
class Three:
    """The same program in three places; `kitty` is aimux on a terminal with kitty's protocol."""

    bare: Recorder
    tmux: Recorder
    aimux: Recorder
    kitty: Recorder

    def ask_for(self, mode: str) -> None:
        for one in (self.bare, self.tmux, self.aimux):
            one.ask_for(NUMBER[mode])

    def received(self, keys: list[bytes]) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        """Each key, and what came of it on the bare terminal, in tmux and in aimux."""
        answers = [one.received(keys) for one in (self.bare, self.tmux, self.aimux)]
        return zip(keys, *answers, strict=True)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    world = World(tmp_path_factory.mktemp("matrix"))
    bare, tmux, aimux, kitty = (Recorder(world, name, (*MODES.values(),)) for name in "btak")
    command = (tmux_3_3a(), "-S", str(world.directory / "tmux"), "-f", os.devnull)
    size = ("-x", str(SIZE["columns"]), "-y", str(SIZE["rows"]))

    def run(*words: str) -> str:
        arguments = {"env": world.environment, "text": True, "timeout": DEADLINE_SECONDS}
        return subprocess.check_output((*command, *words), **arguments)

    try:
        run("new", "-d", *size, *tmux.argv)
        world.do("new", "-d", "-s", "plain", *size, *aimux.argv)
        world.do("new", "-d", "-s", "kitty", *size, *kitty.argv)
        for words in SETTINGS:
            run(*words)
            world.do(*words)
        world.do("set", "-g", "sidebar", "off", ";", "set", "-g", "confirm-paste", "off")
        outer = world.terminal_of(*command, "attach", **SIZE)
        wait_until(lambda: run("list-clients"), step=lambda: outer.read(0.05))
        tmux.open(outer)
        aimux.open(attached(world, "plain"))
        kitty.open(attached(world, "kitty", {b"\x1b[?u": b"\x1b[?0u"}))
        bare.open(world.terminal_of(*bare.argv, **SIZE))
        yield Three(bare, tmux, aimux, kitty)
    finally:
        subprocess.run((*command, "kill-server"), capture_output=True, check=False)
        world.close()


def attached(
    world: World, session: str, answers: Mapping[bytes, bytes] = MappingProxyType({})
) -> Terminal:
    """A terminal on which aimux shows a session; what it says beside what an xterm would."""
    terminal = world.terminal("attach", "-t", session, **SIZE)
    terminal.answers.update(answers)
    terminal.wait_for(b"\x1b[?2004h")
    return terminal


def test_keys_reach_a_program_as_through_tmux(three: Three) -> None:
    combinations, differing = 0, set()
    for mode in LEGACY:
        three.ask_for(mode)
        for key, bare, theirs, ours in three.received(KEYS):
            combinations += 1
            assert ours or not bare or key == LET_GO, f"{key!r} is lost in mode {mode}"
            if theirs != ours:
                differing.add(key)
    assert combinations > 1500
    assert differing == set(DIFFERENCES)
    assert len(DIFFERENCES) <= 10


def test_text_reaches_a_program_as_it_was_typed(three: Three) -> None:
    for mode in (*LEGACY, "modifyOtherKeys 2", "kitty 1"):
        three.ask_for(mode)
        typed = [text.encode() for text in TEXT[:14]]
        assert three.aimux.received(typed) == typed
    three.ask_for("plain")
    for _, bare, theirs, ours in three.received([text.encode() for text in TEXT]):
        assert ours == theirs == bare


def test_bytes_that_are_no_text_are_not_lost(three: Three) -> None:
    three.ask_for("plain")
    for key, bare, _, ours in three.received(BROKEN_TEXT):
        assert ours == bare == key


@pytest.mark.parametrize("mode", ["plain", "both"])
def test_escape_and_the_beginnings_of_sequences_are_keys_once_time_has_passed(
    three: Three, mode: str
) -> None:
    three.ask_for(mode)
    for key in ALONE:
        for one in (three.bare, three.tmux, three.aimux):
            assert one.received_alone(key, key) == key


def test_an_escape_and_a_letter_after_a_while_are_two_keys(three: Three) -> None:
    """With kitty's protocol the two look different from alt with the letter."""
    three.ask_for("kitty 1")
    three.kitty.ask_for(NUMBER["kitty 1"])
    assert three.kitty.received_alone(b"\x1b", b"\x1b[27u")
    assert three.kitty.received([b"a", b"\x1ba"]) == [b"a", b"\x1b[97;3u"]


# What a terminal that knows the mode sends, and a program in a pane receives unchanged.
EXTENDED = {
    "modifyOtherKeys 1": (
        *(b"\x1b[27;2;13~", b"\x1b[27;5;9~", b"\x1b[27;5;49~", b"\x1b[27;6;13~", b"\x01", b"\x1ba"),
        *(b"\x1b[1;5A", b"\x1b[3;6~", b"\t", b"\r", b"\x7f", b"\x1b[Z"),
    ),
    "modifyOtherKeys 2": (
        *(b"\x1b[27;2;13~", b"\x1b[27;5;105~", b"\x1b[27;5;9~", b"\x1b[27;5;97~", b"\x1b[27;3;98~"),
        *(
            b"\x1b[27;7;99~",
            b"\x1b[27;5;32~",
            b"\x1b[27;6;65~",
            b"\t",
            b"\r",
            b"\x7f",
            b"\x1b[1;2P",
        ),
    ),
    "kitty 1": (
        *(
            f"\x1b[{code};{held}u".encode()
            for code in (97, 105, 109, 91, 49)
            for held in (3, 5, 7, 6)
        ),
        *(
            f"\x1b[{code};{held}u".encode()
            for code in (9, 13, 27, 127, 32)
            for held in (3, 5, 6, 7)
        ),
        *(b"\x1b[13;2u", b"\x1b[9;2u", b"\x1b[127;2u", b"\x1b[27u", b"\x1b[97;9u", b"\x1b[13;9u"),
        *(b"\t", b"\r", b"\x7f", b"a", b"\x1b[A", b"\x1b[1;5A", b"\x1b[15;2~", b"\x1b[57414u"),
        *(b"\x1b[57376u", b"\x1b[P", b"\x1b[13~"),
    ),
    "kitty 31": (
        *(
            b"\x1b[97;;97u",
            b"\x1b[97:65;2;65u",
            b"\x1b[97;1:3u",
            b"\x1b[97;1:2;97u",
            b"\x1b[105;5u",
        ),
        *(
            b"\x1b[13u",
            b"\x1b[9u",
            b"\x1b[13;2u",
            b"\x1b[57441;2u",
            b"\x1b[57441;1:3u",
            b"\x1b[1;1:3A",
        ),
        *(b"\x1b[0;;26085:26412u", b"\x1b[1089::99;5u", b"\x1b[97;65;97u"),
    ),
}


@pytest.mark.parametrize("mode", EXTENDED)
def test_what_a_terminal_sends_in_an_extended_mode_arrives_unchanged(
    three: Three, mode: str
) -> None:
    three.kitty.ask_for(NUMBER[mode])
    keys = list(EXTENDED[mode])
    marker = b"\x1b[167;;167u" if mode == "kitty 31" else SENTINEL
    received = three.kitty.received(keys, seen_as=marker)
    changed = {key: ours for key, ours in zip(keys, received, strict=True) if ours != key}
    assert changed == {}


# ---- pastes, focus, mouse ----

BEGIN, END = b"\x1b[200~", b"\x1b[201~"
PASTES = [
    b"hello\rworld",
    b"two\nlines\n",
    b"a\x00b",
    b"x\x1b[31mred\x1b[0my",
    bytes(range(1, 27)),
    "日本 👩‍💻".encode(),
    b"\xff\xfe",
    b"",
    b"\x1b[I\x1b[O\x1b[<0;1;1M",
]


@pytest.mark.parametrize("mode", ["paste", "plain"])
def test_a_paste_reaches_a_program_in_brackets_only_if_it_asked_for_them(
    three: Three, mode: str
) -> None:
    three.ask_for(mode)
    typed = [BEGIN + text + END for text in PASTES]
    wanted = typed if mode == "paste" else PASTES
    assert three.aimux.received(typed) == wanted


def test_focus_is_told_to_a_program_that_asked(three: Three) -> None:
    three.ask_for("plain")
    typed = [b"\x1b[O", b"\x1b[I"]
    assert three.aimux.received(typed) == [b"", b""]
    three.ask_for("focus")
    for one in (three.bare, three.tmux, three.aimux):
        for report in typed * 2:
            assert one.received_alone(report, report) == report


# A drag, the wheel, a move, clicks with ctrl, alt, the middle and a side button; and the least
# protocol that reports each.
MOUSE = {
    b"\x1b[<0;10;5M": 1000,
    b"\x1b[<32;11;5M": 1002,
    b"\x1b[<32;12;6M": 1002,
    b"\x1b[<0;12;6m": 1000,
    b"\x1b[<64;3;3M": 1000,
    b"\x1b[<69;3;3M": 1000,
    b"\x1b[<35;1;1M": 1003,
    b"\x1b[<16;110;24M": 1000,
    b"\x1b[<16;110;24m": 1000,
    b"\x1b[<9;5;5M": 1000,
    b"\x1b[<9;5;5m": 1000,
    b"\x1b[<128;7;7M": 1000,
    b"\x1b[<128;7;7m": 1000,
}
WITH_MODIFIERS = {b"\x1b[<16;110;24m", b"\x1b[<9;5;5m"}
# tmux 3.3a has neither X10's protocol nor urxvt's encoding: these are xterm's.
PRESSES = {0: b"\x1b[M !!", 1015: b"\x1b[32;1;1M", 1006: b"\x1b[<0;1;1M", 1005: b"\x1b[M !!"}


@pytest.mark.parametrize("encoding", [0, 1005, 1006])
@pytest.mark.parametrize("protocol", [1000, 1002, 1003])
def test_the_mouse_reaches_a_program_as_through_tmux(
    three: Three, protocol: int, encoding: int
) -> None:
    """But tmux loses a press within its time for double clicks, and what is held at a release."""
    three.ask_for(f"mouse {protocol} {encoding}")
    for key, _, theirs, ours in three.received([*MOUSE]):
        assert bool(ours) == (MOUSE[key] <= protocol)
        assert theirs in (ours, b"") or (key in WITH_MODIFIERS and encoding != 1006)
        assert encoding != 1006 or ours in (key, b"")


@pytest.mark.parametrize("encoding", [0, 1005, 1006, 1015])
def test_the_mouse_in_x10s_protocol_reports_presses(three: Three, encoding: int) -> None:
    three.aimux.ask_for(NUMBER[f"mouse 9 {encoding}"])
    typed = [b"\x1b[<0;1;1M", b"\x1b[<32;2;1M", b"\x1b[<0;2;1m", b"\x1b[<64;1;1M"]
    assert three.aimux.received(typed) == [PRESSES[encoding], b"", b"", b""]


def test_the_mouse_in_urxvts_encoding(three: Three) -> None:
    three.aimux.ask_for(NUMBER["mouse 1003 1015"])
    typed = [b"\x1b[<0;100;9M", b"\x1b[<32;101;9M", b"\x1b[<0;101;9m", b"\x1b[<65;2;2M"]
    wanted = [b"\x1b[32;100;9M", b"\x1b[64;101;9M", b"\x1b[35;101;9M", b"\x1b[97;2;2M"]
    assert three.aimux.received(typed) == wanted


MEGABYTE = (b"0123456789abcde\n" * 4 + "é日👩‍💻\x1b[31m\x00\t".encode()) * 12500


@pytest.mark.parametrize("mode", ["paste", "plain"])
def test_a_megabyte_pasted_in_one_go_arrives_whole(three: Three, mode: str) -> None:
    assert len(MEGABYTE) > 1 << 20
    three.ask_for(mode)
    wanted = BEGIN + MEGABYTE + END if mode == "paste" else MEGABYTE
    assert three.aimux.received([BEGIN + MEGABYTE + END]) == [wanted]


# What Textual binds by itself, in its App, its Screen and its palette; f1 and ctrl-backslash are
# what its tools and its older versions took.
TEXTUALS = {
    "ctrl+q": b"\x11",
    "ctrl+p": b"\x10",
    "ctrl+c": b"\x03",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    "enter": b"\r",
    "ctrl+z": b"\x1a",
    "ctrl+backslash": b"\x1c",
    "f1": b"\x1bOP",
    "question_mark": b"?",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "left": b"\x1b[D",
    "right": b"\x1b[C",
    "home": b"\x1b[1~",
    "end": b"\x1b[4~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+pageup": b"\x1b[5;5~",
    "ctrl+pagedown": b"\x1b[6;5~",
    "super+c": b"\x1b[99;9u",
}


def test_no_key_of_textuals_own_bindings_is_taken_from_a_pane(three: Three) -> None:
    bound = {key for base in (App, Screen) for key in BindingsMap(base.BINDINGS).key_to_bindings}
    assert bound <= set(TEXTUALS)
    three.kitty.ask_for(NUMBER["plain"])
    keys = {name: key for name, key in TEXTUALS.items() if name not in {"escape", "super+c"}}
    assert three.kitty.received([*keys.values()]) == [*keys.values()]
    three.kitty.received_alone(TEXTUALS["escape"], TEXTUALS["escape"])
    three.kitty.ask_for(NUMBER["kitty 1"])
    assert three.kitty.received([TEXTUALS["super+c"]]) == [TEXTUALS["super+c"]]
