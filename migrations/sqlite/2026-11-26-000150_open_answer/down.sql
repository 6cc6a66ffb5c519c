DROP TABLE open_state;
DROP TABLE open_answer;
