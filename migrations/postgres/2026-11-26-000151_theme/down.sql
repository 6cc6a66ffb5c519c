DROP TABLE theme_example;
DROP TABLE coding_mark;
DROP TABLE coding;
DROP TABLE theme;
