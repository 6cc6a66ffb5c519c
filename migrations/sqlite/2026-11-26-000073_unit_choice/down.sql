DROP TABLE unit_choice;
