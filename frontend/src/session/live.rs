//! Hears of changes while a page is shown, so that it can read them anew. One stream serves all that is on the page; a
//! window that nobody looks at has none, because a browser opens few connections to one server. Where no stream stands,
//! the page looks again now and then, more and more seldom.

use super::{Session, session};
use leptos::prelude::*;
use shared::live::{FOLLOWED_MAX, Following, Hint};
use shared::subjects::{SubjectKind, SubjectRef};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

/// Parts of a page appear one after the other: the stream waits for the last of them.
const GATHER: Duration = Duration::from_millis(150);
/// Between two looks where no stream stands: at first, and at most.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(60);
/// A stream that is silent for longer than three signs of life has broken without a word.
const SILENT: Duration = Duration::from_secs(45);
/// Whoever has watched for longer than this may have missed something before the stream stood.
const FRESH_MILLIS: f64 = 1_000.0;

/// What a part of a page shows.
#[derive(Clone, Debug)]
pub enum Watched {
    /// These objects.
    Objects(Vec<SubjectRef>),
    /// Every object of a kind that the account may see.
    List(SubjectKind),
}

impl From<Vec<(SubjectKind, Uuid)>> for Watched {
    fn from(objects: Vec<(SubjectKind, Uuid)>) -> Self {
        Self::Objects(objects.into_iter().map(|(kind, id)| SubjectRef::new(kind, id)).collect())
    }
}

impl From<(SubjectKind, Uuid)> for Watched {
    fn from(object: (SubjectKind, Uuid)) -> Self {
        vec![object].into()
    }
}

impl From<SubjectKind> for Watched {
    fn from(kind: SubjectKind) -> Self {
        Self::List(kind)
    }
}

impl Watched {
    fn fits(&self, at: SubjectRef) -> bool {
        match self {
            Self::Objects(objects) => objects.contains(&at),
            Self::List(kind) => *kind == at.kind,
        }
    }
}

struct Watcher {
    number: usize,
    what: Watched,
    since: f64,
    on_change: Rc<dyn Fn()>,
}

/// What is shown on the page, and the stream that serves it.
#[derive(Default)]
struct Page {
    next: usize,
    watchers: Vec<Watcher>,
    /// Tells the present stream from those before.
    run: usize,
    stream: Option<AbortController>,
    /// Whether it is heard when the window is looked at again.
    hears: bool,
}

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

/// Calls `on_change` whenever something of this has changed, or may have, until the part of the page goes.
///
/// `use_live((SubjectKind::Project, id), move || project.refetch())`, or `use_live(SubjectKind::Project, …)` for a list.
pub fn use_live(what: impl Into<Watched>, on_change: impl Fn() + 'static) {
    let session = session();
    let number = PAGE.with_borrow_mut(|page| {
        page.next += 1;
        page.watchers.push(Watcher { number: page.next, what: what.into(), since: js_sys::Date::now(), on_change: Rc::new(on_change) });
        page.next
    });
    hear_of_the_window(session);
    restart(session);
    on_cleanup(move || {
        PAGE.with_borrow_mut(|page| page.watchers.retain(|watcher| watcher.number != number));
        restart(session);
    });
}

/// A window that is looked at again has missed what changed meanwhile.
fn hear_of_the_window(session: Session) {
    if PAGE.with_borrow_mut(|page| std::mem::replace(&mut page.hears, true)) {
        return;
    }
    let heard = Closure::<dyn Fn()>::new(move || restart(session));
    let _ = document().add_event_listener_with_callback("visibilitychange", heard.as_ref().unchecked_ref());
    // The session lives as long as the window.
    heard.forget();
}

/// Ends the present stream and begins one for what is watched now.
fn restart(session: Session) {
    let run = PAGE.with_borrow_mut(|page| {
        page.run += 1;
        if let Some(stream) = page.stream.take() {
            stream.abort();
        }
        page.run
    });
    leptos::task::spawn_local(async move {
        sleep(GATHER).await;
        keep_watching(session, run).await;
    });
}

fn is_current(run: usize) -> bool {
    let watched = PAGE.with_borrow(|page| page.run == run && !page.watchers.is_empty());
    watched && !document().hidden()
}

async fn keep_watching(session: Session, run: usize) {
    let mut pause = PAUSE;
    while is_current(run) {
        let stood = stream(session, run).await;
        if stood.is_ok_and(|lines| lines > 0) {
            pause = PAUSE;
        }
        if !is_current(run) {
            return;
        }
        // Not all pages of an office at the same moment.
        sleep(pause.mul_f64(1.0 + js_sys::Math::random() / 2.0)).await;
        pause = (pause * 2).min(LONGEST);
        if is_current(run) {
            tell(|_| true);
        }
    }
}

