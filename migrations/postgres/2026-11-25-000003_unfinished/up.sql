-- Forms that somebody is in the middle of. Sealed with a key that only their address holds. Unlogged: they are in no
-- archive of the log, on no replica, and a dump leaves them out with --no-unlogged-table-data.
CREATE UNLOGGED TABLE unfinished (
    -- SHA-256 of the secret in the form's address
    hash BYTEA NOT NULL PRIMARY KEY,
    round_id BIGINT NOT NULL,
    -- the code it was begun at
    collector TEXT NOT NULL,
    version_id BIGINT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    touched_at TIMESTAMP NOT NULL,
    -- whether its owner, a device for everybody, an officer or nobody (a trial) fills it in
    way TEXT NOT NULL,
    -- four-digit codes that were wrong
    tries BIGINT NOT NULL
);
CREATE INDEX unfinished_touched ON unfinished (touched_at);

-- What was filled in, part by part.
CREATE UNLOGGED TABLE unfinished_part (
    hash BYTEA NOT NULL,
    part BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (hash, part)
);
