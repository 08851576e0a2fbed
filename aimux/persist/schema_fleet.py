"""The tables of a server in a fleet: what has to leave for other hosts, and what came from them.

A message that goes to another host, or comes from one, has its name in `host`; one that came has in
`origin` its number there. What has to leave is put into `outbox` by triggers, so in the very
transaction that made it; a row says what it is about (`ref`), or all of it (`body`). Its `lane` is
a host's name, or what is for all: `#notes`, `#values`, `#tasks` (a task once, however often it
has changed).

`fleet_seen` has how far each lane of another host was taken, by what that host's database is
called; it changes in the transaction that stores what came, and so nothing is taken twice.
"""

FLEET = """
ALTER TABLE message ADD COLUMN host TEXT NOT NULL DEFAULT '';
ALTER TABLE message ADD COLUMN origin INTEGER;
CREATE INDEX message_origin ON message (server, host, origin) WHERE origin IS NOT NULL;
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    lane TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref INTEGER NOT NULL DEFAULT 0,
    body BLOB NOT NULL DEFAULT x''
);
CREATE INDEX outbox_by_lane ON outbox (server, lane, id);
CREATE TRIGGER message_leaves AFTER INSERT ON message
    WHEN new.host != '' AND new.origin IS NULL BEGIN
    INSERT INTO outbox (server, lane, kind, ref) VALUES (new.server, new.host, 'message', new.id);
END;
CREATE TRIGGER message_receipt AFTER UPDATE OF state ON message
    WHEN new.origin IS NOT NULL AND new.state != old.state BEGIN
    INSERT INTO outbox (server, lane, kind, ref) VALUES (new.server, new.host, 'receipt', new.id);
END;
CREATE UNIQUE INDEX outbox_board ON outbox (server, ref) WHERE kind = 'board';
CREATE TABLE fleet_self (server TEXT PRIMARY KEY, instance TEXT NOT NULL) WITHOUT ROWID;
CREATE TRIGGER task_added AFTER INSERT ON task
    WHEN EXISTS (SELECT 1 FROM fleet_self WHERE fleet_self.server = new.server) BEGIN
    INSERT OR REPLACE INTO outbox (server, lane, kind, ref)
        VALUES (new.server, '#tasks', 'board', new.id);
END;
CREATE TRIGGER task_changed AFTER UPDATE OF state, owner, progress, result ON task
    WHEN EXISTS (SELECT 1 FROM fleet_self WHERE fleet_self.server = new.server)
    AND (new.state, new.owner, new.result, new.progress)
        IS NOT (old.state, old.owner, old.result, old.progress) BEGIN
    INSERT OR REPLACE INTO outbox (server, lane, kind, ref)
        VALUES (new.server, '#tasks', 'board', new.id);
END;
CREATE TRIGGER task_put_after AFTER INSERT ON task_after BEGIN
    INSERT OR REPLACE INTO outbox (server, lane, kind, ref)
        SELECT task.server, '#tasks', 'board', task.id
        FROM task JOIN fleet_self ON fleet_self.server = task.server WHERE task.id = new.task;
END;
CREATE TABLE fleet_seen (
    server TEXT NOT NULL,
    instance TEXT NOT NULL,
    last INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (server, instance)
) WITHOUT ROWID;
CREATE TABLE fleet_host (
    server TEXT NOT NULL,
    host TEXT NOT NULL,
    seen REAL NOT NULL,
    PRIMARY KEY (server, host)
) WITHOUT ROWID;
CREATE TABLE fleet_place (
    server TEXT NOT NULL,
    stream TEXT NOT NULL,
    identity TEXT NOT NULL,
    last INTEGER NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (server, stream)
) WITHOUT ROWID;
"""
