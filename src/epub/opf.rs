//! The package document: what the book is, what belongs to it, in which order it is read.
//!
//! epub-builder's own has fixed fields (and, with an author and a language, two equal ids);
//! this one says everything `Meta` knows, refined as EPUB 3.3 wants it, and once more in the form
//! that EPUB 2 systems and Kindle read (`guide`, `meta name="cover"`).

use std::collections::BTreeSet;

use super::Item;
use super::accessibility::Accessibility;
use super::document::Shared;
use super::nav::{Landmark, landmarks};
use super::xhtml::Xml;
use crate::book::{Book, Meta, Person, Role, SectionKind, Subject};

/// An entry of the spine.
#[derive(Clone, Debug)]
pub(super) struct SpineItem {
    /// Id in the manifest.
    pub(super) id: String,
    /// Whether it is read in order, or only reached by a link.
    pub(super) is_linear: bool,
}

/// Writes the package document.
pub(super) fn write(
    shared: &Shared<'_>,
    accessibility: &Accessibility,
    items: &[Item],
    spine: &[SpineItem],
    has_pages: bool,
) -> String {
    let meta = &shared.book.meta;
    let direction = if meta.language.is_right_to_left() { "rtl" } else { "ltr" };
    let mut opf = Opf { xml: Xml::new() };
    opf.xml
        .open("package")
        .attr("xmlns", "http://www.idpf.org/2007/opf")
        .attr("version", "3.0")
        .attr("unique-identifier", "book-id")
        .attr("xml:lang", &meta.language.0)
        .attr("dir", direction)
        .line()
        .open("metadata")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .line();
    opf.identity(meta);
    opf.people(shared.book);
    opf.publication(meta);
    opf.accessibility(accessibility);
    if let Some(name) = &shared.wishes.certified_by {
        opf.certification(name);
    }
    if has_pages {
        opf.meta("pageBreakSource", &format!("{}, {}, PDF", meta.title, meta.version));
    }
    opf.old_meta("generator", &format!("Endpaper {}", env!("CARGO_PKG_VERSION")));
    if let Some((name, position)) = &meta.series {
        // Readium's parsers and older readers know series from calibre only.
        opf.old_meta("calibre:series", name);
        if let Some(position) = position.as_deref().filter(|p| p.parse::<f64>().is_ok()) {
            opf.old_meta("calibre:series_index", position);
        }
    }
    if items.iter().any(|item| item.properties == Some("cover-image")) {
        opf.old_meta("cover", "cover-image");
    }
    opf.xml.close().line();
    opf.manifest(items);
    opf.spine(spine, direction);
    opf.guide(&landmarks(shared));
    opf.xml.finish()
}

struct Opf {
    xml: Xml,
}

impl Opf {
    fn identity(&mut self, meta: &Meta) {
        self.dublin("dc:identifier", Some("book-id"), &meta.identifier);
        if meta.identifier.starts_with("urn:isbn:") {
            self.xml
                .open("meta")
                .attr("refines", "#book-id")
                .attr("property", "identifier-type")
                .attr("scheme", "onix:codelist5")
                .text("15")
                .close()
                .line();
        }
        self.dublin("dc:title", Some("title"), &meta.title);
        self.refine("title", "title-type", "main");
        self.refine("title", "display-seq", "1");
        self.refine("title", "file-as", &filed_title(meta));
        if let Some(subtitle) = &meta.subtitle {
            self.dublin("dc:title", Some("subtitle"), subtitle);
            self.refine("subtitle", "title-type", "subtitle");
            self.refine("subtitle", "display-seq", "2");
        }
        self.dublin("dc:language", None, &meta.language.0);
        if let Some((name, position)) = &meta.series {
            self.xml.open("meta").attr("property", "belongs-to-collection").attr("id", "series");
            self.xml.text(name).close().line();
            self.refine("series", "collection-type", "series");
            if let Some(position) = position {
                self.refine("series", "group-position", position);
            }
        }
    }

