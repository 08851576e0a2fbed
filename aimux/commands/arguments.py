"""Flags and positional arguments of a command, by its getopt template (args_parse of tmux 3.3a)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from aimux.errors import ParseError
from aimux.model.command_list import Arguments, CommandBlock

__all__ = [
    "ArgumentKind",
    "ArgumentSpec",
    "Arguments",
    "always_commands",
    "always_string",
    "commands_after_first",
    "commands_with_c",
    "menu_commands",
    "parse_flags",
    "second_commands",
]


class ArgumentKind(Enum):
    """What may stand at a place behind the flags."""

    STRING = auto()
    COMMANDS_OR_STRING = auto()


KindRule = Callable[[Arguments], ArgumentKind]
"""The kind of the next positional argument, given the flags and those before it."""


def always_string(_before: Arguments) -> ArgumentKind:
    """Text only: most commands."""
    return ArgumentKind.STRING


def always_commands(_before: Arguments) -> ArgumentKind:
    """Commands everywhere: bind-key, confirm-before, command-prompt, choose-tree, display-panes."""
    return ArgumentKind.COMMANDS_OR_STRING


def second_commands(before: Arguments) -> ArgumentKind:
    """Commands as the second argument: set-option, set-window-option, set-hook."""
    return _commands_if(len(before.positional) == 1)


def commands_after_first(before: Arguments) -> ArgumentKind:
    """Commands from the second argument on: if-shell."""
    return _commands_if(len(before.positional) in {1, 2})


def commands_with_c(before: Arguments) -> ArgumentKind:
    """Commands if `-C` was given: run-shell."""
    return _commands_if(before.has("C"))


def menu_commands(before: Arguments) -> ArgumentKind:
    """Commands as every third argument, where an empty name is a line of its own: display-menu."""
    place = 0
    for word in before.positional:
        place = 0 if place == 0 and word == "" else (place + 1) % 3
    return _commands_if(place == 2)


def _commands_if(condition: bool) -> ArgumentKind:
    return ArgumentKind.COMMANDS_OR_STRING if condition else ArgumentKind.STRING


@dataclass(frozen=True, slots=True)
class ArgumentSpec:
    """What a command takes.

    Attributes:
        template: Its flags; `:` behind one that has a value, `::` if the value may be left out at
            the end of the words.
        minimum: The fewest positional arguments.
        maximum: The most, or None for any number.
        kind: Where `{}` blocks may stand.
        long: Options with names, such as `--json`, and whether each has a value; None for one that
            may have one, behind `=` only. Only commands that tmux does not have know any. Their
            values stand among the flags, by the name.
        anywhere: Flags and options may also stand behind words, up to `--`.
        tells_usage: Whether an error ends with the usage; those of tmux's commands are tmux's.
    """

    template: str
    minimum: int = 0
    maximum: int | None = 0
    kind: KindRule = always_string
    long: Mapping[str, bool | None] = field(default_factory=dict)
    anywhere: bool = False
    tells_usage: bool = False


def parse_flags(
    words: Sequence[str | CommandBlock], spec: ArgumentSpec, *, command_name: str, usage: str
) -> Arguments:
    """The arguments of a command, from the words behind its name.

    Flags end at `--`, at a word that does not start with `-`, at `-` alone and at a block. `-?`
    asks for the usage.

    Differs from tmux 3.3a in one place, as later versions do: a flag that must have a value and
    stands at the end without one is an error, not a flag without a value.

    Raises:
        ParseError: `command NAME: unknown flag -x` and the like, or `usage: NAME USAGE`.
    """
    try:
        flags, rest = _parse_flags(words, spec)
        arguments = _positional(flags, rest, spec)
    except _UsageRequestedError:
        raise ParseError(f"usage: {command_name} {usage}") from None
    except _ArgumentError as problem:
        told = f" (usage: {command_name} {usage})" if spec.tells_usage else ""
        raise ParseError(f"command {command_name}: {problem}{told}") from None
    return arguments


class _UsageRequestedError(ParseError):
    """`-?` was given."""


class _ArgumentError(ParseError):
    """Its text is tmux's, without the name of the command."""


