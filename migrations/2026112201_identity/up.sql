-- Who there is, what they are trusted with, and how they sign in.
-- The tenant comes first in every key, so that no row can point into another one.

CREATE TABLE tenants (
    id UUID NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    host TEXT,
    is_default BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT tenants_slug_key UNIQUE (slug),
    CONSTRAINT tenants_host_key UNIQUE (host)
);

CREATE TABLE organisations (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('municipality', 'county', 'private_provider', 'association', 'foundation', 'other')),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT organisations_name_fold_key UNIQUE (tenant_id, name_fold)
);

CREATE TABLE units (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    organisation_id UUID NOT NULL,
    parent_id UUID,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    sector TEXT NOT NULL CHECK (sector IN ('health', 'social', 'education', 'property', 'administration', 'other')),
    municipality TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT units_name_fold_key UNIQUE (tenant_id, organisation_id, name_fold),
    -- A unit's parent is of the same organisation.
    CONSTRAINT units_id_key UNIQUE (tenant_id, organisation_id, id),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations (tenant_id, id),
    FOREIGN KEY (tenant_id, organisation_id, parent_id) REFERENCES units (tenant_id, organisation_id, id)
);

CREATE TABLE accounts (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    email TEXT NOT NULL,
    email_fold TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    unit_id UUID,
    status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'deactivated')),
    password_hash TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT accounts_email_fold_key UNIQUE (tenant_id, email_fold),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id)
);
CREATE INDEX accounts_name_fold_idx ON accounts (tenant_id, name_fold, id);

CREATE TABLE grants (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    account_id UUID NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'facilitator', 'unit_manager', 'auditor')),
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('tenant', 'organisation', 'unit', 'programme', 'edition')),
    scope_id UUID,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ,
    granted_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK ((scope_kind = 'tenant') = (scope_id IS NULL)),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id),
    FOREIGN KEY (tenant_id, granted_by) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX grants_account_idx ON grants (tenant_id, account_id);

CREATE TABLE sessions (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('browser', 'device')),
    device TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX sessions_account_idx ON sessions (tenant_id, account_id);

-- One row a token that was given out; a token works once, and its successor follows from it.
CREATE TABLE refresh_tokens (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    token_hash BYTEA NOT NULL,
    session_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id)
);
CREATE INDEX refresh_tokens_session_idx ON refresh_tokens (tenant_id, session_id);

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
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT one_time_links_token_hash_key UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX one_time_links_account_idx ON one_time_links (tenant_id, account_id);

-- Failed sign-ins of the last day, against guessing. Addresses and passwords are kept as keyed hashes.
CREATE TABLE sign_in_failures (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    net_key BYTEA NOT NULL,
    account_key BYTEA NOT NULL,
    pair_key BYTEA NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX sign_in_failures_net_idx ON sign_in_failures (tenant_id, net_key, at);
CREATE INDEX sign_in_failures_account_idx ON sign_in_failures (tenant_id, account_key, at);

-- What a write answered to a key, so that a repeated request gets the same answer and no second effect.
CREATE TABLE idempotency_keys (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    principal_id UUID NOT NULL,
    operation TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    status BIGINT,
    etag TEXT,
    location TEXT,
    body TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT idempotency_keys_idempotency_key_key PRIMARY KEY (tenant_id, principal_id, operation, idempotency_key)
);
CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);

-- Letters to send, written in the transaction that gives rise to them.
CREATE TABLE outbox (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    next_try_at TIMESTAMPTZ NOT NULL,
    attempt_count BIGINT NOT NULL,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_next_idx ON outbox (next_try_at);
