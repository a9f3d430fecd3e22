//! Addresses of pages as authors write them: is there a machine that could answer?
//!
//! Reading systems parse addresses as browsers do (WHATWG URL Standard) and EPUBCheck refuses what
//! they cannot parse; so does this, with the reason. Paths and queries are not judged: whatever
//! is odd in them can be encoded.

use core::net::{Ipv4Addr, Ipv6Addr};

/// What is wrong with the machine that an address names; `None` when nothing is. `rest` is what
/// stands behind `https://`.
pub(crate) fn host_problem(rest: &str) -> Option<&'static str> {
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let machine = authority.rsplit_once('@').map_or(authority, |(_, machine)| machine);
    let (host, port) = match machine.rfind(':') {
        Some(at) if !machine[at..].contains(']') => (&machine[..at], &machine[at + 1..]),
        Some(_) | None => (machine, ""),
    };
    name_problem(host).or_else(|| port_problem(port))
}

/// Whether a text is an address of a page that both editions can carry.
pub(crate) fn is_page(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let start = ["https://", "http://"].iter().find(|scheme| lower.starts_with(**scheme));
    let rest = start.and_then(|scheme| text.get(scheme.len()..));
    let is_odd = |c: char| c.is_control() || " \"<>".contains(c);
    rest.is_some_and(|rest| host_problem(rest).is_none() && !rest.contains(is_odd))
}

/// URL Standard §3.5, host parsing, as far as it can fail.
fn name_problem(host: &str) -> Option<&'static str> {
    if host.is_empty() {
        return Some("it names no machine");
    }
    if let Some(inner) = host.strip_prefix('[') {
        let sound = inner.strip_suffix(']').is_some_and(|ip| ip.parse::<Ipv6Addr>().is_ok());
        return (!sound).then_some("the number between the brackets is no address of a machine");
    }
    if host.contains(|c: char| c.is_control() || " \"<>[]^`{|}%:\\".contains(c)) {
        return Some("its name of a machine holds a character that none may have");
    }
    let labels = host.strip_suffix('.').unwrap_or(host);
    if labels.split('.').any(str::is_empty) {
        return Some("a piece of its name of a machine is empty");
    }
    let last = labels.rsplit('.').next().unwrap_or(labels);
    let is_number = last.bytes().all(|b| b.is_ascii_digit());
    (is_number && labels.parse::<Ipv4Addr>().is_err())
        .then_some("it ends in a number, but is no address of a machine")
}

fn port_problem(port: &str) -> Option<&'static str> {
    let is_port = port.is_empty() || port.parse::<u16>().is_ok() && !port.starts_with('+');
    (!is_port).then_some("its port is no number up to 65535")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_can_answer_or_not() {
        for good in [
            "example.org",
            "example.org:65535/x:y",
            "a@b.org:8080?q",
            "[::1]:80/",
            "127.0.0.1",
            "bøger.dk#x",
            "localhost:",
            "a.org./",
        ] {
            assert_eq!(host_problem(good), None, "{good}");
        }
        for bad in [
            "",
            "/x",
            "?q",
            "#f",
            ":80",
            "a.org:65536",
            "a.org:x",
            "[::g]",
            "[::1",
            "a b.org",
            "a..org",
            "1.2.3.999",
            "300",
            "a%20b.org",
            "@/",
            "a.org:+1",
        ] {
            assert!(host_problem(bad).is_some(), "{bad}");
        }
        assert!(is_page("HTTPS://x.org/a") && !is_page("ftp://x.org") && !is_page("https://"));
        assert!(!is_page("https://x.org/a b") && !is_page("") && !is_page("é"));
    }
}
