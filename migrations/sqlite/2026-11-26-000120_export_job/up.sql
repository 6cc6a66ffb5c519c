-- Files that take longer than a page may: who asked for which, and how far it is. The file itself lies in DATA_DIR/exports.
CREATE TABLE export_job (
    id INTEGER PRIMARY KEY,
    -- random; the name of the file and a part of its address
    key BLOB NOT NULL UNIQUE,
    round_id INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES account (id),
    -- what was asked for, as in an address
    wanted TEXT NOT NULL,
    -- the language of its labels
    lang TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    -- a worker that has not renewed this in time is gone
    held_until TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    -- forms of the round that were looked at, and how many there are
    seen INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL,
    finished_at TEXT,
    -- rows in the file
    written INTEGER,
    size INTEGER,
    sha256 BLOB,
    -- why there is no file
    failed TEXT
) STRICT;
