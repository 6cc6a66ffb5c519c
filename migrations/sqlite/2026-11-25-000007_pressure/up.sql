-- How many said that they were told what to answer. Counted apart from the answers; nothing leads to a form.
CREATE TABLE pressure (
    round_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    -- which writer counts here, as in tally
    shard INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (round_id, unit_id, shard)
) STRICT, WITHOUT ROWID;
