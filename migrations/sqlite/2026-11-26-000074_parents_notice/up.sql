-- What parents are told before their children are asked.
CREATE TABLE parents_notice (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id),
    content TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;
