ALTER TABLE superior DROP COLUMN succession_id;
ALTER TABLE succession_part DROP COLUMN new_begins;
ALTER TABLE succession_part DROP COLUMN old_valid_to;
