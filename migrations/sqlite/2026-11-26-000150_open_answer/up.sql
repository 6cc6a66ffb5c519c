-- What people wrote in their own words: one row per answer, kept in step with the forms. It has an id of its own that leads to no
-- form, no day and no order; whatever deletes the form deletes it.
CREATE TABLE open_answer (
    round_id INTEGER NOT NULL,
    -- random
    id INTEGER NOT NULL,
    submission_id BLOB NOT NULL,
    question TEXT NOT NULL,
    version_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    lang TEXT NOT NULL,
    -- 'satisfied', 'neutral' or 'dissatisfied' on the whole; empty: not said
    satisfaction TEXT,
    -- which kind of message a suggestion slip is; empty: not said
    kind TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (round_id, id),
    UNIQUE (round_id, submission_id, question),
    FOREIGN KEY (round_id, submission_id) REFERENCES submission (round_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- How far the rows above are in step: how many forms the round had when they were last compared, and how many had been withdrawn.
CREATE TABLE open_state (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    -- goes up whenever themes or what they were applied to change
    revision INTEGER NOT NULL
) STRICT;
