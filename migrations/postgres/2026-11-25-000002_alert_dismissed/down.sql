ALTER TABLE alert DROP COLUMN dismissed_at;
