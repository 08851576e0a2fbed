"""What is done with one command of a configuration: kept, translated, or left out with a reason.

Only commands that stand for themselves are treated here; those that hold or load others are in
`nesting`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from aimux.commands.build import Language
from aimux.commands.lookup import resolve
from aimux.commands.parser import ParsedBlock, ParsedCommand
from aimux.errors import AimuxError, KeyNameError, OptionError, ParseError
from aimux.keys.names import canonical_name
from aimux.model.command_list import BoundCommand, CommandBlock, print_block
from aimux.model.option_row import OptionKind, Scope
from aimux.model.options import Options
from aimux.model.options_table import OptionMatch, match_option, scope_of
from migrate_tmux.configuration import (
    EVERYTHING,
    NOTHING,
    Plain,
    PlainClearing,
    PlainKey,
    PlainOption,
    PlainVariable,
    TomlValue,
    key_rivals,
    key_things,
    option_thing,
    table_things,
    variable_thing,
)
from migrate_tmux.old_syntax import (
    ALWAYS_SO,
    GONE_COMMANDS,
    Translation,
    translate_copy_key,
    translate_option,
)
from migrate_tmux.placeholders import (
    default_aliases,
    marked_names,
    marking_language,
    with_variables,
)
from migrate_tmux.plugins import calls_tmux
from migrate_tmux.report import Fate

UNKNOWN = frozenset({EVERYTHING})
QUIET = "aimux has no such option, and -q says that this is no error"


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done with a command.

    Attributes:
        text: The command line that does it now; empty if it is left out.
        touches: What it may change.
        fate: For the report.
        remark: For the report.
        plain: The same as a plain setting, where it can be one.
        rivals: What must not have been touched before, for it to be one.
        uses: The variables on whose value it depends when it is read.
        changed: Whether `text` is not what was written.
        calls_tmux: Whether it seems to run the program tmux.
    """

    text: str
    touches: frozenset[str] = UNKNOWN
    fate: Fate = Fate.CARRIED
    remark: str = ""
    plain: Plain | None = None
    rivals: frozenset[str] = NOTHING
    uses: frozenset[str] = NOTHING
    changed: bool = False
    calls_tmux: bool = False

    @property
    def fails(self) -> bool:
        """Whether tmux, too, would fail here."""
        return self.fate is Fate.DROPPED and not self.text and self.remark != QUIET


def left_out(remark: str, *, fate: Fate = Fate.DROPPED) -> Treatment:
    """The treatment of a command that is not needed or not possible."""
    return Treatment("", NOTHING, fate, remark, changed=True)


