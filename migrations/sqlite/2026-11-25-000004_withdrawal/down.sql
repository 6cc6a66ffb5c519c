ALTER TABLE round DROP COLUMN withdrawn;
DROP TABLE withdrawal;
