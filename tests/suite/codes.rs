//! Every kind of complaint has a case that shows it.

use endpaper::diag::Code;

use crate::cases;

#[test]
fn every_code_has_a_case() {
    let expected = cases::expected_diagnostics();
    let shown =
        |code: Code| expected.iter().any(|(_, line)| line.split(' ').nth(1) == Some(code.name()));
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| !shown(**code)).map(|code| code.name()).collect();
    assert!(missing.is_empty(), "no case in tests/cases expects {missing:?}");
}

#[test]
fn cases_name_only_codes_that_exist() {
    let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    for (case, line) in cases::expected_diagnostics() {
        let known = line == "none" || line.split(' ').nth(1).is_some_and(|n| names.contains(&n));
        assert!(known, "{case}: {line}");
    }
}
