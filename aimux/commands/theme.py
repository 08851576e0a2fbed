"""The command `theme`, aimux's own: lists the themes, shows what one looks like, sets one."""

from __future__ import annotations

from aimux.commands.command import Call, Command, Flags
from aimux.commands.config_text import with_option
from aimux.commands.palette import choose_theme
from aimux.commands.theme_files import apply_theme, find_theme, theme_names
from aimux.errors import CommandError, PathError
from aimux.model.theme import Theme
from aimux.paths import make_config_directory
from aimux.styles.draw import draw
from aimux.styles.escapes import without_erasing
from aimux.styles.sgr import TRUE_COLOUR
from aimux.styles.style import parse_style

USAGE = "list | preview [name] | set name"
PREVIEW_COLUMNS = 72
TERMINAL_STYLES = {"status-style": "fg=black,bg=green", "pane-active-border-style": "fg=green"}


def run_theme(call: Call) -> None:
    """The command: list | preview [name] | set name."""
    word, *names = call.arguments.texts()
    run = ACTIONS.get(word)
    if run is None:
        raise CommandError(f"unknown word: {word}; usage: theme {USAGE}")
    run(call, names)


def _list(call: Call, names: list[str]) -> None:
    if names:
        raise CommandError("usage: theme list")
    current = call.state.theme.name
    for name in theme_names(call.state):
        mark = "*" if name == current else " "
        try:
            found = find_theme(call.state, name)
        except CommandError as error:
            call.print(f"{mark} {name:<22}{error}")
            continue
        call.print(f"{mark} {name:<22}{found.appearance:<6} {found.description}")


def _preview(call: Call, names: list[str]) -> None:
    """Samples as text; a person at a client tries the themes on instead."""
    client = call.source.client
    for name in names:
        find_theme(call.state, name)
    if client is not None and client.session is not None:
        choose_theme(call, " ".join(names))
        return
    depth = client.drawn_depth if client is not None and client.terminal else TRUE_COLOUR
    for name in names or theme_names(call.state):
        for base, line in _sample(find_theme(call.state, name)):
            style = parse_style(base)
            drawn = draw(line, columns=PREVIEW_COLUMNS, base=style, depth=depth)
            call.print(without_erasing(drawn.text))
        call.print("")


def _sample(theme: Theme) -> list[tuple[str, str]]:
    """What the theme does to the sidebar, borders and a status line: styles and texts on them."""
    styles = {**TERMINAL_STYLES, **theme.options}

    def on(name: str, text: str) -> str:
        return f"#[default]#[{styles.get(name, 'default')}]{text}"

    def coloured(role: str, text: str) -> str:
        return f"#[default]#[fg={theme.colour(role)},bold]{text}"

    panel = (
        coloured("accent", " AGENTS  "),
        coloured("attention", "▲ claude waits  "),
        coloured("failure", "✗ pytest 1 failed  "),
        f"#[default]● codex #[{theme.chrome.quiet}]web:1.0",
    )
    status = (
        on("status-left-style", "[work] "),
        on("window-status-style", "0:shell "),
        on("window-status-current-style", "1:api*"),
        on("window-status-style", " 2:logs-"),
        on("status-right-style", "#[align=right]14:02 "),
    )
    half = PREVIEW_COLUMNS // 2
    borders = (
        on("pane-active-border-style", "─" * half),
        on("pane-border-style", "─" * half),
    )
    return [
        ("default", f"#[bold]{theme.name}#[nobold]  {theme.description}"),
        (theme.chrome.box, "".join(panel)),
        ("default", "".join(borders)),
        (styles["status-style"], "".join(status)),
    ]


def _set(call: Call, names: list[str]) -> None:
    if len(names) != 1:
        raise CommandError("usage: theme set name")
    keep_theme(call, names[0])


def keep_theme(call: Call, name: str) -> None:
    """Use a theme now, and from every start on: `config.toml` says so. Raises CommandError."""
    state, effects = call.state, call.effects
    find_theme(state, name)
    try:
        path = f"{make_config_directory(state.environment.visible())}/config.toml"
    except PathError as error:
        raise CommandError(str(error)) from error
    try:
        text = effects.read_file(path)
    except CommandError as error:
        if not str(error).endswith("No such file or directory"):
            raise
        text = ""
    changed = with_option(text, "server", "theme", name)
    state.server_options.set("theme", name)
    apply_theme(state, name)
    effects.write_file(path, changed, append=False)


ACTIONS = {"list": _list, "preview": _preview, "set": _set}

COMMANDS = (
    Command(
        name="theme",
        alias=None,
        getopt="",
        arity=(1, None),
        usage=USAGE,
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=run_theme,
        is_addition=True,
    ),
)
