DROP TABLE unit_kind_above;
DROP TABLE unit_kind;
