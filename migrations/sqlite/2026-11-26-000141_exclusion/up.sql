-- Forms that count in no figure, by a named rule or because somebody said so, and why. Taken back, it stays as history.
CREATE TABLE exclusion (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES round (id),
    -- which rule, or that somebody named the forms
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- how many forms it was about
    forms INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    undone_at TEXT,
    undone_by INTEGER REFERENCES account (id),
    undone_reason TEXT NOT NULL
) STRICT;
CREATE INDEX exclusion_round ON exclusion (round_id, id);

-- The forms of exclusions that are in force.
CREATE TABLE excluded_form (
    round_id INTEGER NOT NULL,
    submission_id BLOB NOT NULL,
    exclusion_id INTEGER NOT NULL REFERENCES exclusion (id),
    PRIMARY KEY (round_id, submission_id, exclusion_id)
) STRICT, WITHOUT ROWID;

-- What they added to the counters: figures are the counters less this.
CREATE TABLE excluded_tally (
    round_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    stratum TEXT NOT NULL,
    n INTEGER NOT NULL,
    cells BLOB NOT NULL,
    PRIMARY KEY (round_id, version_id, unit_id, channel, stratum)
) STRICT, WITHOUT ROWID;
