import pytest

from aimux.model.command_list import (
    Arguments,
    BoundCommand,
    CommandBlock,
    argument_text,
    print_block,
    print_command,
    replace_template,
)


def command(name: str, *positional: str | CommandBlock, **flags: tuple[str | None, ...]):
    return BoundCommand(name, Arguments(flags, positional))


INNER = CommandBlock(((command("a"), command("b", "x y")), (command("c"),)))


def test_flags_are_printed_sorted_and_those_with_values_last() -> None:
    printed = print_command(command("do", "-x", h=(None,), d=(None, None), t=("one", "two w")))
    assert printed == 'do -ddh -t one -t "two w" -x'


def test_groups_are_printed_apart_and_only_the_outermost_level_escaped() -> None:
    outer = CommandBlock(((command("if", "x", INNER), command("d")), (command("e"),)))
    assert outer.text == 'if x { a ; b "x y" ;; c } ; d ;; e'
    expected = 'if x { a ; b "x y" ;; c } \\; d \\;\\; e'
    assert print_block(outer, escaped=True) == expected


def test_a_block_is_text_where_text_is_wanted() -> None:
    arguments = Arguments({}, ("x", INNER))
    assert arguments.texts() == ("x", 'a ; b "x y" ;; c')
    assert arguments.text(1) == argument_text(INNER)
    assert arguments.text(2) is None
    assert [one.name for one in INNER] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("template", "index", "expected"),
    [
        ("a %% b %% c", 1, "a VAL b %% c"),
        ("%1 %2 %1", 1, "VAL %2 VAL"),
        ("%1 %2", 2, "%1 VAL"),
        ("100% %x %", 1, "100% %x %"),
        ("%%%", 1, "VAL"),
        ("none", 1, "none"),
        ("%1%%", 1, "VAL%"),
    ],
)
def test_a_template_takes_its_value(template: str, index: int, expected: str) -> None:
    assert replace_template(template, "VAL", index) == expected


def test_a_value_can_be_quoted_for_a_command() -> None:
    assert replace_template("'%%%'", 'a"$b;~\\', 1) == "'a\\\"\\$b\\;\\~\\\\'"


def test_values_reach_flags_arguments_and_blocks() -> None:
    inner = CommandBlock(((command("rename", "%%"),),))
    block = CommandBlock(((command("if", "%2", inner, t=("%1", None)),),))
    replaced = block.with_values(["one", "two"])
    assert replaced.text == "if -t one two { rename one }"
    assert block.text.count("%") == 4
