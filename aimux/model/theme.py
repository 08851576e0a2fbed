"""Themes: nine colours, and what is drawn in them. A theme is a TOML document.

A document holds `name`, `description`, `appearance` (`dark`, `light` or `any`), `colours` and maybe
`options`. `colours` names all nine of ROLES, or is left out: then everything keeps the terminal's
own. `options` are style and colour options of tmux, as `set-option` takes them; they win over
what the colours give. What a theme says are defaults: an option that a person has set keeps that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct, structs

from aimux.errors import OptionError, ParseError
from aimux.model.option_row import OptionKind, Scope
from aimux.model.options_table import ROWS
from aimux.styles.colour import parse_colour
from aimux.styles.style import parse_style

DEFAULT_THEME = "terminal"
ROLES = (
    "text",  # what is read
    "background",  # the page that the theme is made for: the sidebar's and the choosers'
    "surface",  # the status line's
    "selection",  # below `text`, where something is marked
    "border",  # lines
    "quiet",  # text of the second rank
    "accent",  # where the person is: the current window, the active pane
    "attention",  # an agent waits, a message
    "failure",  # something failed
)
TERMINAL_COLOURS: Mapping[str, str] = {
    "text": "default",
    "background": "black",
    "surface": "black",
    "selection": "blue",
    "border": "default",
    "quiet": "default",
    "accent": "blue",
    "attention": "yellow",
    "failure": "brightred",
}
"""What stands for each role where a theme leaves the terminal its own colours; `background` is
read on `attention` and on `failure`."""
APPEARANCES = ("dark", "light", "any")

# What each option of tmux is where a theme has colours; `{role}` stands for one of them.
OPTION_STYLES: Mapping[str, str] = {
    "status-style": "fg={text},bg={surface}",
    "status-left-style": "fg={accent},bold",
    "status-right-style": "fg={quiet}",
    "window-status-style": "fg={quiet}",
    "window-status-current-style": "fg={background},bg={accent},bold",
    "window-status-activity-style": "fg={text},underscore",
    "window-status-bell-style": "fg={background},bg={attention}",
    "message-style": "fg={background},bg={attention}",
    "message-command-style": "fg={attention},bg={surface}",
    "mode-style": "fg={background},bg={accent}",
    "pane-border-style": "fg={border}",
    "pane-active-border-style": "fg={accent}",
    "popup-border-style": "fg={accent}",
    "copy-mode-match-style": "fg={text},bg={selection}",
    "copy-mode-current-match-style": "fg={background},bg={attention}",
    "copy-mode-mark-style": "fg={background},bg={failure}",
    "display-panes-colour": "{border}",
    "display-panes-active-colour": "{accent}",
    "clock-mode-colour": "{accent}",
}


class Chrome(Struct, frozen=True):
    """Styles of what tmux does not have: pages of text, the hints above the status line, tabs.

    Attributes:
        box: A page of text over the screen, and what stands in it.
        border: Its frame.
        strip: The rows of hints.
        key: The name of a key, a letter that was searched for.
        quiet: What need not be read.
        tabs: The row of tabs of a narrow terminal, and the tabs in it.
        tab_shown: The one that is shown.
        tab_waiting: One whose agent waits; in reverse if it is shown.
        tab_failed: One whose agent has failed; the same.
    """

    box: str = "default"
    border: str = "dim"
    strip: str = "fg=white,bg=black"
    key: str = "bold"
    quiet: str = "dim"
    tabs: str = "dim"
    tab_shown: str = "reverse"
    tab_waiting: str = "fg=yellow,bold"
    tab_failed: str = "fg=red,bold"


_COLOURED = Chrome(
    box="fg={text},bg={background}",
    border="fg={accent}",
    strip="fg={text},bg={surface}",
    key="fg={accent},bold",
    quiet="fg={quiet}",
    tabs="fg={quiet},bg={surface}",
    tab_shown="fg={background},bg={accent},bold",
    tab_waiting="fg={attention},bg={surface},bold",
    tab_failed="fg={failure},bg={surface},bold",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme.

    Attributes:
        name: What the option `theme` says.
        description: One line.
        appearance: Which terminals it is made for.
        colours: By role; empty for the terminal's own.
        options: The option's texts by name, of tmux's options that it sets.
    """

    name: str
    description: str = ""
    appearance: str = "any"
    colours: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def chrome(self) -> Chrome:
        """The styles of aimux's own additions."""
        if not self.colours:
            return Chrome()
        styles = structs.asdict(_COLOURED)
        return Chrome(**{name: text.format_map(self.colours) for name, text in styles.items()})

    def colour(self, role: str) -> str:
        """The colour of one of ROLES."""
        return self.colours.get(role) or TERMINAL_COLOURS[role]

    def options_of(self, scope: Scope) -> dict[str, str]:
        """What it says of the global options of one scope."""
        return {name: text for name, text in self.options.items() if scope in ROWS[name].scope}


PLAIN_THEME = Theme(DEFAULT_THEME)


def read_theme(document: Mapping[str, object], name: str) -> Theme:
    """A theme from its document.

    Args:
        document: The parsed TOML.
        name: The file's name without `.toml`, which is the theme's.

    Raises:
        ParseError: `theme NAME: ...`: a role is missing, a colour or an option is none, or a style
            is a format (a theme is looks, and runs nothing).
    """
    try:
        colours = _colours(document.get("colours", {}))
        options = {key: text.format_map(colours) for key, text in OPTION_STYLES.items() if colours}
        options.update(_options(document.get("options", {})))
        appearance = _appearance(document.get("appearance", "any"))
    except (ParseError, OptionError) as error:
        raise ParseError(f"theme {name}: {error}") from error
    return Theme(name, str(document.get("description", "")), appearance, colours, options)


def _appearance(value: object) -> str:
    if value not in APPEARANCES:
        raise ParseError(f"appearance: {value}")
    return str(value)


def _colours(value: object) -> dict[str, str]:
    given = _texts(value, "colours")
    if not given:
        return {}
    missing = [role for role in ROLES if role not in given]
    unknown = [role for role in given if role not in ROLES]
    if missing or unknown:
        what, role = ("missing", missing[0]) if missing else ("unknown", unknown[0])
        raise ParseError(f"colours: {what}: {role}")
    for text in given.values():
        parse_colour(text)
    return given


def _options(value: object) -> dict[str, str]:
    given = _texts(value, "options")
    for name, text in given.items():
        row = ROWS.get(name)
        if row is None or row.is_array or row.kind not in (OptionKind.STYLE, OptionKind.COLOUR):
            raise ParseError(f"options: no style: {name}")
        if row.kind is OptionKind.STYLE:
            parse_style(text)
        else:
            parse_colour(text)
    return given


def _texts(value: object, place: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ParseError(f"{place}: not a table")
    for name, text in value.items():
        if not isinstance(text, str):
            raise ParseError(f"{place}: not a text: {name}")
    return value
