import pytest

from aimux.commands.build import Language
from aimux.errors import ParseError
from aimux.model.command_list import CommandBlock


def read(language: Language, text: str) -> list[str]:
    block = language.read_file(text, source="f")
    return [CommandBlock((group,)).text for group in block.groups]


def test_names_are_written_out_and_flags_sorted(language: Language) -> None:
    assert read(language, "splitw -t x -vd -h\nls\n") == [
        "split-window -dhv -t x",
        "list-sessions",
    ]


def test_one_wrong_command_and_none_may_run(language: Language) -> None:
    with pytest.raises(ParseError, match=r"^f:2: unknown command: foo$"):
        language.read_file("display a\nfoo\n", source="f")


def test_a_string_has_errors_without_a_place(language: Language) -> None:
    with pytest.raises(ParseError, match=r"^unknown command: foo$"):
        language.read_string("display a\nfoo")


def test_blocks_are_built_with_what_they_stand_in(language: Language) -> None:
    with pytest.raises(ParseError, match=r"^f:2: unknown command: foo$"):
        language.read_file("if -F 1 {\nfoo\n}\n", source="f")


def test_an_alias_gives_its_last_command_the_arguments(table, context) -> None:
    aliases = ["two=display a ; display", "ls=new -d", "loop=loop", "none="]
    language = Language(table, context, lambda: aliases)
    assert language.read_string("two b").text == "display-message a ; display-message b"
    assert language.read_string("ls -s x").text == "new-session -d -s x"
    assert language.read_string("none a b").text == ""
    with pytest.raises(ParseError, match=r"^unknown command: loop$"):
        language.read_string("loop")


def test_words_are_one_group_whatever_they_hold(language: Language) -> None:
    block = language.read_words(["display", "a;", "display", "b"])
    assert len(block.groups) == 1
    assert block.text == "display-message a ; display-message b"


def test_what_is_printed_is_read_back_as_the_same(language: Language) -> None:
    text = (
        "bind-key -N 'a \"note\"' -r -T root x { display 'a;b' ; if-shell -F '#{x}' "
        '{ send-keys -l "é$HOME~" } } ; set -g status-left \'"#[fg=red]" $ {\''
    )
    printed = language.read_string(text).text
    assert language.read_string(printed).text == printed
