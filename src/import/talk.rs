//! What a heading of conference notes says: the title of a talk and who gave it.
//!
//! `Title - Speaker, Role, Organisation & Speaker, Organisation`, with a hyphen or a dash before
//! the speakers and "&", "and" or "with" between them. Titles have dashes too, so the last dash
//! counts behind which stands somebody's name. Names are told from roles by their words alone.

/// A heading taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Talk {
    /// What it is called.
    pub(super) title: String,
    /// Who gave it; nobody where the heading is not that of a talk.
    pub(super) speakers: Vec<Speaker>,
}

/// Somebody who gave a talk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// "Liz Rice"
    pub(super) name: String,
    /// "Technology Evangelist"
    pub(super) role: Option<String>,
    /// "Aqua Security"
    pub(super) organisation: Option<String>,
}

/// Takes a heading apart.
pub(super) fn read(heading: &str) -> Talk {
    let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    for dash in dashes(&heading).into_iter().rev() {
        let (title, rest) = (heading[..dash.0].trim(), heading[dash.1..].trim());
        let speakers = speakers(rest);
        if !title.is_empty() && !speakers.is_empty() {
            return Talk { title: title.to_owned(), speakers };
        }
    }
    Talk { title: heading, speakers: Vec::new() }
}

/// Where dashes with spaces around them begin and end.
fn dashes(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = DASHES
        .iter()
        .flat_map(|dash| text.match_indices(dash).map(|(at, dash)| (at, at + dash.len())))
        .collect();
    found.sort_unstable();
    found
}

const DASHES: &[&str] = &[" - ", " – ", " — ", " -- ", " --- ", " ― "];

/// The people of a list; none when it is no list of people.
fn speakers(text: &str) -> Vec<Speaker> {
    let mut speakers: Vec<Speaker> = pieces(text).into_iter().map(speaker).collect();
    let is_sound = speakers.iter().all(|speaker| is_name(&speaker.name));
    let says_more = text.contains(',') || text.contains('(') || text.contains(" at ");
    if !is_sound || (!says_more && speakers.len() == 1 && is_a_phrase(text)) {
        return Vec::new();
    }
    // "Nick Nellis & Fabio Oliveira, IBM": both are from there.
    for at in (1..speakers.len()).rev() {
        let (before, behind) = speakers.split_at_mut(at);
        if let (Some(one), Some(next)) = (before.last_mut(), behind.first())
            && one.organisation.is_none()
            && one.role.is_none()
        {
            one.organisation.clone_from(&next.organisation);
        }
    }
    speakers
}

/// A list split between people: at a word such as "and" behind which somebody's name stands.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some((at, end)) = next_joint(text, from) {
        let next = text[end..].split([',', '(', ';']).next().unwrap_or("");
        let next =
            JOINTS.iter().filter_map(|joint| next.find(joint)).min().map_or(next, |n| &next[..n]);
        if is_name(next.trim()) {
            pieces.push(text[start..at].trim().trim_end_matches(','));
            start = end;
        }
        from = end;
    }
    pieces.push(text[start..].trim());
    pieces
}

/// The first word between people at or behind a place.
fn next_joint(text: &str, from: usize) -> Option<(usize, usize)> {
    let found = JOINTS.iter().filter_map(|joint| {
        text[from..].find(joint).map(|at| (from + at, from + at + joint.len()))
    });
    found.min()
}

const JOINTS: &[&str] = &[" & ", " and ", " with ", "; ", " + "];

/// "Name, Role, Organisation"; "Name (Organisation)"; "Name, Role at Organisation".
fn speaker(text: &str) -> Speaker {
    let text = text.trim();
    if let Some((name, rest)) = text.split_once('(') {
        let inner = rest.split(')').next().unwrap_or("");
        return with_details(name.trim().trim_end_matches(','), &details(inner));
    }
    let parts = details(text);
    match parts.split_first() {
        Some((name, [])) => match name.split_once(" at ").or_else(|| name.split_once(" from ")) {
            Some((name, organisation)) => with_details(name, &[organisation.trim().to_owned()]),
            None => with_details(name, &[]),
        },
        Some((name, rest)) => with_details(name, rest),
        None => Speaker::default(),
    }
}

