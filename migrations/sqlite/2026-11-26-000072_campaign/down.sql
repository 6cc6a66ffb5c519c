DROP TABLE contact_limit;
DROP TABLE campaign_round;
DROP TABLE campaign_questionnaire;
DROP TABLE campaign;
