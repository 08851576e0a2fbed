import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.commands.parser import (
    MAXIMUM_DEPTH,
    Assignment,
    Parsed,
    ParsedBlock,
    ParsedCommand,
    parse_arguments_vector,
    parse_text,
)
from aimux.errors import ParseError
from aimux.model.command_list import CommandBlock


@pytest.fixture
def parse(context):
    def run(text: str, **arguments) -> Parsed:
        return parse_text(text, source=None, context=context, **arguments)

    return run


def names(parsed: ParsedBlock) -> list[list[str]]:
    return [[command.name for command in group] for group in parsed.groups]


def test_each_line_is_a_group(parse) -> None:
    assert names(parse("a ; b\n\nc\n")) == [["a", "b"], ["c"]]


def test_a_string_is_one_group(parse) -> None:
    assert names(parse("a ; b\nc", one_group=True)) == [["a", "b", "c"]]


def test_a_comment_behind_a_command_counts_as_the_next_line(parse) -> None:
    assert [command.line for command in parse("a # c\nb\n")] == [2, 2]


def test_a_block_keeps_its_lines_as_groups(parse) -> None:
    (command,) = parse("if x {\n a ; b\n c\n}")
    condition, block = command.arguments
    assert condition == "x"
    assert isinstance(block, ParsedBlock)
    assert names(block) == [["a", "b"], ["c"]]


def test_an_assignment_is_seen_by_what_stands_behind_it(parse, context) -> None:
    parsed = parse("A=1\nB=${A}2 echo $B\n%hidden C=$B")
    assert context.environment == {"A": "1", "B": "12", "C": "12"}
    assert context.hidden == {"C"}
    assert parsed.assignments[-1] == Assignment("C", "12", hidden=True)
    assert parsed.groups == ((ParsedCommand("echo", ("12",), 2, None),),)


def test_an_assignment_drops_no_command_before_it(parse) -> None:
    assert names(parse("a ; B=1 ; c")) == [["a", "c"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%if #{yes}\na\n%else\nb\n%endif", [["a"]]),
        ("%if #{no}\na\n%else\nb\n%endif", [["b"]]),
        ("%if 0\na\n%elif 1\nb\n%elif 1\nc\n%else\nd\n%endif", [["b"]]),
        ("%if 0\na\n%elif 0\nb\n%else\nc\n%endif", [["c"]]),
        ("%if 1\n%if 0\na\n%else\nb\n%endif\nc\n%endif", [["b"], ["c"]]),
        ("%if 0\n%if 1\na\n%endif\n%endif\nb", [["b"]]),
        ("a ; %if 1 b ; c %else d %endif ; e", [["a", "b", "c", "e"]]),
        ("%if 0 a %elif 1 b %endif ; c", [["b", "c"]]),
        ("%if '' a %endif", []),
    ],
)
def test_conditions_choose_commands(parse, text: str, expected: list[list[str]]) -> None:
    assert names(parse(text)) == expected


def test_nothing_is_assigned_or_asked_in_a_branch_that_does_not_hold(parse, context) -> None:
    parse("%if 0\nA=1\n%if #{inner}\nB=1\n%endif\n%elif 1\nC=1\n%elif #{late}\n%hidden D=1\n%endif")
    assert context.environment == {"C": "1"}
    assert context.asked == ["0", "1"]


@pytest.mark.parametrize(
    "text",
    [
        "; a",
        "}",
        "{ a }",
        "a {",
        "a }",
        "%if",
        "%if 1",
        "%if 1\n%endif",
        "%if 1 a",
        "%if 1 a\n%endif",
        "%if 1\na\n%endif b",
        "%if A=1\na\n%endif",
        "%else",
        "%endif",
        "%hidden a",
        "%hidden A=1 ; b",
        "A=1 B=2 a",
        "a ; %if 1\nb\n%endif",
    ],
)
def test_what_is_no_sentence_is_a_syntax_error(parse, text: str) -> None:
    with pytest.raises(ParseError, match=r"^syntax error$"):
        parse(text)


def test_blocks_cannot_be_nested_without_end(parse) -> None:
    assert list(parse("a {" * MAXIMUM_DEPTH + "}" * MAXIMUM_DEPTH))
    with pytest.raises(ParseError, match="nested too deeply"):
        parse("a {" * (MAXIMUM_DEPTH + 1))


def vector(*words: str) -> list[tuple[str, ...]]:
    parsed = parse_arguments_vector(words)
    assert len(parsed.groups) <= 1
    return [(command.name, *command.arguments) for command in parsed]


def test_words_are_separated_by_semicolons_at_their_ends() -> None:
    assert vector("a", "b;", "c", ";", "d") == [("a", "b"), ("c",), ("d",)]
    assert vector("a", "b\\;", "\\;", "c;d") == [("a", "b;", ";", "c;d")]
    assert vector(";", ";") == []
    assert vector() == []


def test_a_block_among_words_is_taken_as_it_is() -> None:
    block = CommandBlock()
    (command,) = parse_arguments_vector(["if", "x", block])
    assert command.arguments == ("x", block)
    with pytest.raises(ParseError, match=r"^no command$"):
        parse_arguments_vector([block])


class Nowhere:
    def lookup_environment(self, name: str) -> None:
        return None

    def home(self, user: str | None) -> None:
        return None

    def expand_condition(self, text: str) -> str:
        return text

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        pass


WORDS = st.sampled_from(
    ["a", "{", "}", ";", "\n", " ", "%if ", "%elif ", "%else", "%endif", "1", "0", "A=1", "# c\n"]
)


@given(st.lists(WORDS, max_size=30))
def test_any_text_is_parsed_or_refused(parts: list[str]) -> None:
    try:
        parsed = parse_text("".join(parts), source="f", context=Nowhere())
    except ParseError as error:
        parsed, message = Parsed(), str(error)
    else:
        message = "f:"
    assert all(parsed.groups)
    assert message.startswith("f:")
