DROP TABLE adoption_rechecks;
DROP TABLE adoptions;
DROP TABLE measurements;
DROP TABLE trials;
