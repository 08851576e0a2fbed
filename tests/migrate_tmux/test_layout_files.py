from __future__ import annotations

import io
import json
import tarfile
from functools import partial
from pathlib import Path

import pytest
import yaml

from aimux.errors import PathError
from migrate_tmux.contents import keep_contents, saved_contents
from migrate_tmux.layout_files import read_layout
from migrate_tmux.session_plan import PanePlan, SessionPlan
from tests.migrate_tmux.homes import Home
from tests.waiting import wait_until

TMUXP = """\
session_name: work
start_directory: /usr
environment: {STAGE: test}
shell_command_before: echo be''fore
windows:
- window_name: edit
  layout: main-horizontal
  focus: true
  options: {main-pane-height: 12, synchronize-panes: false}
  panes:
  - shell_command:
    - cmd: cd lib
    - echo two
    focus: true
  - blank
- window_name: logs
  start_directory: ./share
  window_index: 7
  panes: [null]
"""
TMUXINATOR = """\
name: web.app
root: /usr
pre_window: export A=1
startup_window: server
attach: false
windows:
  - editor:
      layout: main-vertical
      root: lib
      panes:
        - vim
        - tests: [make, make test]
        -
  - server: run it
  - idle:
"""
RESURRECT = "\n".join(
    "\t".join(fields)
    for fields in (
        ("pane", "a", "0", "1", ":*Z", "0", "title", ":/usr/my\\ lib", "0", "vim", ":vim x.py"),
        ("pane", "a", "0", "1", ":*Z", "1", "", ":/", "1", "python", ":python serve.py"),
        ("pane", "b", "2", "1", ":*", "0", "", ":/", "1", "bash", ":"),
        ("window", "a", "0", ":ed it", "1", ":*Z", "tiled", "off"),
        ("window", "b", "2", ":sh", "1", ":*", "b25d,80x24,0,0,0", "on"),
        ("state", "a", "b"),
    )
)


def plans(directory: Path, text: str) -> list[SessionPlan]:
    path = directory / "layout"
    path.write_text(text)
    return read_layout(path, partial(keep_contents, directory))


def test_a_tmuxp_file(tmp_path: Path) -> None:
    (plan,) = plans(tmp_path, TMUXP)
    first, second = plan.windows
    assert (plan.name, plan.directory, plan.environment) == ("work", "/usr", {"STAGE": "test"})
    assert first.options == {"main-pane-height": "12", "synchronize-panes": "off"}
    assert first.panes[0].typed == (" echo be''fore", " cd lib", " echo two")
    assert [pane.active for pane in first.panes] == [True, False]
    assert (second.directory, second.index) == ("/usr/share", 7)
    assert second.panes == (PanePlan(typed=(" echo be''fore",)),)


def test_json_is_read_too(tmp_path: Path) -> None:
    text = json.dumps({"session_name": "a:b", "windows": [{"panes": ["one"]}]})
    (plan,) = plans(tmp_path, text)
    assert plan.name == "a_b"
    assert plan.windows[0].panes[0].typed == (" one",)


def test_a_tmuxinator_file(tmp_path: Path) -> None:
    (plan,) = plans(tmp_path, TMUXINATOR)
    editor, server, idle = plan.windows
    assert plan.name == "web_app"
    assert editor.directory == "/usr/lib"
    assert editor.panes == (
        PanePlan(typed=("export A=1", "vim")),
        PanePlan(typed=("export A=1", "make", "make test"), title="tests"),
        PanePlan(typed=("export A=1",)),
    )
    assert server.panes[0].typed == ("export A=1", "run it")
    assert [window.active for window in plan.windows] == [False, True, False]
    assert idle.panes[0].typed == ("export A=1",)


def test_a_save_file_of_tmux_resurrect(tmp_path: Path) -> None:
    first, second = plans(tmp_path, RESURRECT)
    (window,) = first.windows
    assert (window.name, window.layout, window.zoomed) == ("ed it", "tiled", True)
    assert window.options == {"automatic-rename": "off"}
    assert window.panes[0] == PanePlan(directory="/usr/my lib", typed=("vim x.py",), title="title")
    assert window.panes[1].active
    assert first.notes == ("a:0: not started again: python serve.py",)
    assert second.windows[0].index == 2


def save_contents(directory: Path, **members: bytes) -> None:
    """The archive that tmux-resurrect keeps beside its newest save file."""
    with tarfile.open(directory / "pane_contents.tar.gz", "w:gz") as file:
        for name, data in members.items():
            member = tarfile.TarInfo(f"./pane_contents/{name}")
            member.size = len(data)
            file.addfile(member, io.BytesIO(data))


def test_what_tmux_resurrect_kept_of_panes_is_shown_again(home: Home) -> None:
    line = ("pane", "a", "1", "1", ":*", "0", "", ":/", "1", "sh", ":")
    path = home.write("\t".join(line), "saves/tmux_resurrect_1.txt")
    save_contents(path.parent, **{"pane-a:1.0": b"\033[31mred\n" + b"more\n" * 99})
    home.do("load-layout", str(path))
    show = ("capture-pane", "-ep", "-S", "-", "-t", "a:1.0")
    wait_until(lambda: home.do(*show).count("more") == 99)
    assert "\033[31mred" in home.do(*show)
    wait_until(lambda: not list((home.directory / ".local/state/aimux").glob("pane-*")))


def test_an_older_save_file_gets_nothing_of_the_newest_ones_panes(tmp_path: Path) -> None:
    save_contents(tmp_path, **{"pane-a:0.0": b"x"})
    older, newer = tmp_path / "1.txt", tmp_path / "2.txt"
    for path in (older, newer):
        path.write_text(RESURRECT)
    (tmp_path / "last").symlink_to(newer.name)
    assert saved_contents(older) == {}
    assert saved_contents(newer) == saved_contents(tmp_path / "last") == {"a:0.0": b"x"}


