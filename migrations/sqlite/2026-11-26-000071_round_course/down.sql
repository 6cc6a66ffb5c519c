DROP TABLE round_step;
ALTER TABLE round DROP COLUMN sealed_at;
ALTER TABLE round DROP COLUMN paused_until;
ALTER TABLE round DROP COLUMN paused_at;
