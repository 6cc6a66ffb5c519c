DROP TABLE questionnaire_recording;
