//! What a drawing may not do, found before `usvg` reads it: name files elsewhere, or be small and
//! become large (entities within entities, copies of copies, nesting without end).

use crate::photo::decode::Problem;
use usvg::roxmltree::{Document, Node, NodeId};

/// The most nodes a file may have. A map of a city has about as many.
pub(super) const NODE_LIMIT: u32 = 250_000;
/// The most shapes, characters and pieces of paths there may be once every copy is made; each
/// takes a few hundred bytes.
const COST_LIMIT: u64 = 500_000;
/// The deepest nesting, copies included: every level is a call of a function.
const DEPTH_LIMIT: usize = 100;
/// The longest entity. Programs that use them put addresses of namespaces there.
const ENTITY_BYTES: usize = 200;
/// The most references to entities: with the bound above, what they become is bounded.
const ENTITY_REFERENCES: usize = 10_000;
/// Bytes of a path's data that count as one piece.
const PIECE_BYTES: u64 = 64;

/// Refuses entities that are more than abbreviations of a few words.
pub(super) fn entities(text: &str) -> Result<(), Problem> {
    let mut rest = text;
    let mut any = false;
    while let Some(at) = rest.find("<!ENTITY") {
        rest = &rest[at + "<!ENTITY".len()..];
        let declaration = &rest[..rest.find('>').unwrap_or(rest.len())];
        let is_plain = declaration.len() <= ENTITY_BYTES
            && !declaration.contains(['&', '%', '<'])
            && !declaration.contains("SYSTEM")
            && !declaration.contains("PUBLIC");
        if !is_plain {
            return Err(refused("it defines entities that are more than short words"));
        }
        any = true;
    }
    if any && text.matches('&').count() > ENTITY_REFERENCES {
        return Err(refused("it names its entities too often"));
    }
    Ok(())
}

/// Refuses what is too much and what is elsewhere; tells what will not be shown.
pub(super) fn elements(document: &Document<'_>) -> Result<Vec<&'static str>, Problem> {
    let mut losses = Vec::new();
    for node in document.descendants() {
        if node.ancestors().take(DEPTH_LIMIT + 1).count() > DEPTH_LIMIT {
            return Err(refused("its elements are nested too deep"));
        }
        if let Some(target) = outside(&node) {
            return Err(Problem::Elsewhere(target));
        }
        losses.extend(loss(&node).filter(|loss| !losses.contains(loss)));
    }
    let mut costs = Costs::new(document);
    if costs.of(document.root_element(), 0)? > COST_LIMIT {
        return Err(too_much());
    }
    Ok(losses)
}

fn refused(reason: &'static str) -> Problem {
    Problem::Refused(reason)
}

fn too_much() -> Problem {
    refused("it has too many shapes, once all copies are made")
}

/// What an element names that is not in the file.
fn outside(node: &Node<'_, '_>) -> Option<String> {
    if node.is_pi() {
        return node
            .pi()
            .filter(|pi| pi.target == "xml-stylesheet")
            .map(|_| String::from("a style sheet"));
    }
    // What stands in the elements of other vocabularies is not read.
    let is_svg = node.tag_name().namespace().is_none_or(|name| name.ends_with("/svg"));
    if !node.is_element() || !is_svg {
        return None;
    }
    let is_inner = |target: &str| target.starts_with('#') || target.starts_with("data:");
    if node.tag_name().name() != "a" {
        let links = node.attributes().filter(|attribute| attribute.name() == "href");
        let mut targets = links.map(|attribute| attribute.value().trim());
        if let Some(target) = targets.find(|target| !target.is_empty() && !is_inner(target)) {
            return Some(target.to_owned());
        }
    }
    let sheet = (node.tag_name().name() == "style").then(|| node.text().unwrap_or_default());
    if sheet.is_some_and(|sheet| sheet.contains("@import")) {
        return Some(String::from("a style sheet"));
    }
    let values = node.attributes().map(|attribute| attribute.value());
    let mut targets = values.chain(sheet).flat_map(targets);
    targets.find(|target| !target.is_empty() && !is_inner(target)).map(str::to_owned)
}

/// What stands in each `url(…)`.
fn targets(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).map(|rest| {
        let inner = rest.split(')').next().unwrap_or_default();
        inner.trim().trim_matches(['"', '\'']).trim()
    })
}

