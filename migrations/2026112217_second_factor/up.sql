-- Codes from one's phone beside the password, and how fresh a sign-in is.

-- Set while the password is too short to stand without a second factor.
ALTER TABLE accounts ADD COLUMN short_password BOOLEAN NOT NULL DEFAULT FALSE;
-- The secret of the authenticator app, sealed with the installation's key; since when it counts.
ALTER TABLE accounts ADD COLUMN factor_secret BYTEA;
ALTER TABLE accounts ADD COLUMN factor_since TIMESTAMPTZ;
-- A secret that is being set up.
ALTER TABLE accounts ADD COLUMN factor_pending BYTEA;
-- The last half minute whose code has been used, counted from 1970: a code works once.
ALTER TABLE accounts ADD COLUMN factor_step BIGINT NOT NULL DEFAULT 0;

-- When the session's owner last proved who they are.
ALTER TABLE sessions ADD COLUMN confirmed_at TIMESTAMPTZ;

CREATE TABLE recovery_codes (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    account_id UUID NOT NULL,
    code_hash BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, account_id, code_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);

-- Sign-ins whose password was right and whose code has not come yet.
CREATE TABLE sign_in_challenges (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('browser', 'device')),
    device TEXT NOT NULL,
    failure_count BIGINT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX sign_in_challenges_account_idx ON sign_in_challenges (tenant_id, account_id);

CREATE TABLE sign_in_policies (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    version BIGINT NOT NULL,
    second_factor_required_on TEXT,
    PRIMARY KEY (tenant_id)
);
