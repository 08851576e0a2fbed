"""From text or words to parsed commands: the grammar of tmux's command language.

Names and flags are not looked at here; that is `aimux.commands.build`. Nothing is run, except that
an assignment is handed to the context at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from msgspec import Struct

from aimux.commands.lexer import Lexer, ParseContext, Token, TokenKind
from aimux.errors import ParseError
from aimux.model.command_list import CommandBlock

MAXIMUM_DEPTH = 60  # of blocks and conditions inside each other


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """A command as it was written, with quotes removed and variables expanded.

    Attributes:
        name: Its first word: a name, an alias or the start of a name.
        arguments: The other words; `{}` arguments of a text are `ParsedBlock`s, and words that were
            given as such may hold blocks that have been checked already.
        line: The line it ended on, counted as tmux counts.
        source: The file it stood in, or None.
    """

    name: str
    arguments: "tuple[str | ParsedBlock | CommandBlock, ...]"
    line: int
    source: str | None


class ParsedBlock(Struct, frozen=True):
    """Commands in groups: an error in one command skips the rest of its group when they run."""

    groups: tuple[tuple[ParsedCommand, ...], ...] = ()

    def __iter__(self) -> Iterator[ParsedCommand]:
        for group in self.groups:
            yield from group


class Assignment(Struct, frozen=True):
    """`NAME=value`, or `%hidden NAME=value`."""

    name: str
    value: str
    hidden: bool


class Parsed(ParsedBlock, frozen=True):
    """A whole text: its commands, and the assignments that the context was given, in order."""

    assignments: tuple[Assignment, ...] = ()


def parse_text(
    text: str,
    *,
    source: str | None,
    context: ParseContext,
    line: int = 1,
    one_group: bool = False,
) -> Parsed:
    """The commands of a text.

    Args:
        text: A configuration file or a command string.
        source: The file's name, for errors.
        context: What variables, `~` and conditions mean.
        line: The number of the first line.
        one_group: Whether all lines form one group, as in every string that is no file.

    Raises:
        ParseError: The first error, as tmux prints it: `FILE:LINE: syntax error`. Assignments
            before it have been made; no command of the text may run.
    """
    lexer = Lexer(text, context=context, source=source, line=line)
    return _Parser(lexer, context, source, one_group=one_group).parse()


def parse_arguments_vector(
    words: Sequence[str | CommandBlock], *, line: int = 0, source: str | None = None
) -> Parsed:
    r"""The commands of words that a shell or another command has split: always one group.

    A word `;`, or a `;` at a word's end, separates commands; `\;` at its end stands for `;`. Blocks
    among the words are taken as they are.

    Raises:
        ParseError: `no command`, where a command would start with a block.
    """
    commands: list[ParsedCommand] = []
    current: list[str | CommandBlock] = []
    for word in words:
        kept, ends = _split_word(word)
        if kept is not None:
            current.append(kept)
        if ends:
            commands += _command_of(current, line, source)
            current = []
    commands += _command_of(current, line, source)
    return Parsed((tuple(commands),) if commands else ())


def _split_word(word: str | CommandBlock) -> tuple[str | CommandBlock | None, bool]:
    """What remains of a word, and whether a command ends behind it."""
    if not isinstance(word, str) or not word.endswith(";"):
        return word, False
    rest = word[:-1]
    if rest.endswith("\\"):
        return f"{rest[:-1]};", False
    return rest or None, True


def _command_of(
    words: Sequence[str | CommandBlock], line: int, source: str | None
) -> Iterator[ParsedCommand]:
    if not words:
        return
    if not isinstance(words[0], str):
        raise ParseError("no command")
    yield ParsedCommand(words[0], tuple(words[1:]), line, source)


def _grouped(
    commands: Iterable[ParsedCommand], *, one_group: bool
) -> tuple[tuple[ParsedCommand, ...], ...]:
    if one_group:
        group = tuple(commands)
        return (group,) if group else ()
    return tuple(tuple(group) for _, group in groupby(commands, key=lambda command: command.line))


_CONDITION_MARKS = frozenset({TokenKind.ELIF, TokenKind.ELSE, TokenKind.ENDIF})
_STARTS_COMMAND = frozenset({TokenKind.WORD, TokenKind.ASSIGNMENT})
_ARGUMENTS = frozenset({TokenKind.WORD, TokenKind.ASSIGNMENT, TokenKind.OPEN})
_CONDITIONS = frozenset({TokenKind.FORMAT, TokenKind.WORD})


class _Parser:
    """Recursive descent with one token of lookahead, read as late as possible."""

    def __init__(
        self, lexer: Lexer, context: ParseContext, source: str | None, *, one_group: bool
    ) -> None:
        self._lexer = lexer
        self._context = context
        self._source = source
        self._one_group = one_group
        self._lookahead: Token | None = None
        self._active = [True]
        self._depth = 0
        self._assignments: list[Assignment] = []

    def parse(self) -> Parsed:
        commands: list[ParsedCommand] = []
        while self._peek() is not TokenKind.END:
            commands += self._statement()
            self._expect(TokenKind.NEWLINE)
        groups = _grouped(commands, one_group=self._one_group)
        return Parsed(groups, tuple(self._assignments))

    def _peek(self) -> TokenKind:
        if self._lookahead is None:
            self._lookahead = self._lexer.next_token()
        return self._lookahead.kind

    def _expect(self, *kinds: TokenKind) -> str:
        """Take a token of one of the kinds and return its text."""
        if self._peek() not in kinds or self._lookahead is None:
            raise self._lexer.error("syntax error")
        text = self._lookahead.text
        self._lookahead = None
        return text

    def _accept(self, kind: TokenKind) -> bool:
        if self._peek() is not kind:
            return False
        self._lookahead = None
        return True

    @contextmanager
    def _nested(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            raise self._lexer.error("nested too deeply")
        yield
        self._depth -= 1

    def _statement(self) -> list[ParsedCommand]:
        """What may stand on a line: nothing, `%hidden`, a condition over lines, or commands."""
        kind = self._peek()
        if kind is TokenKind.HIDDEN:
            self._expect(kind)
            self._assign(self._expect(TokenKind.ASSIGNMENT), hidden=True)
            return []
        if kind is TokenKind.IF:
            holds = self._condition(TokenKind.IF)
            if self._peek() is TokenKind.NEWLINE:
                return self._branches(holds, over_lines=True)
            return self._more_commands(self._branches(holds, over_lines=False))
        return self._commands() if kind in _STARTS_COMMAND else []

    def _commands(self) -> list[ParsedCommand]:
        """Commands and one-line conditions separated by `;`."""
        return self._more_commands(self._command_or_condition())

    def _more_commands(self, commands: list[ParsedCommand]) -> list[ParsedCommand]:
        while self._accept(TokenKind.SEMICOLON):
            if self._peek() in _STARTS_COMMAND or self._peek() is TokenKind.IF:
                commands += self._command_or_condition()
        return commands

    def _command_or_condition(self) -> list[ParsedCommand]:
        if self._peek() is TokenKind.IF:
            return self._branches(self._condition(TokenKind.IF), over_lines=False)
        return self._command()

    def _command(self) -> list[ParsedCommand]:
        if self._peek() is TokenKind.ASSIGNMENT:
            self._assign(self._expect(TokenKind.ASSIGNMENT), hidden=False)
            if self._peek() is not TokenKind.WORD:
                return []
        name = self._expect(TokenKind.WORD)
        arguments: list[str | ParsedBlock | CommandBlock] = []
        while self._peek() in _ARGUMENTS:
            arguments.append(
                self._block()
                if self._accept(TokenKind.OPEN)
                else self._expect(TokenKind.WORD, TokenKind.ASSIGNMENT)
            )
        if not all(self._active):
            return []
        return [ParsedCommand(name, tuple(arguments), self._lexer.line, self._source)]

    def _block(self) -> ParsedBlock:
        commands: list[ParsedCommand] = []
        with self._nested():
            commands += self._statement()
            while not self._accept(TokenKind.CLOSE):
                self._expect(TokenKind.NEWLINE)
                commands += self._statement()
        return ParsedBlock(_grouped(commands, one_group=self._one_group))

    def _condition(self, kind: TokenKind) -> bool:
        """Whether what stands behind `%if` or `%elif` holds: not empty and not 0."""
        self._expect(kind)
        text = self._expect(*_CONDITIONS)
        return all(self._active) and self._context.expand_condition(text) not in {"", "0"}

    def _branches(self, holds: bool, *, over_lines: bool) -> list[ParsedCommand]:
        """The commands of the branch that holds, from behind the condition to `%endif`."""
        with self._nested():
            commands = self._branch(holds, over_lines=over_lines)
            while self._peek() is TokenKind.ELIF:
                chosen = not holds and self._condition(TokenKind.ELIF)
                if holds:
                    self._skip_condition()
                commands += self._branch(chosen, over_lines=over_lines)
                holds = holds or chosen
            if self._accept(TokenKind.ELSE):
                commands += self._branch(not holds, over_lines=over_lines)
            self._expect(TokenKind.ENDIF)
        return commands

    def _skip_condition(self) -> None:
        self._expect(TokenKind.ELIF)
        self._expect(*_CONDITIONS)

    def _branch(self, holds: bool, *, over_lines: bool) -> list[ParsedCommand]:
        self._active.append(holds)
        commands = self._lines() if over_lines else self._commands()
        self._active.pop()
        return commands

    def _lines(self) -> list[ParsedCommand]:
        """At least one line, up to the next mark of the condition."""
        self._expect(TokenKind.NEWLINE)
        commands = self._statement()
        self._expect(TokenKind.NEWLINE)
        while self._peek() not in _CONDITION_MARKS:
            commands += self._statement()
            self._expect(TokenKind.NEWLINE)
        return commands

    def _assign(self, text: str, *, hidden: bool) -> None:
        if not all(self._active):
            return
        name, _, value = text.partition("=")
        self._context.assign(name, value, hidden=hidden)
        self._assignments.append(Assignment(name, value, hidden))
