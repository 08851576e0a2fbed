"""The session options of tmux 3.3a, in its order, with its defaults; and those of aimux."""

from aimux.model.option_row import SHRT_MAX, OptionKind, OptionRow, RowMaker, Scope

_SESSION = RowMaker(Scope.SESSION)


def _if_styled(condition: str, option: str) -> str:
    """The option's style where the condition holds and the style is set; not closed yet."""
    return f"#{{?#{{&&:{condition},#{{!=:#{{E:{option}}},default}}}}, #{{E:{option}}},"


_ALERT_STYLES = (
    _if_styled("#{window_last_flag}", "window-status-last-style")
    + "}"
    + _if_styled("#{window_bell_flag}", "window-status-bell-style")
    + _if_styled(
        "#{||:#{window_activity_flag},#{window_silence_flag}}", "window-status-activity-style"
    )
    + "}}"
)
_CURRENT_STYLE = (
    "#{?#{!=:#{E:window-status-current-style},default},"
    "#{E:window-status-current-style},#{E:window-status-style}}"
)
_SEPARATOR = "#{?window_end_flag,,#{window-status-separator}}"
_STATUS_LINE = (
    "#[align=left range=left #{E:status-left-style}]#[push-default]"
    "#{T;=/#{status-left-length}:status-left}#[pop-default]#[norange default]"
    "#[list=on align=#{status-justify}]#[list=left-marker]<#[list=right-marker]>#[list=on]"
    "#{W:#[range=window|#{window_index} #{E:window-status-style}"
    f"{_ALERT_STYLES}]#[push-default]#{{T:window-status-format}}"
    f"#[pop-default]#[norange default]{_SEPARATOR},"
    f"#[range=window|#{{window_index}} list=focus {_CURRENT_STYLE}"
    f"{_ALERT_STYLES}]#[push-default]#{{T:window-status-current-format}}"
    f"#[pop-default]#[norange list=on default]{_SEPARATOR}}}"
    "#[nolist align=right range=right #{E:status-right-style}]#[push-default]"
    "#{T;=/#{status-right-length}:status-right}#[pop-default]#[norange default]"
)
_PANE_LINE = (
    "#[align=centre]#{P:#{?pane_active,#[reverse],}#{pane_index}[#{pane_width}x"
    "#{pane_height}]#[default] }"
)

