DROP TABLE frame_column;
DROP TABLE frame;
