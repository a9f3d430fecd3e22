//! Answers to a browser.

use std::io::Cursor;

use tiny_http::{Header, Request, Response, StatusCode};

use super::{Desk, Shown};
use crate::preview;
use crate::project::percent_decoded;

type Answer = Response<Cursor<Vec<u8>>>;

/// The page that shows everything.
const INDEX: &str = include_str!("index.html");

/// Answers one request.
pub(super) fn answer(request: Request, desk: &Desk) {
    let response = match is_for_us(&request) {
        true => route(request.url(), desk),
        false => plain(403, "text/plain", "this server answers to 127.0.0.1 alone"),
    };
    // A browser that went away needs no answer.
    let _ = request.respond(response);
}

/// Whether the request names this machine: another page's name may lead here (DNS rebinding).
fn is_for_us(request: &Request) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    let host = host.map_or("", |header| header.value.as_str());
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

fn route(url: &str, desk: &Desk) -> Answer {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let path = percent_decoded(path);
    let missing = || plain(404, "text/plain", "there is nothing here");
    let mut steps = path.trim_start_matches('/').splitn(2, '/');
    let (first, rest) = (steps.next().unwrap_or(""), steps.next().unwrap_or(""));
    match first {
        "" => plain(200, "text/html; charset=utf-8", INDEX),
        "state" => {
            let after = query.strip_prefix("after=").and_then(|n| n.parse().ok()).unwrap_or(0);
            plain(200, "application/json", &desk.after(after).state().to_string())
        }
        "page" => page(&desk.now(), rest).unwrap_or_else(missing),
        "picture" => picture(&desk.now(), rest).unwrap_or_else(missing),
        "epub" => entry(&desk.now(), rest).unwrap_or_else(missing),
        "source" => match desk.now().texts.text(rest) {
            Some(text) => plain(200, "text/plain; charset=utf-8", text),
            None => missing(),
        },
        _ => missing(),
    }
}

fn page(shown: &Shown, number: &str) -> Option<Answer> {
    let book = shown.book.as_ref()?;
    let page = book.pages.pages.get(number.parse::<usize>().ok()?)?;
    let place = |span| {
        let at = shown.texts.position(span)?;
        Some(format!("{}:{}:{}", at.path, at.line, at.column))
    };
    let svg = preview::svg(page, &book.faces, &place);
    Some(plain(200, "image/svg+xml", &svg))
}

fn picture(shown: &Shown, number: &str) -> Option<Answer> {
    let book = shown.book.as_ref()?;
    let (media_type, bytes) = preview::picture(&book.book, number.parse().ok()?)?;
    Some(response(200, media_type, bytes.to_vec()))
}

fn entry(shown: &Shown, name: &str) -> Option<Answer> {
    let entries = shown.book.as_ref()?.package.entries();
    let entry = entries.iter().find(|entry| entry.name() == name)?;
    let media_type = match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "ttf" | "otf" => "font/otf",
        _ => "text/plain; charset=utf-8",
    };
    Some(response(200, media_type, entry.bytes().to_vec()))
}

fn plain(code: u16, media_type: &str, text: &str) -> Answer {
    response(code, media_type, text.as_bytes().to_vec())
}

fn response(code: u16, media_type: &str, bytes: Vec<u8>) -> Answer {
    let mut response = Response::from_data(bytes).with_status_code(StatusCode(code));
    let fields = [
        ("Content-Type", media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        // The book may show nothing from elsewhere, and runs no programs.
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline' data:"),
    ];
    for (name, value) in fields {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}
