//! What `book.toml` says about the book, in the book's own types.

use super::types::{Date, Language, Meta, Person, Role, Subject};
use super::typography;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{BookConfig, PersonConfig, SubjectConfig, is_language_tag};
use crate::source::Span;

/// What is said about the book.
pub(super) fn of(book: &BookConfig, language: &Language, modified: u64) -> Meta {
    let said = |text: &String| typography::set_str(text, language);
    Meta {
        slug: book.slug.clone(),
        version: book.version.clone(),
        title: said(&book.title),
        subtitle: book.subtitle.as_ref().map(said),
        people: book.people.iter().map(|p| person(p, language)).collect(),
        language: language.clone(),
        identifier: book.identifier.clone(),
        date: book.date.map(date),
        modified,
        publisher: book.publisher.as_ref().map(said),
        rights: book.rights.as_ref().map(said),
        licence: book.licence.clone(),
        series: book.series.clone(),
        description: book.description.as_ref().map(said),
        subjects: book.subjects.iter().map(subject).collect(),
    }
}

/// The day of a triple.
pub(super) fn date((year, month, day): (u16, u8, u8)) -> Date {
    Date { year, month, day }
}

/// A language that a chapter names; `None` when it names none or what it names is no tag.
pub(super) fn language(
    written: &Option<(String, Span)>,
    diagnostics: &mut Diagnostics,
) -> Option<Language> {
    let (tag, span) = written.as_ref()?;
    if is_language_tag(tag) {
        return Some(Language(tag.clone()));
    }
    diagnostics.push(
        Diagnostic::new(Code::InvalidValue, *span, format!("`{tag}` is no language tag"))
            .help("write one as BCP 47 has it: `en`, `de-AT`, `pt-BR`"),
    );
    None
}

fn subject(subject: &SubjectConfig) -> Subject {
    Subject { term: subject.term.clone(), code: subject.code.clone() }
}

fn person(person: &PersonConfig, language: &Language) -> Person {
    let role = match person.role {
        "edt" => Role::Editor,
        "trl" => Role::Translator,
        "ill" => Role::Illustrator,
        "pht" => Role::Photographer,
        "orm" => Role::Organiser,
        "wat" => Role::Describer,
        "spk" => Role::Speaker,
        _ => Role::Author,
    };
    let sort = person.sort.clone().unwrap_or_else(|| sorting_name(&person.name));
    let said = |words: &str| typography::set_str(words, language);
    Person { name: said(&person.name), sort: said(&sort), role }
}

/// "Rice, Liz" from "Liz Rice" (Chicago 16.76–16.84).
///
/// A name that ends in a word without a capital is no person's ("The Endpaper authors"): it
/// stays, with its article behind. Particles in lower case stay with the family name ("van
/// Rossum, Guido"); "Jr." and roman numbers stand last. Whoever is sorted otherwise says so.
pub(super) fn sorting_name(name: &str) -> String {
    let name = name.trim();
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let suffix = words.last().copied().filter(|last| {
        words.len() > 2 && matches!(last.trim_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
    });
    if suffix.is_some() {
        words.pop();
    }
    let (Some(last), true) = (words.pop(), !words.is_empty()) else { return name.to_owned() };
    if !last.starts_with(char::is_uppercase) || words[0] == "The" {
        return match name.strip_prefix("The ") {
            Some(rest) => format!("{}, The", rest.trim()),
            None => name.to_owned(),
        };
    }
    let mut family = last.trim_end_matches(',').to_owned();
    while words.len() > 1 && words.last().is_some_and(|word| word.starts_with(char::is_lowercase)) {
        family = format!("{} {family}", words.pop().unwrap_or(""));
    }
    let given = words.join(" ");
    let given = given.trim_end_matches(',');
    match suffix {
        Some(suffix) => format!("{family}, {given}, {suffix}"),
        None => format!("{family}, {given}"),
    }
}

#[cfg(test)]
mod tests {
    use super::sorting_name;

    #[test]
    fn names_are_sorted_by_family() {
        for (name, sort) in [
            ("Liz Rice", "Rice, Liz"),
            ("Isaiah Snell-Feikema", "Snell-Feikema, Isaiah"),
            ("Guido van Rossum", "van Rossum, Guido"),
            ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
            ("The Endpaper authors", "Endpaper authors, The"),
            ("The Linux Foundation", "Linux Foundation, The"),
            ("endpaper contributors", "endpaper contributors"),
            ("Plato", "Plato"),
            ("", ""),
        ] {
            assert_eq!(sorting_name(name), sort, "{name}");
        }
    }
}
