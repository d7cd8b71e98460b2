//! C5: requests whose length two readers could see differently. Each is refused, and nothing after it is believed.

use std::time::Duration;
use tests::TestApp;
use tests::socket::statuses;

/// Another request, which must never be answered: it would be the smuggled one.
const SECOND: &str = "GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n";

const VECTORS: &[(&str, &str)] = &[
    ("a length and chunks", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("chunks and a length", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    ("two lengths", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    ("two lengths in one field", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1, 1\r\n\r\na"),
    ("a length with a sign", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: +1\r\n\r\na"),
    ("a negative length", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\na"),
    ("a length in hexadecimal", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0x1\r\n\r\na"),
    ("a length beyond 64 bits", "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999999999999\r\n\r\na"),
    ("an unknown coding", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    ("chunks not last", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
    ("two codings", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
    ("a space before the colon", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    ("a folded line", "POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
    ("a carriage return in a value", "POST / HTTP/1.1\r\nHost: HOST\r\nX: a\rContent-Length: 1\r\n\r\na"),
    ("a NUL in a value", "POST / HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\n\r\n"),
    ("a chunk of no size", "POST /api/v1/sessions HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n"),
    (
        "a chunk beyond 64 bits",
        "POST /api/v1/sessions HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nab\r\n0\r\n\r\n",
    ),
    (
        "a chunk longer than it says",
        "POST /api/v1/sessions HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
    ),
    ("bare line feeds", "POST / HTTP/1.1\nHost: HOST\nContent-Length: 1\n\na"),
    ("a bare line feed in the head", "POST / HTTP/1.1\r\nHost: HOST\nContent-Length: 1\r\n\r\na"),
    (
        "a bare line feed after a chunk's size",
        "POST /api/v1/sessions HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n",
    ),
    ("no version", "GET /healthz\r\nHost: HOST\r\n\r\n"),
    ("two spaces", "GET  /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n"),
];

#[tokio::test]
async fn what_two_readers_could_read_differently_is_refused_and_the_connection_closed() {
    let app = TestApp::start().await;
    for (name, vector) in VECTORS {
        let mut socket = app.socket().await;
        socket.write(&format!("{vector}{SECOND}")).await;
        let (said, closed) = socket.rest(Duration::from_secs(5)).await;
        assert!(closed, "{name}: still open after {said:?}");
        assert!(statuses(&said).iter().all(|status| *status == 400), "{name}: {said:?}");
        assert!(statuses(&said).len() <= 1 && !said.contains("ok\n"), "{name}: the second request was answered: {said:?}");
    }
}

#[tokio::test]
async fn what_is_unusual_and_right_is_served() {
    let app = TestApp::start().await;
    let mut socket = app.socket().await;
    socket.write(&format!("{SECOND}{SECOND}")).await;
    let mut said = socket.answer().await;
    if statuses(&said).len() < 2 {
        said.push_str(&socket.answer().await);
    }
    assert_eq!(statuses(&said), [200, 200], "one after the other in one piece");
    let chunked = "POST /api/v1/sessions HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nTransfer-Encoding: Chunked\r\n\r\n1;ext=1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
    let mut socket = app.socket().await;
    socket.write(chunked).await;
    assert_eq!(statuses(&socket.answer().await), [400], "read as the JSON that it is, which lacks members");
    socket.write(SECOND).await;
    assert_eq!(statuses(&socket.answer().await), [200], "and the connection goes on");
}