    fn people(&mut self, book: &Book) {
        let (creators, contributors): (Vec<_>, Vec<_>) =
            people(book).into_iter().partition(|person| is_creator(person.role));
        for (element, word, list) in
            [("dc:creator", "creator", creators), ("dc:contributor", "contributor", contributors)]
        {
            for (number, person) in (1..).zip(list) {
                let id = format!("{word}-{number}");
                self.dublin(element, Some(&id), &person.name);
                self.xml
                    .open("meta")
                    .attr("refines", &format!("#{id}"))
                    .attr("property", "role")
                    .attr("scheme", "marc:relators")
                    .text(person.role.marc())
                    .close()
                    .line();
                self.refine(&id, "file-as", &person.sort);
                self.refine(&id, "display-seq", &number.to_string());
            }
        }
    }

    fn publication(&mut self, meta: &Meta) {
        if let Some(date) = meta.date {
            self.dublin("dc:date", None, &date.iso());
        }
        self.meta("dcterms:modified", &utc(meta.modified));
        if let Some(publisher) = &meta.publisher {
            self.dublin("dc:publisher", None, publisher);
        }
        if let Some(description) = &meta.description {
            self.dublin("dc:description", None, description);
        }
        for (number, subject) in (1..).zip(&meta.subjects) {
            self.subject(&format!("subject-{number}"), subject);
        }
        if let Some(rights) = meta.rights.as_ref().or(meta.licence.as_ref()) {
            self.dublin("dc:rights", None, rights);
        }
        if let Some(url) = meta.licence.as_deref().and_then(licence_url) {
            self.xml.open("link").attr("rel", "dcterms:rights").attr("href", &url).close().line();
        }
    }

    /// A code says nothing without its scheme, nor a scheme without a code (EPUB 3.3 §D.3.1,
    /// §D.3.12): a subject has both or neither.
    fn subject(&mut self, id: &str, subject: &Subject) {
        let Some((authority, code)) = &subject.code else {
            return self.dublin("dc:subject", None, &subject.term);
        };
        self.dublin("dc:subject", Some(id), &subject.term);
        self.refine(id, "authority", authority);
        self.refine(id, "term", code);
    }

    fn accessibility(&mut self, accessibility: &Accessibility) {
        for mode in &accessibility.modes {
            self.meta("schema:accessMode", mode);
        }
        for modes in &accessibility.sufficient {
            self.meta("schema:accessModeSufficient", modes);
        }
        for feature in &accessibility.features {
            self.meta("schema:accessibilityFeature", feature);
        }
        for hazard in accessibility.hazards {
            self.meta("schema:accessibilityHazard", hazard);
        }
        self.xml
            .open("meta")
            .attr("property", "schema:accessibilitySummary")
            .attr("xml:lang", "en")
            .text(&accessibility.summary)
            .close()
            .line();
    }

    /// EPUB Accessibility 1.1 §3.5: the very words of the claim, and who stands for it.
    fn certification(&mut self, name: &str) {
        self.xml
            .open("meta")
            .attr("property", "dcterms:conformsTo")
            .attr("id", "conformance")
            .text("EPUB Accessibility 1.1 - WCAG 2.2 Level AA")
            .close()
            .line();
        self.refine("conformance", "a11y:certifiedBy", name);
    }

    fn manifest(&mut self, items: &[Item]) {
        self.xml.open("manifest").line();
        for item in items {
            self.xml
                .open("item")
                .attr("id", &item.id)
                .attr("href", &item.href)
                .attr("media-type", item.media_type)
                .attr_if("properties", item.properties)
                .close()
                .line();
        }
        self.xml.close().line();
    }

    fn spine(&mut self, spine: &[SpineItem], direction: &str) {
        self.xml.open("spine").attr("toc", "ncx").attr("page-progression-direction", direction);
        self.xml.line();
        for item in spine {
            self.xml
                .open("itemref")
                .attr("idref", &item.id)
                .attr_if("linear", (!item.is_linear).then_some("no"))
                .close()
                .line();
        }
        self.xml.close().line();
    }

