ALTER TABLE unit_level DROP COLUMN class_names;
ALTER TABLE unit_level DROP COLUMN classes;
