//! Long lines of listings: where they are divided, by the widths of their characters.
//!
//! A line goes on as far in as it began, and what goes on has less room, for a mark stands before
//! it. Nothing is lost and nothing is put in: the parts together are the line.

use crate::book::CodeRole;
use crate::geom::Length;

/// A character of a listing with its role and its width.
pub(super) type Character = (CodeRole, char, Length);

/// A token with the byte of its line at which it begins.
pub(super) type Token = (CodeRole, String, usize);

/// Width of a line.
pub(super) fn width(line: &[Character]) -> Length {
    line.iter().map(|(.., width)| *width).sum()
}

/// How far in a line goes on: as far as it begins, if that leaves half of the room.
pub(super) fn indent(line: &[Character], room: Length) -> Length {
    let spaces = line.iter().take_while(|(_, c, _)| *c == ' ').map(|(.., width)| *width);
    spaces.sum::<Length>().min(room / 2)
}

/// Divides a line into printed lines that are no wider than `room`, at spaces or after marks where
/// there are any; what goes on has less room by `hang`. A character wider than the room stands
/// alone.
pub(super) fn wrap(line: &[Character], room: Length, hang: Length) -> Vec<Vec<Token>> {
    let mut parts = Vec::new();
    let (mut at, mut byte) = (0, 0);
    loop {
        let room = if at == 0 { room } else { (room - hang).max(room / 4) };
        let rest = &line[at..];
        let fitting = fitting(rest, room).max(1).min(rest.len());
        let end = if fitting == rest.len() { fitting } else { best_end(rest, fitting) };
        parts.push(tokens(&rest[..end], &mut byte));
        at += end;
        if at >= line.len() {
            return parts;
        }
    }
}

/// How many characters fit.
fn fitting(line: &[Character], room: Length) -> usize {
    let mut width = Length::ZERO;
    let over = line.iter().position(|(.., own)| {
        width += *own;
        width > room
    });
    over.unwrap_or(line.len())
}

/// How many characters to keep on a line that is full: up to the last space, else after the last
/// mark, else all that fit, but nothing is parted from a mark without width that belongs to it.
fn best_end(line: &[Character], fitting: usize) -> usize {
    let full = &line[..fitting];
    let last = |test: fn(char) -> bool| full.iter().rposition(|(_, c, _)| test(*c)).map(|i| i + 1);
    let least = full.len() / 3;
    last(|c| c == ' ')
        .filter(|end| *end > least)
        .or_else(|| last(|c| matches!(c, ',' | ';' | '(' | '/' | '.' | ':' | '=' | '&' | '|')))
        .filter(|end| *end > least)
        .unwrap_or_else(|| {
            let wide = |at: &usize| line[*at].2 > Length::ZERO;
            (1..=fitting).rev().find(wide).unwrap_or(fitting)
        })
}

/// Characters with roles as tokens; `byte` counts on.
fn tokens(characters: &[Character], byte: &mut usize) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (role, character, _) in characters {
        match tokens.last_mut() {
            Some((last, text, _)) if last == role => text.push(*character),
            _ => tokens.push((*role, character.to_string(), *byte)),
        }
        *byte += character.len_utf8();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Length = Length::pt(5);

    fn characters(line: &str) -> Vec<Character> {
        let width = |c: char| if c < '\u{3000}' { CELL } else { CELL * 2 };
        line.chars().map(|c| (CodeRole::Plain, c, width(c))).collect()
    }

    fn wrapped(line: &str, columns: i64) -> Vec<String> {
        let (line, room) = (characters(line), CELL * columns);
        let hang = indent(&line, room) + CELL * 2;
        wrap(&line, room, hang)
            .into_iter()
            .map(|part| part.into_iter().map(|t| t.1).collect())
            .collect()
    }

    #[test]
    fn short_and_empty_lines_stay_whole() {
        assert_eq!(wrapped("let x = 1;", 10), ["let x = 1;"]);
        assert_eq!(wrapped("", 10), [""]);
    }

    #[test]
    fn long_lines_break_after_spaces_or_marks_and_lose_nothing() {
        assert_eq!(wrapped("alpha beta gamma", 11), ["alpha beta ", "gamma"]);
        let long = "https://example.org/a/very/long/address";
        assert_eq!(wrapped(long, 12).concat(), long);
        assert!(wrapped(long, 12).iter().all(|p| p.chars().count() <= 12));
    }

    #[test]
    fn a_line_goes_on_as_far_in_as_it_began() {
        assert_eq!(wrapped("    alpha beta gamma", 14), ["    alpha ", "beta ", "gamma"]);
        assert_eq!(indent(&characters("         a"), CELL * 12), CELL * 6);
    }

    #[test]
    fn wide_characters_take_the_room_they_have() {
        assert_eq!(wrapped("日本語日本語", 8), ["日本語日", "本語"]);
        assert_eq!(wrapped("日", 1), ["日"]);
    }
}
