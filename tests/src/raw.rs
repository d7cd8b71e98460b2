//! Requests as they are written by hand, for headers, statuses and what the typed client would never send.

use crate::{Person, TestApp};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use shared::Problem;

impl TestApp {
    /// A request to the own tenant; `path` from the root (`/api/v1/…`).
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.origin(&self.own)))
    }

    /// A GET by somebody.
    pub fn get_as(&self, person: &Person, path: &str) -> RequestBuilder {
        self.request(Method::GET, path).bearer_auth(person.token())
    }

    /// A request with a body by somebody.
    pub fn send_as(&self, person: &Person, method: Method, path: &str, body: &Value) -> RequestBuilder {
        let kind = if method == Method::PATCH { "application/merge-patch+json" } else { "application/json" };
        self.request(method, path).bearer_auth(person.token()).header("content-type", kind).body(body.to_string())
    }
}

/// Sends it.
pub async fn send(request: RequestBuilder) -> Response {
    request.send().await.expect("an answer")
}

/// Sends it and gives the status alone.
pub async fn status(request: RequestBuilder) -> u16 {
    send(request).await.status().as_u16()
}

/// A header as text; empty when it is not there.
pub fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Sends it and reads the problem that must come, with its status.
pub async fn problem(request: RequestBuilder) -> Problem {
    let response = send(request).await;
    let status = response.status();
    let kind = header(&response, "content-type");
    let text = response.text().await.expect("a body");
    assert!(status.is_client_error() || status.is_server_error(), "expected a refusal, got {status}: {text}");
    assert_eq!(kind, "application/problem+json", "{status}: {text}");
    let problem: Problem = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(StatusCode::from_u16(problem.status).expect("a status"), status);
    assert!(!problem.trace_id.is_empty() && !problem.title.is_empty(), "{text}");
    problem
}

/// The session cookie that an answer sets: its name and value.
pub fn cookie(response: &Response) -> Option<String> {
    let set = response.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    set.filter_map(|line| line.split(';').next()).find(|pair| pair.contains("polku_rt=")).map(str::to_owned)
}
