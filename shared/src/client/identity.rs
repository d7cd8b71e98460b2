//! Calls about organisations, accounts, signing in, the audit trail and accessibility.

use super::{Call, Called, Client};
use crate::accessibility::{AccessibilityFeedback, AccessibilityReceipt, NewAccessibilityFeedback};
use crate::audit::{AuditEvent, AuditFilter};
use crate::identity::*;
use crate::page::Paging;
use crate::{AccessibilityFeedbackId, AccountId, GrantId, OrganisationId, Page, SessionId, UnitId};
use reqwest::Method;

impl Client {
    pub async fn get_meta(&self) -> Called<Meta> {
        self.get("/meta").await
    }

    /// Signs in and keeps the tokens; an account with a second factor gets a challenge instead.
    pub async fn sign_in(&self, credentials: &Credentials) -> Called<SignInStep> {
        let call = Call::new(Method::POST, "/sessions").body(credentials)?.not_renewable();
        let step: SignInStep = self.answer(call).await?;
        if let SignInStep::SignedIn(signed_in) = &step {
            self.keep(signed_in);
        }
        Ok(step)
    }

    /// Answers a challenge and keeps the tokens.
    pub async fn finish_sign_in(&self, step: &SecondStep) -> Called<SignedIn> {
        let call = Call::new(Method::POST, "/sessions/second-step").body(step)?.not_renewable();
        let signed_in: SignedIn = self.answer(call).await?;
        self.keep(&signed_in);
        Ok(signed_in)
    }

    /// Proves anew who one is, for what answers `step_up_required`.
    pub async fn confirm_session(&self, confirmation: &Confirmation) -> Called<()> {
        self.send(Call::new(Method::POST, "/sessions/current/confirm").body(confirmation)?).await.map(drop)
    }

    /// Renews the access token by the cookie (browser) or the refresh token held (device).
    pub async fn refresh(&self) -> Called<SignedIn> {
        let refresh_token = if self.browser { None } else { self.refresh_token() };
        let call = Call::new(Method::POST, "/sessions/refresh").body(&RefreshRequest { refresh_token })?.not_renewable();
        let body = super::body(self.send_once(&call).await?).await?;
        let signed_in: SignedIn = super::parsed(&body)?;
        self.keep(&signed_in);
        Ok(signed_in)
    }

    /// Goes on with what [`Client::refresh`] would have given, as somebody else has asked for it already.
    pub fn take_over(&self, signed_in: &str) -> Called<()> {
        self.keep(&super::parsed(signed_in.as_bytes())?);
        Ok(())
    }

    fn keep(&self, signed_in: &SignedIn) {
        self.set_access_token(Some(signed_in.access_token.clone()));
        if signed_in.refresh_token.is_some() {
            self.set_refresh_token(signed_in.refresh_token.clone());
        }
    }

    /// Ends this session and forgets the tokens.
    pub async fn sign_out(&self) -> Called<()> {
        let done = self.act("/sessions/sign-out").await;
        self.set_access_token(None);
        self.set_refresh_token(None);
        done
    }

    /// Ends every session of the account, this one too.
    pub async fn sign_out_everywhere(&self) -> Called<()> {
        let done = self.act("/sessions/sign-out-everywhere").await;
        self.set_access_token(None);
        self.set_refresh_token(None);
        done
    }

    pub async fn list_sessions(&self, paging: &Paging) -> Called<Page<Session>> {
        self.list("/sessions", paging).await
    }

    pub async fn revoke_session(&self, id: SessionId) -> Called<()> {
        self.act(&format!("/sessions/{id}/revoke")).await
    }

    pub async fn get_me(&self) -> Called<Me> {
        self.get("/me").await
    }

    pub async fn update_me(&self, version: i64, changes: &OwnAccountChanges) -> Called<Account> {
        self.change("/me", version, changes).await
    }

    pub async fn change_password(&self, change: &PasswordChange) -> Called<()> {
        self.send(Call::new(Method::POST, "/me/password").body(change)?).await.map(drop)
    }

    pub async fn change_email(&self, change: &EmailChange) -> Called<()> {
        self.send(Call::new(Method::POST, "/me/email").body(change)?).await.map(drop)
    }

    pub async fn get_second_factor(&self) -> Called<SecondFactor> {
        self.get("/me/second-factor").await
    }

    /// A new secret for an authenticator app, to be confirmed by a code of it.
    pub async fn start_second_factor(&self) -> Called<SecondFactorSetUp> {
        self.answer(Call::new(Method::POST, "/me/second-factor/start")).await
    }

    pub async fn confirm_second_factor(&self, code: &SecondFactorCode) -> Called<RecoveryCodes> {
        self.create("/me/second-factor/confirm", code).await
    }

    pub async fn make_recovery_codes(&self) -> Called<RecoveryCodes> {
        self.answer(Call::new(Method::POST, "/me/second-factor/recovery-codes")).await
    }

    pub async fn turn_off_second_factor(&self) -> Called<()> {
        self.act("/me/second-factor/turn-off").await
    }

    /// All data held on oneself, as a JSON document.
    pub async fn export_me(&self) -> Called<String> {
        self.text("/me/export").await
    }

    pub async fn request_password_reset(&self, request: &ResetRequest) -> Called<()> {
        self.send(Call::new(Method::POST, "/links/password-reset").body(request)?.not_renewable()).await.map(drop)
    }

    pub async fn inspect_link(&self, token: &LinkToken) -> Called<LinkInfo> {
        self.create("/links/inspect", token).await
    }

