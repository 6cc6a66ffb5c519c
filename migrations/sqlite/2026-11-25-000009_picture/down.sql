DROP TABLE picture;
DROP TABLE unfinished_picture;
ALTER TABLE round DROP COLUMN pictures_allowed_at;
