-- the most forms that count from each unit; empty: any number
ALTER TABLE round ADD COLUMN unit_most BIGINT;
-- the most forms that count of one stratum, over all units
CREATE TABLE quota (
    round_id BIGINT NOT NULL,
    version_id BIGINT NOT NULL,
    stratum TEXT NOT NULL,
    most BIGINT NOT NULL,
    PRIMARY KEY (round_id, version_id, stratum)
);
