-- Projects as they were before: title and stage. What has no edition has no place there and is lost, with everything else
-- that was said of projects.
DROP TABLE board_limits;
DROP TABLE clock_terms;
DROP TABLE stage_extensions;
DROP TABLE project_stages;
DROP TABLE project_members;
CREATE TABLE projects_old (
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
INSERT INTO projects_old (tenant_id, id, version, edition_id, group_id, title, lang, stage, created_at, updated_at)
SELECT tenant_id, id, version, edition_id, group_id, title, lang, stage, created_at, updated_at
FROM projects WHERE edition_id IS NOT NULL;
DROP TABLE projects;
ALTER TABLE projects_old RENAME TO projects;
CREATE INDEX projects_edition_idx ON projects (tenant_id, edition_id, id);
