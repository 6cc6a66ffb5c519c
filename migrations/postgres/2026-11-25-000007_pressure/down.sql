DROP TABLE pressure;
