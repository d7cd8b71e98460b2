//! A mail server for tests: speaks as much SMTP (RFC 5321) as a client needs to hand a letter over, and keeps it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// One letter as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
}

/// A mail server in this process. Ends with the tests.
pub struct MailServer {
    pub url: String,
    inside: Arc<Mutex<Inside>>,
}

#[derive(Default)]
struct Inside {
    letters: Vec<Letter>,
    refusals: usize,
}

impl MailServer {
    /// Listens on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("smtp://{}", listener.local_addr().expect("an address"));
        let inside = Arc::<Mutex<Inside>>::default();
        let shared = inside.clone();
        let serve = move || {
            for stream in listener.incoming().flatten() {
                // A client that breaks off ends its own talk only.
                talk(&stream, &shared).ok();
            }
        };
        std::thread::Builder::new().name("smtp".to_owned()).spawn(serve).expect("a thread");
        Self { url, inside }
    }

    /// Puts the next letters off, as a server does that is too busy.
    pub fn put_off(&self, letters: usize) {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner).refusals = letters;
    }

    /// What has been taken in so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner).letters.clone()
    }
}

fn talk(stream: &TcpStream, inside: &Mutex<Inside>) -> std::io::Result<()> {
    let say = |line: &str| (&*stream).write_all(format!("{line}\r\n").as_bytes());
    let mut lines = BufReader::new(stream).lines();
    let (mut from, mut to) = (String::new(), Vec::new());
    say("220 test")?;
    while let Some(line) = lines.next().transpose()? {
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match command.to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" => say("250 test")?,
            "MAIL" => {
                (from, to) = (rest.to_owned(), Vec::new());
                say("250 ok")?;
            }
            "RCPT" => {
                to.push(rest.to_owned());
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut text = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push('\n');
                }
                let mut inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
                if inside.refusals > 0 {
                    inside.refusals -= 1;
                    say("451 come back later")?;
                } else {
                    inside.letters.push(Letter { from: from.clone(), to: to.clone(), text });
                    say("250 taken")?;
                }
            }
            "QUIT" => return say("221 bye"),
            "NOOP" | "RSET" => say("250 ok")?,
            _ => say("502 not here")?,
        }
    }
    Ok(())
}
