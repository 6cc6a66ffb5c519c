-- How many classes a level of a school has, where that is known, and what they are called, separated by semicolons.
ALTER TABLE unit_level ADD COLUMN classes INTEGER;
ALTER TABLE unit_level ADD COLUMN class_names TEXT NOT NULL DEFAULT '';
