-- What became of units. A unit that only changed stands on both sides.
CREATE TABLE succession (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    -- the first day on which it is so
    day TEXT NOT NULL,
    -- the decision that says so
    basis TEXT NOT NULL,
    -- of a unit that is renamed: the new name, to be put in place on the day
    new_name TEXT,
    recorded_at TEXT NOT NULL,
    -- when a new name was put in place; other changes follow from days
    in_force_at TEXT
) STRICT;

CREATE TABLE succession_part (
    succession_id INTEGER NOT NULL REFERENCES succession (id) ON DELETE CASCADE,
    old_id INTEGER NOT NULL REFERENCES unit (id),
    new_id INTEGER NOT NULL REFERENCES unit (id),
    old_name TEXT NOT NULL,
    -- how many of its people went there, in per cent, where several units share them
    share INTEGER,
    PRIMARY KEY (succession_id, old_id, new_id)
) STRICT;
CREATE INDEX succession_part_new ON succession_part (new_id);
CREATE INDEX succession_part_old ON succession_part (old_id);

-- What stood, stands and will stand above a unit, from a day on. Where there is no row, what stands in unit has always been so.
CREATE TABLE superior (
    unit_id INTEGER NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    respect TEXT NOT NULL,
    since TEXT NOT NULL,
    superior_id INTEGER REFERENCES unit (id),
    basis TEXT NOT NULL,
    -- when it was put in place
    in_force_at TEXT,
    PRIMARY KEY (unit_id, respect, since)
) STRICT;
