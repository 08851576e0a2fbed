"""The server options of tmux 3.3a, in its order, with its defaults."""

from aimux.model.option_row import RowMaker, Scope

_SERVER = RowMaker(Scope.SERVER)

SERVER_OPTIONS = (
    _SERVER.key("backspace", "C-?", "The key that Backspace sends."),
    _SERVER.number(
        "buffer-limit",
        50,
        "How many automatic paste buffers are kept before the oldest goes.",
        minimum=1,
    ),
    _SERVER.strings(
        "command-alias",
        (
            "split-pane=split-window",
            "splitp=split-window",
            "server-info=show-messages -JT",
            "info=show-messages -JT",
            "choose-window=choose-tree -w",
            "choose-session=choose-tree -s",
        ),
        "Aliases of commands, each as name=command.",
        separator=",",
    ),
    _SERVER.string(
        "copy-command", "", "Shell command that copied text is piped to when copy-pipe names none."
    ),
    _SERVER.string("default-terminal", "tmux-256color", "What TERM is in new panes."),
    _SERVER.string("editor", "/usr/bin/vi", "Program that opens a buffer for editing."),
    _SERVER.number(
        "escape-time",
        500,
        "How long to wait behind an Escape for the rest of a key sequence.",
        unit="milliseconds",
    ),
    _SERVER.flag("exit-empty", True, "Whether the server ends with its last session."),
    _SERVER.flag("exit-unattached", False, "Whether the server ends when no client is attached."),
    _SERVER.choice(
        "extended-keys",
        "off",
        ("off", "on", "always"),
        "Whether programs may ask for modified keys that have no sequence of old.",
    ),
    _SERVER.flag(
        "focus-events", False, "Whether programs that ask are told that the terminal was focused."
    ),
    _SERVER.string("history-file", "", "File that answers to prompts are kept in; none if empty."),
    _SERVER.number("message-limit", 1000, "How many messages show-messages keeps."),
    _SERVER.number(
        "prompt-history-limit", 100, "How many answers to each kind of prompt are kept."
    ),
    _SERVER.choice(
        "set-clipboard",
        "external",
        ("off", "external", "on"),
        "Whether copying sets the terminal's clipboard, and whether programs may too (on).",
    ),
    _SERVER.strings(
        "terminal-overrides",
        (),
        "Terminal capabilities to change, each as pattern:capability=value.",
        separator=",",
    ),
    _SERVER.strings(
        "terminal-features",
        (
            "xterm*:clipboard:ccolour:cstyle:focus:title",
            "screen*:title",
        ),
        "Features of terminals, each as pattern:feature:feature.",
        separator=",",
    ),
    _SERVER.strings(
        "user-keys", (), "Escape sequences that are the keys User0, User1 and so on.", separator=","
    ),
)
