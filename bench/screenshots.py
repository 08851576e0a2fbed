"""Makes the pictures of the README: aimux on real terminals of several sizes, drawn as PNG.

    python -m bench.screenshots [DIRECTORY]

Writes `docs/screenshots/*.png`, at most 60 kB each. The programs in the panes are scripts: what the
agents report and what pytest prints is written here, the screen around it is aimux's own.
"""

from __future__ import annotations

import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.test_agents import Claude
from tests.end_to_end.world import PREFIX, World
from tests.picture import GROUND, draw
from tests.terminal import Terminal

MOST_BYTES = 60_000
SIDEBAR_COLUMNS = 120
PAPER = ("24292f", "ffffff")  # a light terminal's ink and paper

CLAUDE = """\
\x1b[1m\u276f add a login form and make the tests pass\x1b[0m

\x1b[32m●\x1b[0m \x1b[1mRead\x1b[0m(tests/test_login.py)
  \x1b[2m└ 41 lines\x1b[0m

\x1b[34m────────────────────────────────────────\x1b[0m
 \x1b[1;34mBash command\x1b[0m

   rm -rf build && make

 Do you want to proceed?
 \x1b[36m\u276f 1. Yes\x1b[0m
   2. Yes, and don't ask again
   3. No

 \x1b[2mEsc to cancel\x1b[0m"""
CODEX = """\
\x1b[1m\u203a update the README for the new API\x1b[0m

\x1b[2m•\x1b[0m Explored
  \x1b[2m└\x1b[0m Read README.md, docs/api.md
\x1b[2m•\x1b[0m Edited README.md (+18 -6)
\x1b[2m•\x1b[0m Working (1m 12s)
"""


def report(state: str, app: str, message: str = "") -> str:
    """An agent's report of its state (OSC 7501), as printf takes it."""
    text = b64encode(message.encode()).decode()
    kind = ":kind=permission" if state == "blocked" else ""
    return f"\x1b]7501;state={state}:app={app}{kind}:msg={text}\x07"


SAID = {
    "codex": report("working", "codex") + CODEX,
    "gemini": report("done", "gemini"),
    "aider": report("idle", "aider"),
}
PYTEST = """\
#!/bin/sh
printf '\\033[1m=========== test session starts ============\\033[0m\\n'
printf 'collected 11 items\\n\\n'
printf 'tests/test_api.py ....\\033[31mF\\033[0m......  [100%%]\\n\\n'
printf '\\033[31mFAILED\\033[0m test_api.py::test_login - 401 == 200\\n'
printf '\\033[31m======= 1 failed\\033[0m, \\033[32m10 passed\\033[0m in 0.41s =======\\n'
exit 1
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Attributes:
        name: The file's, without `.png`.
        columns: The terminal's width.
        rows: Its height.
        theme: What it is drawn in.
        act: What the person does before it is taken.
        ground: The terminal's own ink and paper.
    """

    name: str
    columns: int
    rows: int
    theme: str
    act: Callable[[Terminal], None]
    ground: tuple[str, str] = GROUND


def furnish(world: World) -> None:
    """A session with two agents at work and a shell, and agents in two others."""
    directory = world.directory
    (directory / "bin").mkdir()
    (directory / "bin/pytest").write_text(PYTEST)
    (directory / "bin/pytest").chmod(0o755)
    for name, text in SAID.items():
        (directory / name).write_text(text)
    (directory / ".claude/sessions").mkdir(parents=True)
    claude = Claude(world, "new", "-d", "-s", "web", "-n", "api", "-x", "140", "-y", "38")
    world.do("set", "-g", "status-right-length", "64")
    world.do("splitw", "-h", "-t", "web:0", "stty -echo; cat codex; exec cat")
    world.do("splitw", "-v", "-t", "web:0.0", "-l", "45%")
    for index, title in enumerate(("login form", "tests", "README")):
        world.do("select-pane", "-t", f"web:0.{index}", "-T", title)
    world.do("set-option", "-w", "-t", "web:0", "pane-border-status", "top")
    world.do("new-window", "-d", "-t", "web", "-n", "logs", "cat")
    for name, agent in (("docs", "gemini"), ("ops", "aider")):
        world.do("new", "-d", "-s", name, "-n", name, f"stty -echo; cat {agent}; exec cat")
    world.do("select-pane", "-t", "web:0.1")
    world.wait_for("Working", "web:0.2")
    at_work(world, claude)
    exchange(world)


