DROP TABLE unit_import;
