-- The second step of signing in: what an account shares with a telephone, sealed with the installation's key.
CREATE TABLE authenticator (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    sealed BLOB NOT NULL,
    -- empty: not tried yet, and not asked for
    confirmed_at TEXT,
    -- the last half minute whose digits were taken
    last_step INTEGER NOT NULL
) STRICT;

-- Codes on paper that were not used, as hashes.
CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account (id),
    hash BLOB NOT NULL,
    PRIMARY KEY (account_id, hash)
) STRICT, WITHOUT ROWID;
