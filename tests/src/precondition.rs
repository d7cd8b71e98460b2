//! `If-Match` for tests that call services without a request.

use actix_web::FromRequest;
use actix_web::dev::Payload;
use actix_web::test::TestRequest;
use backend::http::preconditions::IfMatch;

/// As if the request had said that it is about this version.
pub fn if_match(version: i64) -> IfMatch {
    let request = TestRequest::default().insert_header(("if-match", shared::client::etag(version))).to_http_request();
    IfMatch::from_request(&request, &mut Payload::None).into_inner().expect("a strong ETag")
}
