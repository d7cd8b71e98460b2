-- Programmes, editions, the people in them, their answers until publication and the published results.

CREATE TABLE programmes (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    description TEXT NOT NULL,
    step_words TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT programmes_name_fold_key UNIQUE (tenant_id, name_fold)
);

CREATE TABLE goals (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    programme_id UUID NOT NULL,
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, programme_id) REFERENCES programmes (tenant_id, id)
);
CREATE INDEX goals_programme_idx ON goals (tenant_id, programme_id, position);

CREATE TABLE editions (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    programme_id UUID NOT NULL,
    number BIGINT NOT NULL,
    season TEXT NOT NULL CHECK (season IN ('pilot', 'spring', 'summer', 'autumn', 'winter')),
    year BIGINT NOT NULL,
    places BIGINT NOT NULL CHECK (places > 0),
    status TEXT NOT NULL CHECK (status IN ('planned', 'running', 'closed')),
    assessment TEXT NOT NULL CHECK (assessment IN ('not_open', 'open', 'published')),
    published_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT editions_number_key UNIQUE (tenant_id, programme_id, number),
    CHECK ((assessment = 'published') = (published_at IS NOT NULL)),
    FOREIGN KEY (tenant_id, programme_id) REFERENCES programmes (tenant_id, id)
);

CREATE TABLE contact_days (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    edition_id UUID NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('service_design', 'other')),
    title TEXT NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    place TEXT,
    address TEXT,
    meeting_url TEXT,
    agenda TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (ends_at > starts_at),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id)
);
CREATE INDEX contact_days_edition_idx ON contact_days (tenant_id, edition_id, starts_at, id);

CREATE TABLE contact_day_facilitators (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    contact_day_id UUID NOT NULL,
    account_id UUID NOT NULL,
    PRIMARY KEY (tenant_id, contact_day_id, account_id),
    FOREIGN KEY (tenant_id, contact_day_id) REFERENCES contact_days (tenant_id, id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);

CREATE TABLE edition_groups (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    edition_id UUID NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT edition_groups_name_fold_key UNIQUE (tenant_id, edition_id, name_fold),
    -- A person's or a project's group is of the same edition.
    CONSTRAINT edition_groups_id_key UNIQUE (tenant_id, edition_id, id),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id)
);

CREATE TABLE enrolments (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    edition_id UUID NOT NULL,
    account_id UUID NOT NULL,
    group_id UUID,
    answered BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT enrolments_account_id_key UNIQUE (tenant_id, edition_id, account_id),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id),
    FOREIGN KEY (tenant_id, edition_id, group_id) REFERENCES edition_groups (tenant_id, edition_id, id)
);
CREATE INDEX enrolments_account_idx ON enrolments (tenant_id, account_id);

CREATE TABLE projects (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    edition_id UUID NOT NULL,
    group_id UUID,
    title TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    stage TEXT NOT NULL CHECK (stage IN ('idea', 'trial', 'spread', 'in_use', 'waiting', 'continued', 'stopped')),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id),
    FOREIGN KEY (tenant_id, edition_id, group_id) REFERENCES edition_groups (tenant_id, edition_id, id)
);
CREATE INDEX projects_edition_idx ON projects (tenant_id, edition_id, id);

-- Answers, only until the answering closes; then they are deleted.
CREATE TABLE self_assessments (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    enrolment_id UUID NOT NULL,
    edition_id UUID NOT NULL,
    version BIGINT NOT NULL,
    steps TEXT NOT NULL,
    greeting TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    saved_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, enrolment_id),
    FOREIGN KEY (tenant_id, enrolment_id) REFERENCES enrolments (tenant_id, id),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id)
);
CREATE INDEX self_assessments_edition_idx ON self_assessments (tenant_id, edition_id);

-- What was published, as it was published.
CREATE TABLE result_snapshots (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    edition_id UUID NOT NULL,
    programme_id UUID NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (tenant_id, edition_id),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id),
    FOREIGN KEY (tenant_id, programme_id) REFERENCES programmes (tenant_id, id)
);
CREATE INDEX result_snapshots_programme_idx ON result_snapshots (tenant_id, programme_id);
