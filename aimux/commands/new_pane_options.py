"""The options that split-window gives to the pane that it makes, as tmux 3.7 has its flags."""

from __future__ import annotations

from aimux.commands.command import Call
from aimux.errors import CommandError, OptionError
from aimux.model.pane import Pane
from aimux.styles.style import parse_style

STYLES = ("window-style", "window-active-style")


def options_asked_for(call: Call) -> dict[str, str]:
    """A pane's options by name: `-s` is its style; with `-k` and `-m` it stays until a key.

    Raises:
        CommandError: The style is none.
    """
    arguments, options = call.arguments, {}
    style, message = arguments.get("s"), arguments.get("m")
    if style is not None:
        options.update(dict.fromkeys(STYLES, _checked(style)))
    if arguments.has("k") or message is not None:
        options["remain-on-exit"] = "key"
    if message is not None:
        options["remain-on-exit-format"] = message
    return options


def _checked(style: str) -> str:
    try:
        if "#{" not in style:
            parse_style(style)
    except OptionError as error:
        raise CommandError(str(error)) from None
    return style


def give_options(pane: Pane, options: dict[str, str]) -> None:
    """Set options of a pane that has no program yet."""
    for name, text in options.items():
        pane.options.set(name, text)
