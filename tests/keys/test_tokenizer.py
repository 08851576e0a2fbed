"""The stream of an outer terminal, cut into tokens: whatever comes, in whatever pieces."""

import hashlib
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimux.keys.encode import InputModes, KittyFlags, encode_token
from aimux.keys.key import Key, KeyEvent, Modifiers
from aimux.keys.mouse import MouseEvent
from aimux.keys.names import canonical_name
from aimux.keys.sequences import PASTE_END, PASTE_START
from aimux.keys.tokenizer import PATIENCE, STRING_LIMIT, Token, Tokenizer, TokenKind, characters

FRAGMENTS = [
    *(b"\x1b", b"\x1b\x1b", b"\x1b[", b"\x1bO", b"\x1b]11;", b"\x1bP>|", b"\x1b_G", b"\x1b[200~"),
    *(b"\x1b[201~", b"\x1b[A", b"\x1b[1;3A", b"\x1bOP", b"\x1b[97;5:3u", b"\x1b[27;5;9~"),
    *(b"\x1b[<0;1;1M", b"\x1b[M   ", b"\x1b[I", b"\x1b[[A", b"\x1b[2$", b"\x1b[?62c", b"\x1b\\"),
    *(b"\x07", b"\x18", b"a", "é日👩".encode(), b"\xe6", b"\xff", b"\x9b", b"1;2", b"~", b"\r"),
]
STREAMS = st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=6), max_size=20).map(b"".join)
STREAMED = {TokenKind.TEXT, TokenKind.PASTE, TokenKind.REPORT}


def drain(tokenizer: Tokenizer) -> list[Token]:
    tokens = []
    for _ in range(1000):
        if not tokenizer.pending:
            return tokens
        tokens += tokenizer.timeout()
    raise AssertionError("the tokenizer never gives up waiting")


def tokens_of(data: bytes, *, kitty: bool = False) -> list[Token]:
    tokenizer = Tokenizer(kitty=kitty)
    return tokenizer.feed(data) + drain(tokenizer)


