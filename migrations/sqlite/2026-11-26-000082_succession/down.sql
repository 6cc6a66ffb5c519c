DROP TABLE superior;
DROP TABLE succession_part;
DROP TABLE succession;
