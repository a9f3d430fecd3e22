//! The gate: a picture whose record does not allow what the book does with it stops the build, or
//! is a warning where `[photos] policy = "warn"`.
//!
//! What holds for every edition is looked at while the pictures are found: record, creator and
//! licence, alt text, unused records. [`check_rights`] asks what depends on the editions that are
//! made: who earns with them, who reads them, where, and until when.

use super::types::{Book, Photo};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::photo::register::{Consent, Spanned};
use crate::photo::{Record, Register};
use crate::project::fields::one_of;
use crate::project::{Audience, Policy, Project, Release};
use crate::source::Span;
use std::collections::BTreeSet;

/// How bad a gap of the register is.
pub(super) fn severity(project: &Project) -> Severity {
    match project.config.photos.policy {
        Policy::Strict => Severity::Error,
        Policy::Warn => Severity::Warning,
    }
}

/// Whether somebody said who made a picture and under which licence; `shown` is where the book
/// shows it.
pub(super) fn check_record(
    project: &Project,
    name: &str,
    record: Option<&Record>,
    shown: Span,
    diagnostics: &mut Diagnostics,
) {
    let creator = record.is_some_and(|r| r.creator.is_some() || r.credit.is_some());
    let licence = record.is_some_and(|r| r.licence.is_some());
    let missing = match (creator, licence) {
        (false, false) => "neither `creator` nor `licence`",
        (false, true) => "no `creator`",
        (true, false) => "no `licence`",
        (true, true) => return,
    };
    let register = &project.config.photos.register;
    let complaint = match record.filter(|record| record.is_registered) {
        Some(record) => {
            let message = format!("the record of `{name}` has {missing}");
            Diagnostic::new(Code::IncompleteCredit, record.span, message)
                .related(shown, "the picture is shown here")
                .help("say who made the picture, and under which licence it may be used")
        }
        None => {
            let message = format!("image `{name}` has no record in the photo register");
            let help = match creator || licence {
                true => format!(
                    "`endpaper credits --write` adds one to `{register}` with what the file says, \
                     which has {missing}"
                ),
                false => format!("add one to `{register}`: who made it, and under which licence"),
            };
            Diagnostic::new(Code::MissingCredit, shown, message).help(help)
        }
    };
    diagnostics.push(complaint.severity(severity(project)));
}

/// Whether a picture says to those who do not see it what is seen.
pub(super) fn check_alt(project: &Project, photo: &Photo, diagnostics: &mut Diagnostics) {
    let name = &photo.name;
    if photo.decorative {
        return;
    }
    let complaint = if photo.alt.trim().is_empty() {
        missing_alt(photo, format!("image `{name}` has no alt text"))
    } else if says_nothing(&photo.alt, name) {
        let words = &photo.alt;
        missing_alt(photo, format!("the alt text of `{name}` does not say what is seen: `{words}`"))
    } else if let Some(start) = announced(&photo.alt) {
        let message = format!("the alt text of `{name}` begins with `{start}`");
        Diagnostic::new(Code::PoorAlt, photo.span, message)
            .help("a screen reader has said that it is a picture: begin with what is seen")
    } else {
        return;
    };
    diagnostics.push(complaint.severity(severity(project)));
}

/// Records whose picture is not shown, or not even there.
pub(super) fn check_unused(
    project: &Project,
    register: &Register,
    shown: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    for (name, record) in &register.records {
        if shown.contains(name) {
            continue;
        }
        let complaint = if project.has_photo(name) {
            Diagnostic::new(Code::UnusedCredit, record.span, format!("no chapter shows `{name}`"))
                .help("remove the record, or show the picture")
        } else {
            let message = format!("there is no picture `{name}` for this record");
            Diagnostic::new(Code::StrayCredit, record.span, message)
                .help("correct the file name, or remove the record")
        };
        diagnostics.push(complaint.severity(severity(project)));
    }
}

/// Whether every picture may be shown in the editions with these names, `epub` among them.
pub fn check_rights(
    project: &Project,
    book: &Book,
    editions: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let config = &project.config;
    let printed = config.editions.iter().map(|e| (e.name.as_str(), &e.release));
    let all = std::iter::once(("epub", &config.epub.release)).chain(printed);
    let editions: Vec<Edition<'_>> = all.filter(|(name, _)| editions.contains(name)).collect();
    for photo in &book.photos {
        let Some(record) = photo.record.as_deref() else { continue };
        // No PDF has a cover: it goes to the printer's as a file of its own.
        let shows = |(name, _): &&Edition<'_>| !photo.is_only_cover || *name == "epub";
        let editions: Vec<Edition<'_>> = editions.iter().filter(shows).copied().collect();
        let mut gate = Gate { project, name: &photo.name, record, diagnostics };
        gate.licence(&editions);
        gate.crop(photo.cropped, &editions);
        gate.permission(&editions);
        gate.consent(&editions);
    }
}

