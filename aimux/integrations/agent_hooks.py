"""What `aimux agent setup` puts into agents' own settings, as functions of the settings' text.

Each command does nothing outside a pane of aimux, and never fails. Agents read what their hooks
say: nothing, but where a kind's TOML says how an event is answered (`[delivery.hooks]`), the
messages that wait for the agent. Entries are known again by the words that only aimux writes.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from aimux.agents.kinds import shipped_kinds
from aimux.errors import ParseError
from aimux.integrations.opencode_plugin import plugin_text

Json = dict[str, object]
MARK = "aimux agent report "
"""Stands in every command of ours."""
TIMEOUT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Setting:
    """One file of one kind of agent.

    Attributes:
        kind: The kind's name.
        directory: The variable that moves the directory, the place below it, and the place below
            the home directory without it.
        add: The file's text with our parts, from its text; "" stands for no file.
        remove: The text without our parts, everything else as it was; "" for nothing that is left.
        parts: Our parts alone, to see whether somebody changed them.
    """

    kind: str
    directory: tuple[str, str, str]
    add: Callable[[str], str]
    remove: Callable[[str], str]
    parts: Callable[[str], str]


def report_command(kind: str, event: str = "") -> str:
    """The shell's line that hands a hook's event on; quick, and silent if that has no answer."""
    if event in shipped_kinds()[kind].delivery.hooks:
        return f'[ -z "$AIMUX_PANE" ] || {MARK}--inbox {kind} 2>/dev/null || :'
    return f'[ -z "$AIMUX_PANE" ] || {MARK}{kind} >/dev/null 2>&1 || :'


def tap_command(theirs: str) -> str:
    """The line that hands a status line's JSON on and then shows what the person's own shows."""
    own = f' printf %s "$told" | sh -c {shlex.quote(theirs)}' if theirs else ""
    return (
        f'told=$(cat); {{ [ -z "$AIMUX_PANE" ] || printf %s "$told" |'
        f" {MARK}claude-code; }} >/dev/null 2>&1 &{own}"
    )


def theirs_of(tap: str) -> str:
    """The person's own command within a line of `tap_command`; "" if there was none."""
    _, found, quoted = tap.partition(' & printf %s "$told" | sh -c ')
    words = shlex.split(quoted) if found else []
    return words[0] if words else ""


# ---- JSON ----


def _read(text: str) -> Json:
    """Settings from their text. Raises ParseError for what is no object of plain JSON."""
    try:
        found = json.loads(text) if text.strip() else {}
    except ValueError as error:
        raise ParseError(f"no plain JSON: {error}") from None
    if not isinstance(found, dict):
        raise ParseError("no JSON object")
    return found


def _written(settings: Json, like: str) -> str:
    """Settings as text, indented as the text they come from."""
    indent = re.search(r"^\{\s*\n([ \t]+)\"", like)
    end = "\n" if like.endswith("\n") or not like else ""
    text = json.dumps(settings, indent=indent[1] if indent else 2, ensure_ascii=False)
    return f"{text}{end}"


def _hooks(settings: Json) -> Json:
    hooks = settings.get("hooks", {})
    if not isinstance(hooks, dict) or not all(isinstance(one, list) for one in hooks.values()):
        raise ParseError("hooks are not as this version knows them")
    return hooks


def _is_ours(entry: object) -> bool:
    return MARK in json.dumps(entry)


def _with_hooks(settings: Json, kind: str, events: Sequence[str], timeout: int) -> Json:
    hooks = {name: list(_as_list(entries)) for name, entries in _hooks(settings).items()}
    for name in events:
        hook = {"type": "command", "command": report_command(kind, name), "timeout": timeout}
        kept = [entry for entry in hooks.get(name, []) if not _is_ours(entry)]
        hooks[name] = [*kept, {"hooks": [hook]}]
    return {**settings, "hooks": hooks}


def _without_hooks(settings: Json) -> Json:
    hooks: Json = {}
    for name, entries in _hooks(settings).items():
        kept = [entry for entry in _as_list(entries) if not _is_ours(entry)]
        if kept or not _as_list(entries):
            hooks[name] = kept
    rest = {name: value for name, value in settings.items() if name != "hooks"}
    return {**settings, "hooks": hooks} if hooks else rest


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _with_tap(settings: Json) -> Json:
    line = settings.get("statusLine", {})
    if not isinstance(line, dict) or line.get("type", "command") != "command":
        raise ParseError("statusLine is not as this version knows it")
    command = str(line.get("command", ""))
    theirs = theirs_of(command) if MARK in command else command
    return {**settings, "statusLine": {**line, "type": "command", "command": tap_command(theirs)}}


def _without_tap(settings: Json) -> Json:
    line = settings.get("statusLine")
    if not isinstance(line, dict) or MARK not in str(line.get("command", "")):
        return settings
    theirs = theirs_of(str(line["command"]))
    if theirs:
        return {**settings, "statusLine": {**line, "command": theirs}}
    return {name: value for name, value in settings.items() if name != "statusLine"}


def _edit(change: Callable[[Json], Json]) -> Callable[[str], str]:
    def edited(text: str) -> str:
        settings = change(_read(text))
        return _written(settings, text) if settings else ""

    return edited


def _parts(text: str) -> str:
    """Our hooks and our tap, whatever stands around them."""
    settings = _read(text)
    hooks = {
        name: [entry for entry in _as_list(entries) if _is_ours(entry)]
        for name, entries in _hooks(settings).items()
    }
    line = settings.get("statusLine")
    return json.dumps([{k: v for k, v in hooks.items() if v}, line if _is_ours(line) else None])


# ---- kinds ----

_CLAUDE = (
    *("SessionStart", "UserPromptSubmit", "PermissionRequest", "PostToolUse"),
    *("Notification", "Stop", "StopFailure"),
)
_CODEX = ("SessionStart", "UserPromptSubmit", "PermissionRequest", "PostToolUse", "Stop")
_GEMINI = ("BeforeAgent", "Notification", "AfterAgent")


def _of_hooks(
    kind: str,
    directory: tuple[str, str, str],
    events: Sequence[str],
    *,
    timeout: int = TIMEOUT_SECONDS,
    tap: bool = False,
) -> Setting:
    def add(settings: Json) -> Json:
        found = _with_hooks(settings, kind, events, timeout)
        return _with_tap(found) if tap else found

    def remove(settings: Json) -> Json:
        return _without_hooks(_without_tap(settings) if tap else settings)

    return Setting(kind, directory, _edit(add), _edit(remove), _parts)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        one.kind: one
        for one in (
            _of_hooks(
                "claude-code",
                ("CLAUDE_CONFIG_DIR", "settings.json", ".claude/settings.json"),
                _CLAUDE,
                tap=True,
            ),
            _of_hooks("codex", ("CODEX_HOME", "hooks.json", ".codex/hooks.json"), _CODEX),
            _of_hooks(
                "gemini-cli",
                ("", "", ".gemini/settings.json"),
                _GEMINI,
                timeout=1000 * TIMEOUT_SECONDS,
            ),
            Setting(
                "opencode",
                (
                    "XDG_CONFIG_HOME",
                    "opencode/plugins/aimux.js",
                    ".config/opencode/plugins/aimux.js",
                ),
                lambda _text: plugin_text(),
                lambda _text: "",
                lambda text: text,
            ),
        )
    }
)
"""By kind: the file, and what is done to its text."""