def test_an_archive_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pane_contents.tar.gz").write_bytes(b"none")
    with pytest.raises(PathError, match="pane_contents"):
        saved_contents(tmp_path / "1.txt")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: [", "YAML: while parsing"),
        ("- a", "YAML: no mapping"),
        ("a: 1", "neither a tmuxp nor a tmuxinator nor a tmux-resurrect file"),
        ("session_name: a\nwindows: []", "windows: there is none"),
        ("session_name: a\nplugins: [x]\nwindows: [{}]", "session: plugins is not supported"),
        ("session_name: a\nwindows: [{panes: [{sleep_before: 1}]}]", "pane: sleep_before is not"),
        ("session_name: a\nwindows: [x]", "window: no mapping"),
        ("name: a\non_project_start: x\nwindows: [b: c]", "on_project_start is not supported"),
        ("name: <%= x %>\nwindows: [b: c]", "templates"),
        ("name: a\nwindows: [b]", "windows: not a list of NAME: ..."),
        ("pane\ta\tb", "line 1: not of a tmux-resurrect file"),
        ("state\ta\tb", "no panes"),
        (f"name: a\nwindows: [b: {{panes: [{'x, ' * 201}]}}]", "too many panes: 201, at most 200"),
        (f"name: a\nwindows: [{'b: c, ' * 501}]", "too many windows: 501, at most 500"),
    ],
)
def test_what_cannot_be_made_is_an_error(tmp_path: Path, text: str, error: str) -> None:
    with pytest.raises(PathError) as raised:
        plans(tmp_path, text)
    assert str(raised.value).startswith(f"{tmp_path / 'layout'}: {error}")


def test_a_layout_is_made_as_it_says(home: Home) -> None:
    home.do("load-layout", str(home.write(TMUXP, "work.yaml")))
    shown = "#{window_index} #{window_name} #{window_active} #{pane_index} #{pane_height}"
    panes = home.do("list-panes", "-s", "-t", "work", "-F", shown).splitlines()
    assert panes[0] == "0 edit 1 0 12"
    assert panes[2].startswith("7 logs 0 0 ")
    assert home.do("show-environment", "-t", "work", "STAGE") == "STAGE=test\n"
    asked = ("display-message", "-p", "-t", "work:0.0", "#{pane_current_path}")
    wait_until(lambda: home.do(*asked) == "/usr/lib\n")
    wait_until(lambda: "\nbefore\n" in home.do("capture-pane", "-p", "-t", "work:0.1"))


def test_a_name_that_is_taken_is_refused(home: Home) -> None:
    home.do("new-session", "-d", "-s", "work")
    done = home.run("load-layout", str(home.write(TMUXP, "work.yaml")))
    assert (done.returncode, done.stderr) == (1, "duplicate session: work\n")


def test_a_session_survives_freezing_and_loading(home: Home) -> None:
    home.do(
        "new-session", "-d", "-s", "one", "-n", "first; one", "-c", "/usr", "-x", "90", "-y", "30"
    )
    home.do("split-window", "-h", "-t", "one", "-c", "/", "-l", "20")
    home.do("new-window", "-d", "-t", "one:4", "-n", "second", "-c", "/")
    target = home.directory / "one.yaml"
    assert home.do("freeze-layout", "-t", "one", "-o", str(target)) == f"{target}\n"
    frozen = home.do("freeze-layout", "-t", "one")
    assert target.read_text() == frozen
    assert yaml.safe_load(frozen)["windows"][0]["panes"][0]["start_directory"] == "/usr"
    home.do("kill-session", "-t", "one")
    home.do("load-layout", str(target))

    def again() -> dict[str, object]:
        document = yaml.safe_load(home.do("freeze-layout", "-t", "one"))
        return {**document, "windows": [_without_ids(window) for window in document["windows"]]}

    before = yaml.safe_load(frozen)
    before["windows"] = [_without_ids(window) for window in before["windows"]]
    wait_until(lambda: again() == before, state=again)


def test_a_pane_that_floats_is_frozen_as_a_row_of_its_own(home: Home) -> None:
    home.do("new-session", "-d", "-s", "one", "-x", "90", "-y", "30", "cat")
    home.do("split-window", "-h", "-t", "one", "cat")
    home.do("new-pane", "-t", "one", "-x", "40", "-y", "8", "cat")
    (window,) = yaml.safe_load(home.do("freeze-layout", "-t", "one"))["windows"]
    assert len(window["panes"]) == 3
    assert window["panes"][2].get("focus")
    home.do("new-session", "-d", "-s", "two", "-x", "90", "-y", "30", "cat")
    home.do("split-window", "-t", "two", "cat")
    home.do("split-window", "-t", "two", "cat")
    home.do("select-layout", "-t", "two", window["layout"])
    shown = home.do("list-panes", "-t", "two", "-F", "#{pane_width}x#{pane_height}")
    assert shown.split() == ["45x21", "44x21", "90x8"]


def test_freezing_does_not_overwrite_unasked(home: Home) -> None:
    home.do("new-session", "-d", "-s", "one")
    target = home.write("mine", "one.yaml")
    done = home.run("freeze-layout", "-t", "one", "-o", str(target))
    assert (done.returncode, target.read_text()) == (1, "mine")
    home.do("freeze-layout", "-t", "one", "-o", str(target), "--force")
    assert "session_name: one" in target.read_text()


def _without_ids(window: dict[str, object]) -> dict[str, object]:
    """A frozen window whose layout keeps its sizes but not the numbers of its panes."""
    return {**window, "layout": str(window["layout"]).partition(",")[2].rpartition(",")[0]}
