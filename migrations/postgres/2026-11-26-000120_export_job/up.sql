-- Files that take longer than a page may: who asked for which, and how far it is. The file itself lies in DATA_DIR/exports.
CREATE TABLE export_job (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- random; the name of the file and a part of its address
    key BYTEA NOT NULL UNIQUE,
    round_id BIGINT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES account (id),
    -- what was asked for, as in an address
    wanted TEXT NOT NULL,
    -- the language of its labels
    lang TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    -- a worker that has not renewed this in time is gone
    held_until TIMESTAMP,
    tries BIGINT NOT NULL DEFAULT 0,
    -- forms of the round that were looked at, and how many there are
    seen BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL,
    finished_at TIMESTAMP,
    -- rows in the file
    written BIGINT,
    size BIGINT,
    sha256 BYTEA,
    -- why there is no file
    failed TEXT
);