/// What of the file nobody will see.
fn loss(node: &Node<'_, '_>) -> Option<&'static str> {
    match node.tag_name().name() {
        "script" => Some("scripts"),
        "animate" | "animateColor" | "animateMotion" | "animateTransform" | "set" => {
            Some("movement")
        }
        // Within `switch` something else stands beside it for those who do not know it.
        "foreignObject"
            if !node.ancestors().any(|ancestor| ancestor.tag_name().name() == "switch") =>
        {
            Some("`foreignObject`")
        }
        "audio" | "video" | "iframe" | "canvas" => Some("media"),
        _ => None,
    }
}

/// How much each element becomes, with all that it copies.
struct Costs<'a, 'input> {
    document: &'a Document<'input>,
    ids: Vec<(&'a str, NodeId)>,
    /// What style sheets name: it may be for any element.
    sheet: Vec<&'a str>,
    /// By node; `None` where it was not asked yet.
    known: Vec<Option<u64>>,
}

impl<'a, 'input> Costs<'a, 'input> {
    fn new(document: &'a Document<'input>) -> Self {
        let named = document.descendants();
        let mut ids: Vec<_> =
            named.filter_map(|node| Some((node.attribute("id")?, node.id()))).collect();
        ids.sort_by_key(|(name, _)| *name);
        let sheets = document.descendants().filter(|node| node.tag_name().name() == "style");
        let sheet = sheets.filter_map(|node| node.text()).flat_map(targets);
        let sheet = sheet.filter_map(|target| target.strip_prefix('#')).collect();
        let known = vec![None; document.descendants().count()];
        Self { document, ids, sheet, known }
    }

    fn of(&mut self, node: Node<'a, 'input>, depth: usize) -> Result<u64, Problem> {
        let at = node.id().get_usize();
        if let Some(cost) = self.known.get(at).copied().flatten() {
            return Ok(cost);
        }
        if depth > DEPTH_LIMIT {
            return Err(refused("its elements are nested too deep"));
        }
        // What contains itself is not copied.
        self.remember(at, 0);
        let mut cost = own(&node);
        for child in node.children().filter(Node::is_element) {
            cost = cost.saturating_add(self.of(child, depth + 1)?);
        }
        let by_sheet: Vec<_> = self.sheet.iter().map(|target| (*target, 1)).collect();
        for (target, times) in copied(&node).into_iter().chain(by_sheet) {
            if let Ok(found) = self.ids.binary_search_by_key(&target, |(name, _)| *name) {
                let id = self.ids[found].1;
                let Some(target) = self.document.get_node(id) else { continue };
                let one = self.of(target, depth + 1)?;
                cost = cost.saturating_add(one.saturating_mul(times));
            }
        }
        if cost > COST_LIMIT {
            return Err(too_much());
        }
        self.remember(at, cost);
        Ok(cost)
    }

