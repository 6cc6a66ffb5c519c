-- How one gets in: 'open' or 'codes', a one-time code per household.
ALTER TABLE round ADD COLUMN access TEXT NOT NULL DEFAULT 'open';
-- Codes that can still be spent. Spending deletes the row, so nothing of a used code is left to be compared with anything;
-- that it was genuine is told by its last signs. No times; all rows of a round go when it freezes.
CREATE TABLE access_code (
    round_id BIGINT NOT NULL,
    -- 128 bits of a keyed hash of the code
    hash BYTEA NOT NULL,
    unit_id BIGINT NOT NULL,
    PRIMARY KEY (round_id, hash)
);
CREATE INDEX access_code_unit ON access_code (round_id, unit_id);
CREATE TABLE access_sheet (
    round_id BIGINT NOT NULL,
    unit_id BIGINT NOT NULL,
    issued BIGINT NOT NULL,
    -- how many were never used, set when the rows of access_code go
    unused BIGINT,
    PRIMARY KEY (round_id, unit_id)
);
