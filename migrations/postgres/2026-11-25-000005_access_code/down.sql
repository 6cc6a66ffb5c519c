DROP TABLE access_sheet;
DROP TABLE access_code;
ALTER TABLE round DROP COLUMN access;
