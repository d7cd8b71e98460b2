//! Coming back to a page that one has left without signing out.

use js_sys::{Array, Promise};
use shared::client::{Called, Client};
use shared::identity::Me;
use wasm_bindgen_futures::JsFuture;

/// What `boot.js` has begun to find out about one who was signed in: a promise of two texts, the renewed session and the
/// account, of which the second or both may be missing.
#[derive(Clone, Default)]
pub struct Back(Option<Promise>);

impl Back {
    /// With the promise, if there is one.
    pub const fn new(promise: Option<Promise>) -> Self {
        Self(promise)
    }

    /// Who has come back. Whatever is not known yet is asked for.
    pub async fn me(self, client: &Client) -> Called<Me> {
        let texts = match self.0 {
            Some(promise) => JsFuture::from(promise).await.ok(),
            None => None,
        };
        let texts = texts.filter(|texts| texts.is_truthy()).map(|texts| Array::from(&texts)).unwrap_or_default();
        match texts.get(0).as_string().map(|signed_in| client.take_over(&signed_in)) {
            Some(Ok(())) => {}
            _ => drop(client.refresh().await?),
        }
        match texts.get(1).as_string().and_then(|me| serde_json::from_str(&me).ok()) {
            Some(me) => Ok(me),
            None => client.get_me().await,
        }
    }
}
