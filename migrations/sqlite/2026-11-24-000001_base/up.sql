-- The first schema. Times are UTC, truncated to microseconds; dates are those of UTC+7.
-- Rows of large tables begin with round_id, so that they can be partitioned or distributed by round.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE unit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- the name as people type it without diacritics, for search
    name_folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    school_type TEXT,
    parent_id INTEGER REFERENCES unit (id),
    professional_parent_id INTEGER REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT
) STRICT;

CREATE TABLE unit_level (
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    level TEXT NOT NULL,
    -- pupils at this level
    enrolment INTEGER NOT NULL,
    PRIMARY KEY (unit_id, level)
) STRICT;

CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    -- empty until the one-time link was used
    password_hash TEXT,
    created_at TEXT NOT NULL,
    disabled_at TEXT
) STRICT;

CREATE TABLE account_link (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    expires_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account_id);

-- failed sign-ins, so that guessing slows down on every instance; cleared by success
CREATE TABLE sign_in_failure (
    login_hash BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_failed_at TEXT NOT NULL
) STRICT;

CREATE TABLE api_token (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    -- scopes separated by a space
    scopes TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT;

CREATE TABLE questionnaire_version (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- the questionnaire file, byte for byte as it was published
    content TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    published_at TEXT NOT NULL,
    UNIQUE (code, version)
) STRICT;

CREATE TABLE round (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    -- the steering unit
    owner_id INTEGER NOT NULL REFERENCES unit (id),
    -- groups below this many submissions never leave the steering unit
    minimum_group INTEGER NOT NULL,
    -- whom to ask about the round: a name or office, and a telephone number
    contact TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- empty: not yet opened
    opens_at TEXT,
    closes_at TEXT NOT NULL,
    -- when the figures were frozen, 24 hours after closing
    frozen_at TEXT,
    -- when interim releases were allowed; empty: results sealed until close
    interim_allowed_at TEXT
) STRICT;

CREATE TABLE round_questionnaire (
    round_id INTEGER NOT NULL REFERENCES round (id),
    version_id INTEGER NOT NULL REFERENCES questionnaire_version (id),
    PRIMARY KEY (round_id, version_id)
) STRICT;

CREATE TABLE round_unit (
    round_id INTEGER NOT NULL REFERENCES round (id),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    level TEXT NOT NULL,
    -- pupils when the round was made, or as corrected since; empty: unknown
    eligible INTEGER,
    removed_at TEXT,
    PRIMARY KEY (round_id, unit_id, level)
) STRICT;

CREATE TABLE collector (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    round_id INTEGER NOT NULL REFERENCES round (id),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    channel TEXT NOT NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;
CREATE INDEX collector_round ON collector (round_id);

-- One row per completed form. Nothing here says who, from where or at what hour.
CREATE TABLE submission (
    round_id INTEGER NOT NULL,
    -- random; exports are ordered by it, so that order tells nothing
    id BLOB NOT NULL,
    unit_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    version_id INTEGER NOT NULL,
    lang TEXT NOT NULL,
    mode TEXT NOT NULL,
    late INTEGER NOT NULL,
    submitted_on TEXT NOT NULL,
    answers TEXT NOT NULL,
    PRIMARY KEY (round_id, id)
) STRICT;

-- One row per submission key that was used, with nothing that leads to the submission.
CREATE TABLE receipt (
    round_id INTEGER NOT NULL,
    -- 128 bits of the SHA-256 of the receipt, which is an HMAC of round and key
    hash BLOB NOT NULL,
    -- keyed fingerprint of the answers, to tell a retry from another form; emptied when the round freezes
    fingerprint BLOB,
    PRIMARY KEY (round_id, hash)
) STRICT, WITHOUT ROWID;

-- Packed counters, written in the transaction that stores the submissions.
CREATE TABLE tally (
    round_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    -- the answers to the declared strata, in order, separated by '|'
    stratum TEXT NOT NULL,
    -- which writer counts here: writers never wait for each other's rows
    shard INTEGER NOT NULL,
    n INTEGER NOT NULL,
    -- one variable-length integer per cell, in the order of the version's layout
    cells BLOB NOT NULL,
    PRIMARY KEY (round_id, version_id, unit_id, channel, stratum, shard)
) STRICT, WITHOUT ROWID;

-- Snapshots of a round's tallies; those with published_at are what readers outside the steering unit see.
CREATE TABLE release (
    round_id INTEGER NOT NULL REFERENCES round (id),
    number INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    published_at TEXT,
    -- the cells as they were counted: never leaves the steering unit
    atoms TEXT NOT NULL,
    -- the document that is served; empty until published
    content TEXT,
    PRIMARY KEY (round_id, number)
) STRICT;

CREATE TABLE danger_word (
    folded TEXT NOT NULL PRIMARY KEY,
    word TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;

-- A free text with words of danger, for a person of the steering unit to read at once.
CREATE TABLE alert (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    submission_id BLOB NOT NULL,
    question TEXT NOT NULL,
    words TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    handled_at TEXT,
    handled_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX alert_open ON alert (handled_at, id);

INSERT INTO meta (name, value) VALUES ('revision', '1');
