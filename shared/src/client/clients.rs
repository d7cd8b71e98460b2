//! Calls about programs that call the API, for those who let them.

use super::{Called, Client};
use crate::clients::{ApiClient, ApiClientChanges, CreatedApiClient, CreatedApiClientSecret, NewApiClient, NewApiClientSecret};
use crate::page::Paging;
use crate::{ApiClientId, ApiClientSecretId, Page};

impl Client {
    pub async fn list_api_clients(&self, paging: &Paging) -> Called<Page<ApiClient>> {
        self.list("/api-clients", paging).await
    }

    pub async fn get_api_client(&self, id: ApiClientId) -> Called<ApiClient> {
        self.get(&format!("/api-clients/{id}")).await
    }

    /// The client with its first secret, which is never shown again.
    pub async fn create_api_client(&self, new: &NewApiClient) -> Called<CreatedApiClient> {
        self.create("/api-clients", new).await
    }

    pub async fn update_api_client(&self, id: ApiClientId, version: i64, changes: &ApiClientChanges) -> Called<ApiClient> {
        self.change(&format!("/api-clients/{id}"), version, changes).await
    }

    /// Takes the client out of use for good.
    pub async fn deactivate_api_client(&self, id: ApiClientId, version: i64) -> Called<ApiClient> {
        self.act_on(&format!("/api-clients/{id}/deactivate"), version).await
    }

    /// A further secret; at most two work at the same time.
    pub async fn create_api_client_secret(&self, id: ApiClientId, new: &NewApiClientSecret) -> Called<CreatedApiClientSecret> {
        self.create(&format!("/api-clients/{id}/secrets"), new).await
    }

    pub async fn revoke_api_client_secret(&self, id: ApiClientSecretId) -> Called<()> {
        self.act(&format!("/api-client-secrets/{id}/revoke")).await
    }
}
