//! Passwords: Argon2id, 46 MiB, one pass, one lane (OWASP's password storage figures), on threads of their own that
//! give way to all else; and the rules for new ones: 15–128 characters of any kind, 12 beside a second factor, not well
//! known, not made of the service's, the organisation's or the person's own names (NIST SP 800-63B-4). Letters count as
//! people see them, however a keyboard composes them (Unicode NFC).

use crate::error::{Error, Result};
pub use crate::identity::store::sessions::NewPassword;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use shared::problem::Fault;
use shared::rules::{PASSWORD_MAX, PASSWORD_MIN, PASSWORD_MIN_WITH_FACTOR};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use unicode_normalization::UnicodeNormalization;

const MEMORY_KIB: u32 = 46 * 1024;
/// How a hash of today's cost begins.
const COST: &str = "$argon2id$v=19$m=47104,t=1,p=1$";
/// How many may wait for a core before new ones are told to come back.
const QUEUE: usize = 64;
/// How far hashing gives way to other work when cores are short, in the steps of `nice`.
const GIVES_WAY: i32 = 10;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, 1, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// Hashes a password, on this thread.
pub fn hash(password: &str) -> Result<String> {
    let hashed = PasswordHasher::hash_password(&argon2(), composed(password).as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| Error::Internal(format!("password hash: {error}")))
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordVerifier::<str>::verify_password(&argon2(), composed(password).as_bytes(), hash).is_ok()
}

type Job = Box<dyn FnOnce() + Send>;

/// The bounded queue in which requests hash: as many threads as cores, and no more waiting than [`QUEUE`].
#[derive(Clone)]
pub struct Hashing {
    jobs: mpsc::Sender<Job>,
    slots: Arc<Semaphore>,
    /// How many slots there are.
    places: usize,
    runs: Arc<AtomicU64>,
    /// Hash of a password that nobody has: an unknown address costs as much as a known one.
    nobody: Arc<OnceLock<String>>,
}

/// A place in the queue.
pub struct Slot {
    hashing: Hashing,
    permit: OwnedSemaphorePermit,
}

/// What was found of a password.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    /// It is right. `renewed` is its hash at today's cost, where the known one costs less.
    Right {
        renewed: Option<String>,
    },
}

impl Default for Hashing {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (jobs, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..cores {
            let waiting = waiting.clone();
            if let Err(error) = std::thread::Builder::new().name("hashing".to_owned()).spawn(move || work(&waiting)) {
                tracing::error!(%error, "no thread for passwords");
            }
        }
        let places = QUEUE + cores;
        Self { jobs, slots: Arc::new(Semaphore::new(places)), places, runs: Arc::default(), nobody: Arc::default() }
    }
}

/// Does one job after another until nobody can give any.
fn work(waiting: &Mutex<mpsc::Receiver<Job>>) {
    // Elsewhere than on Linux it would make the whole program give way.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, GIVES_WAY) {
        tracing::warn!(%error, "hashing does not give way to other work");
    }
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // A job that panics takes its own request down and not the thread.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
    }
}

impl Hashing {
    /// A place in the queue, or 503 when it is full. Taken before anything is written for the request.
    pub fn enter(&self) -> Result<Slot> {
        let permit = self.slots.clone().try_acquire_owned().map_err(|_| Error::unavailable(2))?;
        Ok(Slot { hashing: self.clone(), permit })
    }

    /// How many are being hashed or wait for a core.
    pub fn depth(&self) -> usize {
        self.places.saturating_sub(self.slots.available_permits())
    }

    /// How often a password was hashed or compared so far.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::SeqCst)
    }

    fn count(&self) {
        self.runs.fetch_add(1, Ordering::SeqCst);
    }

    fn check(&self, password: &str, known: Option<&str>) -> Result<Verdict> {
        let Some(known) = known else {
            let stand_in = self.nobody.get_or_init(|| hash(&crate::keys::random_token()).unwrap_or_default());
            self.count();
            verify(password, stand_in);
            return Ok(Verdict::Wrong);
        };
        self.count();
        if !verify(password, known) {
            return Ok(Verdict::Wrong);
        }
        let renewed = if known.starts_with(COST) { None } else { Some(hash(password)?) };
        Ok(Verdict::Right { renewed })
    }
}

impl Slot {
    async fn run<T: Send + 'static>(self, work: impl FnOnce(&Hashing) -> Result<T> + Send + 'static) -> Result<T> {
        let Self { hashing, permit } = self;
        let (tell, told) = oneshot::channel();
        let jobs = hashing.jobs.clone();
        let job = move || {
            // Nobody waits for it any more when the caller has gone away.
            if !tell.is_closed() {
                let _ = tell.send(work(&hashing));
            }
            drop(permit);
        };
        jobs.send(Box::new(job)).map_err(|_| Error::Internal("nobody hashes".to_owned()))?;
        told.await.map_err(|_| Error::Internal("hashing broke off".to_owned()))?
    }

    /// Makes a new password ready to be kept.
    pub async fn prepare(self, password: String) -> Result<NewPassword> {
        self.run(move |hashing| {
            hashing.count();
            Ok(NewPassword { hash: hash(&password)?, is_short: length(&password) < PASSWORD_MIN })
        })
        .await
    }

    /// Whether the password fits the hash. Without a hash it takes as long and is never right.
    pub async fn verify(self, password: String, known: Option<String>) -> Result<Verdict> {
        self.run(move |hashing| hashing.check(&password, known.as_deref())).await
    }
}