class Treater:
    """Treats commands by tables."""

    def __init__(self) -> None:
        self._aliases = default_aliases()
        self.language: Language = marking_language(self._aliases)
        self._scratch = {
            scope: Options.with_defaults(scope)
            for scope in (Scope.SERVER, Scope.SESSION, Scope.WINDOW)
        }
        self._by_name: dict[str, Callable[[BoundCommand, str], Treatment]] = {
            "bind-key": self._bind_key,
            "set-environment": _set_environment,
            "set-hook": _set_hook,
            "set-option": self._set_option,
            "set-window-option": self._set_option,
            "unbind-key": _unbind_key,
        }

    def full_name(self, name: str) -> str:
        """The command that a name, an alias or an abbreviation means; itself if it means none."""
        try:
            return resolve(name, self.language.table).name
        except ParseError:
            return name

    def treat(self, command: ParsedCommand, raw: str) -> Treatment:
        """What is done with a command that was written as `raw`."""
        old = self._translated_key(command)
        if old is not None:
            return self._translation(old)
        try:
            bound = tuple(self.language.build(ParsedBlock(((command,),))))
        except ParseError as error:
            return left_out(GONE_COMMANDS.get(command.name, str(error)))
        if len(bound) != 1:
            return self._noted(Treatment(raw), bound)
        treated = self._by_name.get(bound[0].name, _kept)(bound[0], raw)
        return self._noted(treated, bound)

    def _noted(self, treatment: Treatment, bound: tuple[BoundCommand, ...]) -> Treatment:
        text = print_block(CommandBlock((bound,)))
        return replace(treatment, uses=marked_names(text), calls_tmux=calls_tmux(text))

    # ---- translating ----

    def _translated_key(self, command: ParsedCommand) -> Translation | None:
        """`bind -t vi-copy ...` of tmux before 2.4."""
        words = [word for word in command.arguments if isinstance(word, str)]
        flags = next((at for at, word in enumerate(words[:3]) if word in OLD_TABLE_FLAGS), None)
        is_binding = command.name.startswith(("bind", "unbind"))
        if flags is None or not is_binding or len(words) < flags + 3:
            return None
        table, key, *rest = words[flags + 1 :]
        return translate_copy_key(table, key, tuple(rest), unbinds=command.name.startswith("un"))

    def _translation(self, translation: Translation) -> Treatment:
        if not translation.words:
            fate = Fate.BUILT_IN if translation.remark in ALWAYS_SO else Fate.DROPPED
            return left_out(translation.remark, fate=fate)
        name, *arguments = translation.words
        text = with_variables(translation.text)
        treated = self.treat(ParsedCommand(name, tuple(arguments), 0, None), text)
        if treated.fate is Fate.DROPPED:
            return treated
        return replace(treated, fate=Fate.TRANSLATED, remark=translation.remark, changed=True)

    # ---- options ----

    def _set_option(self, bound: BoundCommand, raw: str) -> Treatment:
        name, value = bound.arguments.text(0) or "", bound.arguments.text(1)
        if marked_names(name):
            return Treatment(raw)
        try:
            match = match_option(name)
        except OptionError as error:
            old = translate_option(name, value)
            why = QUIET if bound.arguments.has("q") else _no_option(error)
            return self._translation(old) if old is not None else left_out(why)
        if match.name == "command-alias" and value is not None:
            self._aliases += value.split(",") if match.index is None else [value]
        touches = frozenset({option_thing(match.name)})
        remark = REMARKS.get(match.name, "")
        fate = Fate.TRANSLATED if remark else Fate.CARRIED
        treated = Treatment(raw, touches, fate, remark, rivals=touches)
        return self._plain_option(bound, match, value, treated)

    def _plain_option(
        self, bound: BoundCommand, match: OptionMatch, value: str | None, treated: Treatment
    ) -> Treatment:
        is_window = bound.name == "set-window-option"
        scope, is_global = scope_of(match.row, bound.arguments.flags, window_command=is_window)
        is_simple = bound.arguments.flags.keys() <= {"g", "s", "w", "q"} and match.index is None
        literal = value is not None and not marked_names(value)
        if not (is_global and is_simple and literal) or value is None:
            return treated
        try:
            self._scratch[scope].set(match.name, value)
        except AimuxError as error:
            return left_out(str(error))
        if match.name in ORDERED_OPTIONS or (match.row is not None and match.row.is_hook):
            return treated
        plain = PlainOption(scope, match.name, _toml_value(match, value))
        return replace(treated, plain=plain)

    # ---- keys ----

    def _bind_key(self, bound: BoundCommand, raw: str) -> Treatment:
        arguments = bound.arguments
        table = "root" if arguments.has("n") else arguments.get("T") or "prefix"
        try:
            key = canonical_name(arguments.texts()[0])
        except KeyNameError:
            return left_out(f"unknown key: {arguments.texts()[0]}")
        words = arguments.positional[1:]
        try:
            block = self._commands_of(words)
        except ParseError as error:
            return left_out(str(error))
        treated = Treatment(raw, key_things(table, key), rivals=key_rivals(table, key))
        if not words or (len(words) == 1 and marked_names(str(words[0]))):
            return treated
        treated = replace(treated, remark=_binding_remark(block))
        command = block.text
        others = any(name.startswith("~") for name in marked_names(command))
        if others or not self._means(command, block):
            return treated
        note = arguments.get("N") or ""
        plain = PlainKey(table, key, with_variables(command), note, arguments.has("r"))
        return replace(treated, plain=plain)

    def _commands_of(self, words: tuple[str | CommandBlock, ...]) -> CommandBlock:
        if len(words) == 1 and isinstance(words[0], CommandBlock):
            return words[0]
        if len(words) == 1:
            return self.language.read_string(str(words[0]))
        return self.language.read_words(words)

    def _means(self, text: str, block: CommandBlock) -> bool:
        """Whether a keymap's command text is read as the very commands that were bound."""
        try:
            again = self.language.read_string(text)
        except ParseError:
            return False
        return print_block(again, escaped=True) == print_block(block, escaped=True)


