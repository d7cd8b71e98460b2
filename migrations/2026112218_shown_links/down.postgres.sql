ALTER TABLE one_time_links DROP COLUMN shown_to;
