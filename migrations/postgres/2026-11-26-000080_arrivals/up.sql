-- Forms of the hour that is running, by school; emptied when the hour is over. Nothing leads to a form.
CREATE TABLE arrival (
    round_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    -- whole hours since 1970, UTC
    hour BIGINT NOT NULL,
    -- which writer counts here, as in tally
    shard BIGINT NOT NULL,
    n BIGINT NOT NULL,
    -- of these, forms with enough ratings to tell whether all are the same
    rated BIGINT NOT NULL,
    -- of those, forms in which all are
    alike BIGINT NOT NULL,
    PRIMARY KEY (round_id, unit_id, hour, shard)
);

-- What is left of hours that are over: the day, as each form has it, too.
CREATE TABLE arrival_day (
    round_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    -- in Việt Nam
    day DATE NOT NULL,
    n BIGINT NOT NULL,
    rated BIGINT NOT NULL,
    alike BIGINT NOT NULL,
    PRIMARY KEY (round_id, unit_id, day)
);

-- Today's hours of a round as a whole; those of earlier days are deleted.
CREATE TABLE arrival_hour (
    round_id BIGINT NOT NULL,
    hour BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (round_id, hour)
);

-- The most forms of a school in one hour, without when that was.
CREATE TABLE arrival_peak (
    round_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (round_id, unit_id)
);

INSERT INTO arrival_day (round_id, unit_id, day, n, rated, alike)
SELECT round_id, unit_id, submitted_on, count(*), 0, 0 FROM submission GROUP BY round_id, unit_id, submitted_on;

-- What a school should reach, where the officer set something else than the usual.
CREATE TABLE round_goal (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES round (id) ON DELETE CASCADE,
    -- forms per thousand pupils
    per_mille BIGINT NOT NULL CHECK (per_mille BETWEEN 1 AND 1000)
);
