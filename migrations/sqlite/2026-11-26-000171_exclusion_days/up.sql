-- Forms of one unit on some of its days, left out together: which unit, and its first and last day.
ALTER TABLE exclusion ADD COLUMN unit_id INTEGER;
ALTER TABLE exclusion ADD COLUMN first_day TEXT;
ALTER TABLE exclusion ADD COLUMN last_day TEXT;
