DROP TABLE parents_notice;
