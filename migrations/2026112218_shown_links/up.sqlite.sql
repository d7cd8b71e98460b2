-- A key over several columns can only be added by making the table anew.
DROP INDEX one_time_links_account_idx;
ALTER TABLE one_time_links RENAME TO old_links;
CREATE TABLE one_time_links (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'password_reset', 'email_change', 'first_administrator')),
    token_hash BYTEA NOT NULL,
    account_id UUID,
    email TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    shown_to UUID,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT one_time_links_token_hash_key UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id),
    FOREIGN KEY (tenant_id, shown_to) REFERENCES accounts (tenant_id, id)
);
INSERT INTO one_time_links (tenant_id, id, purpose, token_hash, account_id, email, expires_at, used_at, created_at)
SELECT tenant_id, id, purpose, token_hash, account_id, email, expires_at, used_at, created_at FROM old_links;
DROP TABLE old_links;
CREATE INDEX one_time_links_account_idx ON one_time_links (tenant_id, account_id);