    pub async fn redeem_link(&self, redemption: &LinkRedemption) -> Called<()> {
        self.send(Call::new(Method::POST, "/links/redeem").body(redemption)?.not_renewable()).await.map(drop)
    }

    pub async fn list_organisations(&self, paging: &Paging) -> Called<Page<Organisation>> {
        self.list("/organisations", paging).await
    }

    pub async fn get_organisation(&self, id: OrganisationId) -> Called<Organisation> {
        self.get(&format!("/organisations/{id}")).await
    }

    pub async fn create_organisation(&self, new: &NewOrganisation) -> Called<Organisation> {
        self.create("/organisations", new).await
    }

    pub async fn update_organisation(&self, id: OrganisationId, version: i64, changes: &OrganisationChanges) -> Called<Organisation> {
        self.change(&format!("/organisations/{id}"), version, changes).await
    }

    pub async fn delete_organisation(&self, id: OrganisationId, version: i64) -> Called<()> {
        self.remove(&format!("/organisations/{id}"), version).await
    }

    pub async fn list_units(&self, filter: &UnitFilter) -> Called<Page<Unit>> {
        self.list("/units", filter).await
    }

    pub async fn get_unit(&self, id: UnitId) -> Called<Unit> {
        self.get(&format!("/units/{id}")).await
    }

    pub async fn create_unit(&self, new: &NewUnit) -> Called<Unit> {
        self.create("/units", new).await
    }

    pub async fn update_unit(&self, id: UnitId, version: i64, changes: &UnitChanges) -> Called<Unit> {
        self.change(&format!("/units/{id}"), version, changes).await
    }

    pub async fn delete_unit(&self, id: UnitId, version: i64) -> Called<()> {
        self.remove(&format!("/units/{id}"), version).await
    }

    pub async fn list_accounts(&self, filter: &AccountFilter) -> Called<Page<Account>> {
        self.list("/accounts", filter).await
    }

    pub async fn find_accounts(&self, search: &AccountSearch) -> Called<Page<AccountMatch>> {
        self.list("/account-matches", search).await
    }

    pub async fn get_account(&self, id: AccountId) -> Called<Account> {
        self.get(&format!("/accounts/{id}")).await
    }

    pub async fn invite_account(&self, new: &NewAccount) -> Called<InvitedAccount> {
        self.create("/accounts", new).await
    }

    pub async fn update_account(&self, id: AccountId, version: i64, changes: &AccountChanges) -> Called<Account> {
        self.change(&format!("/accounts/{id}"), version, changes).await
    }

    pub async fn deactivate_account(&self, id: AccountId, version: i64) -> Called<Account> {
        self.act_on(&format!("/accounts/{id}/deactivate"), version).await
    }

    pub async fn reactivate_account(&self, id: AccountId, version: i64) -> Called<Account> {
        self.act_on(&format!("/accounts/{id}/reactivate"), version).await
    }

    /// A new link: an invitation for one who has not come yet, a reset for others. Earlier links stop working.
    pub async fn make_account_link(&self, id: AccountId) -> Called<OneTimeLink> {
        self.answer(Call::new(Method::POST, &format!("/accounts/{id}/link"))).await
    }

    /// Ends every session of somebody else.
    pub async fn end_account_sessions(&self, id: AccountId) -> Called<()> {
        self.act(&format!("/accounts/{id}/end-sessions")).await
    }

    /// Takes off the second factor of somebody who has lost theirs.
    pub async fn reset_second_factor(&self, id: AccountId) -> Called<()> {
        self.act(&format!("/accounts/{id}/reset-second-factor")).await
    }

    pub async fn get_sign_in_policy(&self) -> Called<SignInPolicy> {
        self.get("/sign-in-policy").await
    }

    pub async fn update_sign_in_policy(&self, version: i64, changes: &SignInPolicyChanges) -> Called<SignInPolicy> {
        self.change("/sign-in-policy", version, changes).await
    }

    pub async fn list_grants(&self, filter: &GrantFilter) -> Called<Page<Grant>> {
        self.list("/grants", filter).await
    }

    pub async fn create_grant(&self, new: &NewGrant) -> Called<Grant> {
        self.create("/grants", new).await
    }

    pub async fn get_grant(&self, id: GrantId) -> Called<Grant> {
        self.get(&format!("/grants/{id}")).await
    }

    /// Ends the grant now; its line stays.
    pub async fn revoke_grant(&self, id: GrantId, version: i64) -> Called<()> {
        self.remove(&format!("/grants/{id}"), version).await
    }

    pub async fn list_audit_events(&self, filter: &AuditFilter) -> Called<Page<AuditEvent>> {
        self.list("/audit-events", filter).await
    }

    pub async fn send_accessibility_feedback(&self, new: &NewAccessibilityFeedback) -> Called<AccessibilityReceipt> {
        self.create("/accessibility-feedback", new).await
    }

    pub async fn list_accessibility_feedback(&self, paging: &Paging) -> Called<Page<AccessibilityFeedback>> {
        self.list("/accessibility-feedback", paging).await
    }

    pub async fn get_accessibility_feedback(&self, id: AccessibilityFeedbackId) -> Called<AccessibilityFeedback> {
        self.get(&format!("/accessibility-feedback/{id}")).await
    }

    /// Marks it answered.
    pub async fn answer_accessibility_feedback(&self, id: AccessibilityFeedbackId, version: i64) -> Called<AccessibilityFeedback> {
        self.act_on(&format!("/accessibility-feedback/{id}/answer"), version).await
    }
}
