DROP TABLE paper_form;
DROP TABLE paper_batch;