SESSION_OPTIONS = (
    _SESSION.choice(
        "activity-action",
        "other",
        ("none", "any", "current", "other"),
        "In which windows activity is worth an alert.",
    ),
    _SESSION.number(
        "assume-paste-time",
        1,
        "Keys that come faster than this are taken as pasted, not as bindings.",
        unit="milliseconds",
    ),
    _SESSION.number("base-index", 0, "Index of a session's first window."),
    _SESSION.choice(
        "bell-action",
        "any",
        ("none", "any", "current", "other"),
        "In which windows a bell is worth an alert.",
    ),
    _SESSION.string("default-command", "", "What new panes run; a login shell if empty."),
    _SESSION.string(
        "default-shell", "/bin/sh", "The shell of new panes, and of commands run for you."
    ),
    _SESSION.string(
        "default-size",
        "80x24",
        "Size of windows that no client has shown yet, as columns x rows.",
        pattern="[0-9]*x[0-9]*",
    ),
    _SESSION.flag(
        "destroy-unattached",
        False,
        "Whether a session ends when no client is attached to it.",
        later_choices=("keep-last", "keep-group"),
    ),
    _SESSION.choice(
        "detach-on-destroy",
        "on",
        ("off", "on", "no-detached"),
        "Whether a client detaches or moves on when its session ends.",
    ),
    _SESSION.colour(
        "display-panes-active-colour", "red", "Colour of the active pane's number in display-panes."
    ),
    _SESSION.colour(
        "display-panes-colour", "blue", "Colour of the other panes' numbers in display-panes."
    ),
    _SESSION.number(
        "display-panes-time",
        1000,
        "How long display-panes shows the numbers.",
        minimum=1,
        unit="milliseconds",
    ),
    _SESSION.number(
        "display-time",
        750,
        "How long messages are shown; until a key is pressed if 0.",
        unit="milliseconds",
    ),
    _SESSION.number(
        "history-limit", 2000, "Lines of scrollback of panes made from now on.", unit="lines"
    ),
    _SESSION.string("key-table", "root", "Table in which keys are looked up first."),
    _SESSION.number(
        "lock-after-time",
        0,
        "Idle time after which the session is locked; never if 0.",
        unit="seconds",
    ),
    _SESSION.string("lock-command", "lock -np", "Shell command that locks a client."),
    _SESSION.style(
        "message-command-style",
        "bg=black,fg=yellow",
        "Style of the command prompt in vi's command mode.",
    ),
    _SESSION.style(
        "message-style", "bg=yellow,fg=black", "Style of messages and of the command prompt."
    ),
    _SESSION.flag("mouse", False, "Whether the mouse selects panes, resizes and scrolls."),
    _SESSION.key("prefix", "C-b", "Key behind which keys of the prefix table are meant."),
    _SESSION.key("prefix2", "None", "A second prefix key."),
    _SESSION.flag(
        "renumber-windows", False, "Whether closing a window closes the gap in the numbers."
    ),
    _SESSION.number(
        "repeat-time",
        500,
        "How long a key bound with -r can be repeated without the prefix.",
        maximum=SHRT_MAX,
        unit="milliseconds",
    ),
    _SESSION.flag("set-titles", False, "Whether the terminal's title is set."),
    _SESSION.string(
        "set-titles-string", '#S:#I:#W - "#T" #{session_alerts}', "Format of the terminal's title."
    ),
    _SESSION.choice(
        "silence-action",
        "other",
        ("none", "any", "current", "other"),
        "In which windows silence is worth an alert.",
    ),
    _SESSION.choice(
        "status",
        "on",
        ("off", "on", "2", "3", "4", "5"),
        "Whether there is a status line, or how many.",
    ),
    _SESSION.colour(
        "status-bg", "default", "Background of the status line; status-style is newer."
    ),
    _SESSION.colour(
        "status-fg", "default", "Foreground of the status line; status-style is newer."
    ),
    _SESSION.strings(
        "status-format", (_STATUS_LINE, _PANE_LINE), "The whole format of each status line."
    ),
    _SESSION.number(
        "status-interval",
        15,
        "How often the status line is drawn anew; only on changes if 0.",
        unit="seconds",
    ),
    _SESSION.choice(
        "status-justify",
        "left",
        ("left", "centre", "right", "absolute-centre"),
        "Where the window list stands in the status line.",
    ),
    _SESSION.choice(
        "status-keys",
        "emacs",
        ("emacs", "vi"),
        "Whether the command prompt has keys of emacs or vi.",
    ),
    _SESSION.string(
        "status-left", "[#{session_name}] ", "What stands at the left of the status line."
    ),
    _SESSION.number("status-left-length", 10, "Widest that status-left may be.", maximum=SHRT_MAX),
    _SESSION.style("status-left-style", "default", "Style of status-left."),
    _SESSION.choice(
        "status-position",
        "bottom",
        ("top", "bottom"),
        "Whether the status line is at the top or at the bottom.",
    ),
    _SESSION.string(
        "status-right",
        (
            '#{?window_bigger,[#{window_offset_x}#,#{window_offset_y}] ,}"#{=21:pane_title'
            '}" %H:%M %d-%b-%y'
        ),
        "What stands at the right of the status line.",
    ),
    _SESSION.number(
        "status-right-length", 40, "Widest that status-right may be.", maximum=SHRT_MAX
    ),
    _SESSION.style("status-right-style", "default", "Style of status-right."),
    _SESSION.style("status-style", "bg=green,fg=black", "Style of the status line."),
    _SESSION.strings(
        "update-environment",
        (
            "DISPLAY",
            "KRB5CCNAME",
            "SSH_ASKPASS",
            "SSH_AUTH_SOCK",
            "SSH_AGENT_PID",
            "SSH_CONNECTION",
            "WINDOWID",
            "XAUTHORITY",
        ),
        "Variables that a session takes from a client that attaches; may be patterns.",
    ),
    _SESSION.choice(
        "visual-activity",
        "off",
        ("off", "on", "both"),
        "Whether activity shows a message instead of ringing the bell.",
    ),
    _SESSION.choice(
        "visual-bell",
        "off",
        ("off", "on", "both"),
        "Whether a bell shows a message instead of ringing.",
    ),
    _SESSION.choice(
        "visual-silence",
        "off",
        ("off", "on", "both"),
        "Whether silence shows a message instead of ringing the bell.",
    ),
    _SESSION.string(
        "word-separators",
        "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~",
        "Characters that end a word in copy mode.",
    ),
)

