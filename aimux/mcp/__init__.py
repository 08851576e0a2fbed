"""`aimux mcp`: panes, agents, messages and tasks as tools of the Model Context Protocol, on stdio.

An agent starts one such process and keeps it, so it imports next to nothing, as a one-shot command
does: no `json`, `re`, `dataclasses`, `typing` or `asyncio`. `rpc` reads and writes lines, `session`
decides what an agent is answered, `tools` says which tool becomes which command of the server and
`process` waits for both. `install` writes aimux into the agents' own settings, and takes it out.
"""