def at_work(world: World, claude: Claude) -> None:
    """What Claude Code would show, write and report while it asks for a permission."""
    claude.registers("busy")
    claude.waits_for("working")
    shown = f"\x1b[2J\x1b[H{CLAUDE}".encode("unicode_escape").decode()
    world.do("send-keys", "-t", claude.pane, "-l", shown)
    world.do("send-keys", "-t", claude.pane, "Enter")
    world.wait_for("Esc to cancel", claude.pane)
    window = {
        "total_input_tokens": 122_000,
        "context_window_size": 200_000,
        "used_percentage": 61,
    }
    claude.reports({"context_window": window, "cost": {"total_cost_usd": 1.84}})
    command = {"command": "rm -rf build && make"}
    claude.reports({"hook_event_name": "PermissionRequest", "tool_input": command})
    claude.registers("waiting", waitingFor="permission prompt")
    claude.waits_for("waiting")


def exchange(world: World) -> None:
    """Messages and tasks, as agents and a person leave them."""
    world.do("msg", "send", "gemini", "update the README for the new API", "--type", "request")
    world.do("msg", "send", "claude-code", "the schema has a new column: role")
    for words in (("write the changelog",), ("--priority", "high", "check the licences")):
        world.do("task", "add", *words)


def nothing(terminal: Terminal) -> None:
    """Look."""
    terminal.wait_for("[web]")


def run_tests(terminal: Terminal) -> None:
    """A test run that fails."""
    terminal.type(b"clear; pytest -q\r")
    terminal.wait_for("10 passed")
    if terminal.view.screen.columns >= SIDEBAR_COLUMNS:
        terminal.wait_for("RESULTS  ")


def press(keys: bytes, shown: str) -> Callable[[Terminal], None]:
    """What presses keys behind the prefix and waits for a text."""

    def act(terminal: Terminal) -> None:
        terminal.type(PREFIX + keys)
        terminal.wait_for(shown)

    return act


def palette(terminal: Terminal) -> None:
    """Search the palette."""
    press(b"P", " commands ")(terminal)
    terminal.type(b"split")
    terminal.wait_for("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} split")


def complete(terminal: Terminal) -> None:
    """Type a command and go through its options."""
    press(b":", "Tab completes")(terminal)
    terminal.type(b"set -g status-position \t\t")
    terminal.wait_for("status-position top")


SCENES = (
    Scene("wide", 140, 38, "aimux-dark", run_tests),
    Scene("sidebar-over", 80, 24, "aimux-dark", press(b"b", "AGENTS")),
    Scene("phone", 50, 24, "aimux-dark", nothing),
    Scene("phone-agents", 50, 24, "aimux-dark", press(b"a", "AGENTS")),
    Scene("palette", 100, 26, "aimux-dark", palette),
    Scene("keys", 100, 26, "terminal", press(b"?", "searches")),
    Scene("which-key", 100, 26, "aimux-dark", press(b"", "all keys")),
    Scene("completion", 100, 26, "aimux-dark", complete),
    Scene("theme-terminal", 130, 28, "terminal", nothing),
    Scene("theme-catppuccin-mocha", 130, 28, "catppuccin-mocha", nothing),
    Scene("theme-nord", 130, 28, "nord", nothing),
    Scene("theme-gruvbox-light", 130, 28, "gruvbox-light", nothing, PAPER),
)


def photograph(world: World, scene: Scene, directory: Path) -> Path:
    """Take one picture."""
    world.do("theme", "set", scene.theme)
    terminal = world.terminal(
        "attach", "-t", "web", columns=scene.columns, rows=scene.rows, COLORTERM="truecolor"
    )
    world.wait_until_live(terminal, "web")
    scene.act(terminal)
    while terminal.read(0.5):  # a picture of a whole frame, not of the middle of one
        pass
    path = directory / f"{scene.name}.png"
    draw(terminal.view.screen, path, ground=scene.ground)
    terminal.close()
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path}: {path.stat().st_size} bytes are more than {MOST_BYTES}")
    return path


def main(arguments: list[str]) -> int:
    """Take all pictures; returns the exit status."""
    place = Path(__file__).parents[1] / "docs/screenshots"
    directory = Path(arguments[0]) if arguments else place
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aimux-pictures") as home:
        world = World(Path(home))
        world.environment["SHELL"] = "/bin/bash"
        (Path(home) / ".bash_profile").write_text(f"PS1='$ ' PATH={home}/bin:$PATH\n")
        try:
            furnish(world)
            for scene in SCENES:
                print(photograph(world, scene, directory))
        finally:
            world.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
