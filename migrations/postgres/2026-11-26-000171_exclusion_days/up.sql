-- Forms of one unit on some of its days, left out together: which unit, and its first and last day.
ALTER TABLE exclusion ADD COLUMN unit_id BIGINT;
ALTER TABLE exclusion ADD COLUMN first_day DATE;
ALTER TABLE exclusion ADD COLUMN last_day DATE;
