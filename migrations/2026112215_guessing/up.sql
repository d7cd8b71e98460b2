-- A try to sign in is counted before its outcome is known; only wrong ones count against a whole network.
ALTER TABLE sign_in_failures ADD COLUMN wrong BOOLEAN NOT NULL DEFAULT TRUE;
CREATE INDEX sign_in_failures_at_idx ON sign_in_failures (at);

-- Networks from which too many different wrong pairs of address and password came, as keyed hashes.
CREATE TABLE sign_in_blocks (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    net_key BYTEA NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, net_key)
);

-- How many wrong passwords in a row an account has been tried with, from wherever.
ALTER TABLE accounts ADD COLUMN wrong_password_count BIGINT NOT NULL DEFAULT 0;
