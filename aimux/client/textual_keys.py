"""Between tmux's key names and Textual's, for the few places where Textual's widgets have the keys.

A terminal's keys reach the server as they came and do not pass here.
"""

from __future__ import annotations

import string
import unicodedata

from textual import events
from textual.keys import KEY_NAME_REPLACEMENTS

from aimux.keys.key import CONTROL_TWINS, Key, Modifiers

_TEXTUAL_OF_NAME = {
    "Up": "up",
    "Down": "down",
    "Left": "left",
    "Right": "right",
    "Home": "home",
    "End": "end",
    "PPage": "pageup",
    "NPage": "pagedown",
    "IC": "insert",
    "DC": "delete",
    "Tab": "tab",
    "BTab": "shift+tab",
    "Enter": "enter",
    "KPEnter": "enter",
    "Escape": "escape",
    "BSpace": "backspace",
    "Space": "space",
    **{f"F{number}": f"f{number}" for number in range(1, 25)},
}
_NAME_OF_TEXTUAL = {
    textual: name for name, textual in reversed(_TEXTUAL_OF_NAME.items()) if name != "KPEnter"
}
_CHARACTER_OF_NAME = {"Tab": "\t", "Enter": "\r", "KPEnter": "\r", "Escape": "\x1b", "Space": " "}
_PREFIXES = (
    (Modifiers.ALT, "alt"),
    (Modifiers.CTRL, "ctrl"),
    (Modifiers.HYPER, "hyper"),
    (Modifiers.META, "meta"),
    (Modifiers.SHIFT, "shift"),
    (Modifiers.SUPER, "super"),
)
_MODIFIER_OF_PREFIX = {prefix: modifier for modifier, prefix in _PREFIXES}


def event_of_key(key: Key) -> events.Key:
    """The event that Textual's widgets and bindings know for a key of the terminal."""
    held = [prefix for modifier, prefix in _PREFIXES if key.modifiers & modifier]
    name = _TEXTUAL_OF_NAME.get(key.name)
    if name is None:
        return _character_event(key, held)
    return events.Key("+".join([*held, name]), None if held else _CHARACTER_OF_NAME.get(key.name))


def event_of_character(character: str) -> events.Key:
    """The event of one character that was typed."""
    return events.Key(_name_of_character(character), character)


def key_of_event(event: events.Key) -> Key:
    """The key that an event of Textual's stands for; used where no terminal sent it."""
    *prefixes, name = event.key.split("+") if event.key != "+" else ["+"]
    held = Modifiers.NONE
    for prefix in prefixes:
        held |= _MODIFIER_OF_PREFIX.get(prefix, Modifiers.NONE)
    if event.key in _NAME_OF_TEXTUAL:
        return Key(_NAME_OF_TEXTUAL[event.key])
    found = _NAME_OF_TEXTUAL.get(name) or _PUNCTUATION.get(name, name)
    if held & Modifiers.CTRL and found in CONTROL_TWINS:
        return Key(CONTROL_TWINS[found], held & ~Modifiers.CTRL)
    return Key(found, held)


def _character_event(key: Key, held: list[str]) -> events.Key:
    typed = key.text or (key.shifted if key.modifiers == Modifiers.SHIFT else key.name)
    if not held or key.modifiers == Modifiers.SHIFT:
        return event_of_character(typed[:1])
    return events.Key("+".join([*held, _name_of_character(key.name)]), None)


def _name_of_character(character: str) -> str:
    if character.isalnum() or len(character) != 1:
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_PUNCTUATION = {_name_of_character(character): character for character in string.punctuation}
