"""What can follow the prefix, in two rows: the keys that are used most, grouped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from aimux.model.key_tables import Binding
from aimux.model.theme import Chrome
from aimux.styles.width import text_width

GAP = "  "
MAXIMUM_OWN = 20


class Hint(Struct, frozen=True):
    """A command that is worth showing.

    Attributes:
        group: The heading that it stands under.
        word: What it does.
        commands: How the commands of its key begin; the first binding of which that is true counts.
        rank: Lower ones are shown first where there is little room.
    """

    group: str
    word: str
    commands: tuple[str, ...]
    rank: int


class _Item(Struct, frozen=True):
    group: str
    key: str
    word: str
    rank: int

    @property
    def width(self) -> int:
        return text_width(self.key) + 1 + text_width(self.word) + len(GAP)


# As list-keys prints them: what begins so is meant.
HINTS = (
    Hint("windows", "new", ("new-window",), 1),
    Hint("windows", "next", ("next-window",), 2),
    Hint("windows", "previous", ("previous-window",), 6),
    Hint("windows", "last", ("last-window",), 12),
    Hint("windows", "list", ("choose-tree -Zw",), 3),
    Hint("windows", "rename", ('command-prompt -I "#W" { rename-window',), 8),
    Hint("windows", "close", ('confirm-before -p "kill-window',), 13),
    Hint("sessions", "list", ("choose-tree -Zs",), 5),
    Hint("sessions", "rename", ('command-prompt -I "#S" { rename-session',), 14),
    Hint("sessions", "detach", ("detach-client",), 0),
    Hint("panes", "split right", ("split-window -h",), 1),
    Hint("panes", "split below", ("split-window",), 2),
    Hint("panes", "next", ("select-pane -t :.+",), 4),
    Hint("panes", "zoom", ("resize-pane -Z",), 3),
    Hint("panes", "close", ('confirm-before -p "kill-pane',), 5),
    Hint("panes", "numbers", ("display-panes",), 12),
    Hint("panes", "layout", ("next-layout",), 13),
    Hint("more", "copy", ("copy-mode",), 6),
    Hint("more", "paste", ("paste-buffer",), 10),
    Hint("more", "sidebar", ("toggle-sidebar",), 9),
    Hint("more", "command", ("command-prompt",), 7),
    Hint("more", "palette", ("command-palette",), 3),
)
LAST = Hint("more", "all keys", ("list-keys",), -1)
ROWS = (("windows", "sessions"), ("panes", "more", "yours"))


def hint_rows(
    bindings: Sequence[Binding], own: Sequence[Binding], *, columns: int, chrome: Chrome
) -> tuple[str, ...]:
    """The rows for a terminal of so many columns, with `#[]` styles.

    Args:
        bindings: Those of the prefix table.
        own: Those of them that a person has made.
        columns: Cells of a row.
        chrome: The styles.
    """
    items = [*_known(bindings), *_own(own)]
    return tuple(
        _row([item for item in items if item.group in groups], groups, columns, chrome)
        for groups in ROWS
    )


def is_common(binding: Binding) -> bool:
    """Whether a key does one of the things that are shown first."""
    starts = (start for hint in HINTS for start in hint.commands)
    text = binding.text
    return any(text == start or (" " in start and text.startswith(start)) for start in starts)


def _known(bindings: Sequence[Binding]) -> Iterator[_Item]:
    texts = [(binding.key, binding.text) for binding in bindings]
    for hint in (*HINTS, LAST):
        # An exact command before a longer one: `new-window` may also be bound with flags.
        found = [key for key, text in texts if text in hint.commands]
        found += [key for key, text in texts if text.startswith(hint.commands)]
        if found:
            yield _Item(hint.group, found[0], hint.word, hint.rank)


def _own(bindings: Sequence[Binding]) -> Iterator[_Item]:
    for binding in bindings[:MAXIMUM_OWN]:
        name = next((command.name for command in binding.commands), "")
        yield _Item("yours", binding.key, (binding.note or name)[:24], 8)


def _row(items: list[_Item], groups: Sequence[str], columns: int, chrome: Chrome) -> str:
    room, kept = columns - 1, set[_Item]()
    for item in sorted(items, key=lambda one: one.rank):
        heading = 0 if any(one.group == item.group for one in kept) else len(item.group) + 2
        if item.width + heading <= room:
            kept.add(item)
            room -= item.width + heading
    parts = [
        f"#[{chrome.quiet}]{group}#[default] "
        + "".join(_drawn(item, chrome) for item in items if item in kept and item.group == group)
        for group in groups
        if any(item.group == group for item in kept)
    ]
    return " " + "".join(parts)


def _drawn(item: _Item, chrome: Chrome) -> str:
    key, word = item.key.replace("#", "##"), item.word.replace("#", "##")
    return f"#[{chrome.key}]{key}#[default] {word}{GAP}"
