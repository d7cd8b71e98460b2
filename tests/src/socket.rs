//! Requests as bytes on a socket, for what no HTTP client would send.

use crate::TestApp;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

/// A connection to the server.
pub struct Socket {
    stream: TcpStream,
    host: String,
    begun: Instant,
}

impl TestApp {
    /// A fresh connection.
    pub async fn socket(&self) -> Socket {
        let stream = TcpStream::connect(self.address).await.expect("a connection");
        Socket { stream, host: self.own.host.clone(), begun: Instant::now() }
    }

    /// A fresh connection with little room for what has come and is not read yet: the rest stays with the server.
    pub async fn small_socket(&self) -> Socket {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4_096).expect("a size");
        let stream = socket.connect(self.address).await.expect("a connection");
        Socket { stream, host: self.own.host.clone(), begun: Instant::now() }
    }
}

impl Socket {
    /// Writes; whether the server still takes it. `HOST` stands for the own tenant's host name.
    pub async fn write(&mut self, text: &str) -> bool {
        self.stream.write_all(text.replace("HOST", &self.host).as_bytes()).await.is_ok()
    }

    /// Everything that comes until the server closes, and whether it did within the time.
    pub async fn rest(&mut self, within: Duration) -> (String, bool) {
        let mut bytes = Vec::new();
        let mut chunk = [0; 8192];
        let until = tokio::time::Instant::now() + within;
        loop {
            match tokio::time::timeout_at(until, self.stream.read(&mut chunk)).await {
                Ok(Ok(0) | Err(_)) => return (String::from_utf8_lossy(&bytes).into_owned(), true),
                Ok(Ok(count)) => bytes.extend_from_slice(&chunk[..count]),
                Err(_) => return (String::from_utf8_lossy(&bytes).into_owned(), false),
            }
        }
    }

    /// One answer with its body, where its length is given.
    pub async fn answer(&mut self) -> String {
        let mut text = String::new();
        let mut chunk = [0; 8192];
        loop {
            let count = self.stream.read(&mut chunk).await.expect("an answer");
            assert!(count > 0, "the connection was closed after {text:?}");
            text.push_str(&String::from_utf8_lossy(&chunk[..count]));
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
                if body.len() >= length.unwrap_or(0) {
                    return text;
                }
            }
        }
    }

    /// Reads so many bytes every now and then for a while, and then all that is still there: how many bytes that was, and
    /// whether the connection was reset. What has arrived can be read whatever became of the connection.
    pub async fn sip(&mut self, bytes: usize, every: Duration, lasts: Duration) -> (usize, bool) {
        let (until, mut sip, mut rest) = (Instant::now() + lasts, vec![0; bytes], Vec::new());
        while Instant::now() < until && matches!(self.stream.read(&mut sip).await, Ok(1..)) {
            tokio::time::sleep(every).await;
        }
        let reset = self.stream.read_to_end(&mut rest).await.is_err();
        (rest.len(), reset)
    }

    /// Sends a piece again and again until the server has had enough; what it said, and how long it took.
    pub async fn drip(&mut self, piece: &str, every: Duration, within: Duration) -> (String, bool, Duration) {
        let until = Instant::now() + within;
        let mut said = String::new();
        while Instant::now() < until {
            let alive = self.write(piece).await;
            let (more, closed) = self.rest(every).await;
            said.push_str(&more);
            if closed || !alive {
                return (said, true, self.begun.elapsed());
            }
        }
        (said, false, self.begun.elapsed())
    }
}

/// The statuses of all answers in what was said.
pub fn statuses(said: &str) -> Vec<u16> {
    said.match_indices("HTTP/1.1 ").filter_map(|(at, mark)| said[at + mark.len()..].get(..3)?.parse().ok()).collect()
}
