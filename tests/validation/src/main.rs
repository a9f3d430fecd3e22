//! A second judge of PDF files, in Rust and quick: `validation FILE...` checks each file against
//! what it claims, PDF/UA-1 and its part of PDF/A. veraPDF is the referee; this one needs no Java.
//!
//! It stands apart from the tests of the program because what it is made from takes minutes to
//! compile.

use std::path::Path;
use std::process::ExitCode;

use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

fn main() -> ExitCode {
    let (mut passed, mut failed) = (0, 0);
    for file in std::env::args().skip(1) {
        match judge(Path::new(&file)) {
            Ok(profiles) => {
                passed += 1;
                println!("ok    {file}: {profiles}");
            }
            Err(complaint) => {
                failed += 1;
                println!("FAIL  {file}: {complaint}");
            }
        }
    }
    println!("judges: {passed} passed, {failed} failed");
    if passed > 0 && failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The profiles that a file was checked against, or what is wrong with it.
fn judge(file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| error.to_string())?;
    let claims = claims(&bytes);
    if claims.is_empty() {
        return Err("it claims nothing".to_owned());
    }
    let mut profiles = Vec::new();
    for profile in claims {
        let options = ValidationOptions::default().profile(profile).limits(SafetyLimits::default());
        let report = validate_pdf_bytes(&bytes, &options).map_err(|error| error.to_string())?;
        if !report.is_compliant {
            let failures: Vec<_> = report.failures.iter().map(|f| format!("\n  {f}")).collect();
            return Err(format!("{profile}{}", failures.concat()));
        }
        profiles.push(format!("{profile} ({} rules)", report.rules.total));
    }
    Ok(profiles.join(", "))
}

/// What the metadata of a file says, which is never compressed.
fn claims(bytes: &[u8]) -> Vec<ValidationProfile> {
    let text = String::from_utf8_lossy(bytes);
    let says = |words: &str| text.contains(words);
    let mut claims = Vec::new();
    if says("<pdfuaid:part>1<") {
        claims.push(ValidationProfile::PdfUa1);
    }
    let level = |level| says(&format!("<pdfaid:conformance>{level}<"));
    claims.extend(match (says("<pdfaid:part>2<"), says("<pdfaid:part>3<")) {
        (true, _) if level("A") => Some(ValidationProfile::PdfA2a),
        (true, _) => Some(ValidationProfile::PdfA2u),
        (_, true) => Some(ValidationProfile::PdfA3a),
        _ => None,
    });
    claims
}