/// Name, and how it reaches its readers.
type Edition<'a> = (&'a str, &'a Release);

/// One picture before the gate.
struct Gate<'a> {
    project: &'a Project,
    name: &'a str,
    record: &'a Record,
    diagnostics: &'a mut Diagnostics,
}

impl Gate<'_> {
    fn licence(&mut self, editions: &[Edition<'_>]) {
        let Some((licence, span)) = &self.record.licence else { return };
        let (name, called) = (self.name, licence.name());
        let commercial = names(editions, |release| release.commercial);
        if licence.forbids_commerce() && !commercial.is_empty() {
            let message = format!(
                "`{name}` may not be shown in {}: `{called}` forbids commercial use",
                listed(&commercial)
            );
            let help = "ask its maker for a permission, show another picture, or set \
                        `commercial = false` if nobody earns with the edition";
            self.stop(Code::ForbiddenUse, *span, message, help);
        }
        if let Some((changes, place)) = self.record.changes.as_ref()
            && licence.forbids_changes()
        {
            let message = format!("`{name}` is changed (`{changes}`): `{called}` forbids that");
            let help = "show the picture as its maker left it, or ask for a permission";
            self.stop(Code::ForbiddenUse, *place, message, help);
        }
    }

    /// A picture that runs off the page loses its edges; the EPUB and loose pages show it whole.
    fn crop(&mut self, cropped: Option<Span>, editions: &[Edition<'_>]) {
        let (Some((licence, _)), Some(place)) = (&self.record.licence, cropped) else { return };
        let bound = self.project.config.editions.iter().filter(|edition| edition.mirrored);
        let bound: Vec<&str> = bound.map(|edition| edition.name.as_str()).collect();
        let cutting = editions.iter().map(|(name, _)| *name).filter(|name| bound.contains(name));
        let cutting: Vec<&str> = cutting.collect();
        if licence.forbids_changes() && !cutting.is_empty() {
            let (name, called) = (self.name, licence.name());
            let message = format!(
                "`{name}` would lose its edges in {}: `{called}` forbids that",
                listed(&cutting)
            );
            let help = "`.full-page` alone shows it whole on a page of its own";
            self.stop(Code::ForbiddenUse, place, message, help);
        }
    }

    fn permission(&mut self, editions: &[Edition<'_>]) {
        let (name, permission) = (self.name, &self.record.permission);
        if let Some((allowed, span)) = &permission.editions {
            let others: Vec<&str> = editions.iter().map(|(name, _)| *name).collect();
            let others: Vec<&str> =
                others.into_iter().filter(|name| !allowed.iter().any(|a| a == name)).collect();
            if !others.is_empty() {
                let list = one_of(allowed.iter().map(String::as_str));
                let message =
                    format!("`{name}` may be shown in {list} only, not in {}", listed(&others));
                let help = "ask for more, or make only these editions with `--edition`";
                self.stop(Code::ForbiddenEdition, *span, message, help);
            }
        }
        if let Some((allowed, span)) = &permission.territory {
            let within = |release: &Release| {
                let sold = &release.territory;
                !sold.is_empty() && sold.iter().all(|country| allowed.contains(country))
            };
            let others = names(editions, |release| !within(release));
            if !others.is_empty() {
                let (list, others) = (allowed.join(", "), listed(&others));
                let message =
                    format!("`{name}` may be shown in {list} only, and {others} elsewhere");
                let help = "ask for more, or name the countries of the edition: \
                            `territory = [\"…\"]` in `[book]`, `[epub]` or `[edition.NAME]`";
                self.stop(Code::ForbiddenEdition, *span, message, help);
            }
        }
        self.expiry();
    }

    /// The book's date counts, not the clock: a permission covers what was published before it
    /// ended.
    fn expiry(&mut self) {
        let Some((last, span)) = &self.record.permission.expires else { return };
        let (name, book) = (self.name, &self.project.config.book);
        let day = |(year, month, day): (u16, u8, u8)| format!("{year:04}-{month:02}-{day:02}");
        let message = match book.date {
            Some(date) if date <= *last => return,
            Some(date) => format!(
                "the permission for `{name}` ended on {}, before the book's date, {}",
                day(*last),
                day(date)
            ),
            None => format!(
                "the permission for `{name}` ends on {}, and the book has no date",
                day(*last)
            ),
        };
        let help = match book.date {
            Some(_) => "ask for a longer one, or show another picture",
            None => "add `date = 2026-01-31` to `[book]`: the clock is never asked",
        };
        self.stop(Code::ExpiredPermission, *span, message, help);
    }

    fn consent(&mut self, editions: &[Edition<'_>]) {
        let usual = self.record.consent;
        for person in &self.record.people {
            let own = person.consent.map(|consent| (consent, person.span));
            self.consent_of(&format!("`{}`", person.name), own.or(usual), person.span, editions);
        }
        if let (true, Some((_, span))) = (self.record.people.is_empty(), usual) {
            self.consent_of("who is shown", usual, span, editions);
        }
    }

    fn consent_of(
        &mut self,
        who: &str,
        consent: Option<Spanned<Consent>>,
        place: Span,
        editions: &[Edition<'_>],
    ) {
        let name = self.name;
        let public = names(editions, |release| release.audience == Audience::Public);
        let (span, message) = match consent {
            Some((Consent::Public, _)) => return,
            Some((Consent::Internal, _)) if public.is_empty() => return,
            Some((Consent::Internal, span)) => (
                span,
                format!(
                    "{who} has consented to be shown in `{name}` to an internal audience only, \
                     and {} public",
                    is_or_are(&public)
                ),
            ),
            Some((Consent::None, span)) => {
                (span, format!("{who} has not consented to be shown in `{name}`"))
            }
            None => (place, format!("the record of `{name}` does not say whether {who} consents")),
        };
        let help = match consent {
            Some((Consent::Internal, _)) => {
                "ask for it, show another picture, or set `audience = \"internal\"`"
            }
            Some(_) => "ask for it, or show another picture",
            None => "ask, then add `consent = \"public\"`, `\"internal\"` or `\"none\"`",
        };
        self.stop(Code::MissingConsent, span, message, help);
    }

    fn stop(&mut self, code: Code, span: Span, message: String, help: &str) {
        let severity = severity(self.project);
        self.diagnostics.push(Diagnostic::new(code, span, message).severity(severity).help(help));
    }
}

/// The names of the editions for which something holds.
fn names<'a>(editions: &[Edition<'a>], holds: impl Fn(&Release) -> bool) -> Vec<&'a str> {
    editions.iter().filter(|(_, release)| holds(release)).map(|(name, _)| *name).collect()
}

/// "the edition `book`", "the editions `epub`, `book`"
fn listed(names: &[&str]) -> String {
    let quoted = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() == 1 {
        format!("the edition {quoted}")
    } else {
        format!("the editions {quoted}")
    }
}

fn is_or_are(names: &[&str]) -> String {
    format!("{} {}", listed(names), if names.len() == 1 { "is" } else { "are" })
}

fn missing_alt(photo: &Photo, message: String) -> Diagnostic {
    Diagnostic::new(Code::MissingAlt, photo.span, message).help(
        "describe what is seen, in its record (`alt`) or in the chapter; \
         if nothing is lost by not seeing it, set `decorative = true`",
    )
}

/// Whether a picture that carries meaning has no words that say what is seen.
pub(crate) fn is_silent(photo: &Photo) -> bool {
    !photo.decorative && (photo.alt.trim().is_empty() || says_nothing(&photo.alt, &photo.name))
}

/// Whether an alt text is a file's name, or the name of the kind of thing it is.
fn says_nothing(alt: &str, name: &str) -> bool {
    let alt = alt.trim().to_lowercase();
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let kinds = ["image", "picture", "photo", "photograph", "figure", "drawing", "bild", "foto"];
    alt == file || alt == stem || kinds.contains(&alt.as_str())
}

/// Words that say only that there is a picture, in the languages whose words the book knows.
const ANNOUNCED: &[&str] = &[
    "image of",
    "an image of",
    "picture of",
    "a picture of",
    "photo of",
    "a photo of",
    "photograph of",
    "a photograph of",
    "graphic of",
    "bild von",
    "ein bild von",
    "foto von",
    "ein foto von",
    "image de",
    "une image de",
    "photo de",
    "une photo de",
    "image d’",
];

/// "Image of", when an alt text begins with it.
fn announced(alt: &str) -> Option<String> {
    let alt = alt.trim();
    let lower = alt.to_lowercase();
    let start = ANNOUNCED.iter().find(|start| {
        lower
            .strip_prefix(**start)
            .is_some_and(|rest| rest.starts_with([' ', ':']) || start.ends_with('’'))
    })?;
    Some(alt.chars().take(start.chars().count()).collect())
}
