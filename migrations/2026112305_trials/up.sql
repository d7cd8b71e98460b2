-- Trials of projects with what was measured in them, and which units took a project's practice up.

CREATE TABLE trials (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    project_id UUID NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    hypothesis TEXT NOT NULL,
    measure TEXT NOT NULL,
    participants TEXT NOT NULL,
    participant_count BIGINT CHECK (participant_count >= 0),
    starts_on TEXT,
    ends_on TEXT,
    result TEXT CHECK (result IN ('works', 'adapt', 'stop')),
    learnt TEXT NOT NULL,
    concluded_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CHECK (ends_on >= starts_on),
    CHECK ((result IS NULL) = (concluded_at IS NULL)),
    -- However it ended, what was learnt is told.
    CHECK (result IS NULL OR learnt <> ''),
    FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id)
);
CREATE INDEX trials_project_idx ON trials (tenant_id, project_id, id);

-- What was measured lies here as it was given; the effect is worked out at each reading.
CREATE TABLE measurements (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    trial_id UUID NOT NULL,
    name TEXT NOT NULL,
    unit TEXT,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    design TEXT NOT NULL CHECK (design IN ('independent', 'paired')),
    better TEXT NOT NULL CHECK (better IN ('higher', 'lower')),
    scale TEXT,
    sample_before TEXT NOT NULL,
    sample_after TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, trial_id) REFERENCES trials (tenant_id, id)
);
CREATE INDEX measurements_trial_idx ON measurements (tenant_id, trial_id, id);

CREATE TABLE adoptions (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    project_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('asked', 'considering', 'agreed', 'adopted', 'adapted', 'declined')),
    note TEXT NOT NULL,
    guide_id UUID,
    guide_name TEXT,
    from_on TEXT,
    answer_due_on TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT adoptions_unit_id_key UNIQUE (tenant_id, project_id, unit_id),
    CHECK (decision NOT IN ('adopted', 'adapted') OR from_on IS NOT NULL),
    CHECK (guide_id IS NULL OR guide_name IS NULL),
    FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id),
    FOREIGN KEY (tenant_id, guide_id) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX adoptions_unit_idx ON adoptions (tenant_id, unit_id, id);
CREATE INDEX adoptions_guide_idx ON adoptions (tenant_id, guide_id);

CREATE TABLE adoption_rechecks (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    adoption_id UUID NOT NULL,
    month BIGINT NOT NULL CHECK (month IN (3, 6, 12)),
    state TEXT NOT NULL CHECK (state IN ('in_use', 'partly', 'ended')),
    note TEXT NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, adoption_id, month),
    FOREIGN KEY (tenant_id, adoption_id) REFERENCES adoptions (tenant_id, id)
);
