ALTER TABLE exclusion DROP COLUMN last_day;
ALTER TABLE exclusion DROP COLUMN first_day;
ALTER TABLE exclusion DROP COLUMN unit_id;
