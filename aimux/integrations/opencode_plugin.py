"""The plugin that `aimux agent setup opencode` puts into OpenCode's directory of plugins.

It tells aimux what OpenCode does, and asks for the messages that wait: one process waits, without
costing anything, until there is one. A message becomes a prompt of the session that is worked in,
or of a new one; OpenCode itself queues it while it works. Seen on 1.18.33.
"""

from __future__ import annotations

import json

EVENTS = (
    *("session.status", "session.idle", "session.error", "permission.asked"),
    *("permission.replied", "question.asked", "question.replied", "question.rejected"),
)
"""What is told to aimux."""
WAIT = "30m"
"""How long one process waits; then another one does."""
GAVE_UP = 124
TRIES = 10
RETRY_MILLISECONDS = 2000
"""At its start aimux may not have seen yet that an agent runs here."""

_TEXT = """\
// Written by `aimux agent setup opencode`; `--undo` removes it.
// In panes of aimux only: says what OpenCode does, and prompts it with the messages that wait.
import { spawn } from "node:child_process"

const EVENTS = @EVENTS@
const asked = new Set()
process.on("exit", () => asked.forEach((child) => child.kill()))

function run(words, input) {
  return new Promise((resolve) => {
    let said = ""
    const child = spawn("aimux", words, { stdio: ["pipe", "pipe", "ignore"] })
    asked.add(child)
    const end = (status) => {
      asked.delete(child)
      resolve({ status, said })
    }
    child.on("error", () => end(127))
    child.on("close", end)
    child.stdin.on("error", () => {})
    child.stdout.on("data", (data) => (said += data))
    child.stdin.end(input)
  })
}

// One after the other: processes that run at once would tell what happened in any order.
let telling = Promise.resolve()
let last = ""

function tell(event) {
  const { sessionID, status } = event.properties ?? {}
  const said = JSON.stringify([event.type, sessionID, status?.type])
  if (said === last) return
  last = said
  const dated = JSON.stringify({ ...event, timestamp: new Date().toISOString() })
  telling = telling.then(() => run(["agent", "report", "opencode"], dated))
}

export const Aimux = async ({ client }) => {
  if (!process.env.AIMUX_PANE) return {}
  const parts = new Set() // sessions that another one has started
  let session = ""
  let asks = false

  async function prompt(text) {
    const isNew = !session
    if (isNew) session = (await client.session.create({ body: {} })).data?.id ?? ""
    if (!session) return false
    const body = { parts: [{ type: "text", text }] }
    const done = await client.session.promptAsync({ path: { id: session }, body })
    if (isNew) {
      const properties = { sessionID: session }
      await client.tui.publish({ body: { type: "tui.session.select", properties } })
    }
    return !done.error
  }

  async function ask() {
    if (asks) return
    asks = true
    for (let tries = @TRIES@; tries > 0; ) {
      const { status, said } = await run(["agent", "inbox", "--wait", "@WAIT@"])
      if (status === 0 && said.trim()) {
        const { ids, text } = JSON.parse(said)
        const taken = await prompt(text).catch(() => false)
        if (taken) await run(["msg", "ack", ...ids.map(String)])
      } else if (status !== @GAVE_UP@) {
        tries -= 1
        await new Promise((resolve) => setTimeout(resolve, @RETRY@).unref())
      }
    }
    asks = false
  }

  ask()
  return {
    event: async ({ event }) => {
      const { info, sessionID } = event.properties ?? {}
      if (info?.parentID) parts.add(info.id)
      if (event.type === "session.status" && sessionID && !parts.has(sessionID)) {
        session = sessionID
        ask()
      }
      if (event.type === "session.deleted" && info?.id === session) session = ""
      if (EVENTS.includes(event.type)) tell(event)
    },
  }
}
"""


def plugin_text() -> str:
    """The plugin's JavaScript."""
    values = {
        "@EVENTS@": json.dumps(EVENTS),
        "@TRIES@": str(TRIES),
        "@WAIT@": WAIT,
        "@GAVE_UP@": str(GAVE_UP),
        "@RETRY@": str(RETRY_MILLISECONDS),
    }
    text = _TEXT
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