    fn guide(&mut self, landmarks: &[Landmark]) {
        if landmarks.is_empty() {
            return;
        }
        self.xml.open("guide").line();
        for landmark in landmarks {
            self.xml
                .open("reference")
                .attr("type", landmark.guide)
                .attr("title", &landmark.title)
                .attr("href", &landmark.href)
                .close()
                .line();
        }
        self.xml.close().line();
    }

    fn dublin(&mut self, element: &'static str, id: Option<&str>, text: &str) {
        self.xml.open(element).attr_if("id", id).text(text).close().line();
    }

    fn meta(&mut self, property: &str, text: &str) {
        self.xml.open("meta").attr("property", property).text(text).close().line();
    }

    fn refine(&mut self, id: &str, property: &str, text: &str) {
        self.xml.open("meta").attr("refines", &format!("#{id}")).attr("property", property);
        self.xml.text(text).close().line();
    }

    fn old_meta(&mut self, name: &str, content: &str) {
        self.xml.open("meta").attr("name", name).attr("content", content).close().line();
    }
}

/// Authors and editors made the book; everybody else contributed to it.
fn is_creator(role: Role) -> bool {
    match role {
        Role::Author | Role::Editor => true,
        Role::Translator
        | Role::Illustrator
        | Role::Photographer
        | Role::Organiser
        | Role::Describer
        | Role::Speaker => false,
    }
}

/// The people of the book and then the speakers of its talks, each once.
fn people(book: &Book) -> Vec<Person> {
    let mut people = book.meta.people.clone();
    let mut seen = BTreeSet::new();
    for section in &book.sections {
        let SectionKind::Chapter(chapter) = &section.kind else { continue };
        for speaker in chapter.talk.iter().flat_map(|talk| &talk.speakers) {
            let name = speaker.name.plain();
            if seen.insert(name.clone()) {
                people.push(Person { name, sort: speaker.sort.clone(), role: Role::Speaker });
            }
        }
    }
    people
}

/// The title as it is sorted: an English article goes to the end.
fn filed_title(meta: &Meta) -> String {
    if meta.language.primary() == "en" {
        for article in ["The ", "A ", "An "] {
            if let Some(rest) = meta.title.strip_prefix(article) {
                return format!("{rest}, {}", article.trim_end());
            }
        }
    }
    meta.title.clone()
}

/// Where the text of a licence with an SPDX identifier can be read.
fn licence_url(licence: &str) -> Option<String> {
    let is_identifier =
        licence.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+'));
    if licence.is_empty() || !is_identifier {
        return None;
    }
    if let Some(rest) = licence.strip_prefix("CC-") {
        let (terms, version) = rest.rsplit_once('-')?;
        return Some(format!(
            "https://creativecommons.org/licenses/{}/{version}/",
            terms.to_ascii_lowercase()
        ));
    }
    if licence == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    Some(format!("https://spdx.org/licenses/{licence}.html"))
}

/// `2018-05-04T12:00:00Z`, without leap seconds; years after 9999 are not to be had.
fn utc(seconds: u64) -> String {
    const LAST: u64 = 253_402_300_799;
    let seconds = seconds.min(LAST);
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    // Days since 0000-03-01, in eras of 400 years (Howard Hinnant, "chrono-compatible low-level
    // date algorithms", civil_from_days).
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        assert_eq!(utc(0), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_525_435_200), "2018-05-04T12:00:00Z");
        assert_eq!(utc(u64::MAX), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn licences_are_found_by_their_identifiers() {
        let url = |licence| licence_url(licence).unwrap_or_default();
        assert_eq!(url("CC-BY-4.0"), "https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(url("CC0-1.0"), "https://creativecommons.org/publicdomain/zero/1.0/");
        assert_eq!(url("MIT"), "https://spdx.org/licenses/MIT.html");
        assert_eq!(url("All rights reserved"), "");
    }
}
