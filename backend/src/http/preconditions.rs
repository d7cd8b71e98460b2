//! `If-Match`: a change or removal says which version it is about. Without it 428, with another one 412.

use crate::error::{Error, Result};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use shared::problem::ProblemCode;
use std::future::{Ready, ready};

/// The version that the caller believes to be current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(i64);

impl IfMatch {
    /// Of one who knows the version, without a request.
    pub const fn of(version: i64) -> Self {
        Self(version)
    }

    /// Refuses when the thing has moved on.
    pub fn check(self, current: i64) -> Result<()> {
        if self.0 == current { Ok(()) } else { Err(Error::stale(current)) }
    }
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get("if-match").map(|value| value.to_str().unwrap_or_default());
        ready(match header {
            None => Err(Error::of(ProblemCode::PreconditionRequired)),
            Some(etag) => parse(etag),
        })
    }
}

/// `"v7"` is version 7, and so is `"v7.…"`, which says what was told of it as well. Any other ETag is of no version of ours and so can never match.
fn parse(etag: &str) -> Result<IfMatch> {
    let quoted = etag.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = quoted else { return Err(Error::malformed("If-Match", "one strong ETag in double quotes")) };
    let named = inner.split_once('.').map_or(inner, |(version, _)| version);
    let version = named.strip_prefix('v').and_then(|digits| digits.parse().ok());
    // `"v+7"` and `"v07"` are other ETags than `"v7"`.
    let version = version.filter(|version: &i64| named == format!("v{version}"));
    Ok(IfMatch(version.unwrap_or(-1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strong_etags_of_ours_match() {
        assert_eq!(parse("\"v7\"").ok(), Some(IfMatch(7)));
        assert_eq!(parse("\"v7.0a1b\"").ok(), Some(IfMatch(7)));
        assert!(parse("\"x\"").is_ok_and(|m| m.check(7).is_err()));
        assert!(parse("\"v+7\"").is_ok_and(|m| m.check(7).is_err()));
        assert!(parse("\"v07\"").is_ok_and(|m| m.check(7).is_err()));
        assert!(parse("W/\"v7\"").is_err());
        assert!(parse("*").is_err());
    }
}
