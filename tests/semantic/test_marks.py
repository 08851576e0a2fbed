import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.semantic.marks import (
    MAX_PATH,
    MAX_TEXT,
    CommandEnd,
    CommandText,
    Directory,
    OutputStart,
    PromptEnd,
    PromptStart,
    parse_mark,
)

NONCE = "0123456789abcdef"


@pytest.mark.parametrize(
    ("payload", "mark"),
    [
        ("A", PromptStart(trusted=False)),
        (f"A;aid={NONCE}", PromptStart(trusted=True)),
        (f"A;k=i;aid={NONCE};cl=line", PromptStart(trusted=True)),
        ("A;aid=guess", PromptStart(trusted=False)),
        (f"B;aid={NONCE}", PromptEnd(trusted=True)),
        ("C", OutputStart(trusted=False)),
        ("C;", OutputStart(trusted=False)),
        ("D", CommandEnd(None, trusted=False)),
        ("D;0", CommandEnd(0, trusted=False)),
        (f"D;130;aid={NONCE}", CommandEnd(130, trusted=True)),
        (f"D;aid={NONCE}", CommandEnd(None, trusted=True)),
        ("D;256", CommandEnd(None, trusted=False)),
        ("D;-1", CommandEnd(None, trusted=False)),
        ("D;٣", CommandEnd(None, trusted=False)),
        ("P;k=i", None),
        ("", None),
        ("AB", None),
    ],
)
def test_the_letters_of_133(payload: str, mark: object) -> None:
    assert parse_mark(133, payload, nonce=NONCE) == mark


def test_of_two_claims_the_first_counts() -> None:
    mark = parse_mark(133, f"A;aid=other;aid={NONCE}", nonce=NONCE)
    assert mark == PromptStart(trusted=False)


@pytest.mark.parametrize("payload", ["A;aid=", "E;ls;", "P;Cwd=/;"])
def test_without_a_nonce_nothing_is_trusted(payload: str) -> None:
    for code in (133, 633):
        mark = parse_mark(code, payload, nonce="")
        assert mark is None or not mark.trusted


@pytest.mark.parametrize(
    ("payload", "mark"),
    [
        (f"E;ls -l;{NONCE}", CommandText("ls -l", trusted=True)),
        ("E;ls", CommandText("ls", trusted=False)),
        (r"E;a\x3bb\x0ac\\x3b", CommandText("a;b\nc\\x3b", trusted=False)),
        (r"E;\x4", CommandText(r"\x4", trusted=False)),
        (f"E;;{NONCE}", CommandText("", trusted=True)),
        ("A", PromptStart(trusted=False)),
        ("D;1", CommandEnd(1, trusted=False)),
        (f"P;Cwd=/a\\x3bb;{NONCE}", Directory("/a;b", "", trusted=True)),
        ("P;Cwd=relative", None),
        ("P;HasRichCommandDetection=True", None),
        ("X", None),
    ],
)
def test_the_letters_of_633(payload: str, mark: object) -> None:
    assert parse_mark(633, payload, nonce=NONCE) == mark


@pytest.mark.parametrize(
    ("payload", "mark"),
    [
        ("file://host/a%20b", Directory("/a b", "host", trusted=False)),
        ("file:///srv", Directory("/srv", "", trusted=False)),
        ("file:///%C3%A9%FF", Directory("/é\udcff", "", trusted=False)),
        ("kitty-shell-cwd://h/a b", Directory("/a b", "h", trusted=False)),
        ("file://host", None),
        ("/srv", None),
        ("http://h/tmp", None),
        ("file:///a%00b", None),
        ("file:///" + "a" * MAX_PATH, None),
        ("", None),
    ],
)
def test_the_directory_of_7(payload: str, mark: object) -> None:
    assert parse_mark(7, payload, nonce=NONCE) == mark


def test_a_long_command_line_is_cut() -> None:
    mark = parse_mark(633, "E;" + "x" * (MAX_TEXT + 5), nonce=NONCE)
    assert isinstance(mark, CommandText)
    assert len(mark.text) == MAX_TEXT


def test_other_codes_are_no_marks() -> None:
    assert parse_mark(0, "A", nonce=NONCE) is None


@given(st.sampled_from([7, 133, 633]), st.text(st.characters(exclude_categories=())))
def test_no_payload_raises(code: int, payload: str) -> None:
    parse_mark(code, payload, nonce=NONCE)
    for letter in "ABCDEP":
        parse_mark(code, f"{letter};{payload}", nonce=NONCE)
