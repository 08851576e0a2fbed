"""The options that tmux got after 3.3a, as 3.7c has them.

They can be set and asked for, by their full names; show-options lists them where the option
tmux-version says that aimux is a tmux that has them.
"""

from aimux.model.cursor_shapes import CURSOR_SHAPES
from aimux.model.option_row import INT_MAX, USHRT_MAX, OptionKind, OptionRow, Scope

LATER_DEFAULTS = {
    "terminal-features": (
        "xterm*:clipboard:ccolour:cstyle:focus:title,screen*:title,rxvt*:ignorefkeys"
    )
}
"""What options of 3.3a are by default in later versions, as far as clients ask."""

_LIST = (
    "#[norange default]#[list=on align=#{status-justify}]"
    "#[list=left-marker]<#[list=right-marker]>#[list=on]"
)


def _list_line(letter: str, kind: str, each: str, current: str) -> str:
    """A line with a title and a list: of the session's panes, or of all sessions."""
    style = f"{kind}-status-style"
    chosen = f"{kind}-status-current-style"
    shown = f"#{{?#{{!=:#{{E:{chosen}}},default}},#{{E:{chosen}}},#{{E:{style}}}}}"
    id_range = f"#[range={kind}|#{{{kind}_id}} "
    return (
        f"#[align=left]#{{R: ,#{{n:#{{session_name}}}}}}{letter}: {_LIST}#{{{letter}:"
        f"{id_range}#{{E:{style}}}]#[push-default]{each}#[pop-default]#[norange list=on default]  ,"
        f"{id_range}list=focus {shown}]#[push-default]{current}"
        "#[pop-default]#[norange list=on default] }"
    )


LATER_SESSION_DEFAULTS = {
    "status-format[1]": _list_line(
        "P", "pane", "#{T:window-pane-status-format}", "#{T:window-pane-current-status-format}"
    ),
    "status-format[2]": _list_line("S", "session", "#S#{session_alert}", "#S*#{session_alert}"),
}
"""The same of session options."""

