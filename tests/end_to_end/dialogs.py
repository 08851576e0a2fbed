"""What can be opened on a client: a server with something of everything, and how each is opened.

Every text of it is fixed, so that a screen with it open is the same each time, but for what `plain`
takes out.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from itertools import groupby

from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

ESCAPE, ENTER, CTRL_C, CTRL_D, CTRL_R, CTRL_S = b"\x1b", b"\r", b"\x03", b"\x04", b"\x12", b"\x13"
LONG = "the machine weaves algebraic patterns as the loom weaves flowers and leaves "
LINKS = "see https://example.org/engine/notes and https://example.org/cards?page=2\r\n"
LOG = "".join(
    f"{n:3} {'error: card torn' if n % 7 == 3 else 'ok'} {LONG[: n % 50]}\r\n" for n in range(1, 61)
)
PYTEST = """\
#!/bin/sh
echo 'tests/test_api.py ....F......                                 [100%]'
echo 'FAILED tests/test_api.py::test_login - assert 401 == 200'
echo '1 failed, 10 passed in 0.41s'
exit 1
"""
PROFILE = "PS1='$ ' PATH=$HOME/bin:$PATH\n"


def state_of_agent(name: str, state: str, request: str = "") -> str:
    """An agent's report of its state (OSC 7501)."""
    coded = b64encode(request.encode()).decode()
    kind = ":kind=permission" if state == "blocked" else ""
    return f"\x1b]7501;state={state}:app={name}{kind}:msg={coded}\a"


AGENTS = {
    "claude": state_of_agent("claude-code", "blocked", "run `rm -rf build && make -j8 all`?"),
    "codex": state_of_agent("codex", "working"),
    "gemini": state_of_agent("gemini", "error", "the model is overloaded"),
}
FILES = {**AGENTS, "log": LOG + LINKS, ".bash_profile": PROFILE, "bin/pytest": PYTEST}
SETTINGS = (
    ("set", "-g", "status-right", ""),
    ("set", "-g", "sidebar-minimum", "500"),
    ("set", "-g", "which-key", "off"),
    ("set", "-g", "toasts", "off"),
    ("set", "-g", "message-limit", "5"),
    ("set", "-g", "display-time", "0"),
    ("set", "-wg", "automatic-rename", "off"),
    ("set", "-wg", "window-size", "latest"),
    ("set-buffer", "-b", "buffer0", "what was copied\nof two lines"),
)
MANY = 4
VARYING = (
    (r"─ \d+ of \d+ ", "─ # of # "),  # how many lines a list has
    (r"\b(\d{4}-\d\d-\d\d )?\d\d:\d\d\b", "#"),
    (r"\b\d+(\.\d+)? s +│", "# s │"),
    (r"/dev/pts/\d+( \(sort: name\) ─+)?", "#"),
    (
        r" +(?:([a-z]+) +)?(?:\d+m?s +)?(?:\d+:\d\d|\d+[smh])(?=\s|$)",
        r" \1",
    ),  # how long, since when
)


@dataclass(frozen=True, slots=True)
class Dialog:
    """Something that is opened over a session or in it.

    Attributes:
        keys: What is typed.
        shown: What is then seen of it, at every size.
        end: What closes it again.
        before: Commands that are run before.
        after: Commands that are run behind.
        varies: It shows the time of day: what stands in it is not compared.
        least_columns: In a narrower terminal there is no such thing.
    """

    keys: bytes
    shown: str
    end: bytes = b"q"
    before: tuple[tuple[str, ...], ...] = ()
    after: tuple[tuple[str, ...], ...] = ()
    varies: bool = False
    least_columns: int = 0


def typed(command: str) -> bytes:
    """The keys that run a command."""
    return PREFIX + b":" + command.encode() + ENTER


def option(name: str, value: str) -> tuple[str, ...]:
    """The command that sets one for all."""
    return ("set", "-g", name, value)


def panel(name: str, shown: str) -> Dialog:
    """One panel of the sidebar, with the focus in it."""
    return Dialog(
        PREFIX + b"a",
        shown,
        ESCAPE,
        before=(option("sidebar-panels", name), ("select-window", "-t", "work:tests")),
        after=(("select-window", "-t", "work:one"),),
        least_columns=0 if name == "agents" else 60,
    )


