ALTER TABLE round DROP COLUMN results_by;