ADDITIONS = (
    _SESSION.choice(
        "sidebar",
        "right",
        ("off", "right", "left"),
        "At which side the sidebar stands, or off.",
        is_addition=True,
    ),
    OptionRow(
        "sidebar-panels",
        OptionKind.STRING,
        Scope.SESSION,
        "agents,results,traffic,context,tasks",
        "The sidebar's panels, top first: agents, results, traffic, context, tasks, pane.",
        is_addition=True,
    ),
    _SESSION.number(
        "sidebar-width",
        36,
        "Width of the sidebar.",
        minimum=20,
        maximum=80,
        unit="columns",
        is_addition=True,
    ),
    _SESSION.number(
        "sidebar-minimum",
        120,
        "From which width of the terminal on the sidebar is shown.",
        unit="columns",
        is_addition=True,
    ),
    _SESSION.number(
        "narrow-columns",
        60,
        "Below which width of the terminal one pane is shown at a time, with tabs; 0 for never.",
        unit="columns",
        is_addition=True,
    ),
    _SESSION.flag(
        "toasts",
        True,
        "Whether to say in a corner what happens in panes that nobody sees.",
        is_addition=True,
    ),
    _SESSION.flag(
        "confirm-paste",
        False,
        "Whether to ask before a paste presses Enter in a program without bracketed paste.",
        is_addition=True,
    ),
    _SESSION.flag(
        "shell-integration",
        True,
        "Whether new shells report where prompts, commands and output begin.",
        is_addition=True,
    ),
    _SESSION.flag(
        "which-key",
        True,
        "Whether waiting after the prefix shows which keys can follow.",
        is_addition=True,
    ),
    _SESSION.number(
        "which-key-delay",
        500,
        "How long to wait after the prefix.",
        minimum=50,
        maximum=10_000,
        unit="milliseconds",
        is_addition=True,
    ),
    OptionRow(
        "theme",
        OptionKind.STRING,
        Scope.SERVER,
        "terminal",
        "The theme: defaults of style options, and the sidebar's colours.",
        is_addition=True,
    ),
    *(
        OptionRow(name, OptionKind.FLAG, Scope.SERVER, True, description, is_addition=True)
        for name, description in (
            ("command-history", "Whether commands that end are kept in the history."),
            ("command-history-output", "Whether what they printed is kept, too."),
        )
    ),
    *(
        OptionRow(
            name,
            OptionKind.NUMBER,
            Scope.SERVER,
            default,
            description,
            maximum=maximum,
            unit=unit,
            is_addition=True,
        )
        for name, default, maximum, unit, description in (
            ("command-history-limit", 100_000, 1 << 24, "", "How many commands are kept; 0: all."),
            ("command-history-days", 0, 36_500, "days", "How long commands are kept; 0: for ever."),
            (
                "command-history-megabytes",
                256,
                1 << 16,
                "",
                "How much packed output is kept; the oldest goes first; 0: all.",
            ),
            ("audit-limit", 100_000, 1 << 24, "", "How many entries the audit keeps; 0: all."),
        )
    ),
    *(
        OptionRow(name, OptionKind.STRING, Scope.SERVER, "", description, is_addition=True)
        for name, description in (
            ("bus-url", "The NATS server that joins hosts to a fleet, such as nats://host/name."),
            ("bus-credentials", "The path of a NATS credentials file for it."),
            ("fleet-name", "What other hosts call this one; the machine's name if empty."),
        )
    ),
    _SESSION.flag(
        "agent-mark",
        True,
        "Whether an agent that needs a person gives its window a bell's flag.",
        is_addition=True,
    ),
    _SESSION.number(
        "agent-notify-after",
        2,
        "How long an agent waits for a person before that is said.",
        unit="seconds",
        maximum=86_400,
        is_addition=True,
    ),
    _SESSION.choice(
        "agent-notify-terminal",
        "auto",
        ("off", "auto", "bell", "osc9", "osc99", "osc777"),
        "By which sequence the outer terminal is told of agents that nobody sees; auto: by one that"
        " it is known to show, or none.",
        is_addition=True,
    ),
    _SESSION.flag(
        "auto-continue",
        False,
        "Whether an agent is told to continue once its limit's time is over.",
        is_addition=True,
    ),
    OptionRow(
        "quiet-hours",
        OptionKind.STRING,
        Scope.SESSION,
        "00:00-00:00",
        "When nothing is said of agents but by marks and hooks, such as 22:00-07:00.",
        pattern="[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]",
        is_addition=True,
    ),
    OptionRow(
        "autosave-interval",
        OptionKind.NUMBER,
        Scope.SERVER,
        0,
        "How often all sessions are saved, and at the server's end; 0 for never.",
        unit="minutes",
        maximum=525600,
        is_addition=True,
    ),
    OptionRow(
        "autosave-restore",
        OptionKind.FLAG,
        Scope.SERVER,
        False,
        "Whether the sessions that were saved are made again when the server starts.",
        is_addition=True,
    ),
    OptionRow(
        "tmux-env",
        OptionKind.FLAG,
        Scope.SESSION | Scope.PANE,
        False,
        "Whether new programs have TMUX and TMUX_PANE, for those that look for tmux; an agent that"
        " a pane is started with only where its session or pane says so itself.",
        is_addition=True,
    ),
    OptionRow(
        "tmux-version",
        OptionKind.STRING,
        Scope.SERVER,
        "3.3a",
        "Which tmux aimux says that it is.",
        pattern="*[0-9]*",
        is_addition=True,
    ),
)
