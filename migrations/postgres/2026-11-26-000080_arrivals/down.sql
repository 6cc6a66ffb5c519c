DROP TABLE round_goal;
DROP TABLE arrival_peak;
DROP TABLE arrival_hour;
DROP TABLE arrival_day;
DROP TABLE arrival;