LATER_OPTIONS = (
    OptionRow(
        "codepoint-widths",
        OptionKind.STRING,
        Scope.SERVER,
        (),
        "Widths of characters that differ from the usual, each as code=width.",
        is_array=True,
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "default-client-command",
        OptionKind.STRING,
        Scope.SERVER,
        "new-session",
        "Command that runs when a client is started without one.",
        is_later=True,
    ),
    OptionRow(
        "extended-keys-format",
        OptionKind.CHOICE,
        Scope.SERVER,
        "xterm",
        "How modified keys are reported to programs.",
        choices=("csi-u", "xterm"),
        is_later=True,
    ),
    OptionRow(
        "get-clipboard",
        OptionKind.CHOICE,
        Scope.SERVER,
        "buffer",
        "What a program that asks for the clipboard is given.",
        choices=("off", "buffer", "request", "both"),
        is_later=True,
    ),
    OptionRow(
        "input-buffer-size",
        OptionKind.NUMBER,
        Scope.SERVER,
        1048576,
        "How many bytes of one control sequence are kept.",
        minimum=1048576,
        maximum=4294967295,
        is_later=True,
    ),
    OptionRow(
        "menu-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "default",
        "Style of menus.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "menu-selected-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "bg=yellow,fg=black",
        "Style of a menu's current line.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "menu-border-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "default",
        "Style of menus' borders.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "menu-border-lines",
        OptionKind.CHOICE,
        Scope.WINDOW,
        "single",
        "Lines of menus' borders.",
        choices=("single", "double", "heavy", "simple", "rounded", "padded", "none"),
        is_later=True,
    ),
    OptionRow(
        "prefix-timeout",
        OptionKind.NUMBER,
        Scope.SERVER,
        0,
        "How long a key is awaited behind the prefix; 0 is forever.",
        minimum=0,
        maximum=INT_MAX,
        unit="milliseconds",
        is_later=True,
    ),
    OptionRow(
        "variation-selector-always-wide",
        OptionKind.FLAG,
        Scope.SERVER,
        True,
        "Whether a character with the emoji selector is always wide.",
        is_later=True,
    ),
    OptionRow(
        "focus-follows-mouse",
        OptionKind.FLAG,
        Scope.SESSION,
        False,
        "Whether the pane under the mouse is selected.",
        is_later=True,
    ),
    OptionRow(
        "initial-repeat-time",
        OptionKind.NUMBER,
        Scope.SESSION,
        0,
        "How long a repeated key may take for the first time; 0 is repeat-time.",
        minimum=0,
        maximum=2000000,
        unit="milliseconds",
        is_later=True,
    ),
    OptionRow(
        "message-format",
        OptionKind.STRING,
        Scope.SESSION,
        "#[#{?#{command_prompt},#{E:message-command-style},#{E:message-style}}]#{message}",
        "How a message is shown.",
        is_later=True,
    ),
    OptionRow(
        "message-line",
        OptionKind.CHOICE,
        Scope.SESSION,
        "0",
        "The line of the status line that messages take.",
        choices=("0", "1", "2", "3", "4"),
        is_later=True,
    ),
    OptionRow(
        "pane-status-current-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "default",
        "Style of the active pane in the status line.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "pane-status-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "default",
        "Style of panes in the status line.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "prompt-cursor-colour",
        OptionKind.COLOUR,
        Scope.SESSION,
        "none",
        "Colour of a prompt's cursor.",
        is_later=True,
    ),
    OptionRow(
        "prompt-cursor-style",
        OptionKind.CHOICE,
        Scope.SESSION,
        "default",
        "Shape of a prompt's cursor.",
        choices=tuple(CURSOR_SHAPES),
        is_later=True,
    ),
    OptionRow(
        "prompt-command-cursor-style",
        OptionKind.CHOICE,
        Scope.SESSION,
        "default",
        "Shape of a prompt's cursor in vi's command mode.",
        choices=tuple(CURSOR_SHAPES),
        is_later=True,
    ),
    OptionRow(
        "session-status-current-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "default",
        "Style of the current session in the status line.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "session-status-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "default",
        "Style of sessions in the status line.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "allow-set-title",
        OptionKind.FLAG,
        Scope.WINDOW | Scope.PANE,
        True,
        "Whether programs may change the title of a pane.",
        is_later=True,
    ),
    OptionRow(
        "copy-mode-position-format",
        OptionKind.STRING,
        Scope.WINDOW | Scope.PANE,
        "#[align=right]#{t/p:top_line_time}#{?#{e|>:#{top_line_time},0}, ,}[#{copy_positi"
        "on}/#{copy_position_limit}]#{?search_timed_out, (timed out),#{?search_count, (#{"
        "search_count}#{?search_count_partial,+,} results),}}",
        "What copy mode shows of its place.",
        is_later=True,
    ),
    OptionRow(
        "copy-mode-position-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "#{E:mode-style}",
        "Style of the place in copy mode.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "copy-mode-selection-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "#{E:mode-style}",
        "Style of the selection in copy mode.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "copy-mode-current-line-number-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "fg=yellow",
        "Style of the current line's number in copy mode.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "copy-mode-line-number-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "fg=white,dim",
        "Style of line numbers in copy mode.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "copy-mode-line-numbers",
        OptionKind.CHOICE,
        Scope.WINDOW,
        "off",
        "Which line numbers copy mode shows.",
        choices=("off", "default", "absolute", "relative", "hybrid"),
        is_later=True,
    ),
    OptionRow(
        "pane-scrollbars",
        OptionKind.CHOICE,
        Scope.WINDOW,
        "off",
        "Whether panes have scrollbars.",
        choices=("off", "modal", "on"),
        is_later=True,
    ),
    OptionRow(
        "pane-scrollbars-style",
        OptionKind.STYLE,
        Scope.WINDOW | Scope.PANE,
        "bg=black,fg=white,width=1,pad=0",
        "Style of scrollbars.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "pane-scrollbars-position",
        OptionKind.CHOICE,
        Scope.WINDOW,
        "right",
        "The side on which scrollbars stand.",
        choices=("right", "left"),
        is_later=True,
    ),
    OptionRow(
        "tiled-layout-max-columns",
        OptionKind.NUMBER,
        Scope.WINDOW,
        0,
        "The most columns of the tiled layout; 0 for any number.",
        minimum=0,
        maximum=USHRT_MAX,
        is_later=True,
    ),
    OptionRow(
        "tree-mode-preview-format",
        OptionKind.STRING,
        Scope.WINDOW | Scope.PANE,
        "#{?pane_format,#{pane_index}:#{pane_title},#{window_index}:#{window_name}}",
        "What stands over a preview in tree mode.",
        is_later=True,
    ),
    OptionRow(
        "tree-mode-preview-style",
        OptionKind.STYLE,
        Scope.WINDOW,
        "fg=#{?#{||:#{&&:#{pane_format},#{pane_active}},#{&&:#{window_format},#{window_active}}},#{display-panes-active-colour},#{display-panes-colour}}",
        "Style of what stands over a preview in tree mode.",
        separator=",",
        is_later=True,
    ),
    OptionRow(
        "window-pane-current-status-format",
        OptionKind.STRING,
        Scope.WINDOW,
        "#P:[#T]#{?pane_flags,#{pane_flags}, }",
        "The active pane in the status line.",
        is_later=True,
    ),
    OptionRow(
        "window-pane-status-format",
        OptionKind.STRING,
        Scope.WINDOW,
        "#P:[#T]#{?pane_flags,#{pane_flags}, }",
        "A pane in the status line.",
        is_later=True,
    ),
)
