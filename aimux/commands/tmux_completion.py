"""Tab at a prompt for a command as tmux has it: names of commands, options and layouts, in full.

What several names begin with alike is put in; tmux's menu of the names is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from aimux.commands.build import Language
from aimux.commands.command import Command
from aimux.commands.completion import common_start
from aimux.model.layout_presets import PRESETS
from aimux.model.options_table import OPTIONS
from aimux.model.prompt import Prompt


class TmuxCompletion:
    """The assistant of such a prompt (`aimux.model.prompt.Assistant`).

    Args:
        language: What commands there are.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def press(self, prompt: Prompt, key: str) -> bool:
        """Complete the word before the cursor; every other key is the prompt's."""
        if key != "Tab":
            return False
        before = prompt.text[: prompt.cursor]
        word = before.rpartition(" ")[2]
        found = [name for name in self._names(is_first=word == before) if name.startswith(word)]
        if word and found:
            more = found[0] + " " if len(found) == 1 else common_start(found)
            prompt.insert(more[len(word) :])
        return True

    def rows(self, prompt: Prompt) -> tuple[str, ...]:
        """No help is shown."""
        del prompt
        return ()

    def _names(self, *, is_first: bool) -> Iterable[str]:
        rows = [row for row in self._language.table if isinstance(row, Command)]
        names = {name for row in rows if not row.is_addition for name in (row.name, row.alias)}
        if not is_first:
            names |= {row.name for row in OPTIONS if not (row.is_addition or row.is_later)}
            names |= set(PRESETS)
        return sorted(name for name in names if name)
