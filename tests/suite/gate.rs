//! The gate that pictures pass on their way into a book: all that it asks is in one book, and the
//! program tells all of it in one run, and writes nothing.

use serde_json::Value;

use crate::cases;
use crate::program::Folder;

/// The case with everything in it.
const CASE: &str = "diagnostics/photos/gate.case";

/// What the gate asks: the name of the complaint, how bad it is, and words of it.
const GATES: &[(&str, &str, &str)] = &[
    ("missing-credit", "error", "`unknown.jpg` has no record"),
    ("incomplete-credit", "error", "`anonymous.jpg` has neither `creator` nor `licence`"),
    ("incomplete-credit", "error", "`unsigned.jpg` has no `creator`"),
    ("incomplete-credit", "error", "`unlicensed.jpg` has no `licence`"),
    ("missing-alt", "error", "`unknown.jpg` has no alt text"),
    ("missing-alt", "error", "`named.jpg` does not say what is seen"),
    ("poor-alt", "error", "`announced.jpg` begins with `A picture of`"),
    ("repeated-alt", "error", "`repeated.jpg` repeats its caption"),
    ("expired-permission", "error", "`lapsed.jpg` ended on 2018-05-03"),
    ("forbidden-edition", "error", "`web.jpg` may be shown in `epub` only"),
    ("forbidden-edition", "error", "`german.jpg` may be shown in DE, AT only"),
    ("forbidden-use", "error", "`unpaid.jpg` may not be shown"),
    ("forbidden-use", "error", "`cropped.jpg` is changed"),
    ("forbidden-use", "error", "`bled.jpg` would lose its edges"),
    ("missing-consent", "error", "`C. Shy` has not consented"),
    ("missing-consent", "error", "does not say whether `E. Unasked` consents"),
    ("missing-consent", "error", "`F. Colleague` has consented to be shown"),
    ("conflicting-credit", "warning", "the `creator` of `contradicted.jpg`"),
    ("conflicting-credit", "warning", "the `licence` of `contradicted.jpg`"),
    ("unused-credit", "error", "no chapter shows `forgotten.jpg`"),
    ("stray-credit", "error", "there is no picture `lost.jpg`"),
];

/// The complaints of a run in JSON, each with its name, severity and words.
fn told(folder: &Folder, arguments: &[&str]) -> Vec<(String, String, String)> {
    let lines = folder.endpaper(arguments).expect(1).stdout;
    let objects = lines.lines().map(|line| serde_json::from_str(line).expect("it is an object"));
    let field = |object: &Value, key: &str| object[key].as_str().unwrap_or_default().to_owned();
    let told = |object: Value| {
        (field(&object, "code"), field(&object, "severity"), field(&object, "message"))
    };
    objects.map(told).collect()
}

#[test]
fn all_that_is_wrong_with_pictures_is_told_in_one_run_that_writes_nothing() {
    let folder = Folder::new("gate");
    for (path, bytes) in cases::files(CASE) {
        folder.write(&format!("book/{path}"), bytes);
    }
    let build = ["build", "book", "--out", "dist", "--format", "json"];
    let missing = ["credits", "book", "--missing", "--format", "json"];
    for arguments in [&build[..], &missing] {
        let told = told(&folder, arguments);
        for (code, severity, words) in GATES {
            let count = told
                .iter()
                .filter(|(c, s, message)| c == code && s == severity && message.contains(words));
            assert_eq!(count.count(), 1, "{code}: {words}\n{told:#?}");
        }
        // It is a book in which nothing else is wrong.
        assert_eq!(told.len(), GATES.len(), "{told:#?}");
    }
    assert!(!folder.path().join("dist").exists());
}

#[test]
fn only_the_editions_that_are_made_are_asked_for_permissions() {
    let folder = Folder::new("gate-epub");
    for (path, bytes) in cases::files(CASE) {
        folder.write(&format!("book/{path}"), bytes);
    }
    let build = ["build", "book", "--out", "dist", "--format", "json", "--edition", "epub"];
    let told = told(&folder, &build);
    let is_told = |words: &str| told.iter().any(|(_, _, message)| message.contains(words));
    // These are for screens, for two countries, and not to be cut off, which the EPUB does not do.
    assert!(!is_told("`web.jpg`") && !is_told("`german.jpg`") && !is_told("`bled.jpg`"));
    assert!(is_told("`unpaid.jpg` may not be shown in the edition `epub`"), "{told:#?}");
}
