"""What becomes of the plugins that a configuration names, and of the manager that loads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from aimux.commands.parser import ParsedBlock, ParsedCommand
from aimux.model.command_list import CommandBlock
from migrate_tmux.configuration import NOTHING, PlainOption, PlainVariable
from migrate_tmux.placeholders import resolved
from migrate_tmux.plugins import KNOWN, is_tpm, plugin_name, plugin_of_script, starting
from migrate_tmux.report import Fate
from migrate_tmux.tmux_files import TmuxFiles
from migrate_tmux.treatment import UNKNOWN, Treatment

DIRECTORY = "TMUX_PLUGIN_MANAGER_PATH"
DEFAULT_DIRECTORY = "$HOME/.tmux/plugins"
OPTION = "@plugin"


class PluginLoading:
    """Collects the plugins while a configuration is read."""

    def __init__(self, files: TmuxFiles) -> None:
        self._files = files
        self._directory = f"{files.home}/.tmux/plugins"
        self._shown_directory = DEFAULT_DIRECTORY
        self._named: list[str] = []

    def noted(self, treatment: Treatment) -> Treatment:
        """The treatment of a command, with what it says of a plugin."""
        plain = treatment.plain
        if isinstance(plain, PlainVariable) and plain.name == DIRECTORY:
            self._directory = self._shown_directory = plain.value.rstrip("/")
        if not isinstance(plain, PlainOption) or plain.name != OPTION:
            return treatment
        name = plugin_name(str(plain.value))
        self._named.append(name)
        if name in KNOWN:
            return self._known(treatment, name)
        if self._is_installed(name):
            remark = "started without tpm; it calls tmux, which will be aimux"
            return replace(treatment, fate=Fate.TRANSLATED, remark=remark)
        remark = f"{self._missing()}: nothing to start"
        return replace(treatment, fate=Fate.DROPPED, remark=remark)

    def run_shell(self, command: ParsedCommand, raw: str) -> Treatment | None:
        """The treatment of a run-shell that loads plugins; None of any other."""
        text = _shell_text(command)
        if is_tpm(text):
            return self._manager()
        name = plugin_of_script(text)
        if name is None:
            return None
        if name in KNOWN:
            lines = self._lines([name])
            touches = UNKNOWN if lines else NOTHING
            return self._known(Treatment(lines, touches, changed=True), name)
        return Treatment(raw, UNKNOWN, remark=f"plugin {name}: it calls tmux", calls_tmux=True)

    def installs_manager(self, command: ParsedCommand) -> bool:
        """Whether an if-shell does nothing but fetch the plugin manager."""
        text = _shell_text(command)
        return is_tpm(text) and ("clone" in text or "install" in text)

    def _manager(self) -> Treatment:
        others = [name for name in self._named if name not in KNOWN and self._is_installed(name)]
        lines = [self._lines(name for name in self._named if name in KNOWN)]
        if others:
            lines.append(starting(others, self._shown_directory))
        text = "\n".join(line for line in lines if line)
        touches = UNKNOWN if text else NOTHING
        remark = KNOWN["tpm"].instead
        return Treatment(
            text, touches, Fate.BUILT_IN, remark, changed=True, calls_tmux=bool(others)
        )

    def _lines(self, names: Iterable[str]) -> str:
        """What stands for those of the plugins that are installed."""
        return "\n".join(
            line for name in names if self._is_installed(name) for line in KNOWN[name].lines
        )

    def _known(self, treatment: Treatment, name: str) -> Treatment:
        plugin = KNOWN[name]
        fate = Fate.BUILT_IN if plugin.replaced else Fate.DROPPED
        remark = plugin.instead
        if plugin.lines and not self._is_installed(name):
            remark = f"{self._missing()}: tmux does not load it either"
        return replace(treatment, fate=fate, remark=remark)

    def _missing(self) -> str:
        return f"not installed in {self._files.shown(self._directory)}"

    def _is_installed(self, name: str) -> bool:
        place = resolved(self._directory, self._files.variables)
        return Path(place or self._directory, name).is_dir()


def _shell_text(command: ParsedCommand) -> str:
    """All words of a command, those in its blocks too."""
    return " ".join(_word_text(word) for word in command.arguments)


def _word_text(word: str | ParsedBlock | CommandBlock) -> str:
    if isinstance(word, ParsedBlock):
        return " ".join(f"{one.name} {_shell_text(one)}" for one in word)
    return word if isinstance(word, str) else word.text
