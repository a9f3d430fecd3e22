//! `endpaper serve`: the pages and the EPUB side by side in a browser, while the author writes.
//!
//! One thread makes the book anew when something changes, others answer the browser from what was
//! made last. Only this machine is listened to, and only requests that name it: no page of the
//! world can ask for what is here by another name. Nothing is written but pictures in their smaller
//! forms, where `endpaper build` keeps them too.

mod answer;

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::arguments::{DIST, Serve};
use super::make;
use super::report::Texts;
use super::watcher::Watcher;
use super::{Failure, Outcome, build, guard, json, say, tell};
use crate::Preview;
use crate::epub::Entry;
use crate::project::Cache;

/// What was made last.
struct Shown {
    /// Counts from 1.
    generation: u64,
    book: Option<Preview>,
    texts: Texts,
    /// What went wrong before there could be complaints.
    failure: Option<String>,
}

/// What all threads see.
struct Desk {
    shown: Mutex<Arc<Shown>>,
    changed: Condvar,
}

/// Requests that are answered at once; one browser makes a few.
const MOST_THREADS: usize = 64;

/// Runs the command, until somebody stops it.
pub(super) fn run(serve: &Serve) -> Result<Outcome, Failure> {
    let folders = make::folders(&serve.common)?;
    let mut watcher = Watcher::new(&folders, None)?;
    let server = tiny_http::Server::http(("127.0.0.1", serve.port)).map_err(|error| {
        Failure::new(format!("cannot listen on port {}: {error}", serve.port))
            .help("another `endpaper serve` may be running; `--port 0` takes any free port")
    })?;
    let port = server.server_addr().to_ip().map_or(serve.port, |address| address.port());
    let first = make(serve, 1);
    let desk = Arc::new(Desk { shown: Mutex::new(Arc::new(first)), changed: Condvar::new() });
    tell(&format!("http://127.0.0.1:{port}/\n"))?;
    let answering = Arc::clone(&desk);
    std::thread::spawn(move || listen(&server, &answering));
    for generation in 2.. {
        if !watcher.wait() {
            break;
        }
        let shown = make(serve, generation);
        if !serve.common.quiet {
            say(&format!("made again ({generation})\n"));
        }
        *desk.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        desk.changed.notify_all();
    }
    Ok(Outcome::Done)
}

/// Makes the book; whatever goes wrong is shown in the browser.
fn make(serve: &Serve, generation: u64) -> Shown {
    let edition = serve.edition.as_deref();
    let made = guard::catch(|| make::preview(&serve.common, edition, kept()));
    let (book, texts, failure) = match made {
        Ok(Ok((book, texts, why))) => (book, texts, why),
        Ok(Err(failure)) => (None, Texts::none(), Some(failure.to_string())),
        Err(bug) => (None, Texts::none(), Some(bug.to_string())),
    };
    Shown { generation, book, texts, failure }
}

/// The pictures that `endpaper build` made: they are the same here, and what is made here it finds.
fn kept() -> Option<Cache> {
    build::cache_beside(Path::new(DIST))
}

fn listen(server: &tiny_http::Server, desk: &Arc<Desk>) {
    let busy = Arc::new(());
    for request in server.incoming_requests() {
        if Arc::strong_count(&busy) > MOST_THREADS {
            let _ = request.respond(tiny_http::Response::empty(503));
            continue;
        }
        let (desk, busy) = (Arc::clone(desk), Arc::clone(&busy));
        std::thread::spawn(move || {
            answer::answer(request, &desk);
            drop(busy);
        });
    }
}

impl Desk {
    fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is shown after this generation; the same again when nothing happens for a while.
    fn after(&self, generation: u64) -> Arc<Shown> {
        /// Browsers and what stands between would give up at some time.
        const PATIENCE: Duration = Duration::from_secs(20);
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .changed
            .wait_timeout_while(shown, PATIENCE, |shown| shown.generation <= generation);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shown)
    }
}

impl Shown {
    /// What the browser needs to know: how many pages there are and what they are called, the
    /// documents of the EPUB, the complaints.
    fn state(&self) -> serde_json::Value {
        let Some(book) = &self.book else {
            let (generation, failure) = (self.generation, &self.failure);
            return serde_json::json!({ "generation": generation, "failure": failure });
        };
        let sections = &book.book.sections;
        let documents: Vec<&str> = book.package.entries().iter().map(Entry::name).collect();
        let document = |slug: &str| {
            let end = format!("/{slug}.xhtml");
            documents.iter().find(|name| name.ends_with(&end)).copied()
        };
        let starts = &book.pages.map.pages;
        let pages = book.pages.pages.iter().enumerate().map(|(at, page)| {
            let section = starts.get(at).and_then(|start| sections.get(start.section.0 as usize));
            serde_json::json!({
                "label": page.label, "width": page.size.width.to_pt(),
                "height": page.size.height.to_pt(),
                "document": section.and_then(|section| document(&section.slug)),
            })
        });
        let named = sections.iter().filter_map(|section| {
            let name = document(&section.slug)?;
            Some(serde_json::json!({ "name": name, "title": section.title.plain() }))
        });
        let complaints = json::lines(&self.texts, &book.diagnostics);
        let complaints = complaints.lines().filter_map(|line| serde_json::from_str(line).ok());
        serde_json::json!({
            "generation": self.generation, "title": book.book.meta.title,
            "pages": pages.collect::<Vec<_>>(), "documents": named.collect::<Vec<_>>(),
            "complaints": complaints.collect::<Vec<serde_json::Value>>(),
            "failure": self.failure,
        })
    }
}
