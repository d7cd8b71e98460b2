//! Connections that keep time. actix watches the first head of a connection and the pause between requests; this watches
//! what it does not: later heads that never end, and answers that are never taken.

use crate::config::limits::Times;
use std::cell::Cell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// Whether a request of the connection is under way, and since when not. Lies in the connection's data.
#[derive(Debug)]
pub struct Phase {
    busy: Cell<bool>,
    since: Cell<Instant>,
    /// How many requests have been answered.
    answered: Cell<u64>,
    /// How many answers go on after they have begun.
    held: Cell<u32>,
}

/// An answer that goes on, with long pauses that are no idleness. Ends with this value.
pub struct Held(Rc<Phase>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.held.set(self.0.held.get().saturating_sub(1));
        self.0.since.set(Instant::now());
    }
}

impl Phase {
    /// A request has come.
    pub fn begin(&self) {
        self.busy.set(true);
    }

    /// Its answer is made.
    pub fn end(&self) {
        self.busy.set(false);
        self.since.set(Instant::now());
        self.answered.set(self.answered.get() + 1);
    }

    /// The answer that is being made goes on until the outcome is dropped.
    pub fn hold(self: &Rc<Self>) -> Held {
        self.held.set(self.held.get() + 1);
        Held(self.clone())
    }

    fn is_busy(&self) -> bool {
        self.busy.get() || self.held.get() > 0
    }

    fn progress(&self) {
        if !self.is_busy() {
            self.since.set(Instant::now());
        }
    }
}

/// Watches the lines of a head. The parser takes a line feed alone for the end of a line, which others before this server
/// may not; it is made a NUL here, which the parser refuses with 400. Of heads that come before the one ahead of them is
/// answered, only the first is watched: proxies send none so.
#[derive(Default)]
struct Lines {
    before: u8,
    /// Whether the head has a line, and the present line a sign.
    begun: bool,
    filled: bool,
    over: bool,
    /// How many requests had been answered when the head began.
    answered: u64,
}

impl Lines {
    fn watch(&mut self, bytes: &mut [u8], answered: u64) {
        if answered != self.answered {
            *self = Self { before: self.before, answered, ..Self::default() };
        }
        for byte in bytes {
            match *byte {
                _ if self.over => {}
                b'\n' if self.before != b'\r' => *byte = 0,
                b'\n' => {
                    self.over = self.begun && !self.filled;
                    self.filled = false;
                }
                b'\r' => {}
                _ => (self.begun, self.filled) = (true, true),
            }
            self.before = *byte;
        }
    }
}

/// A timer that is moved only when it goes off too early: most deadlines are put off long before they are met.
#[derive(Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    fn poll_until(&mut self, deadline: Instant, cx: &mut Context<'_>) -> Poll<()> {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if deadline < sleep.deadline() {
            sleep.as_mut().reset(deadline);
        }
        loop {
            ready!(sleep.as_mut().poll(cx));
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            sleep.as_mut().reset(deadline);
        }
    }
}

/// A connection that ends with an error when its peer is too slow.
pub struct Paced<T> {
    io: T,
    times: Times,
    phase: Rc<Phase>,
    lines: Lines,
    reading: Timer,
    writing: Timer,
    /// Ends the connection at once, with what the system still holds of it.
    cut: fn(&T),
    /// Since when the peer has not taken all that there is, and how many bytes it has taken meanwhile.
    behind: Option<(Instant, u64)>,
}

fn too_slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the peer is too slow")
}

impl<T> Paced<T> {
    /// A connection that has just been made.
    ///
    /// `cut` is called before it ends for an answer that is not taken: otherwise the system would go on offering the peer
    /// what it has of the answer, for as long as the peer takes a byte now and then.
    pub fn new(io: T, times: Times, cut: fn(&T)) -> Self {
        let since = Cell::new(Instant::now());
        let phase = Rc::new(Phase { busy: Cell::new(false), since, answered: Cell::new(0), held: Cell::new(0) });
        Self { io, times, phase, lines: Lines::default(), reading: Timer::default(), writing: Timer::default(), cut, behind: None }
    }

