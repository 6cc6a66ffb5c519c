DROP TABLE excluded_tally;
DROP TABLE excluded_form;
DROP TABLE exclusion;
