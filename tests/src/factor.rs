//! Phones of a test: authenticator apps that show codes, and people who have one.

use crate::{PASSWORD, Person, TestApp};
use jiff::{SignedDuration, Timestamp};
use shared::client::Client;
use shared::identity::{Credentials, SecondFactorCode, SecondFactorSetUp, SecondStep, SessionKind, SignInChallenge, SignInStep, SignedIn};
use totp_rs::{Builder, Secret, Totp};

/// How long a code is shown.
pub const HALF_MINUTE: SignedDuration = SignedDuration::from_secs(30);

/// An authenticator app.
#[derive(Clone)]
pub struct Phone(Totp);

impl Phone {
    /// Reads the secret that was typed or shown.
    pub fn new(set_up: &SecondFactorSetUp) -> Self {
        let secret = Secret::try_from_base32(&set_up.secret).expect("base 32");
        Self(Builder::new().with_secret(secret).build().expect("a secret of 160 bits"))
    }

    /// The code that is shown at an instant.
    pub fn code(&self, at: Timestamp) -> String {
        self.0.generate(u64::try_from(at.as_second()).expect("after 1970")).to_string()
    }
}

/// Somebody with a second factor.
pub struct Guarded {
    pub person: Person,
    pub phone: Phone,
    pub recovery_codes: Vec<String>,
}

impl TestApp {
    /// Turns the second factor of somebody on, by the code that was shown half a minute ago: that of now is unused. The
    /// clock stands from then on.
    pub async fn guard(&self, person: Person) -> Guarded {
        self.clock.set(Some(self.clock.now()));
        let phone = Phone::new(&person.start_second_factor().await.expect("a secret"));
        let code = SecondFactorCode { code: phone.code(self.clock.now() - HALF_MINUTE) };
        let recovery_codes = person.confirm_second_factor(&code).await.expect("turned on").codes;
        Guarded { person, phone, recovery_codes }
    }

    /// The code that somebody's phone shows now.
    pub fn code_of(&self, guarded: &Guarded) -> String {
        guarded.phone.code(self.clock.now())
    }

    /// The first step of a sign-in, which must lead to the second.
    pub async fn challenge(&self, client: &Client, person: &Person) -> SignInChallenge {
        match client.sign_in(&credentials(person)).await.expect("the right password") {
            SignInStep::Challenge(challenge) => challenge,
            SignInStep::SignedIn(_) => panic!("{} came in by the password alone", person.account.email),
        }
    }
}

/// E-mail and password of somebody, on a device.
pub fn credentials(person: &Person) -> Credentials {
    Credentials { email: person.account.email.clone(), password: PASSWORD.to_owned(), kind: SessionKind::Device }
}

/// The answer to a challenge by a code.
pub fn by_code(challenge: &SignInChallenge, code: &str) -> SecondStep {
    SecondStep { challenge_token: challenge.challenge_token.clone(), code: Some(code.to_owned()), recovery_code: None }
}

/// The answer to a challenge by a recovery code.
pub fn by_recovery_code(challenge: &SignInChallenge, code: &str) -> SecondStep {
    SecondStep { challenge_token: challenge.challenge_token.clone(), code: None, recovery_code: Some(code.to_owned()) }
}

/// Both steps of a sign-in, with this code.
pub async fn sign_in(app: &TestApp, client: &Client, person: &Person, code: &str) -> shared::client::Called<SignedIn> {
    let challenge = app.challenge(client, person).await;
    client.finish_sign_in(&by_code(&challenge, code)).await
}
