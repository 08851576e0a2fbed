"""Reads a tmux configuration whole and makes an aimux one of it, with a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aimux.commands.arguments import parse_flags
from aimux.commands.parser import Assignment, ParsedBlock, ParsedCommand, parse_text
from aimux.commands.running import COMMANDS as RUNNING
from aimux.errors import ParseError, PathError
from aimux.model.command_list import Arguments, CommandBlock
from migrate_tmux.configuration import (
    EVERYTHING,
    Configuration,
    Ordered,
    PlainOption,
    PlainVariable,
    variable_thing,
)
from migrate_tmux.loading import (
    FOREIGN,
    assigned_names,
    condition_names,
    expanded_names,
    named_files,
)
from migrate_tmux.old_syntax import BRACES, quote_brace_keys
from migrate_tmux.placeholders import MarkingContext, marked_names
from migrate_tmux.plugin_loading import PluginLoading
from migrate_tmux.plugins import calls_tmux
from migrate_tmux.report import Entry, Fate, Place, Report
from migrate_tmux.statements import Statement, StatementKind, read_statements
from migrate_tmux.tmux_files import TmuxFiles
from migrate_tmux.treatment import UNKNOWN, Treater, Treatment, left_out
from migrate_tmux.written import one_line, quoted, written, written_block

MAXIMUM_DEPTH = 20  # of files that load files
_IF_SHELL = next(row for row in RUNNING if row.name == "if-shell")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
SKIPPED = "as in tmux, what follows an error on a line does not run"
UNDER_CONDITION = "config.toml commands, under its condition"


@dataclass(slots=True)
class _Block:
    """A condition over several lines, as it is written to config.toml."""

    lines: list[str]
    touches: set[str]
    depth: int = 1


class Importer:
    """One import.

    Attributes:
        configuration: What was made so far.
        report: What became of each command.
        places: Where each key was bound, by what binding it touches.
    """

    def __init__(self, files: TmuxFiles, source: str) -> None:
        self.configuration = Configuration()
        self.report = Report(files.shown(source))
        self.places: dict[str, Place] = {}
        self._files = files
        self._treater = Treater()
        self._plugins = PluginLoading(files)
        self._block: _Block | None = None
        self._stack: list[str] = []
        self._texts: list[str] = []
        self._conditions: set[str] = set()
        self._used: set[str] = set()

    def read(self, path: str) -> None:
        """Import a file and what it loads.

        Raises:
            PathError: The file cannot be read.
            ParseError: `FILE:LINE: ...`: aimux, as tmux, would ignore the whole file.
        """
        text, statements = self._parsed(path)
        self._walk(path, text, statements)

    def _parsed(self, path: str) -> tuple[str, list[Statement]]:
        text = self._files.read(path)
        try:
            parse_text(text, source=path, context=MarkingContext())
        except ParseError:
            quoted_keys = quote_brace_keys(text)
            if quoted_keys == text:
                raise
            parse_text(quoted_keys, source=path, context=MarkingContext())
            text = quoted_keys
            self.report.notes.append(f"{self._files.shown(path)}: {BRACES}")
        return text, read_statements(text, source=path)

    def _walk(self, path: str, text: str, statements: Sequence[Statement]) -> None:
        self._stack.append(path)
        self._texts.append(text)
        self._conditions |= condition_names(statements)
        for statement in statements:
            self._statement(statement)
            self._used |= expanded_names(statement.text) | condition_names([statement])
        self._stack.pop()
        self._texts.pop()

    # ---- statements ----

    def _statement(self, statement: Statement) -> None:
        if _NOT_UTF8.search(statement.text):
            self._tell(statement, statement.text, left_out("it holds bytes that are no UTF-8"), "")
        elif statement.kind is StatementKind.COMMANDS:
            self._commands(statement)
        elif statement.kind is StatementKind.CONDITIONAL:
            self._condition(statement)
            self._keep(Ordered(statement.text, UNKNOWN))
        else:
            self._directive(statement)

    def _directive(self, statement: Statement) -> None:
        """A line of a condition over several lines; the whole of it becomes one entry."""
        if statement.kind is StatementKind.IF:
            self._condition(statement)
            if self._block is None:
                self._block = _Block([statement.text], set())
                return
            self._block.depth += 1
        if self._block is None:
            return
        if statement.kind is not StatementKind.IF and self._block.lines[-1].startswith("%"):
            self._block.lines.append("")  # a branch has at least one line
        self._block.lines.append(statement.text)
        if statement.kind is StatementKind.ENDIF:
            self._block.depth -= 1
        if not self._block.depth:
            block, self._block = self._block, None
            line = Ordered("\n".join(block.lines), frozenset(block.touches))
            self.configuration.append(line)

    def _condition(self, statement: Statement) -> None:
        treatment = Treatment(statement.text, fate=Fate.CONDITION)
        self._tell(statement, statement.text, treatment, UNDER_CONDITION)

    def _commands(self, statement: Statement) -> None:
        parsed = parse_text(statement.text, source=None, context=MarkingContext())
        commands = list(parsed)
        if parsed.assignments:
            self._assignment(statement, parsed.assignments, alone=not commands)
        elif len(commands) == 1:
            self._single(statement, commands[0])
        else:
            self._line(statement, commands)

    # ---- assignments ----

    def _assignment(
        self, statement: Statement, assignments: tuple[Assignment, ...], *, alone: bool
    ) -> None:
        first = assignments[0]
        things = frozenset(variable_thing(name) for name in statement.names)
        treatment = Treatment(statement.text, things, rivals=things)
        literal = not marked_names(first.value) and not first.name.startswith("AIMUX")
        if alone and len(assignments) == 1 and literal and first.name not in self._used:
            plain = PlainVariable(first.name, first.value, first.hidden)
            treatment = replace(treatment, plain=plain)
        elif not alone:
            treatment = replace(treatment, touches=UNKNOWN)
        self._put(statement, statement.text, treatment)

    # ---- commands ----

    def _single(self, statement: Statement, command: ParsedCommand) -> None:
        name = self._full_name(command)
        if name == "source-file" and self._block is None and self._sourced(statement, command):
            return
        treatment = self._treated(statement, command, statement.text)
        self._put(statement, statement.text, treatment)

    def _line(self, statement: Statement, commands: Sequence[ParsedCommand]) -> None:
        """Several commands on one line: each by itself if all are plain, else all in order."""
        treated = list(self._until_failure(statement, commands))
        if all(self._is_plain(treatment) for _, treatment in treated):
            for command, treatment in treated:
                self._put(statement, written(command), treatment)
            return
        kept = [treatment for _, treatment in treated if treatment.text]
        changed = any(treatment.changed for _, treatment in treated)
        text = " ; ".join(one.text for one in kept) if changed else statement.text
        touches = frozenset(thing for one in kept for thing in one.touches)
        where = self._keep(Ordered(text, touches))
        for command, treatment in treated:
            self._tell(statement, written(command), treatment, where if treatment.text else "")

    def _until_failure(
        self, statement: Statement, commands: Sequence[ParsedCommand]
    ) -> Iterator[tuple[ParsedCommand, Treatment]]:
        """The commands of a line with their treatments; behind one that fails none runs."""
        failed = False
        for command in commands:
            treatment = (
                left_out(SKIPPED) if failed else self._treated(statement, command, written(command))
            )
            failed = failed or treatment.fails
            yield command, treatment

    def _treated(self, statement: Statement, command: ParsedCommand, raw: str) -> Treatment:
        name = self._full_name(command)
        if name == "if-shell":
            return self._if_shell(statement, command, raw)
        if name == "run-shell":
            plugin = self._plugins.run_shell(command, raw)
            if plugin is not None:
                return plugin
        treatment = self._treater.treat(command, raw)
        plain = treatment.plain
        if isinstance(plain, PlainVariable) and plain.name in self._mentioned():
            # What is read with this line has not seen the value: it must not be set before.
            treatment = replace(treatment, plain=None)
        return self._plugins.noted(treatment)

    def _full_name(self, command: ParsedCommand) -> str:
        return self._treater.full_name(command.name)

    def _is_plain(self, treatment: Treatment) -> bool:
        plain = treatment.plain
        if plain is None or self._block is not None:
            return False
        if isinstance(plain, PlainOption) and plain.name in self._conditions:
            return False
        uses = frozenset(variable_thing(name) for name in treatment.uses)
        return not self.configuration.touched(treatment.rivals | uses)

    def _mentioned(self) -> set[str]:
        """The variables that the present files expand, and the names in their conditions."""
        return self._conditions.union(*map(expanded_names, self._texts))

    # ---- keeping and telling ----

    def _put(self, statement: Statement, raw: str, treatment: Treatment) -> None:
        where = ""
        if treatment.plain is not None and self._is_plain(treatment):
            where = self.configuration.add(treatment.plain)
        elif treatment.text:
            where = self._keep(Ordered(treatment.text, treatment.touches))
        self._tell(statement, raw, treatment, where)

    def _keep(self, line: Ordered) -> str:
        if self._block is None:
            return self.configuration.append(line)
        if line.text:
            self._block.lines.append(line.text)
            self._block.touches |= line.touches
        return UNDER_CONDITION

    def _tell(self, statement: Statement, raw: str, treatment: Treatment, where: str) -> None:
        place = self._place(statement)
        fate = treatment.fate
        if self._block is not None and fate is Fate.CARRIED:
            fate = Fate.CONDITION
        rewritten = treatment.changed and bool(treatment.text) and fate is Fate.TRANSLATED
        result = one_line(treatment.text) if rewritten else where
        entry = Entry(fate, place, one_line(raw), result, treatment.remark)
        self.report.entries.append(entry)
        if treatment.calls_tmux and treatment.text:
            self.report.calls_tmux.append(place)
        keys = (thing for thing in treatment.touches if thing.startswith("key "))
        self.places.update(dict.fromkeys(keys, place))

    def _place(self, statement: Statement) -> Place:
        return Place(self._files.shown(self._stack[-1]), statement.line)

    # ---- if-shell ----

    def _if_shell(self, statement: Statement, command: ParsedCommand, raw: str) -> Treatment:
        """A condition of the shell: what stands under it is looked at, too."""
        if self._plugins.installs_manager(command):
            return left_out("plugins are not installed by aimux", fate=Fate.BUILT_IN)
        blanks = [_blank(word) for word in command.arguments]
        try:
            arguments = parse_flags(
                blanks, _IF_SHELL.spec, command_name="if-shell", usage=_IF_SHELL.usage
            )
        except ParseError as error:
            return left_out(str(error))
        count = len(arguments.positional) - 1
        branches = [self._branch(statement, word) for word in command.arguments[-count:]]
        touches = frozenset(thing for one in branches for thing in one.touches)
        changed = any(one.changed for one in branches)
        head = written(replace(command, arguments=command.arguments[:-count]))
        text = " ".join([head, *(one.text for one in branches)]) if changed else raw
        calls = any(one.calls_tmux for one in branches) or _condition_calls(arguments)
        return Treatment(text, touches, Fate.CONDITION, changed=changed, calls_tmux=calls)

    def _branch(self, statement: Statement, word: str | ParsedBlock | CommandBlock) -> Treatment:
        """What becomes of one branch: its text in braces, if anything in it is changed."""
        block = self._branch_commands(word)
        if block is None:
            return Treatment(quoted(str(word)), UNKNOWN)
        treated = [(one, self._treated(statement, one, written(one))) for one in block]
        for command, treatment in treated:
            if treatment.changed or treatment.remark:
                where = one_line(treatment.text) or ""
                self._tell(statement, written(command), treatment, where)
        lines = [treatment.text for _, treatment in treated if treatment.text]
        touches = frozenset(thing for _, one in treated for thing in one.touches)
        changed = any(one.changed for _, one in treated)
        text = "{\n" + "\n".join(lines) + "\n}" if changed else written_block(block)
        calls = any(one.calls_tmux for _, one in treated)
        return Treatment(text, touches, changed=changed, calls_tmux=calls)

    def _branch_commands(self, word: str | ParsedBlock | CommandBlock) -> ParsedBlock | None:
        if isinstance(word, ParsedBlock):
            return word
        if isinstance(word, CommandBlock) or marked_names(word):
            return None
        try:
            return parse_text(word, source=None, context=MarkingContext(), line=0, one_group=True)
        except ParseError:
            return None

    # ---- source-file ----

    def _sourced(self, statement: Statement, command: ParsedCommand) -> bool:
        """Import the files that a line loads in its place; False if the line has to stay."""
        paths = named_files(command, self._files)
        if not paths or len(self._stack) >= MAXIMUM_DEPTH:
            return False
        read = [(path, self._readable(path)) for path in paths if path not in self._stack]
        if len(read) < len(paths):
            return False
        for _, found in read:
            if isinstance(found, str):
                self._tell(statement, statement.text, left_out(found), "")
                return True
            if not self._may_stand_here(*found):
                return False
        self._tell(statement, statement.text, Treatment(statement.text), "read; its lines follow")
        for path, found in read:
            if not isinstance(found, str):
                self._walk(path, *found)
        return True

    def _readable(self, path: str) -> tuple[str, list[Statement]] | str:
        """A file's text and statements, or why it is not loaded."""
        try:
            return self._parsed(path)
        except (ParseError, PathError) as error:
            return f"tmux ignores the whole file: {error}"

    def _may_stand_here(self, text: str, statements: Sequence[Statement]) -> bool:
        """Whether reading a file with the one that loads it, and not later, means the same."""
        needed = expanded_names(text) | condition_names(statements)
        seen_too_early = assigned_names(statements) & self._mentioned()
        return not seen_too_early and not needed & self._set_before(needed)

    def _set_before(self, names: set[str]) -> set[str]:
        """Which of the names may have been set by what stands before."""
        things = [line.touches for line in self.configuration.ordered]
        if any(EVERYTHING in touched for touched in things):
            return names - FOREIGN
        ordered = {thing.partition(" ")[2] for touched in things for thing in touched}
        options = {name for found in self.configuration.options.values() for name in found}
        return ordered | options


def _blank(word: str | ParsedBlock | CommandBlock) -> str | CommandBlock:
    return CommandBlock() if isinstance(word, ParsedBlock) else word


def _condition_calls(arguments: Arguments) -> bool:
    return calls_tmux(arguments.text(0) or "")
