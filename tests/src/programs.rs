//! Programs of a test: API clients with a secret, calling in their own name.

use crate::{Tenant, TestApp};
use backend::clients::service::clients;
use backend::identity::service::directory;
use backend::policy::Actor;
use reqwest::RequestBuilder;
use shared::client::{Client, ClientCredentials};
use shared::clients::{ApiClient, NewApiClient};
use shared::identity::{NewOrganisation, OrganisationKind};
use shared::policy::ApiScope;
use shared::{ApiClientId, OrganisationId};
use std::ops::Deref;

/// A program that calls the API. Is also a [`Client`].
#[derive(Clone)]
pub struct Program {
    pub api_client: ApiClient,
    pub secret: String,
    pub client: Client,
}

impl Deref for Program {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Program {
    /// The client's id.
    pub fn id(&self) -> ApiClientId {
        self.api_client.id
    }

    /// What it shows to get a token.
    pub fn credentials(&self) -> ClientCredentials {
        ClientCredentials { id: self.id(), secret: self.secret.clone(), scopes: Vec::new() }
    }

    /// A fresh access token, for raw requests.
    pub async fn token(&self) -> String {
        self.client.issue_token(&self.credentials()).await.expect("a token").access_token
    }
}

/// A client as it is written.
pub fn new_api_client(organisation_id: OrganisationId, scopes: &[ApiScope]) -> NewApiClient {
    NewApiClient {
        organisation_id,
        name: format!("Ohjelma {}", uuid::Uuid::new_v4().simple()),
        purpose: "Raportointi".to_owned(),
        contact_email: "rajapinnat@example.fi".to_owned(),
        scopes: scopes.to_vec(),
        valid_to: None,
    }
}

impl TestApp {
    /// An organisation of a tenant.
    pub fn organisation_of(&self, tenant: &Tenant) -> OrganisationId {
        let system = Actor::system(tenant.id, self.clock.now());
        let new = NewOrganisation { name: format!("Kunta {}", uuid::Uuid::new_v4()), kind: OrganisationKind::Municipality };
        self.db.write(|conn| directory::create(conn, &system, &new)).expect("an organisation").id
    }

    /// A program of the own tenant that acts for an organisation.
    pub fn program(&self, organisation: OrganisationId, scopes: &[ApiScope]) -> Program {
        self.program_of(&self.own, organisation, scopes)
    }

    /// As [`TestApp::program`], of any tenant.
    pub fn program_of(&self, tenant: &Tenant, organisation: OrganisationId, scopes: &[ApiScope]) -> Program {
        let system = Actor::system(tenant.id, self.clock.now());
        let new = new_api_client(organisation, scopes);
        let made = self.db.write(|conn| clients::create(conn, &system, &new)).expect("a client");
        let secret = made.client_secret.expect("its secret");
        let credentials = ClientCredentials { id: made.client.id, secret: secret.clone(), scopes: Vec::new() };
        Program { api_client: made.client, secret, client: self.client(tenant, false).with_credentials(credentials) }
    }

    /// A request to the token endpoint of the own tenant, with this form.
    pub fn ask_token(&self, form: &str) -> RequestBuilder {
        let request = self.request(reqwest::Method::POST, shared::clients::TOKEN_PATH);
        request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned())
    }
}