    /// What its requests tell of themselves.
    pub fn phase(&self) -> Rc<Phase> {
        self.phase.clone()
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Paced<T> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let own = self.get_mut();
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut own.io).poll_read(cx, buffer);
        if own.phase.is_busy() {
            return outcome;
        }
        if outcome.is_ready() {
            own.lines.watch(&mut buffer.filled_mut()[before..], own.phase.answered.get());
            return outcome;
        }
        let deadline = own.phase.since.get() + own.times.idle();
        own.reading.poll_until(deadline, cx).map(|()| Err(too_slow()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Paced<T> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let own = self.get_mut();
        match Pin::new(&mut own.io).poll_write(cx, buffer) {
            Poll::Ready(Ok(count)) => {
                own.phase.progress();
                own.behind = match own.behind {
                    _ if count == buffer.len() => None,
                    behind => behind.map(|(since, taken)| (since, taken + count as u64)),
                };
                Poll::Ready(Ok(count))
            }
            Poll::Ready(failed) => Poll::Ready(failed),
            Poll::Pending => {
                let (since, taken) = *own.behind.get_or_insert_with(|| (Instant::now(), 0));
                let deadline = since + own.times.for_bytes(taken);
                own.writing.poll_until(deadline, cx).map(|()| {
                    (own.cut)(&own.io);
                    Err(too_slow())
                })
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::advance;

    fn times() -> Times {
        Times { keep_alive: Duration::from_secs(15), head: Duration::from_secs(5), grace: Duration::from_secs(10), ..Times::default() }
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_drips_is_cut_and_one_under_way_is_not() {
        let (near, mut far) = duplex(64);
        let mut paced = Paced::new(near, times(), |_| ());
        let phase = paced.phase();
        let drip = tokio::spawn(async move {
            while far.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let begun = Instant::now();
        let mut byte = [0];
        let error = loop {
            if let Err(error) = paced.read_exact(&mut byte).await {
                break error;
            }
        };
        assert_eq!((error.kind(), begun.elapsed().as_secs()), (io::ErrorKind::TimedOut, 20));
        phase.begin();
        advance(Duration::from_secs(3_600)).await;
        assert!(paced.read_exact(&mut byte).await.is_ok(), "while a request is worked on its body may come");
        drip.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn each_request_begins_the_time_anew() {
        let (near, _far) = duplex(64);
        let mut paced = Paced::new(near, times(), |_| ());
        let phase = paced.phase();
        for _ in 0..3 {
            advance(Duration::from_secs(15)).await;
            phase.begin();
            advance(Duration::from_secs(60)).await;
            phase.end();
        }
        let begun = Instant::now();
        let mut byte = [0];
        assert!(paced.read_exact(&mut byte).await.is_err());
        assert_eq!(begun.elapsed().as_secs(), 20);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_goes_on_is_not_idle_until_it_ends() {
        let (near, _far) = duplex(64);
        let mut paced = Paced::new(near, times(), |_| ());
        let phase = paced.phase();
        phase.begin();
        let held = phase.hold();
        phase.end();
        let mut byte = [0];
        let waited = tokio::time::timeout(Duration::from_secs(600), paced.read_exact(&mut byte)).await;
        assert!(waited.is_err(), "a stream may be silent");
        drop(held);
        let begun = Instant::now();
        assert!(paced.read_exact(&mut byte).await.is_err());
        assert_eq!(begun.elapsed().as_secs(), 20);
    }

    #[test]
    fn a_line_feed_alone_ends_no_line_of_a_head_and_is_text_in_a_body() {
        let watch = |pieces: &[&str]| {
            let (mut lines, mut seen) = (Lines::default(), Vec::new());
            for piece in pieces {
                let mut bytes = piece.as_bytes().to_vec();
                lines.watch(&mut bytes, 0);
                seen.extend(bytes);
            }
            String::from_utf8(seen).expect("text")
        };
        for good in [&["GET / HTTP/1.1\r\nA: b\r\n\r\n{\n}"][..], &["\r\n\r\nGET / HTTP/1.1\r", "\nA: b\r\n", "\r\n\n"]] {
            assert_eq!(watch(good), good.concat());
        }
        for (bad, seen) in [
            (&["GET / HTTP/1.1\nA: b\r\n\r\n"][..], "GET / HTTP/1.1\0A: b\r\n\r\n"),
            (&["\r\nGET / HTTP/1.1\r\nA: b", "\n\r\n"], "\r\nGET / HTTP/1.1\r\nA: b\0\r\n"),
            (&["\nGET"], "\0GET"),
        ] {
            assert_eq!(watch(bad), seen);
        }
        let mut lines = Lines::default();
        lines.watch(&mut b"GET / HTTP/1.1\r\n\r\n".to_vec(), 0);
        let mut second = b"GET / HTTP/1.1\n".to_vec();
        lines.watch(&mut second, 1);
        assert!(second.ends_with(b"1\0"), "the next head is watched too");
    }

    /// Takes so many bytes each second.
    async fn answer_to(pace: usize) -> (io::Result<()>, u64) {
        let (near, mut far) = duplex(4_096);
        let mut paced = Paced::new(near, times(), |_| ());
        let taker = tokio::spawn(async move {
            let mut buffer = vec![0; pace];
            while pace > 0 && far.read_exact(&mut buffer).await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            tokio::time::sleep(Duration::from_secs(3_600)).await;
        });
        let begun = Instant::now();
        let outcome = paced.write_all(&vec![0; 100 * 1024]).await;
        taker.abort();
        (outcome, begun.elapsed().as_secs())
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_must_be_taken_at_a_least_pace() {
        let (outcome, seconds) = answer_to(0).await;
        assert_eq!((outcome.map_err(|error| error.kind()), seconds), (Err(io::ErrorKind::TimedOut), 10));
        let (outcome, seconds) = answer_to(64).await;
        assert!(outcome.is_err() && seconds <= 12, "{outcome:?} after {seconds} s");
        let (outcome, seconds) = answer_to(2_048).await;
        assert!(outcome.is_ok() && (45..60).contains(&seconds), "{outcome:?} after {seconds} s");
    }
}
