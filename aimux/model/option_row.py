"""What an option is: a row of the table. Which options there are is in `options_table`."""

from dataclasses import dataclass, field
from enum import Enum, Flag, auto

from msgspec import Struct

INT_MAX = 2147483647
SHRT_MAX = 32767
USHRT_MAX = 65535


class Scope(Flag):
    """Where an option can be set; a pane's option can be set on its window, too."""

    SERVER = auto()
    SESSION = auto()
    WINDOW = auto()
    PANE = auto()


class Additions(Flag):
    """Which options are listed beside those of tmux 3.3a: aimux's own, those of later versions."""

    NONE = 0
    AIMUX = auto()
    LATER = auto()


class OptionKind(Enum):
    """How an option's text is checked, kept and shown."""

    STRING = auto()
    NUMBER = auto()
    KEY = auto()
    COLOUR = auto()
    FLAG = auto()
    CHOICE = auto()
    STYLE = auto()
    COMMAND = auto()


Default = str | int | bool | tuple[str, ...]

WINDOW_AND_PANE = Scope.WINDOW | Scope.PANE
TEXT_KINDS = frozenset({OptionKind.STRING, OptionKind.STYLE})


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option.

    Attributes:
        name: Its full name.
        kind: How its text is read.
        scope: Where it can be set.
        default: Its value in a fresh server; of an array, the values of its first items.
        description: What it does, in one line.
        choices: What a CHOICE takes; the first two are what it toggles between.
        minimum: The least NUMBER.
        maximum: The greatest NUMBER.
        unit: What a NUMBER counts, or empty.
        pattern: What a STRING must match (fnmatch), or empty.
        is_array: Whether it has numbered items.
        separator: Of an array, the characters that separate items of one text, none if a text is
            always one item. Of a STYLE, what stands before an appended text.
        is_hook: Whether it is a hook, which only show-hooks and `-H` list.
        is_addition: Whether tmux does not have it. Such names cannot be abbreviated.
        is_later: Whether tmux has it, but not yet in 3.3a; it cannot be abbreviated either.
        later_choices: Words that a FLAG or CHOICE of 3.3a takes in later versions only.
    """

    name: str
    kind: OptionKind
    scope: Scope
    default: Default
    description: str
    choices: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = INT_MAX
    unit: str = ""
    pattern: str = ""
    is_array: bool = field(default=False, kw_only=True)
    separator: str = ""
    is_hook: bool = field(default=False, kw_only=True)
    is_addition: bool = field(default=False, kw_only=True)
    is_later: bool = field(default=False, kw_only=True)
    later_choices: tuple[str, ...] = field(default=(), kw_only=True)


class RowMaker(Struct, frozen=True):
    """Makes the rows of one scope."""

    scope: Scope

    def string(
        self,
        name: str,
        default: str,
        description: str,
        *,
        pattern: str = "",
        is_addition: bool = False,
    ) -> OptionRow:
        """Any text, or a text that matches a pattern."""
        return OptionRow(
            name,
            OptionKind.STRING,
            self.scope,
            default,
            description,
            pattern=pattern,
            is_addition=is_addition,
        )

    def strings(
        self, name: str, default: tuple[str, ...], description: str, separator: str = " ,"
    ) -> OptionRow:
        """An array of texts."""
        return OptionRow(
            name,
            OptionKind.STRING,
            self.scope,
            default,
            description,
            is_array=True,
            separator=separator,
        )

    def number(  # noqa: PLR0913 - a number is its range and unit
        self,
        name: str,
        default: int,
        description: str,
        *,
        minimum: int = 0,
        maximum: int = INT_MAX,
        unit: str = "",
        is_addition: bool = False,
    ) -> OptionRow:
        """A number with a range."""
        return OptionRow(
            name,
            OptionKind.NUMBER,
            self.scope,
            default,
            description,
            minimum=minimum,
            maximum=maximum,
            unit=unit,
            is_addition=is_addition,
        )

    def flag(
        self,
        name: str,
        default: bool,
        description: str,
        *,
        is_addition: bool = False,
        later_choices: tuple[str, ...] = (),
    ) -> OptionRow:
        """On or off."""
        return OptionRow(
            name,
            OptionKind.FLAG,
            self.scope,
            default,
            description,
            is_addition=is_addition,
            later_choices=later_choices,
        )

    def choice(
        self,
        name: str,
        default: str,
        choices: tuple[str, ...],
        description: str,
        *,
        is_addition: bool = False,
        later_choices: tuple[str, ...] = (),
    ) -> OptionRow:
        """One of some words."""
        return OptionRow(
            name,
            OptionKind.CHOICE,
            self.scope,
            default,
            description,
            choices,
            is_addition=is_addition,
            later_choices=later_choices,
        )

    def colour(self, name: str, default: str, description: str) -> OptionRow:
        """A colour's name."""
        return OptionRow(name, OptionKind.COLOUR, self.scope, default, description)

    def colours(self, name: str, description: str) -> OptionRow:
        """An array of colours."""
        return OptionRow(
            name, OptionKind.COLOUR, self.scope, (), description, is_array=True, separator=" ,"
        )

    def key(self, name: str, default: str, description: str) -> OptionRow:
        """A key's name."""
        return OptionRow(name, OptionKind.KEY, self.scope, default, description)

    def style(self, name: str, default: str, description: str) -> OptionRow:
        """A style, which may be a format."""
        return OptionRow(name, OptionKind.STYLE, self.scope, default, description, separator=",")

    def hook(self, name: str, description: str, *, is_addition: bool = False) -> OptionRow:
        """Commands that run when something has happened."""
        return OptionRow(
            name,
            OptionKind.COMMAND,
            self.scope,
            (),
            description,
            is_array=True,
            is_hook=True,
            is_addition=is_addition,
        )
