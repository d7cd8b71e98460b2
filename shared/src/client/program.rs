//! A program's own way in: id and secret instead of a person. Left out of the page: a secret has no place in a browser.

use super::{CallError, Called, Client};
use crate::ApiClientId;
use crate::clients::{AccessToken, AuthorizationServer, KeySet, TOKEN_PATH, TokenError};
use crate::policy::ApiScope;
use reqwest::header;
use serde::de::DeserializeOwned;

/// What a program shows to get an access token.
#[derive(Clone)]
pub struct ClientCredentials {
    pub id: ApiClientId,
    pub secret: String,
    /// Fewer scopes than the client has; empty for all of them.
    pub scopes: Vec<ApiScope>,
}

/// Why a program got no access token.
#[derive(Clone, Debug, PartialEq)]
pub enum NoToken {
    /// The server refused, with this status.
    Refused(u16, TokenError),
    /// There was no answer that could be read.
    Call(CallError),
}

impl From<CallError> for NoToken {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl Client {
    /// Calls as a program from now on: tokens are got, and got again, by themselves.
    pub fn with_credentials(self, credentials: ClientCredentials) -> Self {
        self.tokens().credentials = Some(credentials);
        self
    }

    /// Gets an access token and keeps it. Called by itself where it is needed.
    pub async fn issue_token(&self, credentials: &ClientCredentials) -> Result<AccessToken, NoToken> {
        let mut form = "grant_type=client_credentials".to_owned();
        if !credentials.scopes.is_empty() {
            form.push_str("&scope=");
            form.push_str(&ApiScope::join(&credentials.scopes).replace(':', "%3A").replace(' ', "+"));
        }
        let request = self
            .http
            .post(format!("{}{TOKEN_PATH}", self.origin))
            .basic_auth(credentials.id, Some(&credentials.secret))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        let response = request.send().await.map_err(|error| CallError::Network(error.to_string()))?;
        let status = response.status();
        if !status.is_success() {
            let refused = response.json().await.map_err(|error| CallError::Unreadable(error.to_string()))?;
            return Err(NoToken::Refused(status.as_u16(), refused));
        }
        let token: AccessToken = response.json().await.map_err(|error| CallError::Unreadable(error.to_string()))?;
        self.set_access_token(Some(token.access_token.clone()));
        Ok(token)
    }

    /// Where the server gives tokens to programs, and by what (RFC 8414).
    pub async fn get_authorization_server(&self) -> Called<AuthorizationServer> {
        self.well_known("oauth-authorization-server").await
    }

    /// The key that access tokens are signed with.
    pub async fn get_key_set(&self) -> Called<KeySet> {
        self.well_known("jwks.json").await
    }

    async fn well_known<T: DeserializeOwned>(&self, name: &str) -> Called<T> {
        let request = self.http.get(format!("{}/.well-known/{name}", self.origin));
        let response = request.send().await.map_err(|error| CallError::Network(error.to_string()))?;
        super::parsed(&super::body(response).await?)
    }

    /// A program's first token, before its first call. Without one the call itself is refused, and says why.
    pub(super) async fn arrive(&self) {
        let waiting = if self.access_token().is_none() { self.tokens().credentials.clone() } else { None };
        if let Some(credentials) = waiting {
            self.issue_token(&credentials).await.ok();
        }
    }

    /// A new access token in place of the one that no longer works.
    pub(super) async fn renew(&self) -> bool {
        let credentials = self.tokens().credentials.clone();
        match credentials {
            Some(credentials) => self.issue_token(&credentials).await.is_ok(),
            None => self.refresh().await.is_ok(),
        }
    }
}
