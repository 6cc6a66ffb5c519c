DROP TABLE unfinished_part;
DROP TABLE unfinished;