# ---- tables ----

OLD_TABLE_FLAGS = frozenset({"-t", "-ct", "-nt"})

OWN_FILE = re.compile(r"TMUX_CONF|tmux\.conf")
HOOKS_AT_ONCE = ("after-set", "after-bind", "after-unbind", "after-source", "after-load")
ORDERED_OPTIONS = frozenset({"command-alias"})  # it changes how later lines are read
TERMINFO_REMARK = "kept; aimux asks the terminal itself, so an entry for colours has no effect"
REMARKS = {
    "default-terminal": "kept: TERM in panes; aimux itself needs no terminfo entry of that name",
    "terminal-overrides": TERMINFO_REMARK,
    "terminal-features": TERMINFO_REMARK,
}


def _kept(bound: BoundCommand, raw: str) -> Treatment:
    """Any other command runs as it was written."""
    harmless = bound.name in {"display-message", "start-server", "refresh-client"}
    reads_itself = any(OWN_FILE.search(text) for text in bound.arguments.texts())
    remark = "it reads tmux's own file: keep that" if reads_itself else ""
    if bound.name == "source-file":
        remark = "the file is not imported but loaded from its place: keep it, if it is there"
    return Treatment(raw, NOTHING if harmless else UNKNOWN, remark=remark)


def _set_environment(bound: BoundCommand, raw: str) -> Treatment:
    arguments = bound.arguments
    name, value = arguments.text(0) or "", arguments.text(1)
    touches = frozenset({variable_thing(name)})
    treated = Treatment(raw, touches, rivals=touches)
    is_simple = set(arguments.flags) == {"g"} and value is not None and "=" not in name and name
    if value is None or not is_simple or marked_names(name + value):
        return treated
    return replace(treated, plain=PlainVariable(name, value))


def _set_hook(bound: BoundCommand, raw: str) -> Treatment:
    """A hook runs later; but one on the commands of configurations may touch anything at once."""
    name = bound.arguments.text(0) or ""
    at_once = name.startswith(HOOKS_AT_ONCE) or bound.arguments.has("R") or marked_names(name)
    return Treatment(raw, UNKNOWN if at_once else frozenset({option_thing(name)}))


def _unbind_key(bound: BoundCommand, raw: str) -> Treatment:
    arguments = bound.arguments
    table = "root" if arguments.has("n") else arguments.get("T") or "prefix"
    text = arguments.text(0)
    if arguments.has("a"):
        things = table_things(table)
        return Treatment(raw, things, plain=PlainClearing(table), rivals=things)
    try:
        key = canonical_name(text or "")
    except KeyNameError:
        return left_out(f"unknown key: {text}")
    plain = PlainKey(table, key, None)
    return Treatment(raw, key_things(table, key), plain=plain, rivals=key_rivals(table, key))


def _binding_remark(block: CommandBlock) -> str:
    reloads = any(
        command.name == "source-file" and "tmux" in " ".join(command.arguments.texts())
        for command in block
    )
    return "loads tmux's file again, not config.toml" if reloads else ""


def _no_option(error: OptionError) -> str:
    """The words of tmux as a sentence of the report."""
    kind, _, name = str(error).partition(": ")
    several = kind == "ambiguous option"
    return f"aimux has {'several options that begin with' if several else 'no option'} {name}"


def _toml_value(match: OptionMatch, value: str) -> TomlValue:
    """The value in TOML's own types, where set-option would read the same text."""
    kind = match.row.kind if match.row is not None else None
    if kind is OptionKind.FLAG and value in {"on", "off"}:
        return value == "on"
    if kind is OptionKind.NUMBER and value.isdecimal() and value == str(int(value)):
        return int(value)
    return value
