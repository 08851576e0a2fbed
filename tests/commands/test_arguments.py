import pytest

from aimux.commands.arguments import (
    ArgumentSpec,
    always_commands,
    commands_after_first,
    commands_with_c,
    menu_commands,
    parse_flags,
    second_commands,
)
from aimux.commands.table import COMMANDS
from aimux.errors import ParseError
from aimux.model.command_list import Arguments, BoundCommand, CommandBlock, print_command

BLOCK = CommandBlock()
SPEC = ArgumentSpec("abt:l::", 0, 2)


def parse(*words: str | CommandBlock, spec: ArgumentSpec = SPEC) -> Arguments:
    return parse_flags(words, spec, command_name="do", usage="[-ab] [-t target]")


def test_flags_may_be_joined_repeated_and_given_values() -> None:
    arguments = parse("-ab", "-a", "-tone", "-t", "two", "-bt", "three", "x")
    assert arguments.count("a") == 2
    assert arguments.has("b")
    assert not arguments.has("l")
    assert arguments.all("t") == ("one", "two", "three")
    assert arguments.get("t") == "three"
    assert arguments.get("l") is None
    assert arguments.positional == ("x",)


def test_flags_end_at_two_dashes_at_one_dash_and_at_a_word() -> None:
    assert parse("-a", "--", "-b").positional == ("-b",)
    assert parse("-", "-b").positional == ("-", "-b")
    assert parse("x", "-b").positional == ("x", "-b")


def test_a_value_may_look_like_a_flag() -> None:
    assert parse("-t", "-a").get("t") == "-a"
    assert not parse("-t", "-a").has("a")


def test_a_value_that_may_be_left_out_takes_the_next_word_if_there_is_one() -> None:
    assert parse("-l").has("l")
    assert parse("-l").get("l") is None
    assert parse("-l", "x").get("l") == "x"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("-Q",), "command do: unknown flag -Q"),
        (("-!",), "command do: invalid flag -!"),
        (("-t",), "command do: -t expects an argument"),
        (("-t", BLOCK), "command do: -t argument must be a string"),
        (("x", BLOCK), 'command do: argument 2 must be "string"'),
        (("x", "y", "z"), "command do: too many arguments (need at most 2)"),
        (("-?",), "usage: do [-ab] [-t target]"),
    ],
)
def test_mistakes_are_reported_in_the_words_of_tmux(
    words: tuple[str | CommandBlock, ...], message: str
) -> None:
    with pytest.raises(ParseError) as caught:
        parse(*words)
    assert str(caught.value) == message


def test_too_few_words_are_refused() -> None:
    with pytest.raises(ParseError, match=r"^command do: too few arguments \(need at least 1\)$"):
        parse("-a", spec=ArgumentSpec("a", 1, None))


@pytest.mark.parametrize(
    ("rule", "words", "allowed"),
    [
        (always_commands, (BLOCK,), True),
        (second_commands, ("x", BLOCK), True),
        (second_commands, (BLOCK,), False),
        (commands_after_first, ("x", BLOCK, BLOCK), True),
        (commands_after_first, (BLOCK,), False),
        (commands_with_c, ("-C", BLOCK), True),
        (commands_with_c, (BLOCK,), False),
        (menu_commands, ("a", "b", BLOCK, "", "c", "d", BLOCK), True),
        (menu_commands, ("a", "", BLOCK), True),
        (menu_commands, ("", BLOCK), False),
        (menu_commands, ("a", BLOCK), False),
    ],
)
def test_blocks_stand_only_where_the_command_takes_commands(rule, words, allowed: bool) -> None:
    spec = ArgumentSpec("C", 0, None, rule)
    if allowed:
        assert BLOCK in parse(*words, spec=spec).positional
    else:
        with pytest.raises(ParseError, match='must be "string"'):
            parse(*words, spec=spec)


LONG = ArgumentSpec("t:", 0, None, long={"json": False, "kind": True})


@pytest.mark.parametrize(
    ("words", "flags", "positional"),
    [
        (["--json"], {"json": (None,)}, ()),
        (["--kind", "test", "-t%1"], {"kind": ("test",), "t": ("%1",)}, ()),
        (["--kind=a=b"], {"kind": ("a=b",)}, ()),
        (["--json", "--", "--kind"], {"json": (None,)}, ("--kind",)),
        (["make", "--json"], {}, ("make", "--json")),
    ],
)
def test_options_with_names_stand_among_the_flags(
    words: list[str], flags: dict[str, tuple[str | None, ...]], positional: tuple[str, ...]
) -> None:
    parsed = parse_flags(words, LONG, command_name="results", usage="[--json]")
    assert (dict(parsed.flags), parsed.positional) == (flags, positional)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--colour"], "command results: unknown option --colour"),
        (["--kind"], "command results: --kind expects an argument"),
        (["--json=1"], "command results: --json takes no argument"),
        (["--help"], "usage: results [--json]"),
    ],
)
def test_wrong_options_are_refused_in_tmuxs_words(words: list[str], message: str) -> None:
    with pytest.raises(ParseError) as error:
        parse_flags(words, LONG, command_name="results", usage="[--json]")
    assert str(error.value) == message


def test_options_with_names_are_printed_so_that_they_can_be_read_again() -> None:
    given = parse_flags(
        ["--kind", "a b", "-t", "%1", "--json", "x"], LONG, command_name="results", usage=""
    )
    text = print_command(BoundCommand("results", given))
    assert text == 'results --json --kind "a b" -t "%1" x'


def test_some_commands_take_options_behind_their_words() -> None:
    spec = ArgumentSpec("n:", 0, None, long={"json": False}, anywhere=True)
    given = parse_flags(
        ["delete", "-n", "3", "7", "--json", "--", "-x"], spec, command_name="history", usage=""
    )
    assert dict(given.flags) == {"json": (None,), "n": ("3",)}
    assert given.positional == ("delete", "7", "-x")


def test_errors_of_aimuxs_own_commands_end_with_their_usage() -> None:
    spec = ArgumentSpec("", 1, 1, tells_usage=True)
    with pytest.raises(ParseError, match=r"too few arguments .* \(usage: keys list\)$"):
        parse_flags([], spec, command_name="keys", usage="list")
    assert all(row.spec.tells_usage == row.is_addition for row in COMMANDS.values())
