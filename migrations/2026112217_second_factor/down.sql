DROP TABLE sign_in_policies;
DROP TABLE sign_in_challenges;
DROP TABLE recovery_codes;
ALTER TABLE sessions DROP COLUMN confirmed_at;
ALTER TABLE accounts DROP COLUMN factor_step;
ALTER TABLE accounts DROP COLUMN factor_pending;
ALTER TABLE accounts DROP COLUMN factor_since;
ALTER TABLE accounts DROP COLUMN factor_secret;
ALTER TABLE accounts DROP COLUMN short_password;
