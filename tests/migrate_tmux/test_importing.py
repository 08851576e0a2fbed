from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aimux.errors import ParseError, PathError
from aimux.model.option_row import Scope
from migrate_tmux.importing import Importer
from migrate_tmux.report import Entry, Fate
from migrate_tmux.tmux_files import TmuxFiles
from tests.migrate_tmux.homes import CONFIGS

Import = Callable[..., Importer]


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Imports a text as ~/.tmux.conf, beside other files of the home."""

    def run(text: str, **files: str) -> Importer:
        for name, content in {".tmux.conf": text, **files}.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        found = TmuxFiles({"HOME": str(tmp_path)})
        importer = Importer(found, found.default())
        importer.read(found.default())
        return importer

    return run


def ordered(importer: Importer) -> list[str]:
    return [line.text for line in importer.configuration.ordered]


def only(importer: Importer) -> Entry:
    (entry,) = importer.report.entries
    return entry


# ---- plain settings ----


def test_a_global_option_with_a_plain_value_stands_in_a_table(imported: Import) -> None:
    options = imported(
        "set -g mouse on\nsetw -g mode-keys vi\nset -s escape-time 5\n"
    ).configuration
    assert options.options == {
        Scope.SESSION: {"mouse": True},
        Scope.WINDOW: {"mode-keys": "vi"},
        Scope.SERVER: {"escape-time": 5},
    }
    assert options.ordered == []


def test_a_value_that_depends_on_the_machine_stays_a_command(imported: Import) -> None:
    lines = ['set -g default-terminal "$TERM"', "set -g @x ~/y", "set -g @z ~root/y"]
    importer = imported("\n".join([*lines, "bind x new-window -c ~root"]))
    assert importer.configuration.options == {}
    assert ordered(importer) == [*lines, "bind x new-window -c ~root"]


def test_what_follows_an_append_to_the_same_option_keeps_its_place(imported: Import) -> None:
    importer = imported("set -ga status-right x\nset -g status-right y\nset -g status-left z\n")
    assert ordered(importer) == ["set -ga status-right x", "set -g status-right y"]
    assert importer.configuration.options == {Scope.SESSION: {"status-left": "z"}}


def test_behind_a_script_everything_keeps_its_place(imported: Import) -> None:
    importer = imported("run-shell true\nset -g mouse on\nbind x kill-pane\n")
    assert ordered(importer) == ["run-shell true", "set -g mouse on", "bind x kill-pane"]


def test_an_option_that_a_condition_asks_for_is_not_set_before_it(imported: Import) -> None:
    importer = imported('set -g @a 1\n%if "#{@a}"\nset -g @b 1\n%endif\n')
    assert ordered(importer) == ["set -g @a 1", '%if "#{@a}"\nset -g @b 1\n%endif']


def test_a_variable_is_plain_unless_something_before_it_asked_for_it(imported: Import) -> None:
    importer = imported('A=one\nset -g @b "$B"\nB=two\n')
    assert importer.configuration.environment == {"A": "one"}
    assert ordered(importer) == ['set -g @b "$B"', "B=two"]


def test_keys_stand_in_the_keymap_with_note_and_repetition(imported: Import) -> None:
    importer = imported('bind -r -N "a note" x new-window -c ~/a \\; kill-pane\nunbind y\n')
    assert importer.configuration.keymap_document("k") == {
        "name": "k",
        "tables": {
            "prefix": {
                "x": {
                    "command": 'new-window -c "${HOME}/a" ; kill-pane',
                    "note": "a note",
                    "repeat": True,
                },
                "y": False,
            }
        },
    }


# ---- files ----


def test_a_file_that_is_loaded_is_read_where_it_is_loaded(imported: Import) -> None:
    importer = imported("source-file ~/more.conf\n", **{"more.conf": "\nset -g mouse off\n"})
    assert importer.configuration.options == {Scope.SESSION: {"mouse": False}}
    assert [str(entry.place) for entry in importer.report.entries] == [
        "~/.tmux.conf:1",
        "~/more.conf:2",
    ]


def test_a_pattern_loads_every_file_in_order(imported: Import) -> None:
    files = {"d__1.conf": "set -g @x 1", "d__2.conf": "set -g @x 2", "d__no.txt": "set -g @x 3"}
    importer = imported("source ~/d/*.conf\n", **files)
    assert importer.configuration.options == {Scope.SESSION: {"@x": "2"}}


@pytest.mark.parametrize(
    "text",
    ["source-file -F '#{d:current_file}/more.conf'", "source-file $X/more.conf", "source ~/none"],
)
def test_a_file_whose_place_depends_on_the_machine_stays_where_it_is(
    imported: Import, text: str
) -> None:
    importer = imported(f"{text}\n")
    assert ordered(importer) == [text]
    assert "loaded from its place" in only(importer).remark


def test_a_file_that_needs_what_was_set_before_it_stays_where_it_is(imported: Import) -> None:
    theme = {"theme.conf": 'set -g status-style "bg=$COLOUR"\n'}
    importer = imported("setenv -g COLOUR $TERM\nsource ~/theme.conf\n", **theme)
    assert ordered(importer)[-1] == "source ~/theme.conf"


def test_a_file_that_assigns_what_its_loader_expands_stays_where_it_is(imported: Import) -> None:
    # tmux reads the loader whole before it runs the line that loads the file.
    files = {"colours.conf": "red=colour1\n"}
    importer = imported('source ~/colours.conf\nset -g status-style "bg=$red"\n', **files)
    assert ordered(importer)[0] == "source ~/colours.conf"


def test_a_file_that_loads_itself_ends(imported: Import) -> None:
    assert ordered(imported("source ~/.tmux.conf\n")) == ["source ~/.tmux.conf"]


def test_a_loaded_file_that_cannot_be_parsed_is_dropped_whole(imported: Import) -> None:
    importer = imported("source ~/bad.conf\n", **{"bad.conf": "set -g mouse on\n}\n"})
    assert only(importer).fate is Fate.DROPPED
    assert "bad.conf:2: syntax error" in only(importer).remark


def test_a_file_that_cannot_be_parsed_is_an_error(imported: Import) -> None:
    with pytest.raises(ParseError, match=r"\.tmux\.conf:2: syntax error"):
        imported("bind x {\n")


def test_without_a_configuration_the_error_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(PathError, match=r"no tmux.conf found: looked for .*/\.tmux\.conf, "):
        TmuxFiles({"HOME": str(tmp_path)}).default()


# ---- conditions ----


def test_a_condition_of_the_shell_is_kept_as_it_was_written(imported: Import) -> None:
    text = "if-shell 'test $TERM = x' 'set -g mouse on' { bind y kill-pane }"
    importer = imported(f"{text}\nset -g mouse off\n")
    assert ordered(importer) == [text, "set -g mouse off"]
    assert importer.report.entries[0].fate is Fate.CONDITION


def test_what_is_old_inside_a_condition_is_translated_there(imported: Import) -> None:
    importer = imported("if-shell true 'bind -t vi-copy v begin-selection' 'display x'\n")
    assert ordered(importer) == [
        "if-shell true {\n"
        "bind-key -T copy-mode-vi v send-keys -X begin-selection\n"
        "} {\n"
        "display x\n"
        "}"
    ]


def test_a_branch_that_loses_its_only_line_stays_a_branch(imported: Import) -> None:
    importer = imported("%if 1\nset -g no-such-option 1\n%else\nset -g mouse on\n%endif\n")
    assert ordered(importer) == ["%if 1\n\n%else\nset -g mouse on\n%endif"]


# ---- translating, dropping ----


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("set -g mode-mouse on", {"mouse": True}),
        ("set -g mouse-select-pane off", {"mouse": False}),
    ],
)
def test_the_mouse_options_became_one(imported: Import, old: str, new: dict[str, bool]) -> None:
    importer = imported(f"{old}\n")
    assert importer.configuration.options == {Scope.SESSION: new}
    assert only(importer).fate is Fate.TRANSLATED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("set -g pane-border-fg red", "set-option -ag pane-border-style fg=red"),
        ("setw -g window-status-bg red", "set-option -ag window-status-style bg=red"),
        ("set -g message-attr bright", "set-option -ag message-style bright"),
        ("setw -g window-status-alert-fg red", "set-option -ag window-status-bell-style fg=red"),
    ],
)
def test_parts_of_styles_became_styles(imported: Import, old: str, new: str) -> None:
    assert ordered(imported(f"{old}\n")) == [new]


@pytest.mark.parametrize(
    ("old", "table", "key", "command"),
    [
        ("bind -t vi-copy v begin-selection", "copy-mode-vi", "v", "send-keys -X begin-selection"),
        (
            "bind-key -t emacs-copy M-w copy-pipe 'xclip -i'",
            "copy-mode",
            "M-w",
            'send-keys -X copy-pipe-and-cancel "xclip -i"',
        ),
        ("unbind -t vi-copy Enter", "copy-mode-vi", "Enter", None),
    ],
)
def test_keys_of_the_old_copy_modes(
    imported: Import, old: str, table: str, key: str, command: str | None
) -> None:
    assert imported(f"{old}\n").configuration.keys[table, key].command == command


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("set -g pane-scrollbars-of-mars on", "aimux has no option pane-scrollbars-of-mars"),
        ("set -g status-justify middle", "unknown value: middle"),
        ("bind NoKey kill-pane", "unknown key: NoKey"),
        ("bind x no-such-command", "unknown command: no-such-command"),
        ("set -g default-path ~", "removed in tmux 1.9"),
        ("bind -t vi-edit x delete", "keys of the command prompt"),
    ],
)
def test_what_aimux_does_not_do_is_dropped_with_its_reason(
    imported: Import, text: str, remark: str
) -> None:
    importer = imported(f"{text}\n")
    assert only(importer).fate is Fate.DROPPED
    assert only(importer).remark.startswith(remark)
    assert ordered(importer) == []


def test_braces_were_keys_before_blocks(imported: Import) -> None:
    importer = imported("unbind }\nbind -n { swap-pane -U\n")
    assert importer.configuration.keys["prefix", "}"].command is None
    assert importer.configuration.keys["root", "{"].command == "swap-pane -U"
    assert importer.report.notes == [
        "~/.tmux.conf: { and } as keys are quoted, which tmux needs since 3.0"
    ]


def test_behind_an_error_the_rest_of_its_line_is_dropped_as_in_tmux(imported: Import) -> None:
    importer = imported("set -g no-such 1 ; set -g mouse on\n")
    assert [entry.fate for entry in importer.report.entries] == [Fate.DROPPED, Fate.DROPPED]


def test_every_command_has_its_entry(imported: Import) -> None:
    text = (CONFIGS / "old.conf").read_text()
    importer = imported(text)
    written = {
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if line and not line.startswith("#")
    }
    assert {entry.place.line for entry in importer.report.entries} == written


# ---- plugins ----


def test_a_plugin_that_is_installed_and_built_in_is_replaced_by_its_lines(imported: Import) -> None:
    text = "set -g @plugin 'christoomey/vim-tmux-navigator'\nrun '~/.tmux/plugins/tpm/tpm'\n"
    plugin = {".tmux__plugins__vim-tmux-navigator__x.tmux": ""}
    (lines,) = ordered(imported(text, **plugin))
    assert "bind-key -n 'C-h' if-shell -F" in lines
    assert not imported(text, **plugin).report.calls_tmux


def test_continuum_and_resurrect_are_autosave_and_two_keys(imported: Import) -> None:
    text = (
        "set -g @plugin 'tmux-plugins/tmux-resurrect'\n"
        "set -g @plugin 'tmux-plugins/tmux-continuum'\n"
        "set -g @continuum-save-interval 60\n"
        "run '~/.tmux/plugins/tpm/tpm'\n"
    )
    installed = {
        ".tmux__plugins__tmux-resurrect__x.tmux": "",
        ".tmux__plugins__tmux-continuum__x.tmux": "",
    }
    importer = imported(text, **installed)
    lines = "\n".join(ordered(importer))
    assert "bind-key C-s save-sessions" in lines
    assert "bind-key C-r restore-sessions" in lines
    assert "set-option -s autosave-restore on" in lines
    assert not importer.report.calls_tmux


def test_any_other_installed_plugin_is_started_and_calls_tmux(imported: Import) -> None:
    text = "set -g @plugin 'someone/special#main'\nrun '~/.tmux/plugins/tpm/tpm'\n"
    importer = imported(text, **{".tmux__plugins__special__x.tmux": ""})
    (line,) = ordered(importer)
    assert line.startswith("run-shell -b 'for plugin in special;")
    assert [place.line for place in importer.report.calls_tmux] == [2]


def test_the_plugin_manager_is_neither_fetched_nor_run(imported: Import) -> None:
    importer = imported(
        "if 'test ! -d ~/.tmux/plugins/tpm' 'run \"git clone x ~/.tmux/plugins/tpm\"'\n"
        "run -b '~/.tmux/plugins/tpm/tpm'\n"
    )
    assert ordered(importer) == []
    assert [entry.fate for entry in importer.report.entries] == [Fate.BUILT_IN] * 2
