ALTER TABLE accounts DROP COLUMN wrong_password_count;
DROP TABLE sign_in_blocks;
DROP INDEX sign_in_failures_at_idx;
ALTER TABLE sign_in_failures DROP COLUMN wrong;
