//! The installation's own secrets: the ring of keys that sign access tokens, the key behind cursors, refresh successors
//! and the hashes that count guesses, and the one that seals what must be read again. Made at the first start under the
//! data folder, mode 0600. A ring that another process has turned is taken into use without a restart.

mod ring;
mod seal;

pub use ring::Key;

use anyhow::Context;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::Ring;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Every file of the keys, under the data folder.
pub const FILES: [&str; 3] = [RING, "keys/mac.key", "keys/seal.key"];
const RING: &str = "keys/signing.json";
/// How often the ring's file is looked at. Every node knows a new key well before it signs.
const LOOK: Duration = Duration::from_millis(500);
/// After so many days a signing key should be followed by another.
const OLD_DAYS: i64 = 90;

/// The keys of this installation. Its `Debug` shows none of them.
pub struct Keys {
    ring: RwLock<Arc<Ring>>,
    /// Where the ring lies; nowhere in tests.
    file: Option<PathBuf>,
    mac: hmac::Key,
    seal: seal::Seal,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// Reads the keys under `data/keys`, making those that are missing.
    pub fn load(data: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(data.join("keys"))?;
        let file = data.join(RING);
        let text = read_or_make(&file, || Ring::first()?.to_text())?;
        let mac = read_or_make(&data.join(FILES[1]), || Ok(random_bytes().to_vec()))?;
        let seal = read_or_make(&data.join(FILES[2]), || Ok(random_bytes().to_vec()))?;
        let ring = Ring::from_text(&text).with_context(|| format!("{RING} is no ring of keys: bring it back from a backup"))?;
        Self::from_parts(ring, Some(file), &mac, &seal)
    }

    /// Reads the keys and makes none, for those who only look.
    pub fn existing(data: &Path) -> anyhow::Result<Self> {
        let read = |name: &str| std::fs::read(data.join(name)).with_context(|| format!("{name} in {}", data.display()));
        Self::from_parts(Ring::from_text(&read(FILES[0])?)?, None, &read(FILES[1])?, &read(FILES[2])?)
    }

    /// Keys that live no longer than the process, for tests.
    pub fn temporary() -> anyhow::Result<Self> {
        Self::from_parts(Ring::first()?, None, &random_bytes(), &random_bytes())
    }

    fn from_parts(ring: Ring, file: Option<PathBuf>, mac: &[u8], seal: &[u8]) -> anyhow::Result<Self> {
        anyhow::ensure!(mac.len() == 32, "{} must hold 32 bytes", FILES[1]);
        for (name, bytes) in [(FILES[1], mac), (FILES[2], seal)] {
            let different: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
            anyhow::ensure!(
                bytes.len() != 32 || different.len() >= 8,
                "{name} is not random: bring it back from a backup, or make it of 32 random bytes"
            );
        }
        let seal = seal::Seal::new(seal).ok_or_else(|| anyhow::anyhow!("{} must hold 32 bytes", FILES[2]))?;
        Ok(Self { ring: RwLock::new(Arc::new(ring)), file, mac: hmac::Key::new(hmac::HMAC_SHA256, mac), seal })
    }

    fn ring(&self) -> Arc<Ring> {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The key that signs now.
    pub fn signer(&self, now: Timestamp) -> Arc<Key> {
        self.ring().signer(now)
    }

    /// The key of this name, while what it signed is believed.
    pub fn verifier(&self, kid: &str, now: Timestamp) -> Option<Arc<Key>> {
        self.ring().verifier(kid, now)
    }

    /// Every key by which a token may be checked.
    pub fn believed(&self, now: Timestamp) -> Vec<Arc<Key>> {
        self.ring().believed(now)
    }

    /// Puts a new signing key in place of the present one. The old one is believed until the last token that it signed
    /// has ended; in an emergency no longer. Gives the instant from which the new key signs.
    pub fn rotate(&self, now: Timestamp, emergency: bool) -> anyhow::Result<Timestamp> {
        let turned = if emergency { Ring::first()? } else { self.ring().turned(now)? };
        let signs_from = if emergency { now } else { turned.newest().signs_from };
        if let Some(file) = &self.file {
            replace_secret(file, &turned.to_text()?)?;
        }
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(turned);
        Ok(signs_from)
    }

    /// Takes the ring as its file has it now; says whether it was another.
    pub fn reread(&self) -> anyhow::Result<bool> {
        let Some(file) = &self.file else { return Ok(false) };
        let text = std::fs::read(file)?;
        if text == self.ring().to_text()? {
            return Ok(false);
        }
        let ring = Ring::from_text(&text)?;
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
        Ok(true)
    }

    /// Looks at the ring's file until the server stops, and once a day at the age of the key.
    pub fn watch(&self, stop: &AtomicBool) {
        let mut told = None::<Timestamp>;
        while !stop.load(Ordering::SeqCst) {
            match self.reread() {
                Ok(true) => tracing::info!("the ring of signing keys has been turned"),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the ring of signing keys cannot be read; the known one stays"),
            }
            let now = Timestamp::now();
            let age = now.duration_since(self.signer(now).made_at);
            let due = told.is_none_or(|told| now.duration_since(told) > SignedDuration::from_hours(24));
            if due && age > SignedDuration::from_hours(24 * OLD_DAYS) {
                tracing::warn!(days = age.as_hours() / 24, "the signing key is old: run `polku keys rotate`");
                told = Some(now);
            }
            std::thread::park_timeout(LOOK);
        }
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

    /// Encrypts a secret that must be read again. `place` says whose and what it is; it opens in that place only.
    pub fn seal(&self, place: &[&[u8]], secret: &[u8]) -> crate::error::Result<Vec<u8>> {
        self.seal.close(place, secret).ok_or_else(|| crate::error::Error::Internal("a secret could not be sealed".to_owned()))
    }

    /// Decrypts a sealed secret.
    pub fn unseal(&self, place: &[&[u8]], sealed: &[u8]) -> crate::error::Result<Vec<u8>> {
        self.seal.open(place, sealed).ok_or_else(|| {
            crate::error::Error::Internal("a sealed secret does not open: is keys/seal.key that of this database?".to_owned())
        })
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

/// Whether the data folder holds all keys.
pub fn there(data: &Path) -> bool {
    FILES.iter().all(|name| data.join(name).exists())
}

fn read_or_make(path: &Path, make: impl FnOnce() -> anyhow::Result<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    if path.exists() {
        refuse_open(path)?;
        return Ok(std::fs::read(path)?);
    }
    let bytes = make()?;
    write_secret(path, &bytes)?;
    Ok(bytes)
}

/// A key that anyone on the machine can read is none.
fn refuse_open(path: &Path) -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path)?.permissions());
        anyhow::ensure!(
            mode & 0o007 == 0,
            "everyone on this machine can read {}: chmod 600 it, and make new keys if they may have been read",
            path.display()
        );
    }
    Ok(())
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

/// As [`write_secret`], in place of a file that others may be reading: they see the old one or the new one whole.
fn replace_secret(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let fresh = path.with_extension("new");
    write_secret(&fresh, bytes)?;
    std::fs::rename(&fresh, path)?;
    if let Some(folder) = path.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
