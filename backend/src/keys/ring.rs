//! The keys that sign access tokens. One signs; after a rotation the one before it is believed until the last token
//! that it signed has ended, so that nobody notices. Two at most are live.

use crate::tokens::{LEEWAY, LIFE};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// From the writing of a new key until it signs: by then every node has read it.
const SPREAD: SignedDuration = SignedDuration::from_secs(2);

/// One signing key.
pub struct Key {
    /// Names it in a token's header; follows from the public half.
    pub kid: String,
    pub signing: jsonwebtoken::EncodingKey,
    pub verifying: jsonwebtoken::DecodingKey,
    /// The public half, 32 bytes.
    pub public: Vec<u8>,
    pub made_at: Timestamp,
    pub signs_from: Timestamp,
    /// When it is no longer believed; open while it is the newest.
    accepted_until: Option<Timestamp>,
    pkcs8: Vec<u8>,
}

/// A key as it lies in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    pkcs8: String,
    made_at: Timestamp,
    signs_from: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepted_until: Option<Timestamp>,
}

/// The keys, oldest first; never empty.
pub struct Ring(Vec<Arc<Key>>);

impl Key {
    fn new(pkcs8: Vec<u8>, made_at: Timestamp, signs_from: Timestamp, accepted_until: Option<Timestamp>) -> anyhow::Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(&pkcs8).map_err(|_| anyhow::anyhow!("the ring holds something that is no Ed25519 key"))?;
        let public = pair.public_key().as_ref().to_vec();
        Ok(Self {
            kid: URL_SAFE_NO_PAD.encode(&super::digest(&public)[..8]),
            signing: jsonwebtoken::EncodingKey::from_ed_der(&pkcs8),
            verifying: jsonwebtoken::DecodingKey::from_ed_der(&public),
            public,
            made_at,
            signs_from,
            accepted_until,
            pkcs8,
        })
    }

    fn fresh(made_at: Timestamp, signs_from: Timestamp) -> anyhow::Result<Self> {
        let failed = |_| anyhow::anyhow!("no key could be made");
        let pair = Ed25519KeyPair::generate().map_err(failed)?;
        let document = pair.to_pkcs8v1().map_err(failed)?;
        Self::new(document.as_ref().to_vec(), made_at, signs_from, None)
    }

    fn is_believed(&self, now: Timestamp) -> bool {
        self.accepted_until.is_none_or(|until| now < until)
    }
}

impl Ring {
    /// A ring of one new key, which signs at once. The demo world's clock may stand in the past, so its time has no start.
    pub fn first() -> anyhow::Result<Self> {
        Ok(Self(vec![Arc::new(Key::fresh(Timestamp::now(), Timestamp::UNIX_EPOCH)?)]))
    }

    pub fn newest(&self) -> Arc<Key> {
        // A ring is made with one key at least, and turning it leaves two.
        self.0[self.0.len() - 1].clone()
    }

    /// The newest key that signs by now.
    pub fn signer(&self, now: Timestamp) -> Arc<Key> {
        self.0.iter().rev().find(|key| key.signs_from <= now).cloned().unwrap_or_else(|| self.0[0].clone())
    }

    /// The key of this name, if it is believed.
    pub fn verifier(&self, kid: &str, now: Timestamp) -> Option<Arc<Key>> {
        self.0.iter().find(|key| key.kid == kid && key.is_believed(now)).cloned()
    }

    /// Every key that is believed, the newest last.
    pub fn believed(&self, now: Timestamp) -> Vec<Arc<Key>> {
        self.0.iter().filter(|key| key.is_believed(now)).cloned().collect()
    }

    /// The ring with one key more, whose forerunner ends when its last token does. Keys that have ended drop out.
    pub fn turned(&self, now: Timestamp) -> anyhow::Result<Self> {
        let newest = self.newest();
        if let Some(earlier) =
            self.0.iter().filter(|key| key.kid != newest.kid).find_map(|key| key.accepted_until.filter(|until| now < *until))
        {
            anyhow::bail!(
                "the last rotation is under way until {earlier}: wait for it, or rotate with --emergency, which signs everyone out"
            );
        }
        let signs_from = now + SPREAD;
        let until = signs_from + LIFE + SignedDuration::from_secs(LEEWAY);
        let retiring = Key::new(newest.pkcs8.clone(), newest.made_at, newest.signs_from, Some(until))?;
        Ok(Self(vec![Arc::new(retiring), Arc::new(Key::fresh(now, signs_from)?)]))
    }

    pub fn to_text(&self) -> anyhow::Result<Vec<u8>> {
        let store = |key: &Arc<Key>| Stored {
            pkcs8: STANDARD.encode(&key.pkcs8),
            made_at: key.made_at,
            signs_from: key.signs_from,
            accepted_until: key.accepted_until,
        };
        Ok(serde_json::to_vec_pretty(&self.0.iter().map(store).collect::<Vec<_>>())?)
    }

    pub fn from_text(text: &[u8]) -> anyhow::Result<Self> {
        let stored: Vec<Stored> = serde_json::from_slice(text)?;
        let read = |one: Stored| Key::new(STANDARD.decode(&one.pkcs8)?, one.made_at, one.signs_from, one.accepted_until).map(Arc::new);
        let keys = stored.into_iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
        anyhow::ensure!(!keys.is_empty(), "the ring of signing keys is empty");
        Ok(Self(keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn a_new_key_is_known_before_it_signs_and_the_old_one_is_believed_until_its_last_token_has_ended() {
        let first = Ring::first().expect("a ring");
        let old = first.newest().kid.clone();
        let ring = first.turned(at(1_000)).expect("turned");
        let new = ring.newest().kid.clone();
        assert_ne!(old, new);
        assert_eq!((ring.signer(at(1_001)).kid.clone(), ring.signer(at(1_002)).kid.clone()), (old.clone(), new.clone()));
        assert!(ring.verifier(&new, at(1_000)).is_some(), "known before it signs");
        // The last token of the old key is signed at 1 001 and ends 600 s later.
        assert!(ring.verifier(&old, at(1_601)).is_some());
        assert!(ring.verifier(&old, at(1_607)).is_none());
        assert!(ring.verifier(&new, at(9_999_999)).is_some());
    }

    #[test]
    fn two_keys_are_live_at_most() {
        let ring = Ring::first().expect("a ring").turned(at(1_000)).expect("turned");
        assert!(ring.turned(at(1_606)).is_err(), "the first is still believed");
        let next = ring.turned(at(1_607)).expect("now it is not");
        assert_eq!(next.0.len(), 2);
    }

    #[test]
    fn a_ring_is_read_as_it_was_written() {
        let ring = Ring::first().expect("a ring").turned(at(1_000)).expect("turned");
        let text = ring.to_text().expect("text");
        let read = Ring::from_text(&text).expect("read");
        assert_eq!(read.to_text().expect("text"), text);
        assert_eq!(read.newest().kid, ring.newest().kid);
        assert!(Ring::from_text(b"[]").is_err());
    }
}
