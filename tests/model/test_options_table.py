import pytest

from aimux.errors import OptionError
from aimux.model.option_row import OptionKind
from aimux.model.options_table import OPTIONS, ROWS, Scope, match_option, scope_of

TMUX = [row for row in OPTIONS if not (row.is_addition or row.is_later)]


def test_the_table_holds_all_options_and_hooks_of_tmux() -> None:
    assert sum(not row.is_hook for row in TMUX) == 116
    assert sum(row.is_hook for row in TMUX) == 65
    assert len(ROWS) == len(OPTIONS)


def test_later_versions_options_are_known_and_shorten_no_name() -> None:
    later = [row for row in OPTIONS if row.is_later]
    assert len(later) == 37
    assert match_option("menu-style").row is later[[row.name for row in later].index("menu-style")]
    with pytest.raises(OptionError, match="invalid option: menu-sty"):
        match_option("menu-sty")


def test_aimux_adds_its_own_marked_options() -> None:
    added = {row.name: row for row in OPTIONS if row.is_addition}
    assert set(added) == {
        "agent-capabilities",
        "agent-context",
        "agent-delivery",
        "agent-done",
        "agent-error",
        "agent-limited",
        "agent-mark",
        "agent-name",
        "agent-notify-after",
        "agent-notify-terminal",
        "agent-role",
        "agent-waiting",
        "audit-limit",
        "auto-continue",
        "autosave-interval",
        "autosave-restore",
        "bus-credentials",
        "bus-url",
        "command-finished",
        "command-history",
        "command-history-days",
        "command-history-limit",
        "command-history-megabytes",
        "command-history-output",
        "confirm-paste",
        "fleet-name",
        "narrow-columns",
        "pane-attention-border-style",
        "pane-border-labels",
        "quiet-hours",
        "shell-integration",
        "sidebar",
        "sidebar-minimum",
        "sidebar-panels",
        "sidebar-width",
        "tests-failed",
        "theme",
        "tmux-env",
        "tmux-version",
        "toasts",
        "which-key",
        "which-key-delay",
    }
    assert added["sidebar-width"].maximum == 80


@pytest.mark.parametrize("row", OPTIONS, ids=lambda row: row.name)
def test_every_row_is_described_and_its_default_is_of_its_kind(row) -> None:
    assert row.description.endswith(".")
    assert "\n" not in row.description
    if row.is_array:
        assert isinstance(row.default, tuple)
    elif row.kind is OptionKind.CHOICE:
        assert row.default in row.choices
    elif row.kind is OptionKind.NUMBER:
        assert row.minimum <= row.default <= row.maximum
    else:
        assert isinstance(row.default, bool if row.kind is OptionKind.FLAG else str)


@pytest.mark.parametrize(
    ("text", "name", "index"),
    [
        ("mouse", "mouse", None),
        ("mou", "mouse", None),
        ("status-format[1]", "status-format", 1),
        ("update-e[02]", "update-environment", 2),
        ("@x", "@x", None),
        ("@x[3]", "@x", 3),
        ("pane-colors", "pane-colours", None),
        ("status", "status", None),
        ("sidebar", "sidebar", None),
        ("after-new-s", "after-new-session", None),
    ],
)
def test_a_name_means_an_option(text: str, name: str, index: int | None) -> None:
    match = match_option(text)
    assert (match.name, match.index) == (name, index)
    assert match.row is ROWS.get(name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nosuch", "invalid option: nosuch"),
        ("", "invalid option: "),
        ("mouse[x]", "invalid option: mouse[x]"),
        ("mouse[1", "invalid option: mouse[1"),
        ("mouse[-1]", "invalid option: mouse[-1]"),
        ("status-l", "ambiguous option: status-l"),
        ("sideb", "invalid option: sideb"),
    ],
)
def test_a_name_that_means_none_is_refused(text: str, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        match_option(text)
    assert str(caught.value) == message


def test_an_abbreviation_means_what_it_means_to_tmux_though_aimux_has_more_options() -> None:
    assert match_option("si").name == "silence-action"


@pytest.mark.parametrize(
    ("name", "flags", "expected"),
    [
        ("escape-time", "gw", (Scope.SERVER, True)),
        ("mouse", "", (Scope.SESSION, False)),
        ("mouse", "gw", (Scope.SESSION, True)),
        ("mode-keys", "g", (Scope.WINDOW, True)),
        ("mode-keys", "p", (Scope.WINDOW, False)),
        ("remain-on-exit", "p", (Scope.PANE, False)),
        ("remain-on-exit", "", (Scope.WINDOW, False)),
        ("@x", "", (Scope.SESSION, False)),
        ("@x", "gs", (Scope.SERVER, True)),
        ("@x", "gw", (Scope.WINDOW, True)),
        ("@x", "p", (Scope.PANE, False)),
    ],
)
def test_a_scope_follows_from_the_option_or_else_from_the_flags(name, flags, expected) -> None:
    assert scope_of(ROWS.get(name), flags) == expected


def test_a_window_command_means_windows() -> None:
    assert scope_of(None, "g", window_command=True) == (Scope.WINDOW, True)
