//! `endpaper mdbook`: a back end of mdBook, which gives the book on the standard input.

use std::io::{Read, stdin};

use super::arguments::{Common, MdBook};
use super::make::{Stated, make_of};
use super::report::report;
use super::{Failure, Outcome, dist, say};
use crate::diag::Diagnostics;
use crate::project::{self, RenderContext, Rigour};

/// The most bytes that are read: mdBook writes every chapter out, so this is far beyond any book.
const LIMIT: u64 = 256 << 20;

/// Runs the command.
pub(super) fn run(wanted: &MdBook) -> Result<Outcome, Failure> {
    let context = context()?;
    let rigour = if wanted.strict { Rigour::Strict } else { Rigour::AsDeclared };
    let mut diagnostics = Diagnostics::default();
    let project = project::load_rendered(&context, rigour, &mut diagnostics)
        .map_err(|error| Failure::io("read the book in", &context.root, &error))?;
    let Some(project) = project else {
        let place = context.root.display();
        return Err(Failure::new(format!("there is no book of mdBook in `{place}`"))
            .help("`endpaper check` on that folder says what is wrong with its `book.toml`"));
    };
    let common = Common::quiet(context.root.clone());
    let stated = Stated::default();
    let book = (context.root.as_path(), &project);
    let made = make_of(book, diagnostics, &common, &wanted.editions, false, &stated)?;
    report(common.format, &made.texts, &made.diagnostics)?;
    let outcome = Outcome::of(&made.diagnostics);
    match outcome {
        Outcome::Errors | Outcome::Unverified | Outcome::Differences => {
            say("nothing was written\n");
        }
        Outcome::Done => dist::write(&context.destination, &made.artefacts)?,
    }
    Ok(outcome)
}

fn context() -> Result<RenderContext, Failure> {
    let help = "mdBook gives it: write `[output.endpaper]` and `command = \"endpaper mdbook\"` in \
                its `book.toml`, and run `mdbook build`";
    let mut bytes = Vec::new();
    let read = stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::new(format!("cannot read the standard input: {error}")))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Failure::new(format!("the book has more than {} MiB", LIMIT >> 20)));
    }
    RenderContext::read(&bytes).map_err(|problem| {
        Failure::new(format!("the standard input is no book of mdBook: {problem}")).help(help)
    })
}
