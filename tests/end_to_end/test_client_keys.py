"""Keys that a command presses at a client (`send-keys -K`), as tmux has it since 3.4."""

from __future__ import annotations

from tests.control_process import ControlProcess
from tests.end_to_end.world import COMMAND, World
from tests.waiting import wait_until


def press(aimux: World, *words: str) -> None:
    """Press keys at the only client."""
    client = aimux.do("list-clients", "-F", "#{client_name}").strip()
    aimux.do("send-keys", "-K", "-c", client, *words)


def wait_for_option(aimux: World, name: str, value: str) -> None:
    wait_until(lambda: aimux.do("show-options", "-gqv", name) == f"{value}\n")


def test_keys_go_through_the_tables_and_on_to_the_pane(aimux: World) -> None:
    aimux.attached()
    aimux.do("bind-key", "y", "set-option -g @bound yes")
    press(aimux, "C-b", "y")
    wait_for_option(aimux, "@bound", "yes")
    press(aimux, "-l", "echo un''bound $((2 + 3))")
    press(aimux, "-H", "0d")
    aimux.wait_for("unbound 5")


def test_keys_answer_a_prompt_of_a_control_client(aimux: World) -> None:
    control = ControlProcess(
        (*COMMAND, "-C", "new-session", "-s", "work"), aimux.environment, aimux.directory
    )
    try:
        control.wait_for("^%session-changed")
        client = aimux.do("list-clients", "-F", "#{client_name}").strip()
        aimux.do("command-prompt", "-b", "-t", client, "set-option -g @answer '%1'")
        press(aimux, "é", "-Space", "Enter")
        wait_for_option(aimux, "@answer", "é-Space")
        aimux.do("bind-key", "-n", "F5", "set-option -g @bound yes")
        press(aimux, "F5")
        wait_for_option(aimux, "@bound", "yes")
    finally:
        control.close()


def test_keys_for_nobody_are_refused(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work")
    refused = aimux.run("send-keys", "-K", "-c", "nobody", "a")
    assert (refused.returncode, refused.stderr) == (1, "can't find client: nobody\n")
