//! Access tokens that somebody makes up, under the real key or another.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use tests::TestApp;

/// What goes into a token, as text, so that it can be as wrong as it likes.
pub struct Forge<'a> {
    pub app: &'a TestApp,
    pub header: Value,
    pub claims: Value,
}

pub fn encode(text: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

impl<'a> Forge<'a> {
    /// A good token's parts: signed as they are, they would be let in.
    pub fn new(app: &'a TestApp, token: &str) -> Self {
        let part = |n: usize| -> Value {
            let text = token.split('.').nth(n).expect("three parts");
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).expect("base64")).expect("json")
        };
        Self { app, header: part(0), claims: part(1) }
    }

    /// The real key.
    pub fn key(&self) -> std::sync::Arc<backend::keys::Key> {
        self.app.state.keys.signer(self.app.clock.now())
    }

    /// Any header and claims under the real key.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        let message = format!("{}.{}", encode(header.as_bytes()), encode(claims.as_bytes()));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key().signing, Algorithm::EdDSA).expect("signed");
        format!("{message}.{signature}")
    }

    pub fn signed(&self, header: &Value, claims: &Value) -> String {
        self.sign(&header.to_string(), &claims.to_string())
    }

    pub fn with_header(&self, name: &str, value: Value) -> String {
        let mut header = self.header.clone();
        header[name] = value;
        self.signed(&header, &self.claims)
    }

    pub fn with_claim(&self, name: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[name] = value;
        self.signed(&self.header, &claims)
    }

    pub fn without_header(&self, name: &str) -> String {
        let mut header = self.header.clone();
        header.as_object_mut().expect("an object").remove(name);
        self.signed(&header, &self.claims)
    }

    pub fn without_claim(&self, name: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().expect("an object").remove(name);
        self.signed(&self.header, &claims)
    }

    /// Under another algorithm, with a key of the attacker's choice.
    pub fn by(&self, name: &str, algorithm: Algorithm, key: &EncodingKey) -> String {
        let mut header = self.header.clone();
        header["alg"] = json!(name);
        let message = format!("{}.{}", encode(header.to_string().as_bytes()), encode(self.claims.to_string().as_bytes()));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).expect("signed");
        format!("{message}.{signature}")
    }

    /// A header that names an algorithm, and no or some signature.
    pub fn unsigned(&self, algorithm: &str, signature: &str) -> String {
        let mut header = self.header.clone();
        header["alg"] = json!(algorithm);
        format!("{}.{}.{signature}", encode(header.to_string().as_bytes()), encode(self.claims.to_string().as_bytes()))
    }
}
