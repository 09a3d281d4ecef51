//! A server that answers as a test wants it to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::SECRETS;

/// What came over the wire.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    /// In lower case, with their values as they came.
    pub(super) headers: Vec<String>,
    pub(super) body: String,
}

/// What goes back.
#[derive(Clone)]
pub(super) enum Reaction {
    /// A status and a body.
    Say(u16, String),
    /// The same with a header line.
    SayWith(u16, String, Vec<u8>),
    /// Nothing, for so long.
    Hang(Duration),
    /// The line is cut before, or within, the answer.
    Cut(&'static str),
    /// So many bytes, as they come.
    Flood(usize),
}

pub(super) struct Server {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

type React = dyn Fn(&Seen, usize) -> Reaction + Send + Sync;

impl Server {
    /// A server that asks `react` about each request, with how many there were on the same path before.
    pub(super) fn new(react: impl Fn(&Seen, usize) -> Reaction + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(vec![]));
        let (react, all): (Arc<React>, _) = (Arc::new(react), seen.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (react, all) = (react.clone(), all.clone());
                std::thread::spawn(move || serve(&stream, &*react, &all));
            }
        });
        Self { url, seen }
    }

    /// One that gives tokens, and answers anything else with each of `statuses` in turn, the last for ever.
    pub(super) fn saying(statuses: &'static [u16]) -> Self {
        Self::new(move |seen, nth| match &*seen.path {
            "/token" => granted(),
            _ => say(statuses[nth.min(statuses.len() - 1)]),
        })
    }

    /// What came on that path.
    pub(super) fn seen(&self, path: &str) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.path.starts_with(path)).cloned().collect()
    }

    pub(super) fn count(&self, path: &str) -> usize {
        self.seen(path).len()
    }
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

pub(super) fn say(status: u16) -> Reaction {
    Reaction::Say(status, format!(r#"{{"status":{status},"message":"words for {status}"}}"#))
}

pub(super) fn granted() -> Reaction {
    let (access, refresh) = (SECRETS[4], SECRETS[5]);
    let body = format!(
        r#"{{"access_token":"{access}","refresh_token":"{refresh}","token_type":"Bearer","expires_in":7199}}"#
    );
    Reaction::Say(200, body)
}

fn serve(stream: &TcpStream, react: &React, all: &Mutex<Vec<Seen>>) {
    let mut reader = BufReader::new(stream);
    while let Some(seen) = read(&mut reader) {
        let nth = {
            let mut all = all.lock().unwrap();
            let nth = all.iter().filter(|other| other.path == seen.path).count();
            all.push(seen.clone());
            nth
        };
        if !answer(stream, react(&seen, nth)) {
            let _gone = stream.shutdown(std::net::Shutdown::Both);
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Seen> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|len| *len > 0)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = vec![];
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push(format!("{}: {value}", name.to_lowercase())),
            None => break,
        }
    }
    let mut seen = Seen { method, path, headers, body: String::new() };
    let len = seen.header("content-length").map_or(0, |len| len.parse().unwrap());
    let mut body = vec![0; len];
    reader.read_exact(&mut body).ok()?;
    seen.body = String::from_utf8_lossy(&body).into_owned();
    Some(seen)
}

/// Whether the connection is of use for another request.
fn answer(mut stream: &TcpStream, reaction: Reaction) -> bool {
    match reaction {
        Reaction::Say(status, body) => say_with(stream, status, "X-Nothing: 1", body.as_bytes()),
        Reaction::SayWith(status, header, body) => say_with(stream, status, &header, &body),
        Reaction::Hang(time) => {
            std::thread::sleep(time);
            false
        }
        Reaction::Cut(text) => {
            let _gone = stream.write_all(text.as_bytes());
            false
        }
        Reaction::Flood(len) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {len}\r\n\r\n");
            let _gone = stream.write_all(head.as_bytes());
            let chunk = vec![b' '; 1 << 20];
            (0..len >> 20).all(|_| stream.write_all(&chunk).is_ok())
        }
    }
}

fn say_with(mut stream: &TcpStream, status: u16, header: &str, body: &[u8]) -> bool {
    let len = body.len();
    let head = format!("HTTP/1.1 {status} Word\r\n{header}\r\nContent-Length: {len}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat()).is_ok()
}
