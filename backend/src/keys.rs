//! The installation's own secrets: the key that signs access tokens and the one behind cursors, refresh successors
//! and the hashes that count guesses. Made at the first start under the data folder, mode 0600.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::io::Write;
use std::path::Path;

/// The keys of this installation. Its `Debug` shows none of them.
pub struct Keys {
    /// Names the signing key in a token's `kid`.
    pub kid: String,
    pub signing: jsonwebtoken::EncodingKey,
    pub verifying: jsonwebtoken::DecodingKey,
    /// The public half, 32 bytes.
    pub public: Vec<u8>,
    mac: hmac::Key,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Keys {
    /// Reads the keys under `data/keys`, making those that are missing.
    pub fn load(data: &Path) -> anyhow::Result<Self> {
        let folder = data.join("keys");
        std::fs::create_dir_all(&folder)?;
        let signing = read_or_make(&folder.join("signing.pk8"), || {
            Ed25519KeyPair::generate()
                .and_then(|pair| pair.to_pkcs8v1().map(|doc| doc.as_ref().to_vec()))
                .map_err(|_| anyhow::anyhow!("no key could be made"))
        })?;
        let mac = read_or_make(&folder.join("mac.key"), || Ok(random_bytes().to_vec()))?;
        Self::from_parts(&signing, &mac)
    }

    /// Keys that live no longer than the process, for tests.
    pub fn temporary() -> anyhow::Result<Self> {
        let pair = Ed25519KeyPair::generate().map_err(|_| anyhow::anyhow!("no key could be made"))?;
        let document = pair.to_pkcs8v1().map_err(|_| anyhow::anyhow!("no key could be made"))?;
        Self::from_parts(document.as_ref(), &random_bytes())
    }

    fn from_parts(pkcs8: &[u8], mac: &[u8]) -> anyhow::Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| anyhow::anyhow!("keys/signing.pk8 is not an Ed25519 key"))?;
        let public = pair.public_key().as_ref().to_vec();
        anyhow::ensure!(mac.len() == 32, "keys/mac.key must hold 32 bytes");
        let mac = hmac::Key::new(hmac::HMAC_SHA256, mac);
        let digest = hmac::sign(&mac, &public);
        Ok(Self {
            kid: URL_SAFE_NO_PAD.encode(&digest.as_ref()[..8]),
            signing: jsonwebtoken::EncodingKey::from_ed_der(pkcs8),
            verifying: jsonwebtoken::DecodingKey::from_ed_der(&public),
            public,
            mac,
        })
    }

    /// A keyed hash of some parts for one purpose; different purposes never give the same.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.mac);
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }
}

/// 256 random bits.
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    // The system's generator does not fail once the system is up; a secret must never be guessed instead.
    #[allow(clippy::expect_used)]
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    bytes
}

/// A secret for people to carry: 256 random bits, 43 characters.
pub fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes())
}

/// SHA-256 of a secret: how it lies in the database.
pub fn digest(secret: &[u8]) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, secret).as_ref().to_vec()
}

fn read_or_make(path: &Path, make: impl FnOnce() -> anyhow::Result<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    if path.exists() {
        return Ok(std::fs::read(path)?);
    }
    let bytes = make()?;
    write_secret(path, &bytes)?;
    Ok(bytes)
}

/// Writes a file that only its owner can read.
pub fn write_secret(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}
