ALTER TABLE submission DROP COLUMN pace;
