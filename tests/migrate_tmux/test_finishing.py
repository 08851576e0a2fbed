from __future__ import annotations

from migrate_tmux.configuration import Configuration, Ordered, PlainKey, key_things
from migrate_tmux.finishing import displaced_keys, let_tmux_be_called, shim_directory
from migrate_tmux.report import Place, Report

PLACE = Place("~/.tmux.conf", 7)


def test_a_key_of_aimux_that_is_taken_is_named_with_a_free_one() -> None:
    configuration = Configuration()
    configuration.add(PlainKey("prefix", "b", "kill-pane"))
    (found,) = displaced_keys(configuration, dict.fromkeys(key_things("prefix", "b"), PLACE))
    assert (found.place, found.command) == (PLACE, "toggle-sidebar")
    assert found.rebind == "bind-key -T prefix M-b toggle-sidebar"


def test_the_free_key_is_free_in_the_configuration_too() -> None:
    configuration = Configuration()
    configuration.add(PlainKey("prefix", "b", None))
    configuration.add(PlainKey("prefix", "M-b", "kill-pane"))
    (found,) = displaced_keys(configuration, dict.fromkeys(key_things("prefix", "b"), PLACE))
    assert found.free_key == "C-M-b"


def test_a_key_that_a_condition_may_take_counts() -> None:
    configuration = Configuration()
    things = key_things("prefix", "b")
    configuration.append(Ordered("if-shell x 'bind b kill-pane'", things))
    assert len(displaced_keys(configuration, dict.fromkeys(things, PLACE))) == 1


def test_panes_find_the_shim_only_where_something_calls_tmux() -> None:
    configuration, report = Configuration(), Report("~/.tmux.conf")
    let_tmux_be_called(configuration, report, {})
    assert configuration == Configuration()
    report.calls_tmux.append(PLACE)
    let_tmux_be_called(configuration, report, {})
    assert configuration.config_document("k")["options"] == {"session": {"tmux-env": True}}
    assert 'PATH="${HOME}/.local/share/aimux/shim:${PATH}"' in configuration.ordered[0].text
    assert "Claude Code" in report.notes[0]


def test_the_shim_stands_with_the_users_data() -> None:
    assert shim_directory({"XDG_DATA_HOME": "/data"}) == "${XDG_DATA_HOME}/aimux/shim"
