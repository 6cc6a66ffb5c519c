-- Who is invited to a round by mail. Addresses are sealed with the installation's key; nothing is written here when somebody
-- answers, and all rows go when the round takes no more forms.
CREATE TABLE invitee (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    -- 128 bits of a keyed hash of the address, the same in every round
    mark BLOB NOT NULL,
    -- as in access_code
    code_hash BLOB NOT NULL,
    -- address, name and code
    sealed BLOB NOT NULL,
    -- mail does not arrive there
    refused_at TEXT,
    -- no mail is wanted there
    left_at TEXT,
    UNIQUE (round_id, unit_id, mark)
) STRICT;
CREATE INDEX invitee_mark ON invitee (mark);

-- Letters to those on the list.
CREATE TABLE mailing (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    notice TEXT NOT NULL,
    nameless TEXT NOT NULL,
    lang TEXT NOT NULL,
    due_at TEXT NOT NULL,
    -- the last invitee whose turn it was
    upto INTEGER NOT NULL,
    queued INTEGER NOT NULL,
    made_by INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    stopped_at TEXT,
    done_at TEXT
) STRICT;
CREATE INDEX mailing_round ON mailing (round_id);

-- Which mail of the outbox is whose.
CREATE TABLE invitee_mail (
    mailing_id INTEGER NOT NULL,
    invitee_id INTEGER NOT NULL,
    mail_id INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, invitee_id)
) STRICT;
CREATE INDEX invitee_mail_invitee ON invitee_mail (invitee_id);

-- Who wants no mail from an office: marks, no addresses.
CREATE TABLE mail_optout (
    owner_id INTEGER NOT NULL,
    mark BLOB NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (owner_id, mark)
) STRICT;
