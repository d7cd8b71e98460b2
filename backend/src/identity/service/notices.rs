//! Letters that tell a person of a change in how they sign in, so that one who did not make it can act.

use super::{accounts, tenants};
use crate::db::Conn;
use crate::error::Result;
use crate::outbox::{self, Letter};
use jiff::Timestamp;
use shared::{AccountId, TenantId};

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    SecondFactorOn,
    SecondFactorOff,
    /// An administrator took it off.
    SecondFactorReset,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasswordChanged,
    /// Told to the address that counts no longer.
    EmailChanged,
}

impl Notice {
    const fn template(self) -> &'static str {
        match self {
            Self::SecondFactorOn => "second-factor-on",
            Self::SecondFactorOff => "second-factor-off",
            Self::SecondFactorReset => "second-factor-reset",
            Self::RecoveryCodesMade => "recovery-codes-made",
            Self::RecoveryCodeUsed => "recovery-code-used",
            Self::PasswordChanged => "password-changed",
            Self::EmailChanged => "email-changed",
        }
    }
}

/// Mails a notice to an account at its present address.
pub fn tell(conn: &mut Conn, tenant: TenantId, account: AccountId, notice: Notice, now: Timestamp) -> Result<()> {
    let to = accounts::find(conn, tenant, account)?;
    let letter = Letter {
        template: notice.template().to_owned(),
        to: to.email,
        name: to.name,
        lang: to.lang,
        tenant_name: tenants::name(conn, tenant)?,
        path: "/account".to_owned(),
        expires_at: now,
    };
    outbox::post(conn, tenant, &letter, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::Lang;

    #[test]
    fn every_notice_has_its_words_in_every_language() {
        use Notice::*;
        let args = &[("name", "Aino"), ("tenant", "Kunta"), ("link", "https://polku.example.fi/account"), ("at", "22.11.2026 9.05")];
        for notice in
            [SecondFactorOn, SecondFactorOff, SecondFactorReset, RecoveryCodesMade, RecoveryCodeUsed, PasswordChanged, EmailChanged]
        {
            for lang in Lang::ALL {
                let text = |part: &str| lang.text_with(&format!("mail-{}-{part}", notice.template()), args);
                let (subject, body) = (text("subject"), text("body"));
                assert!(subject.contains("Kunta") && !subject.contains("mail-"), "{notice:?} {lang}: {subject}");
                for word in ["Aino", "Kunta", "https://polku.example.fi/account", "22.11.2026 9.05"] {
                    assert!(body.contains(word), "{notice:?} {lang} lacks {word}: {body}");
                }
                assert!(!body.contains('$'), "{notice:?} {lang}: {body}");
            }
        }
    }
}
