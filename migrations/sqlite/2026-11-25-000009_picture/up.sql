-- When this round's officer allowed pictures; empty: questions that ask for some are left out.
ALTER TABLE round ADD COLUMN pictures_allowed_at TEXT;

-- Pictures of forms that somebody is in the middle of: sealed like their parts, in no backup, gone with the form.
CREATE TABLE unfinished_picture (
    hash BLOB NOT NULL,
    -- random
    id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (hash, id)
) STRICT, WITHOUT ROWID;

-- Pictures of submissions, drawn anew: JPEG without anything that a camera wrote. The answers name them.
CREATE TABLE picture (
    round_id INTEGER NOT NULL,
    -- random; pages are ordered by it, so that order tells nothing. No row number: it would
    id BLOB NOT NULL,
    unit_id INTEGER NOT NULL,
    question TEXT NOT NULL,
    jpeg BLOB NOT NULL,
    PRIMARY KEY (round_id, id)
) STRICT, WITHOUT ROWID;