    fn remember(&mut self, at: usize, cost: u64) {
        self.known.iter_mut().skip(at).take(1).for_each(|known| *known = Some(cost));
    }
}

/// What an element is by itself: one, and its characters or the pieces of its path.
fn own(node: &Node<'_, '_>) -> u64 {
    let texts = node.children().filter(Node::is_text).filter_map(|text| text.text());
    let is_read = ["text", "tspan", "textPath"].contains(&node.tag_name().name());
    let characters: usize = if is_read { texts.map(str::len).sum() } else { 0 };
    1 + characters as u64 + path_bytes(node) / PIECE_BYTES
}

fn path_bytes(node: &Node<'_, '_>) -> u64 {
    let data = ["d", "points"].iter().filter_map(|name| node.attribute(*name));
    data.map(|data| data.len() as u64).sum()
}

/// The elements that one copies, each with how often: what it uses, paints or cuts with, and the
/// marks on its path's corners.
fn copied<'a>(node: &Node<'a, '_>) -> Vec<(&'a str, u64)> {
    let mut found = Vec::new();
    for attribute in node.attributes() {
        let value = attribute.value();
        if attribute.name() == "href" {
            found.extend(value.trim().strip_prefix('#').map(|target| (target, 1)));
            continue;
        }
        let is_at_corners = attribute.name() == "marker-mid"
            || attribute.name() == "style" && value.contains("marker");
        // A corner takes four bytes at least: two numbers, each with a blank.
        let times = if is_at_corners { 2 + path_bytes(node) / 4 } else { 1 };
        let targets = targets(value).filter_map(|target| target.strip_prefix('#'));
        found.extend(targets.map(|target| (target, times)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use usvg::roxmltree::ParsingOptions;

    fn checked(text: &str) -> Result<Vec<&'static str>, String> {
        let words = |problem: Problem| match problem {
            Problem::Broken(reason) => reason,
            Problem::Refused(reason) => reason.to_owned(),
            Problem::Elsewhere(target) => format!("elsewhere: {target}"),
            Problem::Unsupported(_) | Problem::TooManyPixels(..) => String::from("other"),
        };
        entities(text).map_err(words)?;
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|e| e.to_string())?;
        elements(&document).map_err(words)
    }

    fn svg(inner: &str) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{inner}</svg>"
        )
    }

    #[test]
    fn what_is_elsewhere_is_refused() {
        for (inner, target) in [
            ("<image xlink:href='http://a.example/b.png'/>", "http://a.example/b.png"),
            ("<use href='other.svg#part'/>", "other.svg#part"),
            ("<path fill='url(other.svg#g)'/>", "other.svg#g"),
            ("<path style='fill: url(\"http://a.example\")'/>", "http://a.example"),
            ("<style>@import 'a.css';</style>", "a style sheet"),
        ] {
            assert_eq!(checked(&svg(inner)), Err(format!("elsewhere: {target}")), "{inner}");
        }
        let inner = "<a href='http://a.example'><path fill='url(#g)'/></a>\
                     <use href='#p'/><image href='data:image/png;base64,AA=='/>";
        assert_eq!(checked(&svg(inner)), Ok(Vec::new()));
    }

    #[test]
    fn entities_may_only_be_short() {
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><svg/>";
        assert!(checked(bomb).is_err_and(|reason| reason.contains("entities")));
        let outside = "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>";
        assert!(checked(outside).is_err_and(|reason| reason.contains("entities")));
        let often = format!(
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>{}</svg>",
            "&a;".repeat(ENTITY_REFERENCES + 1)
        );
        assert!(checked(&often).is_err_and(|reason| reason.contains("too often")));
        let plain = "<!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'>]><svg xmlns='&ns;'/>";
        assert_eq!(checked(plain), Ok(Vec::new()));
    }

    #[test]
    fn copies_of_copies_are_counted() {
        let mut inner = String::from("<g id='a0'><path d='M0 0h1'/></g>");
        for n in 1..12 {
            let copy = format!("<use href='#a{}'/>", n - 1);
            inner.push_str(&format!("<g id='a{n}'>{}</g>", copy.repeat(10)));
        }
        assert!(checked(&svg(&inner)).is_err_and(|reason| reason.contains("copies")));
        let circle = "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>";
        assert_eq!(checked(&svg(circle)), Ok(Vec::new()));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = format!("{}{}", "<g>".repeat(500), "</g>".repeat(500));
        assert!(checked(&svg(&deep)).is_err_and(|reason| reason.contains("deep")));
        let chain: String =
            (0..500).map(|n| format!("<g id='a{n}'><use href='#a{}'/></g>", n + 1)).collect();
        assert!(checked(&svg(&chain)).is_err_and(|reason| reason.contains("deep")));
    }

    #[test]
    fn what_is_not_shown_is_told_once() {
        let inner = "<script/><script/><foreignObject/><switch><foreignObject/><g/></switch>";
        assert_eq!(checked(&svg(inner)), Ok(vec!["scripts", "`foreignObject`"]));
    }
}