fn length(password: &str) -> usize {
    composed(password).chars().count()
}

/// Refuses a new password of a length that is not allowed: without a second factor it stands alone.
pub fn refuse_length(password: &str, has_factor: bool, pointer: &str) -> Result<()> {
    let least = if has_factor { PASSWORD_MIN_WITH_FACTOR } else { PASSWORD_MIN };
    let fault = match length(password) {
        count if count < least => Fault::new(pointer, "too_short", Some(&least.to_string())),
        count if count > PASSWORD_MAX => Fault::new(pointer, "too_long", Some(&PASSWORD_MAX.to_string())),
        _ => return Ok(()),
    };
    Err(Error::invalid(vec![fault]))
}

/// Refuses a new password that is well known or made of names that an attacker tries first.
pub fn refuse_weak(password: &str, own_words: &[String], pointer: &str) -> Result<()> {
    let mut words: Vec<&str> = vec!["polku", "palveluohjaaja", "valmennus", "terveysasema", "salasana", "lösenord"];
    words.extend(own_words.iter().flat_map(|words| words.split(['@', '.', ' ', '-', ','])).filter(|word| word.chars().count() > 2));
    // Longer ones first: a short one would break those of which it is a part.
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let lower = password.to_lowercase();
    let rest = words.iter().fold(lower.clone(), |rest, word| rest.replace(&word.to_lowercase(), ""));
    if rest.chars().count() * 2 < password.chars().count() {
        return Err(Error::invalid(vec![Fault::new(pointer, "context_word", None)]));
    }
    // The estimator looks through its lists of some 30 000 known passwords and common words, in any mixture.
    // Capitals in between hide none of them.
    let is_known = |text: &str| zxcvbn::zxcvbn(text, &words).score() < zxcvbn::Score::Three;
    if is_known(password) || is_known(&lower) {
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
        assert!(hashed.starts_with(COST), "{hashed}");
        assert!(verify("viisi kuivaa heinäseivästä", &hashed));
        assert!(!verify("viisi kuivaa heinäseivästa", &hashed));
        let decomposed: String = "viisi kuivaa heinäseivästä".nfd().collect();
        assert!(decomposed != "viisi kuivaa heinäseivästä" && verify(&decomposed, &hashed), "as another keyboard composes it");
    }

    #[tokio::test]
    async fn a_cheaper_hash_is_renewed_when_its_password_comes() {
        let hashing = Hashing::default();
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).expect("parameters"));
        let cheap = PasswordHasher::hash_password(&cheap, b"viisi kuivaa").expect("hashed").to_string();
        let check = async |password: &str, known: &str| {
            hashing.enter().expect("a place").verify(password.to_owned(), Some(known.to_owned())).await.expect("checked")
        };
        assert_eq!(check("kuusi kuivaa", &cheap).await, Verdict::Wrong);
        let Verdict::Right { renewed: Some(renewed) } = check("viisi kuivaa", &cheap).await else { panic!("not renewed") };
        assert!(renewed.starts_with(COST), "{renewed}");
        assert_eq!(check("viisi kuivaa", &renewed).await, Verdict::Right { renewed: None });
    }

    #[tokio::test]
    async fn who_finds_the_queue_full_is_sent_away_at_once() {
        let hashing = Hashing::default();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let places: Vec<Slot> = (0..QUEUE + cores).map(|_| hashing.enter().expect("a place")).collect();
        assert!(hashing.enter().is_err());
        drop(places);
        assert!(hashing.enter().is_ok());
    }

    #[test]
    fn known_and_own_words_are_refused() {
        let own = ["Aino Esimerkki", "aino@example.fi", "Kyllön terveysasema", "Sari", "sari.sarilahti@example.fi"].map(str::to_owned);
        for bad in [
            "passwordpassword",
            "123456789012345",
            "qwertyuiopasdfgh",
            "aaaaaaaaaaaaaaa",
            "PolkuPolkuPolku",
            "aino.esimerkki.aino",
            "kyllön-kyllön-kyllön",
            "MuStAnGmUsTaNgMuStAnG",
            "sari.sarilahti@example.fi",
        ] {
            assert!(refuse_weak(bad, &own, "/password").is_err(), "{bad}");
        }
        assert!(refuse_weak("viisi kuivaa heinäseivästä", &own, "/password").is_ok());
    }
}
