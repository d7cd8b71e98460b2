//! What a request brings with it, for tests that call services without one.

use actix_web::FromRequest;
use actix_web::dev::Payload;
use actix_web::test::TestRequest;
use backend::http::checked::Merge;
use backend::http::preconditions::IfMatch;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// As if the request had said that it is about this version.
pub fn if_match(version: i64) -> IfMatch {
    let request = TestRequest::default().insert_header(("if-match", shared::client::etag(version))).to_http_request();
    IfMatch::from_request(&request, &mut Payload::None).into_inner().expect("a strong ETag")
}

/// As if the request had brought this merge patch. Nothing in it waits, so it is there at the first look.
pub fn patch<C: Serialize + DeserializeOwned + 'static>(changes: &C) -> Merge<C> {
    let body = serde_json::to_string(changes).expect("JSON");
    let request = TestRequest::default().insert_header(("content-type", "application/merge-patch+json")).set_payload(body);
    let (request, mut payload) = request.to_http_parts();
    let mut reading = Merge::<C>::from_request(&request, &mut payload);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match reading.as_mut().poll(&mut context) {
        std::task::Poll::Ready(read) => read.expect("a patch"),
        std::task::Poll::Pending => panic!("the body is there already"),
    }
}
