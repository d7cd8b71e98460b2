//! Secrets that must be read again, and so cannot lie as hashes: AES-256-GCM, bound to the place where they lie, so that
//! one cannot be put in place of another.

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};

const NONCE: usize = 12;
/// Of the form below; another form or key can come beside it.
const FIRST_FORM: u8 = 1;

/// The sealing key.
pub struct Seal(RandomizedNonceKey);

impl Seal {
    /// From 32 bytes.
    pub fn new(key: &[u8]) -> Option<Self> {
        RandomizedNonceKey::new(&AES_256_GCM, key).ok().map(Self)
    }

    /// Form, nonce, ciphertext, tag.
    pub fn close(&self, place: &[&[u8]], secret: &[u8]) -> Option<Vec<u8>> {
        let mut text = secret.to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(bound(place)), &mut text).ok()?;
        Some([&[FIRST_FORM], nonce.as_ref().as_slice(), &text].concat())
    }

    pub fn open(&self, place: &[&[u8]], sealed: &[u8]) -> Option<Vec<u8>> {
        let (form, rest) = sealed.split_first()?;
        if *form != FIRST_FORM || rest.len() < NONCE {
            return None;
        }
        let (nonce, text) = rest.split_at(NONCE);
        let mut text = text.to_vec();
        let opened = self.0.open_in_place(Nonce::try_assume_unique_for_key(nonce).ok()?, Aad::from(bound(place)), &mut text).ok()?;
        Some(opened.to_vec())
    }
}

/// The parts of a place, told apart by their lengths.
fn bound(place: &[&[u8]]) -> Vec<u8> {
    place.iter().flat_map(|part| (part.len() as u64).to_be_bytes().into_iter().chain(part.iter().copied())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_in_its_own_place_with_its_own_key_only() {
        let (seal, other) = (Seal::new(&[1; 32]).expect("a key"), Seal::new(&[2; 32]).expect("a key"));
        let sealed = seal.close(&[b"totp", b"aino"], b"secret").expect("sealed");
        assert_eq!(seal.open(&[b"totp", b"aino"], &sealed).as_deref(), Some(b"secret".as_slice()));
        assert!(seal.open(&[b"totp", b"eeva"], &sealed).is_none());
        assert!(seal.open(&[b"totpa", b"ino"], &sealed).is_none());
        assert!(other.open(&[b"totp", b"aino"], &sealed).is_none());
        assert!(seal.open(&[b"totp", b"aino"], &[]).is_none());
        let mut changed = sealed.clone();
        *changed.last_mut().expect("a tag") ^= 1;
        assert!(seal.open(&[b"totp", b"aino"], &changed).is_none());
        assert_ne!(seal.close(&[b"totp", b"aino"], b"secret"), Some(sealed), "never twice the same");
        assert!(Seal::new(&[1; 31]).is_none());
    }
}
