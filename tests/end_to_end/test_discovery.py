"""The palette, the list of keys, hints, completion and themes, as a person meets them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.waiting import wait_until

SEARCH = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
ESCAPE = b"\x1b"
NORD_SURFACE = "353c4a"


def closed(terminal: Terminal, text: str) -> None:
    terminal.wait_for(lambda: text not in terminal.text)


def paper(terminal: Terminal, row: int, column: int) -> str:
    """The background of a cell."""
    return str(terminal.view.screen.buffer[row][column].bg)


def inks(terminal: Terminal) -> set[str]:
    """Every colour that is seen."""
    screen = terminal.view.screen
    every = [screen.buffer[row][column] for row in range(24) for column in range(screen.columns)]
    return {str(cell.fg) for cell in every} | {str(cell.bg) for cell in every}


@pytest.fixture
def tmux(aimux: World, tmp_path: Path) -> Path:
    """A `tmux` that is aimux."""
    aimux.do("shim", str(tmp_path / "shim"))
    return tmp_path / "shim" / "tmux"


# ---- the palette ----


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 15)])
def test_the_palette_finds_a_key_and_runs_it(aimux: World, columns: int, rows: int) -> None:
    terminal = aimux.attached(columns=columns, rows=rows)
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"new wind")
    terminal.wait_for("Create a new window")
    terminal.type(b"\r")
    terminal.wait_for("1:sh")
    closed(terminal, "commands")


def test_what_is_typed_before_and_after_the_palette_is_drawn_arrives_in_order(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b"Pnew wind\recho do''ne\r")
    terminal.wait_for("1:sh")
    aimux.wait_for("done")
    assert "echo" not in aimux.seen("work:0")


def test_a_pane_goes_on_below_the_palette_and_is_whole_when_it_has_gone(aimux: World) -> None:
    terminal = aimux.attached(columns=100, rows=30)
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"zoom")
    terminal.wait_for("Zoom the active pane")
    slowly = "for n in 1 2 3 4 5 6; do seq -f line-$n%g 40; sleep 0.1; done; echo en''ded"
    aimux.do("send-keys", "-t", "work", slowly, "Enter")
    aimux.wait_for("ended")
    terminal.wait_for("line-640")  # below it
    assert "\N{BOX DRAWINGS LIGHT HORIZONTAL} commands" in terminal.text  # not painted over
    terminal.type(ESCAPE)
    terminal.wait_for(lambda: SEARCH not in terminal.text)
    wanted = [row.rstrip() for row in aimux.seen().split("\n")]
    terminal.wait_for(lambda: [row.rstrip() for row in terminal.rows[:28]] == wanted[:28])
    terminal.type(b"seq -f 'more-%g' 90\r")  # painted past Textual again
    terminal.wait_for("more-90")
    aimux.wait_for("more-90")
    wanted = [row.rstrip() for row in aimux.seen().split("\n")]
    terminal.wait_for(lambda: [row.rstrip() for row in terminal.rows[:28]] == wanted[:28])


def test_a_click_in_the_palette_chooses(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b"Pnew wind")
    terminal.wait_for("Create a new window")
    row = next(n for n, text in enumerate(terminal.rows, 1) if "Create a new window" in text)
    terminal.type(b"\x1b[<0;10;%dM\x1b[<0;10;%dm" % (row, row))
    terminal.wait_for("1:sh")
    terminal.wait_for(lambda: SEARCH not in terminal.text)
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"zoom")
    terminal.wait_for("Zoom the active pane")
    terminal.type(b"\x1b[<0;10;20M\x1b[<0;10;20m")  # beside it
    terminal.wait_for(lambda: SEARCH not in terminal.text)
    terminal.type(b"echo st''ill\r")
    aimux.wait_for("still", "work:1")


def test_textuals_own_keys_mean_nothing_in_the_palette(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"\x11\x10\x1c\x16\x18\x19\x1bOP\x1b[17~\x1b[15~zoom")
    terminal.wait_for("Zoom the active pane")
    terminal.type(ESCAPE)
    closed(terminal, "commands")
    terminal.type(b"echo st''ill\r")
    aimux.wait_for("still")


def test_the_palette_types_a_command_and_leaves_it_to_the_person(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b": kill-ser")
    terminal.wait_for(": kill-server")
    terminal.type(b"\r")
    terminal.wait_for(":kill-server")
    terminal.type(b"\x03")
    terminal.wait_for("[work]")
    assert aimux.ask("#{session_name}") == "work"


def test_the_palette_goes_to_a_pane_whose_name_is_hostile(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("new", "-d", "-s", "other $HOME", "-x", "80", "-y", "24")
    title = "\\033]2;#[bg=red]#(touch evil) ;x\\007"
    aimux.do("send-keys", "-t", "other", f"printf '{title}'", "Enter")
    wait_until(lambda: "evil" in aimux.ask("#{pane_title}", "other"))
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"evil")
    terminal.wait_for("#[bg=red]#(touch evil)")
    terminal.type(b"\r")
    wait_until(
        lambda: "other" in aimux.do("list-clients", "-F", "#{session_name}"),
        step=lambda: terminal.read(0.05),
    )
    assert not (aimux.directory / "evil").exists()


def test_a_paste_is_searched_for(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"\x1b[200~zoom the\nrm -rf\x1b[201~")
    terminal.wait_for(f"{SEARCH}zoom the")
    terminal.wait_for("Zoom the active pane")
    assert "rm -rf" not in terminal.text


# ---- keys ----


def test_the_list_of_keys_is_searched_and_runs_one(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b"?")
    terminal.wait_for("searches, q closes")
    terminal.type(b"/")
    terminal.wait_for(SEARCH)
    terminal.type(b"horizontally")
    terminal.wait_for("C-b %")
    terminal.type(b"\r")
    wait_until(lambda: aimux.ask("#{window_panes}") == "2", step=lambda: terminal.read(0.05))
    closed(terminal, "horizontally")


def test_a_key_of_copy_mode_is_shown_and_not_run(aimux: World) -> None:
    terminal = aimux.attached(columns=100)
    terminal.type(PREFIX + b"?")
    terminal.wait_for("searches, q closes")
    terminal.type(b"/copy-mode-vi rectangle")
    terminal.wait_for("rectangle-toggle")
    terminal.type(b"\r")
    terminal.wait_for("bind-key -T copy-mode-vi")
    closed(terminal, SEARCH)


def test_list_keys_at_the_prompt_is_a_list_as_ever(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b":")
    terminal.wait_for("Tab completes")
    terminal.type(b"list-keys -N\r")
    terminal.wait_for("C-b C-b")
    assert SEARCH not in terminal.text
    assert aimux.ask("#{pane_mode}") == "view-mode"


# ---- hints ----


def test_waiting_after_the_prefix_shows_what_can_follow(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX)
    terminal.wait_for("? all keys")
    assert "all keys" in terminal.rows[22]
    terminal.type(b"c")
    terminal.wait_for("1:sh")
    closed(terminal, "all keys")


def test_hints_can_be_switched_off(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("set", "-g", "which-key", "off")
    terminal.type(PREFIX)
    wait_until(
        lambda: aimux.do("list-clients", "-F", "#{client_prefix}") == "1\n",
        step=lambda: terminal.read(0.05),
    )
    aimux.do("run-shell", "sleep 0.7")
    aimux.do("display-message", "-d", "0", "later")
    terminal.wait_for("later")
    assert "all keys" not in terminal.text


# ---- the prompt ----


def test_tab_completes_and_the_usage_stands_above(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b":")
    terminal.wait_for("Tab completes")
    terminal.type(b"split\t")
    terminal.wait_for(":split-window")
    terminal.wait_for("[-c start-directory]")
    terminal.type(b"-h\r")
    wait_until(lambda: aimux.ask("#{window_panes}") == "2", step=lambda: terminal.read(0.05))
    terminal.wait_for("[work]")
    closed(terminal, "start-directory")


# ---- themes ----


def test_a_theme_is_set_kept_and_seen(aimux: World) -> None:
    terminal = aimux.terminal("new", "-A", "-s", "work", COLORTERM="truecolor", columns=130)
    aimux.wait_until_live(terminal)
    config = aimux.directory / ".config/aimux/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("# mine\n[options.session]\nmouse = true\n")
    aimux.do("set", "-g", "message-style", "bg=red")
    aimux.do("theme", "set", "nord")
    terminal.wait_for(lambda: paper(terminal, 23, 60) == NORD_SURFACE)
    terminal.wait_for(lambda: paper(terminal, 5, 125) == "2e3440")  # the sidebar
    assert aimux.do("show", "-gv", "message-style") == "bg=red\n"
    kept = config.read_text()
    assert kept.startswith("# mine\n[options.session]\nmouse = true\n")
    assert tomllib.loads(kept)["options"]["server"] == {"theme": "nord"}
    aimux.do("theme", "set", "terminal")
    terminal.wait_for(lambda: paper(terminal, 23, 60) == "green")


def test_a_theme_is_tried_on_in_the_palette_and_taken_off_again(aimux: World) -> None:
    terminal = aimux.terminal("new", "-A", "-s", "work", COLORTERM="truecolor")
    aimux.wait_until_live(terminal)
    terminal.type(PREFIX + b"P")
    terminal.wait_for(SEARCH)
    terminal.type(b"theme nord")
    terminal.wait_for(lambda: paper(terminal, 23, 60) == NORD_SURFACE)
    terminal.type(ESCAPE)
    terminal.wait_for(lambda: paper(terminal, 23, 60) == "green")
    assert aimux.do("show", "-sv", "theme") == "terminal\n"


def test_a_theme_of_ones_own(aimux: World) -> None:
    place = aimux.directory / ".config/aimux/themes/mine.toml"
    place.parent.mkdir(parents=True)
    place.write_text('description = "my own"\n[options]\nstatus-style = "bg=blue"\n')
    aimux.do("new", "-d", "-s", "work")
    assert "mine" in aimux.do("theme", "list")
    aimux.do("set", "theme", "mine")
    assert aimux.do("show", "-gv", "status-style") == "bg=blue\n"
    place.write_text("[options]\nstatus-style = 1\n")
    done = aimux.run("set", "theme", "mine")
    assert (done.returncode, done.stderr) == (1, "theme mine: options: not a text: status-style\n")
    assert aimux.run("set", "theme", "none").stderr == "no theme: none\n"


def test_every_theme_has_a_sample(aimux: World) -> None:
    shown = aimux.do("theme", "preview")
    names = [line[2:].split()[0] for line in aimux.do("theme", "list").splitlines()]
    assert len(names) == 15
    assert all(name in shown for name in names)
    assert "\x1b[" in shown


# ---- poor terminals ----


@pytest.mark.parametrize("settings", [{"LANG": "C"}, {"LANG": "C", "LC_ALL": "C"}])
def test_without_utf8_all_is_ascii(aimux: World, settings: dict[str, str]) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "130", "-y", "24", ";", "splitw", "-h")
    terminal = aimux.terminal("attach", columns=130, **settings)
    aimux.wait_until_live(terminal)
    terminal.type(b"printf '\\303\\251\\346\\274\\242x\\n'\r" + PREFIX + b"P")
    terminal.wait_for("+- commands -")
    terminal.type(ESCAPE)
    terminal.wait_for("___x")
    assert terminal.output.isascii()
    assert aimux.do("list-clients", "-F", "#{client_utf8}") == "0\n"


def test_no_color_leaves_weight_alone(aimux: World) -> None:
    aimux.do("theme", "set", "dracula")
    aimux.do("new", "-d", "-s", "work", "-x", "130", "-y", "24", ";", "splitw", "-h")
    terminal = aimux.terminal("attach", columns=130, NO_COLOR="1")
    aimux.wait_until_live(terminal)
    terminal.type(PREFIX)
    terminal.wait_for("all keys")
    assert inks(terminal) == {"default"}


# ---- keys, from the shell ----


def test_keys_are_listed_and_checked(aimux: World) -> None:
    assert "prefix c" in aimux.do("keys", "list", "--table", "prefix")
    assert '"key": "c"' in aimux.do("keys", "list", "--json")
    assert aimux.do("keys", "check") == "0 problems, 0 notes\n"
    (aimux.directory / "mine.conf").write_text("A=1\nbind C-i new-window\nbind Tab next-window\n")
    done = aimux.run("keys", "check", "mine.conf")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "problem: prefix C-i: is the same key as Tab",
        "problem: prefix Tab: bound twice: line 2, then line 3; the second one counts",
        "2 problems, 0 notes",
    ]
    assert aimux.do("keys", "check", "alt").endswith("notes\n")
    assert aimux.run("keys", "check", "missing").stderr.endswith("No such file or directory\n")


@pytest.mark.parametrize("name", ["vi", "screen"])
def test_a_keymap_is_named_in_the_configuration(aimux: World, name: str) -> None:
    place = aimux.directory / ".config/aimux/config.toml"
    place.parent.mkdir(parents=True)
    place.write_text(f'keymap = "{name}"\n')
    aimux.do("new", "-d", "-s", "work", "cat", ";", "source-file", str(place))
    modes = aimux.do("show", "-gwv", "mode-keys"), aimux.do("show", "-gv", "prefix")
    wanted = {"vi": "vi\n", "screen": "C-a\n"}
    assert wanted.get(name, "emacs\n") in modes
    assert "0 problems" in aimux.do("keys", "check")


# ---- as tmux ----


def test_called_as_tmux_nothing_of_this_shows(aimux: World, tmux: Path) -> None:
    terminal = aimux.terminal_of(str(tmux), "-f", os.devnull, "new", "-s", "work")
    aimux.wait_until_live(terminal)
    terminal.type(PREFIX)
    wait_until(
        lambda: aimux.do("list-clients", "-F", "#{client_prefix}") == "1\n",
        step=lambda: terminal.read(0.05),
    )
    aimux.do("run-shell", "sleep 0.7")
    terminal.read(0.2)
    assert not "".join(terminal.rows[2:23]).strip()
    terminal.type(b"P" + PREFIX + b":")
    terminal.wait_for(lambda: terminal.rows[-1].startswith(":"))
    assert terminal.rows[22].strip() == ""
    terminal.type(b"spl\t")
    terminal.wait_for(":spl")
    assert terminal.rows[22].strip() == ""
    terminal.type(b"\x03" + PREFIX + b"?")
    terminal.wait_for("C-b C-b")
    assert SEARCH not in terminal.text
    assert "palette" not in terminal.text
    listed = aimux.terminal_of(str(tmux), "list-commands")
    listed.wait_for("wait-for")
    assert b"theme" not in listed.output
    assert b"command-palette" not in listed.output
    assert aimux.do("show", "-gv", "status-style") == "bg=green,fg=black\n"
