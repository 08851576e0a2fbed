"""Commands as they are kept and run: parsed, checked and in groups; and how tmux prints them.

Key bindings, hooks and the `{}` arguments of other commands are `CommandBlock`s. What the commands
do, and how text becomes a block, is `aimux.commands`' business.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from msgspec import Struct

from aimux.model.quoting import quote_argument

_TEMPLATE_QUOTED = frozenset('"\\$;~')


@dataclass(frozen=True, slots=True)
class Arguments:
    """The flags and positional arguments of one command.

    Attributes:
        flags: For each flag that was given, in order of its character, its values; `None` stands
            for a flag without a value.
        positional: What follows the flags: text, or a `{}` block where the command takes one.
    """

    flags: "Mapping[str, tuple[str | None, ...]]" = field(default_factory=dict)
    positional: "tuple[str | CommandBlock, ...]" = ()

    def has(self, flag: str) -> bool:
        """Whether the flag was given."""
        return flag in self.flags

    def count(self, flag: str) -> int:
        """How often the flag was given."""
        return len(self.flags.get(flag, ()))

    def get(self, flag: str) -> str | None:
        """The flag's last value, or None if it was not given or has none."""
        values = self.all(flag)
        return values[-1] if values else None

    def all(self, flag: str) -> tuple[str, ...]:
        """Every value of a flag that can be repeated, in order."""
        return tuple(value for value in self.flags.get(flag, ()) if value is not None)

    def text(self, index: int) -> str | None:
        """A positional argument as text (a block as it is printed, without braces), or None."""
        if index >= len(self.positional):
            return None
        return argument_text(self.positional[index])

    def texts(self) -> tuple[str, ...]:
        """All positional arguments as text."""
        return tuple(argument_text(value) for value in self.positional)

    def with_values(self, values: Sequence[str]) -> "Arguments":
        """A copy with `%%` and `%1` to `%9` replaced, see `replace_template`."""
        return Arguments(
            {
                flag: tuple(None if text is None else _replaced(text, values) for text in given)
                for flag, given in self.flags.items()
            },
            tuple(
                _replaced(value, values) if isinstance(value, str) else value.with_values(values)
                for value in self.positional
            ),
        )


@dataclass(frozen=True, slots=True)
class BoundCommand:
    """One command whose name and arguments have been checked.

    Attributes:
        name: The command's full name.
        arguments: Its flags and positional arguments.
        line: The line it stood on, from 1; 0 if it came from a command line.
        source: The file it stood in, or None.
    """

    name: str
    arguments: Arguments
    line: int = 0
    source: str | None = None


class CommandBlock(Struct, frozen=True):
    """Commands in groups; an error in one command skips the rest of its group.

    A group is a line of a file, or everything that was given in one string or on one command line.
    """

    groups: tuple[tuple[BoundCommand, ...], ...] = ()

    def __iter__(self) -> Iterator[BoundCommand]:
        for group in self.groups:
            yield from group

    @property
    def text(self) -> str:
        """The commands as tmux prints them, without braces."""
        return print_block(self)

    def with_values(self, values: Sequence[str]) -> "CommandBlock":
        """A copy for a template's answers: see `replace_template`."""
        return CommandBlock(
            tuple(
                tuple(
                    replace(command, arguments=command.arguments.with_values(values))
                    for command in group
                )
                for group in self.groups
            )
        )


def argument_text(value: str | CommandBlock) -> str:
    """A positional argument as text: what a command that wants a string is given."""
    return value if isinstance(value, str) else value.text


def print_command(command: BoundCommand) -> str:
    """One command as tmux prints it: full name, flags sorted and merged, then the arguments."""
    return " ".join([command.name, *_printed_arguments(command.arguments)])


def print_arguments(arguments: Arguments) -> str:
    """The same without the name."""
    return " ".join(_printed_arguments(arguments))


def print_block(block: CommandBlock, *, escaped: bool = False) -> str:
    r"""All commands: ` ; ` within a group, ` ;; ` between groups; with `escaped`, ` \; `, ` \;\; `.

    `list-keys` prints the outermost level escaped and blocks inside it not.
    """
    within, between = (" \\; ", " \\;\\; ") if escaped else (" ; ", " ;; ")
    return between.join(
        within.join(print_command(command) for command in group) for group in block.groups if group
    )


def replace_template(template: str, value: str, index: int) -> str:
    r"""The template with the first `%%` and every `%index` replaced by the value.

    A `%` behind either (`%%%`, `%1%`) puts a backslash before `"`, `\`, `$`, `;` and `~` of the
    value.

    Args:
        template: What a command such as `command-prompt` was given.
        value: The answer.
        index: Its number, from 1.
    """
    parts: list[str] = []
    replaced, position = False, 0
    while (found := template.find("%", position)) >= 0:
        parts.append(template[position:found])
        following = template[found + 1 : found + 2]
        numbered = following == str(index)
        if not numbered and (following != "%" or replaced):
            parts.append("%")
            position = found + 1
            continue
        replaced = replaced or not numbered
        quoted = template[found + 2 : found + 3] == "%"
        position = found + (3 if quoted else 2)
        parts.append(_template_quoted(value) if quoted else value)
    return "".join([*parts, template[position:]])


def _template_quoted(value: str) -> str:
    return "".join(f"\\{c}" if c in _TEMPLATE_QUOTED else c for c in value)


def _replaced(template: str, values: Sequence[str]) -> str:
    for index, value in enumerate(values, start=1):
        template = replace_template(template, value, index)
    return template


def _printed_arguments(arguments: Arguments) -> Iterator[str]:
    bare = "".join(
        flag * len(values)
        for flag, values in sorted(arguments.flags.items())
        if len(flag) == 1 and all(value is None for value in values)
    )
    if bare:
        yield f"-{bare}"
    for flag in sorted(arguments.flags):
        dashes = "-" if len(flag) == 1 else "--"
        for value in arguments.flags[flag]:
            if value is not None:
                yield f"{dashes}{flag} {quote_argument(value)}"
            elif len(flag) > 1:
                yield f"--{flag}"
    for word in arguments.positional:
        yield quote_argument(word) if isinstance(word, str) else f"{{ {word.text} }}"