def notations(data: bytes, *, kitty: bool = False) -> list[str]:
    return [
        token.key.notation if token.key else token.kind.name
        for token in tokens_of(data, kitty=kitty)
    ]


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with neighbours of a streamed kind made one, however the stream was cut."""
    result: list[Token] = []
    for token in tokens:
        if result and token.kind in STREAMED and result[-1].kind is token.kind:
            result[-1] = Token(token.kind, result[-1].raw + token.raw)
        else:
            result.append(token)
    return result


@given(STREAMS, st.lists(st.integers(0, 100), max_size=8))
@settings(max_examples=400)
def test_any_bytes_in_any_pieces_give_the_same_tokens(data, cuts) -> None:
    whole = Tokenizer()
    expected = whole.feed(data) + drain(whole)
    pieces = Tokenizer()
    got: list[Token] = []
    places = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    for start, end in pairwise(places):
        got += pieces.feed(data[start:end])
    got += drain(pieces)
    assert joined(got) == joined(expected)


@given(STREAMS, st.booleans())
@settings(max_examples=400)
def test_nothing_is_lost_and_nothing_raises(data, kitty) -> None:
    tokenizer = Tokenizer(kitty=kitty)
    tokens = tokenizer.feed(data) + drain(tokenizer)
    inside = tokenizer.feed(PASTE_END)  # frees what an open paste holds
    assert b"".join(token.raw for token in tokens + inside + drain(tokenizer)) == data + PASTE_END
    for token in tokens:
        for flags in (0, 1, 31):
            encode_token(
                token, InputModes(kitty_flags=KittyFlags(flags), modify_other_keys=flags % 3)
            )


@given(st.lists(st.binary(max_size=5), max_size=10))
def test_timeouts_at_any_moment_lose_nothing(pieces) -> None:
    tokenizer, tokens = Tokenizer(), []
    for piece in pieces:
        tokens += tokenizer.feed(piece)
        tokens += drain(tokenizer)
    assert b"".join(token.raw for token in tokens) == b"".join(pieces)


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"\x1b", ["Escape"]),
        (b"\x1b\x1b", ["M-Escape"]),
        (b"\x1b[", ["M-["]),
        (b"\x1bO", ["M-O"]),
        (b"\x1b]", ["M-]"]),
        (b"\x1bPx", ["M-P", "TEXT"]),
        (b"\x1b\x1b[A", ["M-Up"]),
        (b"\x1b\x1b[1;3A", ["Escape", "M-Up"]),
        (b"\x1b\x1b[<0;1;1M", ["Escape", "MOUSE"]),
        (b"\x1b\x1b]11;?\x07", ["Escape", "REPORT"]),
        (b"\x1b\xc3\xa9", ["M-é"]),
        (b"\x1b\xff", ["Escape", "TEXT"]),
        (b"\x1b[1;2R\x1b[5;10R\x1bOR", ["S-F3", "REPORT", "F3"]),
        (b"\x1b[Z\x1b[9;2u", ["BTab", "BTab"]),
        (b"\x1b[[A\x1b[11~\x1b[25~", ["F1", "F1", "F13"]),
        (b"\x1b[a\x1bOa\x1b[2$\x1b[2@", ["S-Up", "C-Up", "S-IC", "C-S-IC"]),
        (b"\x1b[27;5;9~\x1b[27;6;65~", ["C-Tab", "S-C-a"]),
        (b"\x1b[97;2u\x1b[49:33;2u\x1b[105;5u", ["A", "!", "Tab"]),
        (b"\x1b[57399u\x1b[57417u\x1b[57376u", ["KP0", "Left", "F13"]),
        (b"\x1b[97;9u", ["M-a"]),
        (b"\x1b[0;;26085u", ["日"]),
        (b"\x1b[201~", ["REPORT"]),
        (b"\x1b[?62;22c\x1b[?1u\x1bP>|kitty(0.39)\x1b\\", ["REPORT"] * 3),
        (b"\x1b[I\x1b[O", ["FOCUS", "FOCUS"]),
        (b"\x7f\x08\x00\x1c", ["BSpace", "C-h", "C-Space", "C-\\"]),
    ],
)
def test_sequences_have_the_names_of_tmux(data, names) -> None:
    assert notations(data) == names


def test_eight_is_super_only_where_the_terminal_speaks_kitty() -> None:
    assert notations(b"\x1b[97;9u", kitty=True) == ["Super-a"]


@pytest.mark.parametrize(
    "name", ["Up", "C-Up", "M-S-F5", "C-M-S-Home", "PPage", "C-DC", "F12", "M-NPage"]
)
def test_a_decoded_name_is_canonical(name) -> None:
    sequences = {"Up": b"\x1b[A", "C-Up": b"\x1b[1;5A", "M-S-F5": b"\x1b[15;4~", "F12": b"\x1b[24~"}
    sequences |= {"C-M-S-Home": b"\x1b[1;8H", "PPage": b"\x1b[5~", "C-DC": b"\x1b[3;5~"}
    sequences |= {"M-NPage": b"\x1b[6;3~"}
    assert notations(sequences[name]) == [canonical_name(name)]


def test_kitty_reports_events_text_and_other_layouts() -> None:
    (token,) = tokens_of(b"\x1b[1089:1057:99;2:2;1057u")
    assert token.key == Key(
        "\u0441", Modifiers.SHIFT, event=KeyEvent.REPEAT, text="\u0421", shifted="\u0421", base="c"
    )


def test_mouse_reports_carry_the_event() -> None:
    assert tokens_of(b"\x1b[<20;10;5M")[0].mouse == MouseEvent(
        1, 9, 4, modifiers=Modifiers.SHIFT | Modifiers.CTRL
    )
    assert tokens_of(b"\x1b[M !!")[0].mouse == MouseEvent(1, 0, 0)
    assert tokens_of(b"\x1b[<0;0;5M")[0].kind is TokenKind.REPORT


def test_a_paste_is_streamed_and_keeps_every_byte() -> None:
    body = hashlib.shake_256(b"any bytes").digest(1 << 20).replace(PASTE_END, b"")
    data = PASTE_START + body + PASTE_END
    tokenizer, tokens = Tokenizer(), []
    started = time.perf_counter()
    for start in range(0, len(data), 4096):
        tokens += tokenizer.feed(data[start : start + 4096])
        assert not tokenizer.pending
    assert time.perf_counter() - started < 1
    assert [token.kind for token in joined(tokens)] == [
        TokenKind.PASTE_START,
        TokenKind.PASTE,
        TokenKind.PASTE_END,
    ]
    assert b"".join(token.raw for token in tokens) == data


def test_a_slow_report_is_waited_for_and_never_typed() -> None:
    tokenizer = Tokenizer()
    assert tokenizer.feed(b"\x1b]52;c;aGVs") == []
    assert tokenizer.timeout() == []
    assert tokenizer.pending
    assert tokenizer.feed(b"bG8=\x1b") == []
    assert [token.kind for token in tokenizer.feed(b"\\x")] == [TokenKind.REPORT, TokenKind.TEXT]


def test_a_report_that_never_ends_is_given_up() -> None:
    tokenizer = Tokenizer()
    tokenizer.feed(b"\x1b]52;c;aGVs")
    waited = [tokenizer.timeout() for _ in range(PATIENCE)]
    assert waited == [[]] * PATIENCE
    assert [token.kind for token in tokenizer.timeout()] == [TokenKind.REPORT]
    assert [token.kind for token in tokenizer.feed(b"ls")] == [TokenKind.TEXT]


@pytest.mark.parametrize("key", [b"\x03", b"\r", b"\x1b[A", b"\x7f"])
def test_a_key_ends_an_unterminated_report(key) -> None:
    kinds = [token.kind for token in tokens_of(b"\x1b]11;rgb" + key)]
    assert kinds == [TokenKind.REPORT, TokenKind.KEY]


def test_an_endless_report_is_handed_on_in_bounded_pieces() -> None:
    tokenizer, tokens = Tokenizer(), []
    for _ in range(300):
        tokens += tokenizer.feed(
            b"\x1b]52;c;" if not tokens and not tokenizer.pending else b"A" * 8192
        )
    assert [len(token.raw) for token in tokens] == [STRING_LIMIT, STRING_LIMIT]
    assert all(token.kind is TokenKind.REPORT for token in tokens)


def test_a_text_token_gives_its_characters_as_keys() -> None:
    (token,) = tokens_of("a é".encode() + b"\xff")
    assert [(piece.raw, piece.key.notation) for piece in characters(token)][:3] == [
        (b"a", "a"),
        (b" ", "Space"),
        ("é".encode(), "é"),
    ]
    assert b"".join(piece.raw for piece in characters(token)) == token.raw


def test_keys_that_a_person_has_named_come_before_all_others() -> None:
    tokenizer = Tokenizer()
    tokenizer.user_keys = {b"\x1b[5;30012~": Key("User0"), b"\x1b[A\x1b[A": Key("User7")}
    found = tokenizer.feed(b"a\x1b[5;30012~b\x1b[A\x1b[A\x1b[B")
    assert [token.key and token.key.name for token in found] == [
        None, "User0", None, "User7", "Down",
    ]  # fmt: skip
    assert tokenizer.feed(b"\x1b[A") == []
    assert [token.key for token in tokenizer.feed(b"x")] == [Key("Up"), None]


def test_the_beginning_of_a_named_key_is_what_it_is_once_nothing_follows() -> None:
    tokenizer = Tokenizer()
    tokenizer.user_keys = {b"\x1b[A\x1b[A": Key("User7")}
    tokenizer.feed(b"\x1b[A")
    found: list[Token] = []
    while tokenizer.pending:
        found += tokenizer.timeout()
    assert b"".join(token.raw for token in found) == b"\x1b[A"
