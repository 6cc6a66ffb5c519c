-- Forms of the hour that is running, by school; emptied when the hour is over. Nothing leads to a form.
CREATE TABLE arrival (
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    -- whole hours since 1970, UTC
    hour INTEGER NOT NULL,
    -- which writer counts here, as in tally
    shard INTEGER NOT NULL,
    n INTEGER NOT NULL,
    -- of these, forms with enough ratings to tell whether all are the same
    rated INTEGER NOT NULL,
    -- of those, forms in which all are
    alike INTEGER NOT NULL,
    PRIMARY KEY (round_id, unit_id, hour, shard)
) STRICT, WITHOUT ROWID;

-- What is left of hours that are over: the day, as each form has it, too.
CREATE TABLE arrival_day (
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    -- in Việt Nam
    day TEXT NOT NULL,
    n INTEGER NOT NULL,
    rated INTEGER NOT NULL,
    alike INTEGER NOT NULL,
    PRIMARY KEY (round_id, unit_id, day)
) STRICT, WITHOUT ROWID;

-- Today's hours of a round as a whole; those of earlier days are deleted.
CREATE TABLE arrival_hour (
    round_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (round_id, hour)
) STRICT, WITHOUT ROWID;

-- The most forms of a school in one hour, without when that was.
CREATE TABLE arrival_peak (
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (round_id, unit_id)
) STRICT, WITHOUT ROWID;

INSERT INTO arrival_day (round_id, unit_id, day, n, rated, alike)
SELECT round_id, unit_id, submitted_on, count(*), 0, 0 FROM submission GROUP BY round_id, unit_id, submitted_on;

-- What a school should reach, where the officer set something else than the usual.
CREATE TABLE round_goal (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id) ON DELETE CASCADE,
    -- forms per thousand pupils
    per_mille INTEGER NOT NULL CHECK (per_mille BETWEEN 1 AND 1000)
) STRICT;
