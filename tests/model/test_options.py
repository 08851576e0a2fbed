import pytest

from aimux.errors import OptionError, ParseError
from aimux.model.command_list import Arguments, BoundCommand, CommandBlock
from aimux.model.options import MAXIMUM_USER_OPTIONS, HookListing, Options
from aimux.model.options_table import Scope


def read_commands(text: str) -> CommandBlock:
    if text == "wrong":
        raise ParseError("unknown command: wrong")
    return CommandBlock(((BoundCommand(text, Arguments()),),))


@pytest.fixture
def everywhere() -> Options:
    return Options.with_defaults(Scope.SESSION, read_commands=read_commands)


@pytest.fixture
def session(everywhere: Options) -> Options:
    return Options(everywhere)


def test_values_are_inherited_until_they_are_set(everywhere: Options, session: Options) -> None:
    assert session.get("status-left-length") == 10
    everywhere.set("status-left-length", "20")
    assert session.number("status-left-length") == 20
    session.set("status-left-length", "30")
    assert (everywhere.number("status-left-length"), session.number("status-left-length")) == (
        20,
        30,
    )
    session.unset("status-left-length")
    assert session.number("status-left-length") == 20
    everywhere.unset("status-left-length")
    assert session.number("status-left-length") == 10


def test_a_default_can_be_the_servers_own() -> None:
    options = Options.with_defaults(Scope.SESSION, defaults={"default-shell": "/bin/zsh"})
    assert options.text("default-shell") == "/bin/zsh"


def test_values_have_the_type_of_their_kind(session: Options) -> None:
    assert session.flag("mouse") is False
    assert session.text("mouse") == "off"
    assert session.text("status") == "on"
    assert session.text("status-interval") == "15"
    assert session.strings("update-environment")[0] == "DISPLAY"
    with pytest.raises(TypeError):
        session.number("mouse")
    with pytest.raises(TypeError):
        session.flag("status")
    with pytest.raises(TypeError):
        session.strings("status")
    with pytest.raises(TypeError):
        session.text("update-environment")


def test_a_user_option_may_be_missing_but_no_other(session: Options) -> None:
    assert session.get("@none") is None
    assert session.text("@none") == ""
    assert session.format_text("@none") is None
    with pytest.raises(OptionError, match=r"^invalid option: none$"):
        session.get("none")


def test_appending_adds_to_what_is_set_here(everywhere: Options, session: Options) -> None:
    everywhere.set("@x", "a")
    session.set("@x", "b", append=True)
    session.set("@x", "c", append=True)
    everywhere.set("status-style", "bold", append=True)
    everywhere.set("bell-action", "none", append=True)
    assert everywhere.get("bell-action") == "none"
    assert session.get("@x") == "bc"
    assert session.get("status-style") == "bg=green,fg=black,bold"


def test_a_refused_value_changes_nothing(session: Options) -> None:
    session.set("status-style", "bold")
    version = session.version
    for name, text in (("status-style", "nosuch"), ("update-environment", None)):
        with pytest.raises(OptionError):
            session.set(name, text)
    with pytest.raises(ParseError):
        session.set("session-created", "wrong")
    assert session.own_items() == [("status-style", "bold")]
    assert session.version == version


def test_arrays_have_items_that_need_not_be_in_sequence(everywhere: Options) -> None:
    everywhere.set("update-environment", "A,B C")
    everywhere.set("update-environment[7]", "H")
    everywhere.set("update-environment[7]", "I", append=True)
    everywhere.unset("update-environment[1]")
    everywhere.set("update-environment", "NEW", append=True)
    assert everywhere.items("update-environment") == {0: "A", 1: "NEW", 2: "C", 7: "HI"}
    assert everywhere.get("update-environment[7]") == "HI"
    assert everywhere.get("update-environment[3]") is None
    assert everywhere.format_text("update-environment[7]") == "HI"
    assert everywhere.format_text("update-environment[3]") == ""
    assert everywhere.format_text("update-environment") == ""


def test_only_arrays_have_items(session: Options) -> None:
    for change in (lambda: session.set("mouse[0]", "on"), lambda: session.unset("@x[0]")):
        with pytest.raises(OptionError, match=r"^not an array: "):
            change()


def test_hooks_hold_commands(everywhere: Options, session: Options) -> None:
    everywhere.set("session-created", "one")
    everywhere.set("session-created", "two", append=True)
    assert [block.text for block in session.commands("session-created")] == ["one", "two"]
    assert session.get("session-created[1]") == "two"
    session.set("session-created", "three")
    assert session.show("session-created") == ["session-created[0] three"]
    assert session.commands("session-closed") == []


def test_commands_need_a_reader() -> None:
    with pytest.raises(OptionError, match="commands cannot be read here"):
        Options().set("session-created", "one")


def test_flags_are_numbers_in_formats(session: Options) -> None:
    assert session.format_text("mouse") == "0"
    assert session.format_text("status") == "on"
    assert session.format_text("no[") is None


def test_the_version_grows_with_every_change_that_can_be_seen(
    everywhere: Options, session: Options
) -> None:
    before = session.inherited_version()
    everywhere.set("mouse", None)
    session.set("@x", "1")
    assert session.inherited_version() == before + 2
    assert session.version == 1


def test_what_is_set_here_is_known(everywhere: Options, session: Options) -> None:
    assert everywhere.is_global
    assert not session.is_global
    assert everywhere.is_own("mouse")
    assert not session.is_own("mouse")
    session.set("update-environment[3]", "X")
    assert session.is_own("update-environment")
    assert session.is_own("update-environment[3]")
    assert not session.is_own("update-environment[4]")


def test_options_are_shown_with_quotes_marks_or_values_alone(session: Options) -> None:
    session.set("@b", "x y")
    session.set("@a", "")
    session.set("status-left", '"')
    assert session.show_all(Scope.SESSION) == ["@a ''", '@b "x y"', 'status-left \\"']
    assert session.show("@b", value_only=True) == ["x y"]
    assert session.show("mouse") == []
    assert session.show("mouse", inherited=True) == ["mouse* off"]
    assert session.show("update-environment[9]", inherited=True) == ["update-environment[9]* ''"]
    assert session.show_all(Scope.SESSION, hooks=HookListing.ONLY) == []
    with pytest.raises(OptionError, match=r"^invalid option: @none$"):
        session.show("@none")


def test_user_options_are_limited(session: Options) -> None:
    for number in range(MAXIMUM_USER_OPTIONS):
        session.set(f"@{number}", "x")
    session.set("@0", "y")
    with pytest.raises(OptionError, match="too many options"):
        session.set("@more", "x")


def test_other_defaults_stand_below_what_was_set(everywhere: Options, session: Options) -> None:
    everywhere.set("status-style", "bg=red")
    everywhere.set_defaults({"status-style": "bg=blue", "message-style": "fg=#112233"})
    assert session.text("status-style") == "bg=red"
    assert session.text("message-style") == "fg=#112233"
    everywhere.unset("status-style")
    assert session.text("status-style") == "bg=blue"


def test_defaults_that_are_taken_back_are_the_tables_again(everywhere: Options) -> None:
    everywhere.set_defaults({"status-style": "bg=blue"})
    everywhere.set_defaults({})
    assert everywhere.text("status-style") == "bg=green,fg=black"


def test_what_was_added_to_another_default_is_set(everywhere: Options) -> None:
    everywhere.set_defaults({"status-style": "bg=blue"})
    everywhere.set("status-style", "bold", append=True)
    everywhere.set_defaults({})
    assert everywhere.text("status-style") == "bg=blue,bold"
