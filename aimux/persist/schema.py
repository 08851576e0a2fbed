"""The tables, version by version.

A version is one script and is never changed once it has been released: what comes later is added
behind. `PRAGMA user_version` of a file says how many it has had.
"""

from aimux.persist.schema_exchange import (
    DECISION_LINKS,
    DECISIONS,
    MESSAGES,
    RECEIPTS,
    SHARED,
    TASKS,
)
from aimux.persist.schema_fleet import FLEET

_HISTORY = """
CREATE TABLE command (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    pane INTEGER NOT NULL,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    path TEXT NOT NULL,
    branch TEXT NOT NULL,
    started REAL NOT NULL,
    seconds REAL NOT NULL,
    exit_status INTEGER,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    headline TEXT NOT NULL
);
CREATE INDEX command_by_path ON command (path, id);
CREATE INDEX command_by_agent ON command (agent, id) WHERE agent != '';
CREATE INDEX command_by_end ON command (started + seconds);
CREATE INDEX command_failed ON command (id) WHERE exit_status != 0;
CREATE INDEX command_by_text ON command (text, id);
CREATE TABLE command_output (
    command INTEGER PRIMARY KEY REFERENCES command (id) ON DELETE CASCADE,
    block BLOB NOT NULL,
    size INTEGER NOT NULL
);
CREATE VIRTUAL TABLE command_words USING fts5 (
    text, content = 'command', content_rowid = 'id', tokenize = 'trigram'
);
CREATE TRIGGER command_added AFTER INSERT ON command BEGIN
    INSERT INTO command_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER command_removed AFTER DELETE ON command BEGIN
    INSERT INTO command_words (command_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
"""

_AUDIT = """
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    uid INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    principal TEXT NOT NULL,
    agent TEXT NOT NULL,
    request TEXT NOT NULL,
    outcome TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE audit_anchor (id INTEGER NOT NULL, hash TEXT NOT NULL);
"""

_AGENT_SESSIONS = """
CREATE TABLE agent_session (
    kind TEXT NOT NULL,
    session TEXT NOT NULL,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    used REAL NOT NULL,
    PRIMARY KEY (kind, session)
);
"""

MIGRATIONS: tuple[str, ...] = (
    _HISTORY,
    _AUDIT,
    MESSAGES,
    SHARED,
    TASKS,
    DECISIONS,
    _AGENT_SESSIONS,
    FLEET,
    RECEIPTS,
    DECISION_LINKS,
)
