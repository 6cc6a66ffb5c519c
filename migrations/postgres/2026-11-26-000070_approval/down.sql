DROP TABLE approval;
DROP TABLE approval_rule;
