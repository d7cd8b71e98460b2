//! Answers that come line by line and do not end by themselves.

use crate::raw::send;
use crate::{Person, TestApp};
use reqwest::{RequestBuilder, Response};
use shared::live::{Following, Hint};
use std::time::Duration;
use tokio::time::timeout;

/// How soon a hint must come.
pub const SOON: Duration = Duration::from_secs(2);

/// A stream of hints.
pub struct Lines {
    response: Response,
    read: Vec<u8>,
}

impl TestApp {
    /// Asks for a stream.
    pub fn following(&self, person: &Person, following: &Following) -> RequestBuilder {
        self.get_as(person, "/api/v1/live").query(following)
    }

    /// A stream that has begun.
    pub async fn follow(&self, person: &Person, following: &Following) -> Lines {
        let response = send(self.following(person, following)).await;
        assert_eq!(response.status(), 200);
        let mut lines = Lines { response, read: Vec::new() };
        assert_eq!(lines.next(SOON).await, Some(Hint::Alive));
        lines
    }
}

impl Lines {
    /// The next hint, which must come within the time; none at the end of the stream.
    pub async fn next(&mut self, within: Duration) -> Option<Hint> {
        timeout(within, self.line()).await.unwrap_or_else(|_| panic!("nothing came within {within:?}"))
    }

    /// The next one that is no sign of life.
    pub async fn news(&mut self, within: Duration) -> Option<Hint> {
        let news = async {
            loop {
                match self.line().await {
                    Some(Hint::Alive) => {}
                    other => return other,
                }
            }
        };
        timeout(within, news).await.unwrap_or_else(|_| panic!("no news within {within:?}"))
    }

    async fn line(&mut self) -> Option<Hint> {
        loop {
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.read.drain(..=end).collect();
                return Some(serde_json::from_slice(&line).expect("a hint"));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.read.extend_from_slice(&chunk),
                Ok(None) | Err(_) => return None,
            }
        }
    }
}
