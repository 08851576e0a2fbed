"""Reads config.toml, aimux's own configuration file, as the commands that it stands for.

```toml
keymap = "mine"                       # keymaps/mine.toml beside this file, or one of aimux's

[environment]                         # of the server; false keeps a variable from programs
EDITOR = "vim"
TOKEN = { value = "secret", hidden = true }

[options.server]                      # also options.session, options.window, options.pane
escape-time = 10
command-alias = ["e=split-window"]         # an array from its first item on
terminal-overrides = { 3 = "xterm*:RGB" }  # or by index

[hooks]
after-new-window = ["display-message hello"]
```

`commands`, a list of lines in tmux's language, holds what depends on conditions. Everything takes
effect in the order environment, options, keymap, hooks, commands: what comes later wins. A value is
taken as it is: nothing in it is expanded. What is wrong is told with its place; the rest counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath

from aimux.commands.build import Language
from aimux.commands.keymap import cleared_tables, keymap_rows
from aimux.commands.parser import ParsedBlock, ParsedCommand
from aimux.data import load_data
from aimux.errors import CommandError, ParseError, PathError
from aimux.model.command_list import BoundCommand, CommandBlock

SUFFIX = ".toml"
SCOPES = {"server": "-s", "session": "-g", "window": "-gw", "pane": "-gw"}
SECTIONS = ("environment", "options", "keymap", "hooks", "commands")
DESCRIPTIVE = ("name", "description", "version")

ReadFile = Callable[[str], str]
Words = list[str | CommandBlock]


class Configuration:
    """What a configuration file says.

    Attributes:
        groups: Its commands; each group runs whether or not another fails.
        errors: What is wrong in it, each with its place.
    """

    def __init__(self) -> None:
        self.groups: list[tuple[BoundCommand, ...]] = []
        self.errors: list[str] = []

    @property
    def block(self) -> CommandBlock:
        """Its commands, to be queued."""
        return CommandBlock(tuple(self.groups))


def is_toml(path: str) -> bool:
    """Whether a file is read as TOML: by its name."""
    return path.endswith(SUFFIX)


def read_configuration(
    language: Language, text: str, *, source: str, read_file: ReadFile
) -> Configuration:
    """The commands of a config.toml.

    Args:
        language: Reads commands; variables of `[environment]` are assigned in its context at once,
            as lines `NAME=value` of a tmux.conf are.
        text: The file's content.
        source: The file's path: the keymaps stand in a directory beside it.
        read_file: Reads another file; raises CommandError.
    """
    return _Reader(language, source, read_file).read(text)


class _Reader:
    def __init__(self, language: Language, source: str, read_file: ReadFile) -> None:
        self._language = language
        self._source = source
        self._read_file = read_file
        self._result = Configuration()

    def read(self, text: str) -> Configuration:
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._result.errors.append(f"{self._source}: {error}")
            return self._result
        for name in document:
            if name not in SECTIONS + DESCRIPTIVE:
                self._wrong(name, "unknown")
        for name in SECTIONS:
            if name in document:
                self._section(name, document[name])
        return self._result

    def _section(self, name: str, value: object) -> None:
        readers: dict[str, Callable[[object], None]] = {
            "environment": self._environment,
            "options": self._options,
            "keymap": self._keymap,
            "hooks": self._hooks,
            "commands": self._commands,
        }
        try:
            readers[name](value)
        except (CommandError, PathError) as error:
            self._wrong(name, str(error))

    def _wrong(self, place: str, why: str) -> None:
        self._result.errors.append(f"{self._source}: {place}: {why}")

    def _command(self, place: str, words: Words) -> None:
        """Add a command that says its place where it fails."""
        name, *arguments = words
        where = f"{self._source}: {place}"
        command = ParsedCommand(str(name), tuple(arguments), 0, where)
        try:
            self._result.groups += self._language.build(ParsedBlock(((command,),))).groups
        except ParseError as error:
            self._result.errors.append(str(error))

    # ---- sections ----

    def _environment(self, value: object) -> None:
        for name, item in _table(value).items():
            place = f"environment.{name}"
            if item is False:
                self._command(place, ["set-environment", "-gr", name])
            elif isinstance(item, dict):
                hidden = item.get("hidden") is True
                self._assign(place, name, item.get("value"), hidden=hidden)
            else:
                self._assign(place, name, item, hidden=False)

    def _assign(self, place: str, name: str, value: object, *, hidden: bool) -> None:
        if isinstance(value, str):
            self._language.context.assign(name, value, hidden=hidden)
        else:
            self._wrong(place, "not a text")

    def _options(self, value: object) -> None:
        for scope, options in _table(value).items():
            if scope not in SCOPES:
                self._wrong(f"options.{scope}", "unknown")
                continue
            for name, item in _table(options).items():
                self._option(f"options.{scope}.{name}", SCOPES[scope], name, item)

    def _option(self, place: str, flag: str, name: str, value: object) -> None:
        items = _items(value)
        if items is None:
            self._set(place, ["set-option", flag, "--", name], value)
            return
        self._command(place, ["set-option", flag, "--", name, ""])
        for index, item in items:
            self._set(place, ["set-option", flag, "--", f"{name}[{index}]"], item)

    def _set(self, place: str, words: Words, value: object) -> None:
        text = _text(value)
        if text is None:
            self._wrong(place, "not a text, a number, true or false")
        else:
            self._command(place, [*words, text])

    def _keymap(self, value: object) -> None:
        if not isinstance(value, str):
            raise ParseError("not a name")
        document = self._keymap_document(value)
        if "prefix" in document:
            # Before everything else: the option in this file is the user's own choice.
            groups, self._result.groups = self._result.groups, []
            self._set("keymap", ["set-option", "-g", "prefix"], document["prefix"])
            self._result.groups += groups
        if "options" in document:
            # So too: a keymap for vi wants mode-keys vi, unless the file says otherwise.
            groups, self._result.groups = self._result.groups, []
            self._options(document["options"])
            self._result.groups += groups
        for table in cleared_tables(document):
            self._command("keymap", ["unbind-key", "-aq", "-T", table])
        for row in keymap_rows(document, self._language.read_string):
            self._command("keymap", row.words())

    def _keymap_document(self, name: str) -> Mapping[str, object]:
        path = str(PurePath(self._source).parent / "keymaps" / f"{PurePath(name).name}{SUFFIX}")
        try:
            text = self._read_file(path)
        except CommandError:
            return load_data("keymaps", name)
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ParseError(f"{path}: {error}") from error

    def _hooks(self, value: object) -> None:
        for name, item in _table(value).items():
            items = _items(item)
            place = f"hooks.{name}"
            self._command(place, ["set-hook", "-gu", "--", name])
            for index, commands in [(0, item)] if items is None else items:
                self._set(place, ["set-hook", "-g", "--", f"{name}[{index}]"], commands)

    def _commands(self, value: object) -> None:
        if not isinstance(value, list):
            raise ParseError("not a list")
        for index, line in enumerate(value):
            place = f"commands[{index}]"
            try:
                where = f"{self._source}: {place}"
                self._result.groups += self._language.read_file(str(line), source=where).groups
            except ParseError as error:
                self._result.errors.append(str(error))


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ParseError("not a table")
    return value


def _items(value: object) -> Iterable[tuple[int, object]] | None:
    """The items of an array with their indices; None of a single value."""
    if isinstance(value, list):
        return list(enumerate(value))
    return list(_indexed(value)) if isinstance(value, dict) else None


def _indexed(items: Mapping[str, object]) -> Iterator[tuple[int, object]]:
    for index, item in items.items():
        if not index.isdecimal():
            raise ParseError(f"not an index: {index}")
        yield int(index), item


def _text(value: object) -> str | None:
    """A value as set-option takes it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value) if isinstance(value, str | int) else None
