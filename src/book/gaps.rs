//! What is said about the pictures of a book that nobody asked to say who made them: one word about
//! all of them.

use super::gate::is_silent;
use super::types::Photo;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::project::Project;

/// Counts the gaps.
pub(super) fn sum_up(project: &Project, photos: &[Photo], diagnostics: &mut Diagnostics) {
    let is_credited = |photo: &&Photo| {
        let record = photo.record.as_deref();
        record.is_some_and(|r| (r.creator.is_some() || r.credit.is_some()) && r.licence.is_some())
    };
    let unnamed = photos.len() - photos.iter().filter(is_credited).count();
    let silent = photos.iter().filter(|photo| is_silent(photo)).count();
    let count = |count: usize| match count {
        1 => "1 picture has".to_owned(),
        count => format!("{count} pictures have"),
    };
    let message = match (unnamed, silent) {
        (0, 0) => return,
        (0, silent) => format!("{} no alt text", count(silent)),
        (unnamed, 0) => format!("{} no creator or no licence", count(unnamed)),
        (unnamed, silent) => {
            format!("{} no creator or no licence, {silent} no alt text", count(unnamed))
        }
    };
    let code = if unnamed > 0 { Code::MissingCredit } else { Code::MissingAlt };
    let register = &project.config.photos.register;
    let help = format!("give them records in `{register}`; `--strict` names each of them");
    let complaint = Diagnostic::new(code, project.config.book.span, message);
    diagnostics.push(complaint.severity(Severity::Warning).help(help));
}
