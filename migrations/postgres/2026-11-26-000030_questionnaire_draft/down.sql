DROP TABLE questionnaire_history;
DROP TABLE questionnaire_draft;
