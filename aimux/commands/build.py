"""From parsed commands to commands that can be run: aliases, full names, checked arguments.

As in tmux, a whole text is built before any of it runs: one wrong command, and none of it runs.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from aimux.commands.arguments import ArgumentSpec, parse_flags
from aimux.commands.lexer import ParseContext
from aimux.commands.lookup import Named, find_alias, resolve
from aimux.commands.parser import (
    ParsedBlock,
    ParsedCommand,
    parse_arguments_vector,
    parse_text,
)
from aimux.errors import ParseError
from aimux.model.command_list import BoundCommand, CommandBlock


def located(error: str, source: str, line: int) -> str:
    """An error behind its place; line 0 stands for a place that has no lines."""
    return f"{source}:{line}: {error}" if line else f"{source}: {error}"


class CommandRow(Named, Protocol):
    """What building needs of a row of the command table."""

    @property
    def spec(self) -> ArgumentSpec:
        """What the command takes."""

    @property
    def usage(self) -> str:
        """Its usage without its name."""


class Language:
    """All that the meaning of a text depends on.

    Args:
        table: Every command, in tmux's order.
        context: What variables, `~` and conditions mean.
        aliases: The entries of the option command-alias, asked for anew each time.
    """

    def __init__(
        self,
        table: Sequence[CommandRow],
        context: ParseContext,
        aliases: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self.table = table
        self.context = context
        self.aliases = aliases
        self._by_name = {row.name: row for row in table}

    def read_file(self, text: str, *, source: str) -> CommandBlock:
        """The commands of a configuration file, each line a group.

        Raises:
            ParseError: `FILE:LINE: ...`; then no command of the file may run.
        """
        return self.build(parse_text(text, source=source, context=self.context))

    def read_string(self, text: str) -> CommandBlock:
        """The commands of a string, all in one group. Raises ParseError."""
        return self.build(
            parse_text(text, source=None, context=self.context, line=0, one_group=True)
        )

    def read_words(self, words: Sequence[str | CommandBlock]) -> CommandBlock:
        """The commands of words that have been split already, in one group. Raises ParseError."""
        return self.build(parse_arguments_vector(words))

    def build(self, parsed: ParsedBlock) -> CommandBlock:
        """Check parsed commands. Raises ParseError."""
        return self._block(parsed, aliased=False)

    def _block(self, parsed: ParsedBlock, *, aliased: bool) -> CommandBlock:
        groups = (
            tuple(bound for command in group for bound in self._build(command, aliased=aliased))
            for group in parsed.groups
        )
        return CommandBlock(tuple(group for group in groups if group))

    def _build(self, command: ParsedCommand, *, aliased: bool) -> Iterable[BoundCommand]:
        alias = None if aliased else find_alias(command.name, tuple(self.aliases()))
        if alias is not None:
            return self._expand_alias(command, alias)
        words = [
            self._block(word, aliased=aliased) if isinstance(word, ParsedBlock) else word
            for word in command.arguments
        ]
        return (self._bind(command, words),)

    def _expand_alias(self, command: ParsedCommand, alias: str) -> Iterable[BoundCommand]:
        """The alias's commands, the last of which is given the arguments; no alias within."""
        text = parse_text(
            alias, source=command.source, context=self.context, line=command.line, one_group=True
        )
        commands = list(text)
        if not commands:
            return ()
        last = commands[-1]
        commands[-1] = ParsedCommand(
            last.name, last.arguments + command.arguments, last.line, last.source
        )
        return self._block(ParsedBlock((tuple(commands),)), aliased=True)

    def _bind(self, command: ParsedCommand, words: Sequence[str | CommandBlock]) -> BoundCommand:
        try:
            row, words = self._row(command.name, words)
            arguments = parse_flags(words, row.spec, command_name=row.name, usage=row.usage)
        except ParseError as error:
            if command.source is None:
                raise
            raise ParseError(located(str(error), command.source, command.line)) from None
        return BoundCommand(row.name, arguments, command.line, command.source)

    def _row(
        self, name: str, words: Sequence[str | CommandBlock]
    ) -> tuple[CommandRow, Sequence[str | CommandBlock]]:
        """The command of a name, or of two words, as `agent explain`; and what follows it."""
        known = self._by_name.get(name)
        if known is None and words and isinstance(words[0], str):
            known = self._by_name.get(f"{name} {words[0]}")
            words = words if known is None else words[1:]
        return known or resolve(name, self.table), words
