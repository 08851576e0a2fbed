"""The window options of tmux 3.3a, in its order, with its defaults; some are panes', too."""

from aimux.model.cursor_shapes import CURSOR_SHAPES
from aimux.model.option_row import (
    USHRT_MAX,
    WINDOW_AND_PANE,
    OptionKind,
    OptionRow,
    RowMaker,
    Scope,
)

_WINDOW = RowMaker(Scope.WINDOW)
_PANE = RowMaker(WINDOW_AND_PANE)

WINDOW_OPTIONS = (
    _PANE.colour("cursor-colour", "none", "Colour of the cursor."),
    _PANE.choice(
        "cursor-style",
        "default",
        tuple(CURSOR_SHAPES),
        "Shape of the cursor, until a program asks for another.",
    ),
    _WINDOW.flag(
        "aggressive-resize", False, "Whether only clients that show a window count for its size."
    ),
    _PANE.flag(
        "allow-passthrough",
        False,
        "Whether programs may send sequences straight to the terminal.",
        later_choices=("all",),
    ),
    _PANE.string(
        "agent-capabilities",
        "",
        "What the agent of a pane can do, for tasks that need it: words.",
        is_addition=True,
    ),
    _PANE.choice(
        "agent-delivery",
        "paste",
        ("inbox", "paste"),
        "Whether messages are typed into an agent that has said that it waits for work, or wait"
        " in its inbox.",
        is_addition=True,
    ),
    _PANE.string(
        "agent-name",
        "",
        "What the agent of a pane is called: in panels, in targets, for messages.",
        is_addition=True,
    ),
    _PANE.string(
        "agent-role",
        "",
        "What a pane is there for; messages to @ and that word reach it.",
        is_addition=True,
    ),
    _PANE.flag("allow-rename", False, "Whether programs may rename their window."),
    _PANE.flag("alternate-screen", True, "Whether programs may use the alternate screen."),
    _WINDOW.flag("automatic-rename", True, "Whether a window is named after what runs in it."),
    _WINDOW.string(
        "automatic-rename-format",
        "#{?pane_in_mode,[tmux],#{pane_current_command}}#{?pane_dead,[dead],}",
        "Format of such names.",
    ),
    _WINDOW.colour("clock-mode-colour", "blue", "Colour of the clock."),
    _WINDOW.choice(
        "clock-mode-style", "24", ("12", "24"), "Whether the clock counts 12 or 24 hours."
    ),
    _WINDOW.style(
        "copy-mode-match-style", "bg=cyan,fg=black", "Style of search matches in copy mode."
    ),
    _WINDOW.style(
        "copy-mode-current-match-style",
        "bg=magenta,fg=black",
        "Style of the search match at the cursor.",
    ),
    _WINDOW.style(
        "copy-mode-mark-style", "bg=red,fg=black", "Style of the marked line in copy mode."
    ),
    _WINDOW.string("fill-character", "", "Character that fills what the window does not cover."),
    _WINDOW.string(
        "main-pane-height", "24", "Rows of the main pane in main-horizontal; may be a percentage."
    ),
    _WINDOW.string(
        "main-pane-width", "80", "Columns of the main pane in main-vertical; may be a percentage."
    ),
    _WINDOW.choice(
        "mode-keys", "emacs", ("emacs", "vi"), "Whether copy mode has keys of emacs or vi."
    ),
    _WINDOW.style(
        "mode-style", "bg=yellow,fg=black", "Style of the selection and of the position in modes."
    ),
    _WINDOW.flag("monitor-activity", False, "Whether output in the window is an alert."),
    _WINDOW.flag("monitor-bell", True, "Whether a bell in the window is an alert."),
    _WINDOW.number("monitor-silence", 0, "Seconds without output that are an alert; never if 0."),
    _WINDOW.string(
        "other-pane-height", "0", "Rows of the other panes in main-horizontal; 0 for what remains."
    ),
    _WINDOW.string(
        "other-pane-width", "0", "Columns of the other panes in main-vertical; 0 for what remains."
    ),
    _WINDOW.style(
        "pane-active-border-style",
        "#{?pane_in_mode,fg=yellow,#{?synchronize-panes,fg=red,fg=green}}",
        "Style of the active pane's border.",
    ),
    _WINDOW.number("pane-base-index", 0, "Index of a window's first pane.", maximum=USHRT_MAX),
    _PANE.string(
        "pane-border-format",
        '#{?pane_active,#[reverse],}#{pane_index}#[default] "#{pane_title}"',
        "What stands in the pane's border if pane-border-status is set.",
    ),
    _WINDOW.choice(
        "pane-border-indicators",
        "colour",
        ("off", "colour", "arrows", "both"),
        "Whether colour, arrows or both show the active pane.",
    ),
    _WINDOW.choice(
        "pane-border-lines",
        "single",
        ("single", "double", "heavy", "simple", "number"),
        "Characters that borders are drawn with.",
    ),
    _WINDOW.choice(
        "pane-border-status",
        "off",
        ("off", "top", "bottom"),
        "Whether panes have a line of text, and where.",
    ),
    _WINDOW.style("pane-border-style", "default", "Style of the other panes' borders."),
    OptionRow(
        "pane-border-labels",
        OptionKind.CHOICE,
        Scope.WINDOW,
        "agents",
        "Which panes are named in the border above them where pane-border-status is off.",
        ("agents", "all", "off"),
        is_addition=True,
    ),
    OptionRow(
        "pane-attention-border-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "#{?#{==:#{agent_state},waiting},fg=#{theme_attention},}",
        "Style of a pane's border on top of the others: it may say which panes need a person.",
        separator=",",
        is_addition=True,
    ),
    _PANE.colours("pane-colours", "The palette of the pane's 256 colours."),
    _WINDOW.style("popup-style", "default", "Style of popups."),
    _WINDOW.style("popup-border-style", "default", "Style of the border of popups."),
    _WINDOW.choice(
        "popup-border-lines",
        "single",
        ("single", "double", "heavy", "simple", "rounded", "padded", "none"),
        "Characters that borders of popups are drawn with.",
    ),
    _PANE.choice(
        "remain-on-exit",
        "off",
        ("off", "on", "failed"),
        "Whether a pane stays when its program ended, or only when it failed.",
        later_choices=("key",),
    ),
    _PANE.string(
        "remain-on-exit-format",
        (
            "Pane is dead (#{?#{!=:#{pane_dead_status},},status #{pane_dead_status},}#{?"
            "#{!=:#{pane_dead_signal},},signal #{pane_dead_signal},}, #{t:pane_dead_time})"
        ),
        "What such a pane says.",
    ),
    _PANE.flag(
        "scroll-on-clear", True, "Whether clearing the screen scrolls it into the scrollback."
    ),
    _PANE.flag(
        "synchronize-panes", False, "Whether what is typed goes to all panes of the window."
    ),
    _PANE.style("window-active-style", "default", "Style of the active pane."),
    _WINDOW.choice(
        "window-size",
        "latest",
        ("largest", "smallest", "manual", "latest"),
        "Which clients count for the size of windows.",
    ),
    _PANE.style("window-style", "default", "Style of the panes."),
    _WINDOW.style(
        "window-status-activity-style",
        "reverse",
        "Style of windows with activity in the status line.",
    ),
    _WINDOW.style(
        "window-status-bell-style", "reverse", "Style of windows with a bell in the status line."
    ),
    _WINDOW.string(
        "window-status-current-format",
        "#I:#W#{?window_flags,#{window_flags}, }",
        "The current window in the status line.",
    ),
    _WINDOW.style(
        "window-status-current-style", "default", "Style of the current window in the status line."
    ),
    _WINDOW.string(
        "window-status-format",
        "#I:#W#{?window_flags,#{window_flags}, }",
        "The other windows in the status line.",
    ),
    _WINDOW.style(
        "window-status-last-style", "default", "Style of the last window in the status line."
    ),
    _WINDOW.string(
        "window-status-separator", " ", "What stands between windows in the status line."
    ),
    _WINDOW.style("window-status-style", "default", "Style of windows in the status line."),
    _WINDOW.flag("wrap-search", True, "Whether a search goes on at the other end."),
    _WINDOW.flag("xterm-keys", True, "Kept for old configurations; has no effect."),
)
