"""Recognition in process trees; those of Claude Code and Codex are as they were seen."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.agents.recognise import recognise


@dataclass(frozen=True)
class Process:
    pid: int
    parent: int
    name: str
    argv: tuple[str, ...]


def tree(*lines: str) -> list[Process]:
    """Processes from `pid parent name argv...`."""
    made = []
    for line in lines:
        pid, parent, name, *argv = line.split()
        made.append(Process(int(pid), int(parent), name, tuple(argv)))
    return made


SHELL = "10 1 bash -bash"
CODEX = "/usr/lib/node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex"
DAEMON = "/home/ada/.codex/packages/app-server-daemon/releases/0.169.0/bin/codex"


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("claude /home/ada/.local/bin/claude --resume 5", "claude-code"),
        ("claude claude", "claude-code"),
        ("2.1.330 claude", "claude-code"),
        ("node node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", "claude-code"),
        ("node node --no-warnings /usr/local/bin/gemini -m pro", "gemini-cli"),
        (
            "node-MainThread /usr/bin/node -r dotenv /opt/@google/gemini-cli/dist/index.js",
            "gemini-cli",
        ),
        ("gemini gemini", "gemini-cli"),
        ("opencode /x/node_modules/opencode-linux-x64/bin/opencode", "opencode"),
        ("node node /usr/bin/opencode", "opencode"),
        ("aider /home/ada/.venv/bin/python3.12 /home/ada/.venv/bin/aider --yes", "aider"),
        ("python3 python3 -m aider", "aider"),
        ("goose goose session", "goose"),
        ("goose goose", "goose"),
        ("crush /usr/bin/crush -y", "crush"),
        ("node node /usr/lib/node_modules/@github/copilot/index.js", "copilot"),
        ("node /home/ada/.local/bin/cursor-agent --use-system-ca index.js", "cursor-agent"),
        ("node node /usr/local/bin/amp", "amp"),
        ("bun bun run /x/@qwen-code/qwen-code/cli.js", "qwen"),
        ("python3 /usr/bin/python3.13 /home/ada/.local/bin/kimi", "kimi"),
        ("pi pi", "pi"),
    ],
)
def test_each_kind_is_recognised(command: str, kind: str) -> None:
    found = recognise(tree(SHELL, f"11 10 {command}"))
    assert found is not None
    assert (found.kind.name, found.pid, found.pids) == (kind, 11, (11,))
    assert found.evidence


@pytest.mark.parametrize(
    "command",
    [
        "vim vim claude",
        "less less codex",
        "node node server.js gemini",
        "node node /srv/claude/index.js",
        "node node /srv/notbin/xgemini",
        "python3 python3 aider.py",
        "python3 python3 -c import aider",
        "grep grep -r codex",
        "goose goose -dir db postgres up",
        "copilot copilot app init",
        "opencode opencode serve --port 4096",
        "codex codex mcp-server",
        "claude claude mcp serve",
        "node node",
        "python3 python3 -m",
        "pip pip",
    ],
)
def test_what_only_looks_like_an_agent_is_none(command: str) -> None:
    assert recognise(tree(SHELL, f"11 10 {command}")) is None


def test_codex_as_npm_installs_it_is_a_launcher_and_a_program() -> None:
    found = recognise(
        tree(
            SHELL,
            "12 10 node node /usr/lib/node_modules/@openai/codex/bin/codex.js",
            f"34 12 codex {CODEX}",
            f"80 34 codex {DAEMON} app-server --listen unix:// --managed-daemon",
            f"82 34 codex {DAEMON} app-server daemon pid-update-loop",
        )
    )
    assert found is not None
    assert (found.kind.name, found.pid, found.pids) == ("codex", 12, (12, 34))


def test_the_daemon_that_codex_leaves_is_no_agent() -> None:
    daemon = f"80 10 codex {DAEMON} app-server --listen unix:// --managed-daemon"
    assert recognise(tree(SHELL, daemon)) is None
    assert recognise(tree(SHELL, daemon, "81 80 claude claude")) is None


def test_an_agent_that_an_agent_runs_is_not_the_pane_s() -> None:
    found = recognise(
        tree(
            SHELL,
            "13 12 bash bash -c x",
            f"14 13 codex {CODEX} exec",
            "12 10 claude claude",
        )
    )
    assert found is not None
    assert (found.kind.name, found.pids) == ("claude-code", (12,))


def test_an_agent_may_be_the_pane_s_first_process() -> None:
    found = recognise(tree("10 1 claude claude"))
    assert found is not None
    assert found.pid == 10


def test_a_process_that_has_ended_has_no_arguments_and_is_none() -> None:
    assert recognise([Process(11, 10, "claude", ())]) is None
    assert recognise([]) is None


words = st.sampled_from(["node", "claude", "codex", "app-server", "-m", "-r", "run", "", "-", "x"])
processes = st.builds(
    Process,
    pid=st.integers(0, 6),
    parent=st.integers(0, 6),
    name=words,
    argv=st.lists(words, max_size=5).map(tuple),
)


@given(st.lists(processes, max_size=8))
def test_any_tree_even_with_a_cycle_ends(tree: list[Process]) -> None:
    found = recognise(tree)
    assert found is None or found.pid in {process.pid for process in tree}
