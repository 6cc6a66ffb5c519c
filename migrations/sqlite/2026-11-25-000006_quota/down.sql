DROP TABLE quota;
ALTER TABLE round DROP COLUMN unit_most;
