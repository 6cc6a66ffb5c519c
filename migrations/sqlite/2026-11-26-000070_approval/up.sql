-- Where a second person need not approve, or only from a day on. A row holds for its unit and everything below it that has no
-- row of its own; without any row two people are needed.
CREATE TABLE approval_rule (
    unit_id INTEGER NOT NULL PRIMARY KEY REFERENCES unit (id),
    -- since when a second person approves; empty: nobody has to
    required_from TEXT,
    reason TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    -- empty: from the command line
    changed_by INTEGER REFERENCES account (id)
) STRICT;

-- Who was here before the rule goes on as before, until an administrator says otherwise.
INSERT INTO approval_rule (unit_id, required_from, reason, changed_at)
SELECT id, NULL, '', strftime('%Y-%m-%d %H:%M:%S', 'now') FROM unit WHERE parent_id IS NULL;

-- What was submitted for approval, and what became of it. Only the latest of a round counts.
CREATE TABLE approval (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES round (id),
    -- wording and settings as they were submitted
    content TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    note TEXT NOT NULL,
    submitted_by INTEGER NOT NULL REFERENCES account (id),
    submitted_at TEXT NOT NULL,
    decided_by INTEGER REFERENCES account (id),
    approved_at TEXT,
    returned_at TEXT,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX approval_round ON approval (round_id, id);
