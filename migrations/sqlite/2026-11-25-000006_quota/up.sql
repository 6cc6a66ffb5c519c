-- the most forms that count from each unit; empty: any number
ALTER TABLE round ADD COLUMN unit_most INTEGER;
-- the most forms that count of one stratum, over all units
CREATE TABLE quota (
    round_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    stratum TEXT NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (round_id, version_id, stratum)
) STRICT;
