-- When this round's officer allowed pictures; empty: questions that ask for some are left out.
ALTER TABLE round ADD COLUMN pictures_allowed_at TIMESTAMP;

-- Pictures of forms that somebody is in the middle of: sealed like their parts, unlogged like them, gone with the form.
CREATE UNLOGGED TABLE unfinished_picture (
    hash BYTEA NOT NULL,
    -- random
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (hash, id)
);

-- Pictures of submissions, drawn anew: JPEG without anything that a camera wrote. The answers name them.
CREATE TABLE picture (
    round_id BIGINT NOT NULL,
    -- random; pages are ordered by it, so that order tells nothing
    id BYTEA NOT NULL,
    unit_id BIGINT NOT NULL,
    question TEXT NOT NULL,
    jpeg BYTEA NOT NULL,
    PRIMARY KEY (round_id, id)
);
-- packed already: packing them again would only cost time
ALTER TABLE unfinished_picture ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE picture ALTER COLUMN jpeg SET STORAGE EXTERNAL;
