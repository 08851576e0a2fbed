import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.commands.lexer import MAXIMUM_NAME, Lexer, TokenKind
from aimux.errors import ParseError


class World:
    """`$A` and `$HOME`, the home of me and of you."""

    def lookup_environment(self, name: str) -> str | None:
        return {"A": "value of a", "HOME": "/home/me"}.get(name)

    def home(self, user: str | None) -> str | None:
        return {None: "/home/me", "you": "/home/you"}.get(user)

    def expand_condition(self, text: str) -> str:
        return text

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        raise AssertionError("a lexer assigns nothing")


def tokens(text: str) -> list[tuple[TokenKind, str]]:
    lexer = Lexer(text, context=World())
    found = []
    while (token := lexer.next_token()).kind is not TokenKind.END:
        found.append((token.kind, token.text))
    return found


def word(text: str) -> str:
    """The one word of a text."""
    (kind, found), (end, _) = tokens(text)
    assert kind in {TokenKind.WORD, TokenKind.ASSIGNMENT}
    assert end is TokenKind.NEWLINE
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("'a b'", "a b"),
        ('"a b"', "a b"),
        ("a'b'\"c\"d", "abcd"),
        ("'$A \\n ~'", "$A \\n ~"),
        ('"$A"', "value of a"),
        ("${A}s", "value of as"),
        ("$NOPE-", "-"),
        ("$-", "$-"),
        ("~", "/home/me"),
        ("~/x", "/home/me/x"),
        ("~you/x", "/home/you/x"),
        ("a~", "a~"),
        ('"~/x"', "/home/me/x"),
        ("'~'", "~"),
        ("\\~", "~"),
        ("a\\ b", "a b"),
        ("\\n\\t\\e\\s\\q", "\n\t\033 q"),
        ("\\101\\303\\251", "Aé"),
        ("\\377", "\udcff"),
        ("\\u00e9\\U0001F600", "é😀"),
        ("a#b", "a#b"),
        ("x\\000y", "x"),
        ("a\\\nb", "ab"),
        ("'a\\\nb'", "ab"),
        ("%", "%"),
        ("%12", "%12"),
        ("'a\n   b'", "a\nb"),
        ("'a\n  # gone\nb'", "a\n\nb"),
        ("'a\n  #{kept}'", "a\n#{kept}"),
    ],
)
def test_a_word_is_read_as_tmux_reads_it(text: str, expected: str) -> None:
    assert word(text) == expected


def test_only_an_odd_number_of_backslashes_continues_a_line() -> None:
    assert [text for _, text in tokens("a\\\\\nb")] == ["a\\", "", "b", ""]
    assert word("a\\\\\\\nb") == "a\\b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\\400", "invalid octal escape"),
        ("\\19", "invalid octal escape"),
        ("\\u12", "syntax error"),
        ("\\u12g4", "invalid \\u argument"),
        ("\\ud800", "invalid \\u argument"),
        ("\\U00110000", "invalid \\U argument"),
        ("${A-b}", "invalid environment variable"),
        ("${A", "invalid environment variable"),
        (f"${'A' * (MAXIMUM_NAME + 1)}", "environment variable is too long"),
        (f"~{'a' * (MAXIMUM_NAME + 1)}", "user name is too long"),
        ("~nobody", "syntax error"),
        ("$", "syntax error"),
        ("%nosuch", "syntax error"),
        ("a\\", "syntax error"),
    ],
)
def test_a_word_that_tmux_refuses_is_refused_in_its_words(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        tokens(text)
    assert str(caught.value) == message


def test_an_error_names_file_and_line() -> None:
    lexer = Lexer("a\nb \\\n \\4", context=World(), source="/x.conf")
    with pytest.raises(ParseError, match=r"^/x\.conf:3: invalid octal escape$"):
        while lexer.next_token().kind is not TokenKind.END:
            pass


def test_marks_stand_for_themselves_and_a_comment_ends_its_line() -> None:
    kinds = [kind for kind, _ in tokens("a ; {b} # c ; d\ne")]
    assert kinds == [
        *(TokenKind.WORD, TokenKind.SEMICOLON, TokenKind.OPEN, TokenKind.WORD, TokenKind.CLOSE),
        *(TokenKind.NEWLINE, TokenKind.WORD, TokenKind.NEWLINE),
    ]


def test_a_format_is_one_token_behind_a_condition_and_a_comment_elsewhere() -> None:
    assert tokens("%if #{==:#{a},}} x")[1] == (TokenKind.FORMAT, "#{==:#{a},}")
    assert tokens("if #{a}\n") == [(TokenKind.WORD, "if"), *[(TokenKind.NEWLINE, "")] * 2]


def test_a_name_before_an_equals_sign_makes_an_assignment() -> None:
    kinds = [tokens(text)[0][0] for text in ("A=b", "_1=", "1A=b", "a-b=c", "=a", "'A=b c'")]
    assert kinds == [
        *(TokenKind.ASSIGNMENT, TokenKind.ASSIGNMENT, TokenKind.WORD, TokenKind.WORD),
        *(TokenKind.WORD, TokenKind.ASSIGNMENT),
    ]


@given(st.text(alphabet="ab \t\n\\;{}#%'\"~$=01234567uU,:é\udcff\x00", max_size=60))
def test_any_text_ends_or_is_refused(text: str) -> None:
    try:
        found = tokens(text)
    except ParseError:
        return
    assert found[-1][0] is TokenKind.NEWLINE