def _parse_flags(
    words: Sequence[str | CommandBlock], spec: ArgumentSpec
) -> tuple[dict[str, list[str | None]], list[str | CommandBlock]]:
    """The flags with their values, and the words that are none."""
    flags: dict[str, list[str | None]] = {}
    between: list[str | CommandBlock] = []
    index = 0
    while index < len(words):
        word = words[index]
        if not isinstance(word, str) or word == "-" or not word.startswith("-"):
            if not spec.anywhere:
                break
            between.append(word)
            index += 1
            continue
        index += 1
        if word == "--":
            break
        if spec.long and word.startswith("--"):
            index = _parse_long(word[2:], words, index, spec, flags)
            continue
        index = _parse_cluster(word, words, index, spec, flags)
    return flags, [*between, *words[index:]]


def _parse_cluster(
    word: str,
    words: Sequence[str | CommandBlock],
    index: int,
    spec: ArgumentSpec,
    flags: dict[str, list[str | None]],
) -> int:
    """Take the flags of a word such as `-dh` or `-tname`; return the index of the next word."""
    for place, flag in enumerate(word[1:], start=1):
        value_allowed, value_optional = _flag_form(flag, spec.template)
        given = flags.setdefault(flag, [])
        if not value_allowed:
            given.append(None)
            continue
        if place + 1 < len(word):
            given.append(word[place + 1 :])
            return index
        given.append(_next_value(flag, words[index : index + 1], optional=value_optional))
        return index + 1
    return index


def _parse_long(
    option: str,
    words: Sequence[str | CommandBlock],
    index: int,
    spec: ArgumentSpec,
    flags: dict[str, list[str | None]],
) -> int:
    """Take `--name`, `--name value` or `--name=value`; return the index of the next word."""
    name, equals, value = option.partition("=")
    if name == "help":
        raise _UsageRequestedError
    if name not in spec.long:
        raise _ArgumentError(f"unknown option --{name}")
    given = flags.setdefault(name, [])
    if not spec.long[name]:
        if equals and spec.long[name] is False:
            raise _ArgumentError(f"--{name} takes no argument")
        given.append(value if equals else None)
        return index
    if equals:
        given.append(value)
        return index
    given.append(_next_value(f"-{name}", words[index : index + 1], optional=False))
    return index + 1


def _flag_form(flag: str, template: str) -> tuple[bool, bool]:
    """Whether a flag has a value, and whether that may be left out."""
    if flag == "?":
        raise _UsageRequestedError
    if not (flag.isascii() and flag.isalnum()):
        raise _ArgumentError(f"invalid flag -{flag}")
    place = template.find(flag)
    if place < 0:
        raise _ArgumentError(f"unknown flag -{flag}")
    following = template[place + 1 : place + 3]
    return following.startswith(":"), following == "::"


def _next_value(flag: str, words: Sequence[str | CommandBlock], *, optional: bool) -> str | None:
    if not words:
        if optional:
            return None
        raise _ArgumentError(f"-{flag} expects an argument")
    if not isinstance(words[0], str):
        raise _ArgumentError(f"-{flag} argument must be a string")
    return words[0]


def _positional(
    flags: dict[str, list[str | None]], words: Sequence[str | CommandBlock], spec: ArgumentSpec
) -> Arguments:
    given = {flag: tuple(values) for flag, values in sorted(flags.items())}
    arguments = Arguments(given)
    for word in words:
        if not isinstance(word, str) and spec.kind(arguments) is ArgumentKind.STRING:
            raise _ArgumentError(f'argument {len(arguments.positional) + 1} must be "string"')
        arguments = Arguments(given, (*arguments.positional, word))
    count = len(words)
    if count < spec.minimum:
        raise _ArgumentError(f"too few arguments (need at least {spec.minimum})")
    if spec.maximum is not None and count > spec.maximum:
        raise _ArgumentError(f"too many arguments (need at most {spec.maximum})")
    return arguments
