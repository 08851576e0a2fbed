"""Where a server's configuration comes from, and who is asked about tmux's."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.end_to_end.world import World
from tests.terminal import Terminal

PLAIN = (sys.executable, "-m", "aimux")  # without -f: the usual files
MARK = "state/aimux/asked-to-import-tmux"
QUESTION = b"tmux.conf into aimux? [y/N] "


def write(directory: Path, name: str, text: str) -> None:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def ask(aimux: World, template: str) -> str:
    return aimux.do("display-message", "-p", template).removesuffix("\n")


def start(aimux: World) -> Terminal:
    terminal = aimux.terminal_of(*PLAIN, "new", "-s", "work")
    aimux.wait_until_live(terminal)
    return terminal


def test_all_files_are_read_and_the_later_one_wins(aimux: World) -> None:
    home = aimux.directory
    write(home, ".aimux.conf", "set -g @first a\nset -g @last a\nbind b list-keys\n")
    write(home, ".config/aimux/aimux.conf", "set -g @second b\nset -g @last b\n")
    write(home, ".config/aimux/config.toml", 'keymap = "mine"\n[options.session]\n"@last" = "c"\n')
    write(home, ".config/aimux/keymaps/mine.toml", "[tables.prefix]\nc = false\n")
    start(aimux)
    assert ask(aimux, "#{@first}#{@second}#{@last}") == "abc"
    assert "toggle-sidebar" not in aimux.do("list-keys")
    assert aimux.run("list-keys", "-T", "prefix", "c").stderr == "unknown key: c\n"
    assert ask(aimux, "#{config_files}").endswith(
        "aimux.conf," + f"{home}/.config/aimux/config.toml"
    )


def test_what_is_wrong_is_shown_and_the_rest_counts(aimux: World) -> None:
    text = 'wrong = 1\n[options.session]\nstatus = "maybe"\n"@right" = "yes"\n'
    write(aimux.directory, ".config/aimux/config.toml", text)
    terminal = aimux.terminal_of(*PLAIN, "new", "-s", "work", columns=250)
    terminal.wait_for("config.toml: wrong: unknown")
    terminal.wait_for("config.toml: options.session.status: unknown value: maybe")
    assert ask(aimux, "#{@right}") == "yes"


def test_the_file_can_be_sourced_again(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work")
    write(aimux.directory, "mine.toml", '[options.session]\n"@mine" = "yes"\n')
    assert aimux.do("source-file", "mine.toml") == ""
    assert ask(aimux, "#{@mine}") == "yes"
    write(aimux.directory, "mine.toml", "[options.session")
    done = aimux.run("source-file", "mine.toml")
    assert (done.returncode, done.stdout.partition("mine.toml: ")[1]) == (1, "mine.toml: ")


def test_a_user_of_tmux_is_asked_once(aimux: World) -> None:
    write(aimux.directory, ".tmux.conf", "set -g @mine yes\n")
    terminal = aimux.terminal_of(*PLAIN, "new", "-s", "work")
    terminal.wait_for(QUESTION)
    terminal.type(b"n\n")
    aimux.wait_until_live(terminal)
    assert (aimux.directory / MARK).exists()
    aimux.do("kill-server")
    again = start(aimux)
    assert QUESTION not in again.output


def test_nobody_is_asked_who_has_a_configuration_or_names_one(aimux: World) -> None:
    write(aimux.directory, ".tmux.conf", "set -g @mine yes\n")
    aimux.attached()
    assert not (aimux.directory / MARK).exists()
    aimux.do("kill-server")
    write(aimux.directory, ".config/aimux/config.toml", "")
    assert QUESTION not in start(aimux).output
    assert not (aimux.directory / MARK).exists()
