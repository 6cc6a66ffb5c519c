-- From the first to the second moment no new form is begun; both empty: it does not pause.
ALTER TABLE round ADD COLUMN paused_at TEXT;
ALTER TABLE round ADD COLUMN paused_until TEXT;
-- Since when nobody sees what was answered until the figures are frozen; empty: results are not sealed.
ALTER TABLE round ADD COLUMN sealed_at TEXT;

-- What was done to a round that had begun, and why.
CREATE TABLE round_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES round (id),
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    -- of a pause and an extension
    until TEXT,
    reason TEXT NOT NULL,
    -- empty: from the command line
    account_id INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX round_step_round ON round_step (round_id, id);
