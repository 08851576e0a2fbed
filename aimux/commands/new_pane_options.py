"""The options that split-window and new-pane give to their pane, by the flags of tmux 3.7."""

from __future__ import annotations

from aimux.commands.command import Call
from aimux.errors import CommandError, OptionError
from aimux.model.pane import Pane
from aimux.styles.style import parse_style

STYLES = {
    "s": ("bad style", ("window-style", "window-active-style")),
    "S": ("bad active border style", ("pane-active-border-style",)),
    "R": ("bad inactive border style", ("pane-border-style",)),
}
"""For each flag what is said of a style that is none, and the options that get the style."""


def options_asked_for(call: Call) -> dict[str, str]:
    """A pane's options by name: its styles; with `-k` and `-m` it stays until a key.

    Raises:
        CommandError: A style is none.
    """
    arguments, options = call.arguments, {}
    for flag, (error, names) in STYLES.items():
        style = arguments.get(flag)
        if style is not None:
            options.update(dict.fromkeys(names, _checked(style, error)))
    message = arguments.get("m")
    if arguments.has("k") or message is not None:
        options["remain-on-exit"] = "key"
    if message is not None:
        options["remain-on-exit-format"] = message
    return options


def _checked(style: str, error: str) -> str:
    try:
        if "#{" not in style:
            parse_style(style)
    except OptionError:
        raise CommandError(f"{error}: {style}") from None
    return style


def give_options(pane: Pane, options: dict[str, str]) -> None:
    """Set options of a pane that has no program yet."""
    for name, text in options.items():
        pane.options.set(name, text)
