-- What became of units. A unit that only changed stands on both sides.
CREATE TABLE succession (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind TEXT NOT NULL,
    -- the first day on which it is so
    day DATE NOT NULL,
    -- the decision that says so
    basis TEXT NOT NULL,
    -- of a unit that is renamed: the new name, to be put in place on the day
    new_name TEXT,
    recorded_at TIMESTAMP NOT NULL,
    -- when a new name was put in place; other changes follow from days
    in_force_at TIMESTAMP
);

CREATE TABLE succession_part (
    succession_id BIGINT NOT NULL REFERENCES succession (id) ON DELETE CASCADE,
    old_id BIGINT NOT NULL REFERENCES unit (id),
    new_id BIGINT NOT NULL REFERENCES unit (id),
    old_name TEXT NOT NULL,
    -- how many of its people went there, in per cent, where several units share them
    share BIGINT,
    PRIMARY KEY (succession_id, old_id, new_id)
);
CREATE INDEX succession_part_new ON succession_part (new_id);
CREATE INDEX succession_part_old ON succession_part (old_id);

-- What stood, stands and will stand above a unit, from a day on. Where there is no row, what stands in unit has always been so.
CREATE TABLE superior (
    unit_id BIGINT NOT NULL REFERENCES unit (id) ON DELETE CASCADE,
    respect TEXT NOT NULL,
    since DATE NOT NULL,
    superior_id BIGINT REFERENCES unit (id),
    basis TEXT NOT NULL,
    -- when it was put in place
    in_force_at TIMESTAMP,
    PRIMARY KEY (unit_id, respect, since)
);
