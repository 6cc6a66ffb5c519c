DROP TABLE round_method;
