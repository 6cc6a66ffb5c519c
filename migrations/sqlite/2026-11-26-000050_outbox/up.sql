-- Mails that wait, and what became of those that went. Sealed with the installation's key and emptied when they are settled:
-- addresses and links stand in no copy of the database.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- 128 bits of a keyed hash of what the mail is about: the same mail is queued once
    key BLOB NOT NULL UNIQUE,
    -- empty: about no round, goes first
    round_id INTEGER,
    -- address, subject and text
    sealed BLOB,
    queued_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    -- pointless after that
    until TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    -- how often the server took it whole and said nothing
    unanswered INTEGER NOT NULL,
    -- set before the last dot goes out; alone: nobody knows whether the server took it
    handed_at TEXT,
    sent_at TEXT,
    failed_at TEXT,
    failure TEXT,
    -- what the server said, without addresses
    reply TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sealed IS NOT NULL;
CREATE INDEX outbox_round ON outbox (round_id);

-- What keeps all mails from leaving, while it does.
CREATE TABLE mail_trouble (
    kind TEXT NOT NULL PRIMARY KEY,
    since TEXT NOT NULL,
    reply TEXT NOT NULL
) STRICT;
