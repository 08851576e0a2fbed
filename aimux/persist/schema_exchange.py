"""The tables of what agents and people exchange: messages, tasks, shared values, decisions.

`server` is the socket's path: panes and sessions mean something in one server alone. Notes and
decisions are kept for whoever comes later, and belong to no server.
"""

MESSAGES = """
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    agent TEXT NOT NULL,
    kind TEXT NOT NULL,
    priority INTEGER NOT NULL,
    text TEXT NOT NULL,
    dedup TEXT NOT NULL,
    reply_to INTEGER,
    created REAL NOT NULL,
    expires REAL,
    state TEXT NOT NULL,
    since REAL NOT NULL,
    way TEXT NOT NULL,
    tries INTEGER NOT NULL,
    tried REAL NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX message_waiting ON message (server, recipient, priority DESC, id)
    WHERE state IN ('queued', 'delivered');
CREATE UNIQUE INDEX message_once ON message (server, sender, dedup, recipient) WHERE dedup != '';
CREATE INDEX message_expiring ON message (server, expires)
    WHERE state IN ('queued', 'delivered') AND expires IS NOT NULL;
CREATE INDEX message_by_server ON message (server, id);
CREATE INDEX message_answers ON message (reply_to) WHERE reply_to IS NOT NULL;
"""

SHARED = """
CREATE TABLE shared_version (server TEXT PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE shared (
    server TEXT NOT NULL,
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    author TEXT NOT NULL,
    agent TEXT NOT NULL,
    written REAL NOT NULL,
    version INTEGER NOT NULL,
    expires REAL,
    PRIMARY KEY (server, namespace, name)
) WITHOUT ROWID;
CREATE TABLE claim (
    server TEXT NOT NULL,
    path TEXT NOT NULL,
    owner TEXT NOT NULL,
    pane INTEGER NOT NULL,
    agent TEXT NOT NULL,
    since REAL NOT NULL,
    expires REAL NOT NULL,
    PRIMARY KEY (server, path)
) WITHOUT ROWID;
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    agent TEXT NOT NULL,
    written REAL NOT NULL
);
CREATE VIRTUAL TABLE note_words USING fts5 (
    text, content = 'note', content_rowid = 'id', tokenize = 'porter unicode61'
);
CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
    INSERT INTO note_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER note_removed AFTER DELETE ON note BEGIN
    INSERT INTO note_words (note_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
"""

TASKS = """
CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    role TEXT NOT NULL,
    needs TEXT NOT NULL,
    priority INTEGER NOT NULL,
    retries INTEGER NOT NULL,
    seconds REAL,
    worktree TEXT NOT NULL,
    created REAL NOT NULL,
    state TEXT NOT NULL,
    since REAL NOT NULL,
    owner TEXT NOT NULL,
    pane INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    begins REAL NOT NULL,
    lease REAL,
    deadline REAL,
    progress INTEGER,
    result TEXT NOT NULL
);
CREATE INDEX task_by_state ON task (server, state, id);
CREATE TABLE task_after (
    task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    PRIMARY KEY (task, first)
) WITHOUT ROWID;
"""

DECISIONS = """
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    author TEXT NOT NULL,
    agent TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    options TEXT NOT NULL,
    chosen TEXT NOT NULL,
    why TEXT NOT NULL,
    confidence REAL,
    link TEXT NOT NULL,
    outcome TEXT NOT NULL,
    outcome_at REAL,
    outcome_by TEXT NOT NULL
);
"""

DECISION_LINKS = """
ALTER TABLE decision ADD COLUMN command TEXT NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN revision TEXT NOT NULL DEFAULT '';
"""

RECEIPTS = """
ALTER TABLE message ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
"""
