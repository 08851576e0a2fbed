import pytest

from aimux.errors import CommandError
from aimux.model.command_list import Arguments, BoundCommand, CommandBlock
from aimux.model.key_tables import KeyTables


def do(*names: str) -> CommandBlock:
    return CommandBlock((tuple(BoundCommand(name, Arguments()) for name in names),))


@pytest.fixture
def tables() -> KeyTables:
    made = KeyTables()
    made.bind("prefix", "x", do("kill"), note="Kill it")
    made.bind("prefix", "C-Up", do("up", "up"), repeat=True)
    made.bind("root", "WheelUpPane", do("scroll"))
    made.keep_defaults()
    return made


def test_a_bound_key_is_found_in_its_table_alone(tables: KeyTables) -> None:
    binding = tables.lookup("prefix", "x")
    assert binding is not None
    assert (binding.text, binding.note, binding.repeat) == ("kill", "Kill it", False)
    assert tables.lookup("root", "x") is None
    assert tables.lookup("none", "x") is None


def test_binding_without_commands_changes_the_note_only(tables: KeyTables) -> None:
    tables.bind("prefix", "x", None, note="Other")
    tables.bind("prefix", "y", None, note="Nothing")
    binding = tables.lookup("prefix", "x")
    assert binding is not None
    assert (binding.text, binding.note) == ("kill", "Other")
    assert tables.lookup("prefix", "y") is None


def test_a_table_goes_with_its_last_binding_unless_it_has_defaults(tables: KeyTables) -> None:
    tables.bind("mine", "a", do("a"))
    tables.unbind("mine", "a")
    tables.unbind("root", "WheelUpPane")
    tables.unbind("root", "never")
    assert tables.names() == ["prefix", "root"]
    assert tables.bindings("root") == []


def test_a_removed_table_is_gone_with_its_defaults(tables: KeyTables) -> None:
    tables.remove_table("prefix")
    assert not tables.exists("prefix")
    with pytest.raises(CommandError, match=r"^table prefix doesn't exist$"):
        tables.remove_table("prefix")


def test_a_key_is_reset_to_its_default_or_to_nothing(tables: KeyTables) -> None:
    tables.bind("prefix", "x", do("other"))
    tables.bind("prefix", "y", do("other"))
    for key in ("x", "y"):
        tables.reset("prefix", key)
    tables.reset("none", "x")
    assert [binding.text for binding in tables.bindings("prefix")] == ["kill", "up \\; up"]


def test_a_default_that_was_unbound_can_be_reset(tables: KeyTables) -> None:
    tables.unbind("prefix", "x")
    tables.reset("prefix", "x")
    assert tables.lookup("prefix", "x") is not None


def test_keys_are_listed_in_columns(tables: KeyTables) -> None:
    assert tables.list_keys() == [
        "bind-key    -T prefix x           kill",
        "bind-key -r -T prefix C-Up        up \\; up",
        "bind-key    -T root   WheelUpPane scroll",
    ]
    assert tables.list_keys("root") == ["bind-key -T root WheelUpPane scroll"]
    assert tables.list_keys(key="x") == ["bind-key -T prefix x kill"]
    assert tables.list_keys(key="none") == []
    with pytest.raises(CommandError, match=r"^table none doesn't exist$"):
        tables.list_keys("none")


def test_notes_are_listed_behind_the_prefix(tables: KeyTables) -> None:
    assert tables.list_notes(prefix_key="C-b") == ["C-b x Kill it"]
    assert tables.list_notes() == []
    assert tables.list_notes(prefix_key="C-b", without_notes=True) == [
        "C-b x Kill it",
        "C-b C-Upup \\; up",
    ]
    assert tables.list_notes("prefix", prefix_text="> ") == ["> x Kill it"]
    with pytest.raises(CommandError):
        tables.list_notes("none")


def test_every_change_raises_the_version(tables: KeyTables) -> None:
    before = tables.version
    tables.bind("prefix", "z", do("z"))
    tables.unbind("prefix", "z")
    tables.unbind("prefix", "z")
    assert tables.version == before + 2
