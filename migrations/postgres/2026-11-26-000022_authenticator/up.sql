-- The second step of signing in: what an account shares with a telephone, sealed with the installation's key.
CREATE TABLE authenticator (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
    sealed BYTEA NOT NULL,
    -- empty: not tried yet, and not asked for
    confirmed_at TIMESTAMP,
    -- the last half minute whose digits were taken
    last_step BIGINT NOT NULL
);

-- Codes on paper that were not used, as hashes.
CREATE TABLE recovery_code (
    account_id BIGINT NOT NULL REFERENCES account (id),
    hash BYTEA NOT NULL,
    PRIMARY KEY (account_id, hash)
);
