import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from aimux.commands.lookup import Named, find_alias, resolve
from aimux.commands.table import COMMANDS
from aimux.errors import ParseError

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Command:
    name: str
    alias: str | None = None
    is_addition: bool = False


TABLE = (
    Command("kill-pane", "killp"),
    Command("kill-server"),
    Command("last-pane", "lastp"),
    Command("list-sessions", "ls"),
    Command("kill-agents", "ka", is_addition=True),
    Command("agent", is_addition=True),
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kill-pane", "kill-pane"),
        ("killp", "kill-pane"),
        ("kill-s", "kill-server"),
        ("la", "last-pane"),
        ("ls", "list-sessions"),
        ("agent", "agent"),
        ("ka", "kill-agents"),
    ],
)
def test_a_command_is_found_by_name_alias_or_beginning(typed: str, name: str) -> None:
    assert resolve(typed, TABLE).name == name


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("foo", "unknown command: foo"),
        ("agen", "unknown command: agen"),
        ("kill", "ambiguous command: kill, could be: kill-pane, kill-server"),
        ("l", "ambiguous command: l, could be: last-pane, list-sessions"),
    ],
)
def test_what_is_not_found_is_reported_in_the_words_of_tmux(typed: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        resolve(typed, TABLE)
    assert str(caught.value) == message


def test_every_name_alias_and_unique_beginning_of_tmux_is_understood(table) -> None:
    names = [row.name for row in table]
    for row in table:
        assert resolve(row.name, table) is row
        assert row.alias is None or resolve(row.alias, table) is row
        for length in range(1, len(row.name)):
            start = row.name[:length]
            if sum(name.startswith(start) for name in names) == 1:
                taken = [other for other in table if other.alias == start]
                assert resolve(start, table) is (taken[0] if taken else row)


def test_the_first_alias_of_a_name_counts() -> None:
    entries = ("broken", "a=one", "a=two", "b=x=y")
    assert find_alias("a", entries) == "one"
    assert find_alias("b", entries) == "x=y"
    assert find_alias("broken", entries) is None


def tmux_table() -> tuple[Command, ...]:
    rows = json.loads((HERE / "tmux_3_3a_commands.json").read_text())
    return tuple(Command(row["name"], row["alias"]) for row in rows)


def meaning(typed: str, table: tuple[Named, ...]) -> str:
    try:
        return resolve(typed, table).name
    except ParseError as error:
        return str(error)


def test_every_name_alias_and_abbreviation_means_what_it_means_in_tmux() -> None:
    table = tmux_table()
    typed = {row.name[:length] for row in table for length in range(1, len(row.name) + 1)}
    typed |= {row.alias[:length] for row in table if row.alias for length in range(1, 12)}
    ours = tuple(COMMANDS.values())
    assert len(typed) > 700
    assert {one: meaning(one, ours) for one in typed} == {one: meaning(one, table) for one in typed}


def test_aimuxs_own_commands_take_no_name_of_tmux() -> None:
    names = {name for row in tmux_table() for name in (row.name, row.alias)}
    own = [row for row in COMMANDS.values() if row.is_addition]
    assert own
    assert not {name for row in own for name in (row.name, row.alias) if name} & names
