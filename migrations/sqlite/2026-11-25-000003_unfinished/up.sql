-- Forms that somebody is in the middle of. Sealed with a key that only their address holds; in no backup.
CREATE TABLE unfinished (
    -- SHA-256 of the secret in the form's address
    hash BLOB NOT NULL PRIMARY KEY,
    round_id INTEGER NOT NULL,
    -- the code it was begun at
    collector TEXT NOT NULL,
    version_id INTEGER NOT NULL,
    begun_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    -- whether its owner, a device for everybody, an officer or nobody (a trial) fills it in
    way TEXT NOT NULL,
    -- four-digit codes that were wrong
    tries INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unfinished_touched ON unfinished (touched_at);

-- What was filled in, part by part.
CREATE TABLE unfinished_part (
    hash BLOB NOT NULL,
    part INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (hash, part)
) STRICT, WITHOUT ROWID;
