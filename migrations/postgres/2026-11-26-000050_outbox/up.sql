-- Mails that wait, and what became of those that went. Sealed with the installation's key and emptied when they are settled:
-- addresses and links stand in no copy of the database.
CREATE TABLE outbox (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- 128 bits of a keyed hash of what the mail is about: the same mail is queued once
    key BYTEA NOT NULL UNIQUE,
    -- empty: about no round, goes first
    round_id BIGINT,
    -- address, subject and text
    sealed BYTEA,
    queued_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- pointless after that
    until TIMESTAMP NOT NULL,
    attempts BIGINT NOT NULL,
    -- how often the server took it whole and said nothing
    unanswered BIGINT NOT NULL,
    -- set before the last dot goes out; alone: nobody knows whether the server took it
    handed_at TIMESTAMP,
    sent_at TIMESTAMP,
    failed_at TIMESTAMP,
    failure TEXT,
    -- what the server said, without addresses
    reply TEXT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE sealed IS NOT NULL;
CREATE INDEX outbox_round ON outbox (round_id);

-- What keeps all mails from leaving, while it does.
CREATE TABLE mail_trouble (
    kind TEXT NOT NULL PRIMARY KEY,
    since TIMESTAMP NOT NULL,
    reply TEXT NOT NULL
);
