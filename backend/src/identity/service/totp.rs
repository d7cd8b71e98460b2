//! Codes of authenticator apps (RFC 6238): six digits, half a minute each, HMAC-SHA-1 over 160 bits, which is what every
//! app reads. One half minute of clock skew is forgiven either way.

use crate::error::{Error, Result};
use crate::keys;
use jiff::Timestamp;
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Totp};

const SECRET_BYTES: usize = 20;
/// Modules of clear edge round a QR code.
const EDGE: usize = 4;

/// A new secret.
pub fn new_secret() -> Vec<u8> {
    keys::random_bytes()[..SECRET_BYTES].to_vec()
}

fn totp(secret: &[u8], issuer: &str, account: &str) -> Result<Totp> {
    // A colon parts the two in the address.
    let plain = |text: &str| text.replace(':', " ");
    let builder =
        Builder::new().with_secret(secret.to_vec()).with_skew(1).with_issuer(Some(plain(issuer))).with_account_name(plain(account));
    builder.build().map_err(|error| Error::Internal(format!("totp: {error}")))
}

/// The half minute, counted from 1970, whose code this is; none when it is no code of now.
pub fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let second = u64::try_from(now.as_second()).unwrap_or_default();
    let step = totp(secret, "Polku", "Polku")?.check(&digits, second);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The secret in base 32, and as an address that authenticator apps open.
pub fn describe(secret: &[u8], issuer: &str, account: &str) -> Result<(String, String)> {
    let totp = totp(secret, issuer, account)?;
    let address = totp.to_url().map_err(|error| Error::Internal(format!("totp: {error}")))?;
    Ok((totp.secret().to_base32(), address))
}

/// A text as a QR code: the data of an SVG path of its dark modules, and its size with the edge.
pub fn qr(text: &str) -> Result<(String, usize)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| Error::Internal(format!("qr: {error}")))?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + EDGE, y + EDGE, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    Ok((path, width + 2 * EDGE))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("an instant")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, for SHA-1; the last six of its eight digits.
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (2_000_000_000, "279037")] {
            assert_eq!(step_of(SECRET, code, at(second)).expect("checked"), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn one_half_minute_of_skew_is_forgiven() {
        let step = |second| step_of(SECRET, "287 082", at(second)).expect("checked");
        assert_eq!([0, 30, 59, 60, 89].map(step), [Some(1); 5]);
        assert_eq!([90, 119, 600].map(step), [None; 3]);
        assert_eq!(step_of(SECRET, "28708", at(59)).expect("checked"), None);
        assert_eq!(step_of(SECRET, "", at(59)).expect("checked"), None);
    }

    #[test]
    fn the_address_names_the_service_and_the_person() {
        let (secret, address) = describe(SECRET, "Kunta: koe", "aino@example.fi").expect("described");
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(address.starts_with("otpauth://totp/Kunta%20%20koe:aino%40example"), "{address}");
        assert!(address.contains(&format!("secret={secret}")) && address.contains("issuer=Kunta%20%20koe"), "{address}");
    }

    #[test]
    fn a_qr_code_has_its_three_corners_inside_a_clear_edge() {
        let (path, size) = qr("otpauth://totp/Polku:aino%40example.fi?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("drawn");
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(path.contains(&format!("M{} 4h7v1h-7z", size - 11)) && path.contains(&format!("M4 {}h7v1h-7z", size - 5)), "{path}");
        assert!(!path.contains('"') && !path.contains('<'), "only data of a path");
    }
}
