//! Passwords: Argon2id, 46 MiB, one pass, one lane (OWASP's password storage figures), no more at once than there are
//! cores; and the rules for new ones: 15–128 characters of any kind, not well known, not made of the service's or the
//! person's own names (NIST SP 800-63B-4).

use crate::error::{Error, Result};
use crate::http::caller::block;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use shared::problem::Fault;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 46 * 1024;
/// How many may wait for a core before new ones are told to come back.
const QUEUE: usize = 64;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, 1, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password, on this thread.
pub fn hash(password: &str) -> Result<String> {
    let hashed = PasswordHasher::hash_password(&argon2(), password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| Error::Internal(format!("password hash: {error}")))
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordVerifier::<str>::verify_password(&argon2(), password.as_bytes(), hash).is_ok()
}

/// The bounded pool in which requests hash.
#[derive(Clone)]
pub struct Hashing {
    cores: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// Hash of a password that nobody has: an unknown address costs as much as a known one.
    nobody: Arc<std::sync::OnceLock<String>>,
}

impl Default for Hashing {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { cores: Arc::new(Semaphore::new(cores)), waiting: Arc::default(), nobody: Arc::default() }
    }
}

impl Hashing {
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= QUEUE {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Error::unavailable(2));
        }
        let permit = self.cores.clone().acquire_owned().await;
        let outcome = block(work).await;
        drop(permit);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        outcome
    }

    /// Hashes a new password.
    pub async fn hash(&self, password: String) -> Result<String> {
        self.run(move || hash(&password)).await
    }

    /// Whether the password fits the hash. Without a hash it takes as long and is never right.
    pub async fn verify(&self, password: String, known: Option<String>) -> Result<bool> {
        let nobody = self.nobody.clone();
        self.run(move || match known {
            Some(known) => Ok(verify(&password, &known)),
            None => {
                let stand_in = nobody.get_or_init(|| hash(&crate::keys::random_token()).unwrap_or_default());
                verify(&password, stand_in);
                Ok(false)
            }
        })
        .await
    }
}

/// Refuses a new password that is well known or made of names that an attacker tries first. Its length is checked by
/// the shape of the request.
pub fn refuse_weak(password: &str, own_words: &[&str], pointer: &str) -> Result<()> {
    let mut words: Vec<&str> = vec!["polku", "palveluohjaaja", "valmennus", "terveysasema", "salasana", "lösenord"];
    words.extend(own_words.iter().flat_map(|words| words.split(['@', '.', ' ', '-'])).filter(|word| word.chars().count() > 2));
    let lower = password.to_lowercase();
    let rest = words.iter().fold(lower, |rest, word| rest.replace(&word.to_lowercase(), ""));
    if rest.chars().count() * 2 < password.chars().count() {
        return Err(Error::invalid(vec![Fault::new(pointer, "context_word", None)]));
    }
    // The estimator looks through its lists of some 30 000 known passwords and common words, in any mixture.
    if zxcvbn::zxcvbn(password, &words).score() < zxcvbn::Score::Three {
        return Err(Error::invalid(vec![Fault::new(pointer, "known_password", None)]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_only() {
        let hashed = hash("viisi kuivaa heinäseivästä").expect("hashed");
        assert!(hashed.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hashed}");
        assert!(verify("viisi kuivaa heinäseivästä", &hashed));
        assert!(!verify("viisi kuivaa heinäseivästa", &hashed));
    }

    #[test]
    fn known_and_own_words_are_refused() {
        for bad in ["passwordpassword", "123456789012345", "qwertyuiopasdfgh", "aaaaaaaaaaaaaaa", "PolkuPolkuPolku", "aino.esimerkki.aino"]
        {
            assert!(refuse_weak(bad, &["Aino Esimerkki", "aino@example.fi"], "/password").is_err(), "{bad}");
        }
        assert!(refuse_weak("viisi kuivaa heinäseivästä", &["Aino Esimerkki"], "/password").is_ok());
    }
}