DIALOGS = {
    # dialogs
    "menu of a window": Dialog(PREFIX + b"<", "New At End", ESCAPE),
    "menu with long names": Dialog(
        typed(f"display-menu -T 'a title' '{LONG}' a '' '' '-none' n '' last l ''"),
        "last",
        ESCAPE,
    ),
    "question": Dialog(PREFIX + b"x", "(y/n)", b"n"),
    "question about a paste": Dialog(
        b"\x1b[200~one\ntwo\nthree\x1b[201~",
        "(y/n)",
        b"n",
        before=(option("confirm-paste", "on"),),
        after=(option("confirm-paste", "off"),),
    ),
    "question about a link": Dialog(PREFIX + b"U", "page=2", ESCAPE),
    "prompt with its help": Dialog(PREFIX + b":split-window -", "split-window -", CTRL_C),
    "prompt with completion": Dialog(PREFIX + b":set -g status-p\t\t", "top  bottom", CTRL_C),
    "prompt for a name": Dialog(PREFIX + b",", "(rename-window) one", CTRL_C),
    "prompt for a message": Dialog(PREFIX + b"S", "Tab completes", CTRL_C),
    "message": Dialog(typed(f"display-message '{LONG}'"), "the machine weaves", ESCAPE),
    "popup": Dialog(
        typed("display-popup -T ' notes ' -E -w 30 -h 6 'echo inside; cat'"), "inside", CTRL_D
    ),
    "popup of the whole window": Dialog(
        typed("display-popup -E -w 100% -h 100% 'echo inside; cat'"), "inside", CTRL_D
    ),
    "hints": Dialog(
        PREFIX,
        "all keys",
        ESCAPE,
        before=(option("which-key", "on"), option("which-key-delay", "100")),
        after=(option("which-key", "off"),),
    ),
    "numbers": Dialog(typed("display-panes -d 0"), "x", b"q"),
    "clock": Dialog(PREFIX + b"t", "", b"q", varies=True),
    "floating pane": Dialog(typed("new-pane -c / 'echo floats; cat'"), "floats", b"\x03" + CTRL_D),
    # choosers
    "palette": Dialog(PREFIX + b"Psplit", "suspend-client", ESCAPE),
    "keys": Dialog(PREFIX + b"?", "C-b C-b"),
    "keys, searched": Dialog(PREFIX + b"?/rotate", "2 of 2", CTRL_C),
    "key described": Dialog(PREFIX + b"/c", "Create a new window", ESCAPE),
    "tree of windows": Dialog(PREFIX + b"w", "(0)"),
    "tree of sessions": Dialog(PREFIX + b"s", "(0)"),
    "tree, filtered": Dialog(PREFIX + b"wf#{==:#{window_name},tests}\r", "tests", b"q"),
    "tree, nothing found": Dialog(PREFIX + b"wf0\r", "", b"q"),
    "clients": Dialog(PREFIX + b"D", "(0)"),
    "buffers": Dialog(PREFIX + b"=", "buffer0"),
    "options": Dialog(PREFIX + b"C", "Server Options"),
    "history of commands": Dialog(
        PREFIX + b"y",
        "pytest",
        before=(("select-window", "-t", "work:tests"),),
        after=(("select-window", "-t", "work:one"),),
    ),
    # modes
    "copy mode": Dialog(PREFIX + b"[", "[0/"),
    "copy mode, searched": Dialog(PREFIX + b"[" + CTRL_R + b"error\r", "results)", b"q"),
    "copy mode, typing a search": Dialog(
        PREFIX + b"[" + CTRL_R + b"err", "(search up) err", CTRL_C + b"q"
    ),
    "copy mode with line numbers": Dialog(
        PREFIX + b"[",
        " https",
        before=(("set", "-wg", "copy-mode-line-numbers", "absolute"),),
        after=(("set", "-wg", "copy-mode-line-numbers", "off"),),
    ),
    "view mode": Dialog(typed("list-windows -F '#{window_name} has #{window_panes}'"), "one has 2"),
    # the sidebar
    "panel agents": panel("agents", "AGENTS"),
    "panel results": panel("results", "1 failed"),
    "panel traffic": panel("traffic", "TRAFFIC"),
    "panel context": panel("context", "CONTEXT"),
    "panel tasks": panel("tasks", "TASKS"),
    "panel pane": panel("pane", "PANE"),
}


def furnish(world: World) -> None:
    """A session with output, agents, a test run, buffers, messages and tasks, and another one."""
    (world.directory / "bin").mkdir()
    for name, text in FILES.items():
        (world.directory / name).write_text(text)
    (world.directory / "bin/pytest").chmod(0o755)
    world.environment["SHELL"] = "/bin/bash"
    world.do(
        "new", "-d", "-s", "work", "-n", "one", "-x", "80", "-y", "24", "stty -echo; cat log; cat"
    )
    for words in SETTINGS:
        world.do(*words)
    world.do("splitw", "-d", "-t", "work:one", "cat claude; cat")
    world.do("new-window", "-d", "-n", "tests", "-t", "work", "-c", "/")
    world.do("new", "-d", "-s", "other", "-n", "docs", "-x", "80", "-y", "24", "cat codex; cat")
    world.do("splitw", "-d", "-t", "other:docs", "cat gemini; cat")
    for pane, title in (("work:0.0", "log"), ("work:0.1", "api"), ("work:1", "tests")):
        world.do("select-pane", "-t", pane, "-T", title)
    for pane, title in (("other:0.0", "readme"), ("other:0.1", "figures")):
        world.do("select-pane", "-t", pane, "-T", title)
    for target in ("work:tests", "work:one", "work:one.0"):
        world.do("select-pane" if "." in target else "select-window", "-t", target)
    wait_until(lambda: world.ask("#{agents_total}") == "3")
    world.do("send-keys", "-t", "work:tests", "pytest -q", "Enter")
    world.do("set", "-g", "shell-integration", "off")
    world.wait_for("1 failed", "work:tests")
    world.do("msg", "send", "codex", "update the README for the new API")
    world.do("msg", "send", "gemini", "which licence do the drawings have?", "--type", "request")
    world.do("task", "add", "write the cards")
    world.do("task", "add", "--priority", "high", "test the loops")


def plain(text: str) -> str:
    """A screen without what differs from run to run; rows that are all alike are counted."""
    for pattern, sign in VARYING:
        text = re.sub(pattern, sign, text)
    rows: list[str] = []
    for row, group in groupby(text.split("\n")):
        count = len([*group])
        rows += [row] * count if count < MANY else [row, f"... {count} times"]
    return "\n".join(rows)
