//! `endpaper init`: a small book to begin with, that builds as it is.

use super::arguments::Init;
use super::{Failure, Outcome, new_folder, tell};

/// Runs the command.
pub(super) fn run(init: &Init) -> Result<Outcome, Failure> {
    let title = init.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(Failure::new("the title is empty").help("write --title \"My book\""));
    }
    new_folder::check(&init.folder)?;
    let config = CONFIG.replace("{TITLE}", &toml_edit::Value::from(title).to_string());
    let files = [
        ("book.toml", config.as_bytes()),
        ("chapters/00-preface.md", PREFACE.as_bytes()),
        ("chapters/01-harbour.md", CHAPTER.as_bytes()),
        ("chapters/02-talk.md", TALK.as_bytes()),
        ("images/credits.toml", REGISTER.as_bytes()),
        ("images/boat.png", PICTURE),
    ];
    let files = files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    new_folder::write(&init.folder, &files)?;
    if !init.quiet {
        let folder = init.folder.display();
        tell(&format!("{folder}: a small book\nnext: endpaper build {folder}\n"))?;
    }
    Ok(Outcome::Done)
}

const CONFIG: &str = include_str!("init/book.toml");
const PREFACE: &str = include_str!("init/00-preface.md");
const CHAPTER: &str = include_str!("init/01-harbour.md");
const TALK: &str = include_str!("init/02-talk.md");
const REGISTER: &str = include_str!("init/credits.toml");

/// A drawing under CC0, so that whoever begins may keep it.
const PICTURE: &[u8] = include_bytes!("init/boat.png");
