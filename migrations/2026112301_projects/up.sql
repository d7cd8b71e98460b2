-- Projects stand by themselves: outside a training too, with all that is said of them, their people, every stage that they
-- were in, and how long each may take. A column that may now be null can only be had everywhere by making the table anew.

CREATE TABLE projects_new (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    edition_id UUID,
    group_id UUID,
    unit_id UUID,
    title TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    stage TEXT NOT NULL CHECK (stage IN ('idea', 'trial', 'spread', 'in_use', 'waiting', 'continued', 'stopped')),
    stage_started_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ,
    first_due_at TIMESTAMPTZ,
    -- Where it was before it waited.
    returns_to TEXT CHECK (returns_to IN ('idea', 'trial', 'spread', 'in_use')),
    waiting_reason TEXT CHECK (waiting_reason IN ('expired', 'obstacle', 'decision', 'resources')),
    need TEXT NOT NULL,
    evidence TEXT NOT NULL,
    idea TEXT NOT NULL,
    theme TEXT,
    theme_fold TEXT,
    customer_group TEXT,
    process TEXT NOT NULL,
    labels TEXT NOT NULL,
    checklist TEXT NOT NULL,
    sponsor_id UUID,
    sponsored_at TIMESTAMPTZ,
    learnt TEXT,
    continues_id UUID,
    continued_in_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT projects_primary PRIMARY KEY (tenant_id, id),
    -- Without its edition the group would be of any tenant.
    CHECK (group_id IS NULL OR edition_id IS NOT NULL),
    FOREIGN KEY (tenant_id, edition_id) REFERENCES editions (tenant_id, id),
    FOREIGN KEY (tenant_id, edition_id, group_id) REFERENCES edition_groups (tenant_id, edition_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES units (tenant_id, id),
    FOREIGN KEY (tenant_id, sponsor_id) REFERENCES accounts (tenant_id, id),
    FOREIGN KEY (tenant_id, continues_id) REFERENCES projects_new (tenant_id, id),
    FOREIGN KEY (tenant_id, continued_in_id) REFERENCES projects_new (tenant_id, id)
);
INSERT INTO projects_new (
    tenant_id, id, version, edition_id, group_id, title, lang, stage, stage_started_at, need, evidence, idea, process, labels,
    checklist, created_at, updated_at
)
SELECT
    tenant_id, id, version, edition_id, group_id, title, lang, stage, created_at, '', '[]', '', '{"from":[],"to":[]}', '[]', '[]',
    created_at, updated_at
FROM projects;
DROP TABLE projects;
ALTER TABLE projects_new RENAME TO projects;
CREATE INDEX projects_edition_idx ON projects (tenant_id, edition_id, id);
CREATE INDEX projects_group_idx ON projects (tenant_id, group_id);
CREATE INDEX projects_unit_idx ON projects (tenant_id, unit_id);
CREATE INDEX projects_stage_idx ON projects (tenant_id, stage, due_at);
CREATE INDEX projects_theme_idx ON projects (tenant_id, theme_fold);
CREATE INDEX projects_continues_idx ON projects (tenant_id, continues_id);
CREATE INDEX projects_continued_in_idx ON projects (tenant_id, continued_in_id);

-- People beside the group, and those of the group who answer for the next step.
CREATE TABLE project_members (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    project_id UUID NOT NULL,
    account_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'guest')),
    assigned BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, project_id, account_id),
    FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX project_members_account_idx ON project_members (tenant_id, account_id);

-- Every stage that a project is or was in.
CREATE TABLE project_stages (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    project_id UUID NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    stage TEXT NOT NULL CHECK (stage IN ('idea', 'trial', 'spread', 'in_use', 'waiting', 'continued', 'stopped')),
    started_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    reason TEXT,
    moved_by UUID,
    PRIMARY KEY (tenant_id, project_id, number),
    FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
    FOREIGN KEY (tenant_id, moved_by) REFERENCES accounts (tenant_id, id)
);
INSERT INTO project_stages (tenant_id, project_id, number, stage, started_at)
SELECT tenant_id, id, 1, stage, created_at FROM projects;

CREATE TABLE stage_extensions (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    project_id UUID NOT NULL,
    stage_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    days BIGINT NOT NULL CHECK (days > 0),
    reason TEXT NOT NULL,
    granted_at TIMESTAMPTZ NOT NULL,
    granted_by UUID,
    PRIMARY KEY (tenant_id, project_id, stage_number, position),
    FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
    FOREIGN KEY (tenant_id, project_id, stage_number) REFERENCES project_stages (tenant_id, project_id, number),
    FOREIGN KEY (tenant_id, granted_by) REFERENCES accounts (tenant_id, id)
);

-- How long the stages take in a programme, where it is not as long as everywhere.
CREATE TABLE clock_terms (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    programme_id UUID NOT NULL,
    version BIGINT NOT NULL,
    idea_hours BIGINT NOT NULL CHECK (idea_hours BETWEEN 1 AND 720),
    trial_days BIGINT NOT NULL CHECK (trial_days BETWEEN 1 AND 365),
    spread_days BIGINT NOT NULL CHECK (spread_days BETWEEN 1 AND 365),
    PRIMARY KEY (tenant_id, programme_id),
    FOREIGN KEY (tenant_id, programme_id) REFERENCES programmes (tenant_id, id)
);

-- How many projects may be in a stage at once.
CREATE TABLE board_limits (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    stage TEXT NOT NULL CHECK (stage IN ('idea', 'trial', 'spread', 'in_use', 'waiting', 'continued', 'stopped')),
    most BIGINT NOT NULL CHECK (most BETWEEN 1 AND 10000),
    PRIMARY KEY (tenant_id, stage)
);
