"""The plugin is run by node; its client and its `aimux` note what they are told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from aimux.integrations.opencode_plugin import EVENTS, plugin_text
from tests.waiting import DEADLINE_SECONDS

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="node runs the plugin")
AIMUX = """\
#!/bin/sh
echo "$@" >> "$NOTES/calls"
case "$1 $2" in
    "agent inbox")
        [ -e "$NOTES/handed" ] && echo again >> "$NOTES/calls" && exec sleep 60
        : > "$NOTES/handed"
        printf '{"ids": [7, 9], "text": "Message #7 `x` ${y}"}\\n' ;;
    "agent report") cat >> "$NOTES/events" ;;
esac
"""
DRIVER = """\
import { appendFileSync, readFileSync, existsSync } from "node:fs"
import { Aimux } from "./plugin.mjs"
const place = process.env.NOTES + "/client"
const note = (...what) => appendFileSync(place, JSON.stringify(what) + "\\n")
const client = {
  session: {
    create: async () => (note("create"), { data: { id: "ses_new" } }),
    promptAsync: async (what) => (note("prompt", what), { error: what.path.id === "ses_bad" }),
  },
  tui: { publish: async (what) => note("publish", what) },
}
const hooks = await Aimux({ client })
for (const event of JSON.parse(process.env.GIVEN)) await hooks.event?.({ event })
const over = () => {
  const calls = process.env.NOTES + "/calls"
  const said = existsSync(calls) ? readFileSync(calls, "utf8") : ""
  if (said.includes(process.env.UNTIL)) process.exit(0)
  setTimeout(over, 20)
}
over()
"""


def drive(directory: Path, events: list[dict[str, object]], until: str, pane: str = "%3") -> Path:
    """Run it until `aimux` was called so; where the notes are."""
    notes, programs = directory / "notes", directory / "bin"
    notes.mkdir()
    programs.mkdir()
    (programs / "aimux").write_text(AIMUX)
    (programs / "aimux").chmod(0o755)
    (directory / "plugin.mjs").write_text(plugin_text())
    (directory / "driver.mjs").write_text(DRIVER)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "NOTES": str(notes),
        "GIVEN": json.dumps(events),
        "UNTIL": until,
        "AIMUX_PANE": pane,
    }
    words = ("node", str(directory / "driver.mjs"))
    subprocess.run(words, env=environment, timeout=2 * DEADLINE_SECONDS, check=True)
    return notes


def told(notes: Path) -> list[list[object]]:
    return [json.loads(line) for line in (notes / "client").read_text().splitlines()]


def test_a_message_becomes_a_prompt_of_the_session_and_is_acknowledged(tmp_path: Path) -> None:
    status = {"sessionID": "ses_1", "status": {"type": "idle"}}
    child = {"info": {"id": "ses_2", "parentID": "ses_1"}}
    events: list[dict[str, object]] = [
        {"type": "session.status", "properties": status},
        {"type": "session.created", "properties": child},
        {"type": "session.status", "properties": status | {"sessionID": "ses_2"}},
    ]
    notes = drive(tmp_path, events, "msg ack 7 9")
    body = {"parts": [{"type": "text", "text": "Message #7 `x` ${y}"}]}
    assert told(notes) == [["prompt", {"path": {"id": "ses_1"}, "body": body}]]


def test_without_a_session_it_makes_one_and_shows_it(tmp_path: Path) -> None:
    notes = drive(tmp_path, [], "msg ack 7 9")
    assert [one[0] for one in told(notes)] == ["create", "prompt", "publish"]
    select = {"type": "tui.session.select", "properties": {"sessionID": "ses_new"}}
    assert told(notes)[2][1] == {"body": select}


def test_what_opencode_refuses_is_not_acknowledged(tmp_path: Path) -> None:
    status = {"sessionID": "ses_bad", "status": {"type": "idle"}}
    events: list[dict[str, object]] = [{"type": "session.status", "properties": status}]
    notes = drive(tmp_path, events, "again")
    assert told(notes)[0][0] == "prompt"
    assert "msg ack" not in (notes / "calls").read_text()


def test_its_events_are_told(tmp_path: Path) -> None:
    of = {"type": "session.idle", "properties": {"sessionID": "ses_1"}}
    assert of["type"] in EVENTS
    events: list[dict[str, object]] = [{"type": "tui.toast.show", "properties": {}}, of]
    notes = drive(tmp_path, events, "msg ack")
    told = json.loads((notes / "events").read_text())
    assert told.pop("timestamp")  # by which one that was overtaken is known
    assert told == of


def test_outside_of_panes_it_does_nothing(tmp_path: Path) -> None:
    events: list[dict[str, object]] = [{"type": "session.idle", "properties": {}}]
    assert list(drive(tmp_path, events, "", pane="").iterdir()) == []