/// What stands between commas; "Acme, Inc." is one.
fn details(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let is_form = FORMS.contains(&part.trim_end_matches('.').to_lowercase().as_str());
        match parts.last_mut() {
            Some(last) if is_form => *last = format!("{last}, {part}"),
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// Legal forms of companies.
const FORMS: &[&str] = &["inc", "ltd", "llc", "plc", "gmbh", "ag", "corp", "co", "s.a", "sa", "bv"];

fn with_details(name: &str, details: &[String]) -> Speaker {
    let name = name.trim().to_owned();
    let (role, organisation) = match details {
        [] => (None, None),
        [one] => match one.split_once(" at ").or_else(|| one.split_once(" @ ")) {
            Some((role, organisation)) => (Some(role.to_owned()), Some(organisation.to_owned())),
            None if one.split_whitespace().any(is_of_a_role) => (Some(one.clone()), None),
            None => (None, Some(one.clone())),
        },
        [role @ .., organisation] => (Some(role.join(", ")), Some(organisation.clone())),
    };
    Speaker { name, role, organisation }
}

/// Whether words look like somebody's name: two to five of them with capitals, none that names a
/// role or a thing.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capitals = words.iter().filter(|word| has_capital(word)).count();
    let is_part = |word: &&str| has_capital(word) || PARTICLES.contains(word);
    let is_thing = |word: &&str| is_of_a_role(word) || THINGS.contains(&bare(word).as_str());
    (2..=5).contains(&words.len())
        && capitals >= 2
        && words.iter().all(is_part)
        && !words.iter().any(is_thing)
        && !text.contains(['?', '!', ':', '/'])
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// A capital and then a letter that is none, or an initial: "Liz", "O'Keefe", "J.", not "NCC".
fn has_capital(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let Some(first) = letters.first() else { return false };
    let has_case = first.is_uppercase() || first.is_lowercase();
    let is_shouted = letters.len() > 2 && letters.iter().all(|c| c.is_uppercase());
    (first.is_uppercase() || !has_case) && !is_shouted
}

/// Whether two words with capitals are rather a phrase of a title.
fn is_a_phrase(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    words.iter().any(|word| PHRASES.contains(&word.as_str()))
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn is_of_a_role(word: &str) -> bool {
    ROLES.contains(&bare(word).as_str())
}

/// Small words within names.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "du", "la", "le",
    "bin", "ibn", "al", "el", "ter", "ten", "y", "e", "zu", "af",
];

/// Words of roles.
const ROLES: &[&str] = &[
    "advocate",
    "analyst",
    "architect",
    "ceo",
    "cfo",
    "chair",
    "chief",
    "ciso",
    "co-chair",
    "co-founder",
    "cofounder",
    "consultant",
    "cto",
    "cio",
    "coo",
    "developer",
    "devops",
    "director",
    "engineer",
    "engineers",
    "engineering",
    "evangelist",
    "fellow",
    "founder",
    "freelance",
    "freelancer",
    "head",
    "lead",
    "leader",
    "maintainer",
    "manager",
    "member",
    "officer",
    "partner",
    "president",
    "principal",
    "professor",
    "researcher",
    "scientist",
    "senior",
    "specialist",
    "sr",
    "sre",
    "staff",
    "student",
    "team",
    "vice",
    "vp",
    "writer",
];

/// Words that begin or end names of companies and titles, and no one's own.
const THINGS: &[&str] = &[
    "a",
    "an",
    "the",
    "inc",
    "llc",
    "ltd",
    "gmbh",
    "plc",
    "corp",
    "company",
    "group",
    "labs",
    "university",
    "technologies",
    "foundation",
    "cloud",
    "kubernetes",
    "security",
    "software",
    "systems",
    "networks",
    "how",
    "why",
    "what",
    "our",
    "your",
    "my",
    "from",
    "lessons",
    "part",
];

/// Words of phrases that follow dashes in titles: "Deep Dive".
const PHRASES: &[&str] = &[
    "deep",
    "dive",
    "intro",
    "introduction",
    "lightning",
    "talk",
    "talks",
    "keynote",
    "keynotes",
    "panel",
    "workshop",
    "tutorial",
    "case",
    "study",
    "day",
    "overview",
    "update",
    "story",
    "guide",
    "learned",
    "practice",
    "practices",
    "next",
    "edition",
    "session",
    "notes",
    "conclusion",
    "meetup",
    "report",
    "recap",
    "summary",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(heading: &str) -> (String, Vec<String>) {
        let talk = read(heading);
        let person = |s: &Speaker| {
            let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
            format!("{} | {} | {}", s.name, or_none(&s.role), or_none(&s.organisation))
        };
        (talk.title, talk.speakers.iter().map(person).collect())
    }

    #[track_caller]
    fn check(heading: &str, title: &str, speakers: &[&str]) {
        assert_eq!(
            told(heading),
            (title.to_owned(), speakers.iter().map(|s| (*s).to_owned()).collect())
        );
    }

    #[test]
    fn titles_roles_and_organisations_are_told_apart() {
        check("Safe Pods - Ann Lee, CTO, Acme", "Safe Pods", &["Ann Lee | CTO | Acme"]);
        check("Safe Pods – Ann Lee, Acme", "Safe Pods", &["Ann Lee | - | Acme"]);
        check("Pods — Ann Lee, Acme, Inc.", "Pods", &["Ann Lee | - | Acme, Inc."]);
        check("Pods - Ann Lee (Acme)", "Pods", &["Ann Lee | - | Acme"]);
        check("Pods - Ann Lee, Engineer at Acme", "Pods", &["Ann Lee | Engineer | Acme"]);
        check(
            "Pods - Ann Lee, Independent Consultant",
            "Pods",
            &["Ann Lee | Independent Consultant | -"],
        );
        check("Pods - Ann Lee", "Pods", &["Ann Lee | - | -"]);
    }

    #[test]
    fn several_speakers_share_what_only_the_last_one_says() {
        let both = ["Ann Lee | - | Acme", "Bo van Dyk | - | Acme"];
        for heading in [
            "Pods - Ann Lee & Bo van Dyk, Acme",
            "Pods - Ann Lee and Bo van Dyk, Acme",
            "Pods - Ann Lee with Bo van Dyk, Acme",
            "Pods - Ann Lee, Acme & Bo van Dyk, Acme",
        ] {
            check(heading, "Pods", &both);
        }
        let heading = "Pods - Ann Lee, Product Manager, Data AI and Co-Founder of Pod, Acme \
                       & Bo Dyk, Sr. Software Engineer, Pod";
        let speakers = [
            "Ann Lee | Product Manager, Data AI and Co-Founder of Pod | Acme",
            "Bo Dyk | Sr. Software Engineer | Pod",
        ];
        check(heading, "Pods", &speakers);
        check("Pods - Ann Lee, Johnson & Johnson", "Pods", &["Ann Lee | - | Johnson & Johnson"]);
    }

    #[test]
    fn titles_keep_their_own_dashes() {
        check(
            "Mesh - The Sky Company’s Way - Ann Lee & Bo Dyk, IBM",
            "Mesh - The Sky Company’s Way",
            &["Ann Lee | - | IBM", "Bo Dyk | - | IBM"],
        );
        check(
            "Ready? — Apps at the Edge - Meg O’Neil, Cisco",
            "Ready? — Apps at the Edge",
            &["Meg O’Neil | - | Cisco"],
        );
        check(
            "Pods - Ann Lee, Lead - Platform, Acme",
            "Pods",
            &["Ann Lee | Lead - Platform | Acme"],
        );
    }

    #[test]
    fn headings_without_speakers_are_titles() {
        for heading in [
            "Final words?",
            "Pods - Deep Dive",
            "Mesh - The Sky Company’s Way",
            "",
            " - ",
            "A - b c",
            "KubeCon - Day 3",
            "Ann Lee, Acme",
        ] {
            check(heading, heading.trim(), &[]);
        }
    }
}
