from __future__ import annotations

import json
from pathlib import Path

from tests.migrate_tmux.homes import Home


def config_of(home: Home) -> Path:
    return home.directory / ".config" / "aimux" / "config.toml"


def test_the_report_names_every_fate_with_its_lines(home: Home) -> None:
    home.take("old")
    report = json.loads(home.do("import-tmux", "--json"))
    assert report["source"] == "~/.tmux.conf"
    assert report["counts"]["dropped"] == sum(e["fate"] == "dropped" for e in report["entries"])
    assert {entry["fate"] for entry in report["entries"]} == {
        *("carried-over", "condition", "translated", "built-in", "dropped"),
    }
    assert report["displaced"][0]["rebind"] == "bind-key -T prefix M-b toggle-sidebar"


def test_what_was_old_works_after_the_import(home: Home) -> None:
    home.take("old")
    home.do("import-tmux")
    home.do("new-session", "-d")
    assert home.do("show-options", "-gv", "mouse") == "on\n"
    assert "fg=green" in home.do("show-options", "-gwv", "pane-border-style")
    keys = home.do("list-keys", "-T", "copy-mode-vi")
    assert 'send-keys -X copy-pipe-and-cancel "xclip -i"' in keys


def test_a_dry_run_writes_nothing(home: Home) -> None:
    home.write("set -g mouse on\n")
    assert "Nothing was written" in home.do("import-tmux", "--dry-run")
    assert not config_of(home).exists()


def test_a_configuration_is_not_overwritten_unasked(home: Home) -> None:
    home.write("set -g mouse on\n")
    config_of(home).parent.mkdir(parents=True)
    config_of(home).write_text("# mine\n")
    done = home.run("import-tmux")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("config.toml exists: use --backup to keep a copy, or --force\n")
    assert config_of(home).read_text() == "# mine\n"
    assert "backup: " in home.do("import-tmux", "--backup")
    assert config_of(home).with_name("config.toml.1.bak").read_text() == "# mine\n"


def test_a_script_that_calls_tmux_reaches_this_aimux(home: Home) -> None:
    home.write("bind x run-shell 'tmux display -p x'\n")
    home.do("import-tmux")
    home.do("new-session", "-d")
    home.do("run-shell", 'tmux set-option -g @called "$(tmux -V)"')
    assert home.do("show-options", "-gv", "@called") == "tmux 3.3a\n"


def test_errors_are_one_line_and_fail(home: Home) -> None:
    bad = home.write("bind x {\n", "bad.conf")
    for words, error in (
        (("import-tmux", "/no/such.conf"), "/no/such.conf: No such file or directory\n"),
        (("import-tmux",), "no tmux.conf found: looked for "),
        (("import-tmux", str(bad)), f"{bad}:2: syntax error (tmux ignores the whole file, too)\n"),
        (("import-tmux", "--live", "-L", "none"), "tmux: error connecting to "),
        (("import-tmux", "--live", str(bad)), "--live takes over a running server"),
        (("load-layout", "/no/such.yaml"), "/no/such.yaml: No such file or directory\n"),
        (("freeze-layout",), "error connecting to "),
    ):
        done = home.run(*words)
        assert (done.returncode, done.stdout) == (1, ""), words
        assert done.stderr.startswith(error), (words, done.stderr)
        assert done.stderr.count("\n") == 1


def test_screens_keymap_has_its_prefix_and_sends_it_with_a(home: Home) -> None:
    home.write('keymap = "screen"\n', ".config/aimux/config.toml")
    home.do("new-session", "-d")
    assert home.do("show-options", "-gv", "prefix") == "C-a\n"
    keys = [
        line.split(maxsplit=4)[3:] for line in home.do("list-keys", "-T", "prefix").splitlines()
    ]
    assert ["a", "send-prefix"] in keys
    assert ["C-a", "last-window"] in keys
    home.do("kill-server")
    home.write('keymap = "screen"\noptions.session.prefix = "C-q"\n', ".config/aimux/config.toml")
    home.do("new-session", "-d")
    assert home.do("show-options", "-gv", "prefix") == "C-q\n"
