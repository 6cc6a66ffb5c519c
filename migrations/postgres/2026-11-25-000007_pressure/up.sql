-- How many said that they were told what to answer. Counted apart from the answers; nothing leads to a form.
CREATE TABLE pressure (
    round_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    -- which writer counts here, as in tally
    shard BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (round_id, unit_id, shard)
);
