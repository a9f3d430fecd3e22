//! The house rules that a compiler does not know: who may use whom, and tidiness.

use std::collections::BTreeMap;

use crate::program::{files_below, read, root};

/// Modules from the lowest to the highest; a module may use lower ones only. Modules of one rank
/// do not know each other.
const RANKS: &[&[&str]] = &[
    &["source", "geom", "color", "xmp", "html", "deflate"],
    &["diag"],
    &["project"],
    &["manuscript", "photo", "font"],
    &["book"],
    &["epub", "layout"],
    &["pdf", "parity", "import", "release", "schema", "preview"],
    &["extent"],
    &["build"],
    &["cli"],
];

/// Who alone may name a crate.
const CRATES: &[(&str, &str)] = &[
    ("printpdf", "pdf"),
    ("lopdf", "pdf"),
    ("subsetter", "pdf"),
    ("epub_builder", "epub"),
    ("html5ever", "html"),
    ("tiny_http", "cli"),
    ("notify_debouncer_mini", "cli"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("annotate_snippets", "cli"),
];

/// Lines in a file without its tests: what one can keep in mind.
const LONGEST: usize = 500;

/// Words that code does not contain, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    (".unwrap()", "`expect(\"why it holds\")`, or a diagnostic"),
    ("todo!", "unfinished"),
    ("unimplemented!", "unfinished"),
    ("dbg!", "left over"),
    ("FIXME", "unfinished"),
    ("HashMap", "its order differs from run to run"),
    ("HashSet", "its order differs from run to run"),
    ("SystemTime", "no clock"),
    ("Instant::now", "no clock"),
    ("unsafe ", "no unsafe code"),
    ("super::super::", "paths from the crate's root say who uses whom"),
];

#[test]
fn modules_use_lower_modules_only() {
    let ranks: BTreeMap<&str, usize> = RANKS
        .iter()
        .enumerate()
        .flat_map(|(rank, modules)| modules.iter().map(move |module| (*module, rank)))
        .collect();
    let mut breaches = Vec::new();
    for path in sources() {
        let Some(user) = module(&path) else { continue };
        let Some(rank) = ranks.get(user) else {
            breaches.push(format!("{path}: module `{user}` has no rank"));
            continue;
        };
        for (line, used) in uses(&code(&path)) {
            let allowed = match ranks.get(used.as_str()) {
                // What `lib.rs` re-exports belongs to `build`.
                None => user == "cli",
                Some(other) => used == user || other < rank,
            };
            if !allowed {
                breaches.push(format!("{path}:{line}: `{user}` uses `{used}`"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_pdf_writer_sees_of_the_layout_only_its_pages() {
    for path in sources().iter().filter(|path| path.starts_with("src/pdf")) {
        for (number, line) in code(path).lines().enumerate() {
            let others = line.replace("crate::layout::pages", "");
            assert!(!others.contains("crate::layout"), "{path}:{}: {line}", number + 1);
        }
    }
}

#[test]
fn each_foreign_crate_has_one_home() {
    let mut breaches = Vec::new();
    for path in sources() {
        for (number, line) in code(&path).lines().enumerate() {
            for (name, home) in CRATES {
                if words(line).any(|word| word == *name) && module(&path) != Some(home) {
                    breaches.push(format!("{path}:{}: only `{home}` names {name}", number + 1));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn files_begin_with_prose_and_are_short() {
    let mut breaches = Vec::new();
    for path in sources().into_iter().chain(files_below("tests/suite")) {
        let text = read(&path);
        if !text.starts_with("//! ") {
            breaches.push(format!("{path}: does not begin with `//!`"));
        }
        let lines = match is_for_tests(&path) {
            true => 0,
            false => without_tests(&text).lines().count(),
        };
        if lines > LONGEST {
            breaches.push(format!("{path}: {lines} lines"));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn code_does_not_contain_forbidden_words() {
    let mut breaches = Vec::new();
    for path in sources() {
        for (number, line) in code(&path).lines().enumerate() {
            for (word, reason) in FORBIDDEN {
                if line.contains(word) {
                    breaches.push(format!("{path}:{}: {word}: {reason}", number + 1));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// The disk is read by `project` and written by `cli`; only `cli` knows environment and terminal.
#[test]
fn only_project_and_cli_touch_the_machine() {
    let mut breaches = Vec::new();
    for path in sources() {
        let allowed: &[&str] = match module(&path) {
            Some("cli") => &["std::fs", "std::env", "std::process", "std::time"],
            Some("project") => &["std::fs"],
            Some(_) => &[],
            None => &["std::process"],
        };
        for (number, line) in code(&path).lines().enumerate() {
            for name in ["std::fs", "std::env", "std::process", "std::time", "std::net"] {
                if line.contains(name) && !allowed.contains(&name) {
                    breaches.push(format!("{path}:{}: {name}", number + 1));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

fn sources() -> Vec<String> {
    files_below("src").into_iter().filter(|path| path.ends_with(".rs")).collect()
}

/// The module of the first rank that a file belongs to; `None` for `lib.rs` and `main.rs`.
fn module(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let name = inner.split('/').next()?.trim_end_matches(".rs");
    (name != "lib" && name != "main").then_some(name)
}

/// The code of a file line by line: without comments, and without tests, which stand at its end
/// or in files of their own.
fn code(path: &str) -> String {
    if is_for_tests(path) {
        return String::new();
    }
    let text = read(path);
    let uncommented =
        without_tests(&text).lines().map(|line| match line.trim_start().starts_with("//") {
            true => "",
            false => line,
        });
    uncommented.collect::<Vec<_>>().join("\n")
}

fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or("")
}

/// Whether a file is declared as `#[cfg(test)] mod NAME;`, or is below one that is.
fn is_for_tests(path: &str) -> bool {
    let Some((folder, file)) = path.rsplit_once('/') else { return false };
    let (parent, name) = match file {
        "mod.rs" => match folder.rsplit_once('/') {
            Some((above, name)) => (format!("{above}/mod.rs"), name),
            None => return false,
        },
        _ => (format!("{folder}/mod.rs"), file.trim_end_matches(".rs")),
    };
    if parent == path || !root().join(&parent).is_file() {
        return false;
    }
    let lines = read(&parent);
    let lines: Vec<_> = lines.lines().collect();
    let declared = lines
        .windows(2)
        .any(|pair| pair[0] == "#[cfg(test)]" && pair[1].ends_with(&format!("mod {name};")));
    declared || is_for_tests(&parent)
}

/// The modules of the crate's root that a code names, each with its line.
fn uses(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => group_heads(group),
            None => words(rest).next().map(str::to_owned).into_iter().collect(),
        };
        found.extend(names.into_iter().map(|name| (line, name)));
    }
    found
}

/// The first names in a group of a `use`: `a::b, c::{d, e}}` gives `a` and `c`.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut head, mut heads) = (0, true, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => head = true,
            c if head && depth == 0 && (c.is_alphanumeric() || c == '_') => {
                heads.extend(words(&group[at..]).next().map(str::to_owned));
                head = false;
            }
            _ => {}
        }
    }
    heads
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[test]
fn the_reader_of_uses_sees_groups_and_paths() {
    let code = "use crate::{\n    a::{b, c},\n    d, e::f,\n};\nlet x = crate::g::h(); $crate::i";
    let names: Vec<_> = uses(code).into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["a", "d", "e", "g"]);
    assert_eq!(uses(code).last().map(|(line, _)| *line), Some(5));
}
