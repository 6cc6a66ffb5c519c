DROP TABLE release_table;
