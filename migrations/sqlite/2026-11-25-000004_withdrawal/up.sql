-- One row per form that can be withdrawn, found by the secret that its parent may have seen. A table of its own instead of a
-- column of the form: it is emptied when the round freezes, and that must not write every form anew.
CREATE TABLE withdrawal (
    round_id INTEGER NOT NULL,
    -- 64 bits of a keyed hash of the secret
    hash INTEGER NOT NULL,
    submission_id BLOB NOT NULL,
    PRIMARY KEY (round_id, hash)
) STRICT, WITHOUT ROWID;
-- forms that were withdrawn: so many receipts have no form any more
ALTER TABLE round ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
