-- Who is invited to a round by mail. Addresses are sealed with the installation's key; nothing is written here when somebody
-- answers, and all rows go when the round takes no more forms.
CREATE TABLE invitee (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    -- 128 bits of a keyed hash of the address, the same in every round
    mark BYTEA NOT NULL,
    -- as in access_code
    code_hash BYTEA NOT NULL,
    -- address, name and code
    sealed BYTEA NOT NULL,
    -- mail does not arrive there
    refused_at TIMESTAMP,
    -- no mail is wanted there
    left_at TIMESTAMP,
    UNIQUE (round_id, unit_id, mark)
);
CREATE INDEX invitee_mark ON invitee (mark);

-- Letters to those on the list.
CREATE TABLE mailing (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    notice TEXT NOT NULL,
    nameless TEXT NOT NULL,
    lang TEXT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    -- the last invitee whose turn it was
    upto BIGINT NOT NULL,
    queued BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    stopped_at TIMESTAMP,
    done_at TIMESTAMP
);
CREATE INDEX mailing_round ON mailing (round_id);

-- Which mail of the outbox is whose.
CREATE TABLE invitee_mail (
    mailing_id BIGINT NOT NULL,
    invitee_id BIGINT NOT NULL,
    mail_id BIGINT NOT NULL,
    PRIMARY KEY (mailing_id, invitee_id)
);
CREATE INDEX invitee_mail_invitee ON invitee_mail (invitee_id);

-- Who wants no mail from an office: marks, no addresses.
CREATE TABLE mail_optout (
    owner_id BIGINT NOT NULL,
    mark BYTEA NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (owner_id, mark)
);
