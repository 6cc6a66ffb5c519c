DROP TABLE paper_aside;