/// Calls those whose watch fits. They may change what is watched.
fn tell(fits: impl Fn(&Watcher) -> bool) {
    let called: Vec<Rc<dyn Fn()>> =
        PAGE.with_borrow(|page| page.watchers.iter().filter(|watcher| fits(watcher)).map(|watcher| watcher.on_change.clone()).collect());
    called.iter().for_each(|on_change| on_change());
}

/// What is watched now, as the server is asked for it. More objects than one stream takes are looked at in turns of a
/// minute: the stream ends early for them.
fn following() -> Following {
    PAGE.with_borrow(|page| {
        let (mut objects, mut lists) = (BTreeSet::new(), BTreeSet::new());
        for watcher in &page.watchers {
            match &watcher.what {
                Watched::Objects(own) => objects.extend(own.iter().copied()),
                Watched::List(kind) => drop(lists.insert(*kind)),
            }
        }
        objects.retain(|at: &SubjectRef| !lists.contains(&at.kind));
        let seconds = (objects.len() > FOLLOWED_MAX).then_some(60);
        let objects: Vec<SubjectRef> = objects.into_iter().take(FOLLOWED_MAX).collect();
        Following { seconds, ..Following::of(&objects).and_lists(&lists.into_iter().collect::<Vec<_>>()) }
    })
}

/// Reads one stream to its end; how many lines there were.
async fn stream(session: Session, run: usize) -> Result<usize, JsValue> {
    let controller = AbortController::new()?;
    let signal = controller.signal();
    PAGE.with_borrow_mut(|page| page.stream = Some(controller));
    let address = session.client().follow_changes(&following());
    let mut answer = ask(session, &address, &signal).await?;
    if answer.status() == 401 && session.client().refresh().await.is_ok() {
        answer = ask(session, &address, &signal).await?;
    }
    let Some(body) = answer.body().filter(|_| answer.ok()) else { return Err(JsValue::NULL) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let (mut read, mut lines) = (Vec::new(), 0);
    while let Some(chunk) = piece(&reader).await? {
        if !is_current(run) {
            break;
        }
        read.extend_from_slice(&chunk);
        while let Some(end) = read.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = read.drain(..=end).collect();
            lines += 1;
            take(&line, lines == 1);
        }
    }
    Ok(lines)
}

async fn ask(session: Session, address: &str, signal: &AbortSignal) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    headers.set("authorization", &format!("Bearer {}", session.client().access_token().unwrap_or_default()))?;
    let init = RequestInit::new();
    init.set_headers(&headers);
    init.set_signal(Some(signal));
    init.set_cache(RequestCache::NoStore);
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}

/// The next bytes; none at the end.
async fn piece(reader: &ReadableStreamDefaultReader) -> Result<Option<Vec<u8>>, JsValue> {
    let reading = std::pin::pin!(JsFuture::from(reader.read()));
    let silent = std::pin::pin!(sleep(SILENT));
    let read = match futures_util::future::select(reading, silent).await {
        futures_util::future::Either::Left((read, _)) => read?,
        futures_util::future::Either::Right(_) => return Err(JsValue::NULL),
    };
    let done = js_sys::Reflect::get(&read, &"done".into())?.is_truthy();
    let value = js_sys::Reflect::get(&read, &"value".into())?;
    Ok((!done).then(|| js_sys::Uint8Array::new(&value).to_vec()))
}

/// Hints of kinds that are not known here are of no use to this page.
fn take(line: &[u8], first: bool) {
    let fresh = js_sys::Date::now() - FRESH_MILLIS;
    match serde_json::from_slice::<Hint>(line) {
        Ok(Hint::Changed { subject, id, .. } | Hint::Gone { subject, id }) => {
            tell(|watcher| watcher.what.fits(SubjectRef::new(subject, id)));
        }
        Ok(Hint::LookAgain) => tell(|_| true),
        Ok(Hint::Alive) if first => tell(|watcher| watcher.since < fresh),
        Ok(Hint::Alive) | Err(_) => {}
    }
}

async fn sleep(time: Duration) {
    let (tell, told) = futures_channel::oneshot::channel::<()>();
    set_timeout(
        move || {
            let _ = tell.send(());
        },
        time,
    );
    let _ = told.await;
}
