//! The tables as diesel sees them. A test compares this with both live schemas.

macro_rules! tables {
    ($($name:ident ($($key:ident),+) { $($column:ident -> $kind:ty,)+ })+) => {$(
        diesel::table! {
            use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};
            use crate::db::types::{Instant, Uuid};
            $name ($($key),+) { $($column -> $kind,)+ }
        }
    )+};
}

tables! {
    tenants (id) {
        id -> Uuid, slug -> Text, name -> Text, host -> Nullable<Text>, is_default -> Bool, is_demo -> Bool, created_at -> Instant,
    }
    organisations (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, name -> Text, name_fold -> Text, kind -> Text, created_at -> Instant, updated_at -> Instant,
    }
    units (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, organisation_id -> Uuid, parent_id -> Nullable<Uuid>, name -> Text, name_fold -> Text,
        sector -> Text, municipality -> Text, created_at -> Instant, updated_at -> Instant,
    }
    accounts (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, name -> Text, name_fold -> Text, email -> Text, email_fold -> Text, lang -> Text,
        unit_id -> Nullable<Uuid>, status -> Text, password_hash -> Nullable<Text>, created_at -> Instant, updated_at -> Instant,
        wrong_password_count -> BigInt, short_password -> Bool, factor_secret -> Nullable<Binary>, factor_since -> Nullable<Instant>,
        factor_pending -> Nullable<Binary>, factor_step -> BigInt,
    }
    grants (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, account_id -> Uuid, role -> Text, scope_kind -> Text, scope_id -> Nullable<Uuid>,
        valid_from -> Instant, valid_to -> Nullable<Instant>, granted_by -> Nullable<Uuid>, created_at -> Instant,
    }
    sessions (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, account_id -> Uuid, kind -> Text, device -> Text, created_at -> Instant, last_seen_at -> Instant,
        expires_at -> Instant, revoked_at -> Nullable<Instant>, confirmed_at -> Nullable<Instant>,
    }
    recovery_codes (tenant_id, account_id, code_hash) {
        tenant_id -> Uuid, account_id -> Uuid, code_hash -> Binary,
    }
    sign_in_challenges (tenant_id, token_hash) {
        tenant_id -> Uuid, token_hash -> Binary, account_id -> Uuid, kind -> Text, device -> Text, failure_count -> BigInt, expires_at -> Instant,
    }
    sign_in_policies (tenant_id) {
        tenant_id -> Uuid, version -> BigInt, second_factor_required_on -> Nullable<Text>,
    }
    refresh_tokens (tenant_id, token_hash) {
        tenant_id -> Uuid, token_hash -> Binary, session_id -> Uuid, created_at -> Instant, used_at -> Nullable<Instant>,
    }
    one_time_links (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, purpose -> Text, token_hash -> Binary, account_id -> Nullable<Uuid>, shown_to -> Nullable<Uuid>, email -> Text,
        expires_at -> Instant, used_at -> Nullable<Instant>, created_at -> Instant,
    }
    sign_in_failures (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, net_key -> Binary, account_key -> Binary, pair_key -> Binary, at -> Instant,
        wrong -> Bool,
    }
    sign_in_blocks (tenant_id, net_key) {
        tenant_id -> Uuid, net_key -> Binary, until -> Instant,
    }
    idempotency_keys (tenant_id, principal_id, operation, idempotency_key) {
        tenant_id -> Uuid, principal_id -> Uuid, operation -> Text, idempotency_key -> Text, fingerprint -> Binary, status -> Nullable<BigInt>,
        etag -> Nullable<Text>, location -> Nullable<Text>, body -> Nullable<Text>, created_at -> Instant,
    }
    outbox (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, kind -> Text, payload -> Text, created_at -> Instant, next_try_at -> Instant, attempt_count -> BigInt,
        sent_at -> Nullable<Instant>,
    }
    programmes (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, name -> Text, name_fold -> Text, description -> Text, step_words -> Text,
        created_at -> Instant, updated_at -> Instant,
    }
    goals (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, programme_id -> Uuid, position -> BigInt, text -> Text,
    }
    editions (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, programme_id -> Uuid, number -> BigInt, season -> Text, year -> BigInt, places -> BigInt,
        status -> Text, assessment -> Text, published_at -> Nullable<Instant>, created_at -> Instant, updated_at -> Instant,
    }
    contact_days (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, edition_id -> Uuid, part -> Text, title -> Text, starts_at -> Instant, ends_at -> Instant,
        place -> Nullable<Text>, address -> Nullable<Text>, meeting_url -> Nullable<Text>, agenda -> Text, created_at -> Instant, updated_at -> Instant,
    }
    contact_day_facilitators (tenant_id, contact_day_id, account_id) {
        tenant_id -> Uuid, contact_day_id -> Uuid, account_id -> Uuid,
    }
    edition_groups (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, edition_id -> Uuid, name -> Text, name_fold -> Text, lang -> Text,
        created_at -> Instant, updated_at -> Instant,
    }
    enrolments (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, edition_id -> Uuid, account_id -> Uuid, group_id -> Nullable<Uuid>, answered -> Bool,
        created_at -> Instant,
    }
    projects (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, edition_id -> Nullable<Uuid>, group_id -> Nullable<Uuid>, unit_id -> Nullable<Uuid>,
        title -> Text, lang -> Text, stage -> Text, stage_started_at -> Instant, due_at -> Nullable<Instant>,
        first_due_at -> Nullable<Instant>, returns_to -> Nullable<Text>, waiting_reason -> Nullable<Text>, need -> Text, evidence -> Text,
        idea -> Text, theme -> Nullable<Text>, theme_fold -> Nullable<Text>, customer_group -> Nullable<Text>, process -> Text, labels -> Text,
        checklist -> Text, sponsor_id -> Nullable<Uuid>, sponsored_at -> Nullable<Instant>, learnt -> Nullable<Text>,
        continues_id -> Nullable<Uuid>, continued_in_id -> Nullable<Uuid>, created_at -> Instant, updated_at -> Instant,
    }
    project_members (tenant_id, project_id, account_id) {
        tenant_id -> Uuid, project_id -> Uuid, account_id -> Uuid, kind -> Text, assigned -> Bool,
    }
    project_stages (tenant_id, project_id, number) {
        tenant_id -> Uuid, project_id -> Uuid, number -> BigInt, stage -> Text, started_at -> Instant, due_at -> Nullable<Instant>,
        ended_at -> Nullable<Instant>, reason -> Nullable<Text>, moved_by -> Nullable<Uuid>,
    }
    stage_extensions (tenant_id, project_id, stage_number, position) {
        tenant_id -> Uuid, project_id -> Uuid, stage_number -> BigInt, position -> BigInt, days -> BigInt, reason -> Text, granted_at -> Instant,
        granted_by -> Nullable<Uuid>,
    }
    clock_terms (tenant_id, programme_id) {
        tenant_id -> Uuid, programme_id -> Uuid, version -> BigInt, idea_hours -> BigInt, trial_days -> BigInt, spread_days -> BigInt,
    }
    jobs (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, kind -> Text, subject_id -> Uuid, due_at -> Instant, attempt_count -> BigInt, leased_by -> Nullable<Uuid>,
        leased_until -> Nullable<Instant>, failure -> Nullable<Text>, died_at -> Nullable<Instant>, created_at -> Instant,
    }
    board_limits (tenant_id, stage) {
        tenant_id -> Uuid, stage -> Text, most -> BigInt,
    }
    trials (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, project_id -> Uuid, lang -> Text, hypothesis -> Text, measure -> Text,
        participants -> Text, participant_count -> Nullable<BigInt>, starts_on -> Nullable<Text>, ends_on -> Nullable<Text>,
        result -> Nullable<Text>, learnt -> Text, concluded_at -> Nullable<Instant>, created_at -> Instant, updated_at -> Instant,
    }
    measurements (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, trial_id -> Uuid, name -> Text, unit -> Nullable<Text>, lang -> Text, design -> Text,
        better -> Text, scale -> Nullable<Text>, sample_before -> Text, sample_after -> Text, created_at -> Instant, updated_at -> Instant,
    }
    adoptions (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, project_id -> Uuid, unit_id -> Uuid, decision -> Text, note -> Text,
        guide_id -> Nullable<Uuid>, guide_name -> Nullable<Text>, from_on -> Nullable<Text>, answer_due_on -> Nullable<Text>,
        created_at -> Instant, updated_at -> Instant,
    }
    adoption_rechecks (tenant_id, adoption_id, month) {
        tenant_id -> Uuid, adoption_id -> Uuid, month -> BigInt, state -> Text, note -> Text, checked_at -> Instant,
    }
    self_assessments (tenant_id, enrolment_id) {
        tenant_id -> Uuid, enrolment_id -> Uuid, edition_id -> Uuid, version -> BigInt, steps -> Text, greeting -> Text, lang -> Text, saved_at -> Instant,
    }
    result_snapshots (tenant_id, edition_id) {
        tenant_id -> Uuid, edition_id -> Uuid, programme_id -> Uuid, published_at -> Instant, content -> Text,
    }
    audit_events (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, at -> Instant, actor_id -> Nullable<Uuid>, action -> Text, object_kind -> Text, object_id -> Nullable<Uuid>,
        fields -> Text, request_id -> Text, client_id -> Nullable<Uuid>,
    }
    api_clients (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, organisation_id -> Uuid, name -> Text, name_fold -> Text, purpose -> Text,
        contact_email -> Text, scopes -> Text, valid_to -> Nullable<Instant>, deactivated_at -> Nullable<Instant>,
        last_used_at -> Nullable<Instant>, created_by -> Nullable<Uuid>, created_at -> Instant, updated_at -> Instant,
    }
    api_client_secrets (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, client_id -> Uuid, secret_hash -> Binary, created_at -> Instant, expires_at -> Instant,
        last_used_at -> Nullable<Instant>, revoked_at -> Nullable<Instant>,
    }
    accessibility_feedback (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, message -> Text, email -> Nullable<Text>, lang -> Text, created_at -> Instant,
        answer_due_on -> Text, answered_at -> Nullable<Instant>,
    }
    comments (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, version -> BigInt, subject -> Text, subject_id -> Uuid, author_id -> Uuid, text -> Nullable<Text>, lang -> Text,
        created_at -> Instant, edited_at -> Nullable<Instant>, deleted_at -> Nullable<Instant>,
    }
    links (tenant_id, id) {
        tenant_id -> Uuid, id -> Uuid, kind -> Text, earlier -> Text, earlier_id -> Uuid, later -> Text, later_id -> Uuid,
        created_by -> Nullable<Uuid>, created_at -> Instant,
    }
    comment_versions (tenant_id, comment_id, version) {
        tenant_id -> Uuid, comment_id -> Uuid, version -> BigInt, text -> Text, lang -> Text, written_at -> Instant,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    adoption_rechecks,
    adoptions,
    api_client_secrets,
    api_clients,
    audit_events,
    board_limits,
    clock_terms,
    comment_versions,
    comments,
    contact_day_facilitators,
    contact_days,
    edition_groups,
    editions,
    enrolments,
    goals,
    grants,
    one_time_links,
    organisations,
    programmes,
    project_members,
    project_stages,
    projects,
    refresh_tokens,
    result_snapshots,
    self_assessments,
    sessions,
    stage_extensions,
    tenants,
    units,
);
