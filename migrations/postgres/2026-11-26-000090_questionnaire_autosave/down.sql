ALTER TABLE questionnaire_history DROP COLUMN since;
ALTER TABLE questionnaire_history DROP COLUMN item;
