ALTER TABLE open_state DROP COLUMN compared_at;
