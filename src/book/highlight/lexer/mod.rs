//! A lexer for most languages: comments, strings, numbers, words, driven by a [`Language`].
//!
//! It reads a line at a time, from left to right and never back, in time that grows with the line
//! whatever stands there. It knows no syntax: what a name is, is told by what stands beside it. What
//! a line leaves open (a comment, a string) is its [`State`]. Roles end where an ASCII character or
//! the line ends, so that no character is ever divided.

mod strings;

use super::languages::{Capitals, Language};
use super::spans::Spans;
use crate::book::types::CodeRole;

/// A language's tables, made for looking up.
pub(super) struct Lexer {
    language: &'static Language,
    /// Words in order, each with its role and that of the name behind it.
    words: Vec<(&'static str, CodeRole, Option<CodeRole>)>,
    /// The marks that can begin something.
    openers: u128,
    /// The marks that words may contain.
    inner: u128,
}

/// What is open at the start of a line.
#[derive(Clone, Copy, Default)]
pub(super) struct State<'t> {
    inside: Inside<'t>,
    /// How many brackets of an attribute are open.
    brackets: u32,
    /// Whether the first word goes on with the command of the line above.
    is_argument: bool,
}

#[derive(Clone, Copy, Default)]
enum Inside<'t> {
    #[default]
    Code,
    /// A comment, by its number, and how many of them are open in each other.
    Comment(usize, u32),
    /// A string, by its number.
    Quote(usize),
    /// A document in the text, up to a line of this word.
    Document(&'t str),
}

impl Lexer {
    pub(super) fn new(language: &'static Language) -> Self {
        let listed = language.words.iter().map(|(role, words)| (words, *role, None));
        let heads = language.heads.iter().map(|(name, words)| {
            let name = Some(*name);
            (words, CodeRole::Keyword, name)
        });
        let each = |(words, role, name): (&&'static str, _, _)| {
            words.split_ascii_whitespace().map(move |word| (word, role, name))
        };
        let mut words: Vec<_> = listed.chain(heads).flat_map(each).collect();
        words.sort_unstable_by_key(|(word, ..)| *word);
        let firsts = |marks: &[&'static str]| {
            marks.iter().filter_map(|mark| mark.bytes().next()).fold(0, |all, b| all | bit(b))
        };
        let openers = std::iter::once(firsts(language.comments))
            .chain(language.blocks.iter().map(|block| firsts(&[block.open])))
            .chain(language.quotes.iter().map(|quote| firsts(&[quote.open])))
            .chain(language.sigils.iter().map(|(sigil, _)| bit(*sigil)))
            .chain([firsts(language.attributes), firsts(language.documents)])
            .chain(language.lifetimes.then_some(bit(b'\'')))
            .chain(language.sections.then_some(bit(b'[')))
            .fold(0, |all, some| all | some);
        let inner = language.inner.bytes().fold(bit(b'_'), |all, b| all | bit(b));
        Self { language, words, openers, inner }
    }

    /// The roles of a line, and what it leaves open.
    pub(super) fn line<'t>(&self, line: &'t str, state: State<'t>) -> (Spans, State<'t>) {
        let pass = Pass {
            lexer: self,
            line,
            at: 0,
            inside: state.inside,
            brackets: state.brackets,
            next: (self.language.commands && !state.is_argument).then_some(CodeRole::Function),
            assigns: false,
            before: b' ',
            is_closed: true,
            document: None,
            spans: Spans::default(),
        };
        pass.run()
    }

    /// The role of a word of the language, and that of the name behind it.
    fn known(&self, word: &str) -> Option<(CodeRole, Option<CodeRole>)> {
        let folded = self.language.folded;
        let found = self.words.binary_search_by(|(known, ..)| match folded {
            true => known.bytes().cmp(word.bytes().map(|b| b.to_ascii_lowercase())),
            false => (*known).cmp(word),
        });
        found.ok().map(|at| (self.words[at].1, self.words[at].2))
    }

    fn is_inner(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte >= 0x80 || self.inner & bit(byte) != 0
    }

    fn is_first(&self, byte: u8) -> bool {
        match self.language.commands {
            true => self.is_inner(byte),
            false => byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80,
        }
    }
}

/// The bit of an ASCII character in a set.
const fn bit(byte: u8) -> u128 {
    if byte < 0x80 { 1 << byte } else { 0 }
}

/// The way through one line.
struct Pass<'l, 't> {
    lexer: &'l Lexer,
    line: &'t str,
    at: usize,
    inside: Inside<'t>,
    brackets: u32,
    /// What the next name is, where the words before it say so.
    next: Option<CodeRole>,
    /// Whether what follows is a variable's value, in a command.
    assigns: bool,
    /// The last character that was no space.
    before: u8,
    /// Whether holes in strings are closed in this line, as far as is known.
    is_closed: bool,
    /// The word that ends the document which begins below.
    document: Option<&'t str>,
    spans: Spans,
}

impl<'t> Pass<'_, 't> {
    fn run(mut self) -> (Spans, State<'t>) {
        if let Inside::Document(end) = self.inside {
            self.document_line(end);
        }
        while self.at < self.line.len() {
            match self.inside {
                Inside::Code => self.code(),
                Inside::Comment(which, depth) => self.comment(which, depth),
                Inside::Quote(which) => self.quoted(which, self.at),
                Inside::Document(_) => self.take(CodeRole::String, self.line.len()),
            }
        }
        let goes_on = self.line.ends_with('\\');
        if let Inside::Quote(which) = self.inside
            && !self.language().quotes[which].lines
            && !goes_on
        {
            self.inside = Inside::Code;
        }
        let inside = self.document.map_or(self.inside, Inside::Document);
        let brackets = if self.language().sections { 0 } else { self.brackets };
        let is_argument = (goes_on && self.next.is_none()) || matches!(inside, Inside::Quote(_));
        (self.spans, State { inside, brackets, is_argument })
    }

    fn language(&self) -> &'static Language {
        self.lexer.language
    }

    fn rest(&self) -> &'t str {
        &self.line[self.at..]
    }

    fn byte(&self, at: usize) -> u8 {
        self.line.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    /// Goes on to a place; what lies before it has a role.
    fn take(&mut self, role: CodeRole, end: usize) {
        let end = end.min(self.line.len());
        self.spans.push(role, end);
        self.at = end;
        self.before = self.line.as_bytes()[end - 1];
    }

    /// The next thing in code.
    fn code(&mut self) {
        let byte = self.byte(self.at);
        if byte == b' ' {
            let spaces = self.rest().bytes().take_while(|byte| *byte == b' ').count();
            self.at += spaces;
            self.spans.space(self.at);
            if std::mem::take(&mut self.assigns) {
                self.next = Some(CodeRole::Function);
            }
        } else if byte.is_ascii_digit() && !self.language().commands {
            self.take(CodeRole::Number, self.number_end());
        } else if self.lexer.is_first(byte) {
            self.word();
        } else if self.lexer.openers & bit(byte) == 0 || !self.opens(byte) {
            self.mark(byte);
        }
    }

    fn number_end(&self) -> usize {
        let is_hexadecimal = self.byte(self.at) == b'0' && self.byte(self.at + 1) | 32 == b'x';
        let mut end = self.at + 1;
        loop {
            end += match self.byte(end) {
                b'.' | b'\'' if self.byte(end + 1).is_ascii_digit() => 2,
                b'+' | b'-' if self.byte(end - 1) | 32 == b'e' && !is_hexadecimal => 1,
                b'.' => return end,
                byte if self.lexer.is_inner(byte) => 1,
                _ => return end,
            }
        }
    }

    fn word_end(&self, from: usize) -> usize {
        let inner = self.line.as_bytes()[from..].iter();
        from + inner.take_while(|byte| self.lexer.is_inner(**byte)).count()
    }

    fn word(&mut self) {
        let end = self.word_end(self.at);
        let word = &self.line[self.at..end];
        if let Some(which) = self.quote(end, |quote| quote.prefixes.contains(&word)) {
            return self.quoted(which, end + self.language().quotes[which].open.len());
        }
        if let Some(value) = self.assignment(end) {
            self.next = None;
            self.assigns = self.byte(end) == b'=';
            return self.take(CodeRole::Plain, value);
        }
        let end = end + usize::from(self.is_macro(end));
        match self.role(word, end) {
            CodeRole::Comment => self.take(CodeRole::Comment, self.line.len()),
            role if self.brackets == 0 => self.take(role, end),
            _ => self.take(CodeRole::Attribute, end),
        }
    }

    fn is_macro(&self, end: usize) -> bool {
        self.language().macros && self.byte(end) == b'!' && self.byte(end + 1) != b'='
    }

    /// The role of a word that ends there.
    fn role(&mut self, word: &str, end: usize) -> CodeRole {
        let language = self.language();
        if let Some(role) = self.key(end) {
            return role;
        }
        let is_member = self.before == b'.' && language.members;
        let is_argument = language.commands
            && self.next.is_none()
            && !word.eq_ignore_ascii_case(language.between);
        let known = if is_member || is_argument { None } else { self.lexer.known(word) };
        if let Some((role, next)) = known {
            self.next = next;
            return role;
        }
        let next = self.next.take();
        match next {
            Some(role) if self.byte(end) != b')' => role,
            _ if self.byte(end - 1) == b'!' && language.macros => CodeRole::Attribute,
            _ => self.name(word, self.byte(end) == b'('),
        }
    }

    /// Where the value begins, if a variable ends there: `NAME=`, `NAME := `.
    fn assignment(&self, end: usize) -> Option<usize> {
        self.next.filter(|_| self.language().commands)?;
        let rest = self.line[end..].trim_start();
        let rest = rest.strip_prefix([':', '+', '?']).unwrap_or(rest).strip_prefix('=')?;
        (!rest.starts_with('=')).then(|| self.line.len() - rest.len())
    }

    /// The role of a name that nothing says more about.
    fn name(&self, word: &str, is_called: bool) -> CodeRole {
        let is_called = is_called && self.language().calls;
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        let is_constant = capitals > 1 && !word.contains(char::is_lowercase);
        if self.language().constants && is_constant && !is_called {
            return CodeRole::Number;
        }
        let is_capital = word.trim_start_matches('_').starts_with(|c: char| c.is_ascii_uppercase());
        match self.language().capitals {
            Capitals::Types if is_capital => CodeRole::Type,
            Capitals::Uncalled if is_capital && !is_called => CodeRole::Type,
            Capitals::Nothing | Capitals::Types | Capitals::Uncalled if is_called => {
                CodeRole::Function
            }
            Capitals::Nothing | Capitals::Types | Capitals::Uncalled => CodeRole::Plain,
        }
    }

    /// The role of a key that ends there: its mark follows.
    fn key(&self, end: usize) -> Option<CodeRole> {
        let (mark, role) = self.language().key?;
        self.line[end..].trim_start().starts_with(mark).then_some(role)
    }

    /// Takes what a mark begins; `false` when it begins nothing.
    fn opens(&mut self, byte: u8) -> bool {
        let (language, rest) = (self.language(), self.rest());
        let begins = |mark: &&&str| rest.starts_with(**mark);
        let is_apart = self.at == 0 || self.byte(self.at - 1) == b' ' || !language.apart;
        if let Some(open) = language.attributes.iter().find(begins) {
            self.brackets += 1;
            self.take(CodeRole::Attribute, self.at + open.len());
        } else if byte == b'[' && self.is_section() {
            self.brackets = 1;
            self.take(CodeRole::Attribute, self.at + 1);
        } else if let Some(which) = language.blocks.iter().position(|b| rest.starts_with(b.open)) {
            self.inside = Inside::Comment(which, 1);
            self.take(CodeRole::Comment, self.at + language.blocks[which].open.len());
        } else if is_apart && language.comments.iter().any(|mark| rest.starts_with(mark)) {
            self.take(CodeRole::Comment, self.line.len());
        } else if let Some(which) = self.quote(self.at, |quote| quote.prefixes.is_empty()) {
            self.quoted(which, self.at + language.quotes[which].open.len());
        } else if byte == b'\'' && language.lifetimes {
            self.lifetime();
        } else if let Some(open) = language.documents.iter().find(begins) {
            self.document(self.at + open.len());
        } else {
            return self.sigil(byte);
        }
        true
    }

    /// Whether a line is the name of a section, or an attribute: no item of a list.
    fn is_section(&self) -> bool {
        let next = self.byte(self.at + 1);
        self.language().sections
            && self.before == b' '
            && (self.lexer.is_first(next) || matches!(next, b'[' | b'"' | b'\''))
            && !self.line.trim_end().ends_with(',')
    }

    /// The word behind a mark: `@name`, `$name`.
    fn sigil(&mut self, byte: u8) -> bool {
        let found = self.language().sigils.iter().find(|(sigil, _)| *sigil == byte);
        let left = if self.at == 0 { b' ' } else { self.byte(self.at - 1) };
        let is_one = left != byte && !self.lexer.is_inner(left);
        let is_one = is_one && self.lexer.is_first(self.byte(self.at + 1));
        let Some((_, role)) = found.filter(|_| is_one) else { return false };
        self.next = None;
        let mut end = self.word_end(self.at + 1);
        while *role == CodeRole::Attribute
            && self.byte(end) == b'.'
            && self.lexer.is_first(self.byte(end + 1))
        {
            end = self.word_end(end + 1);
        }
        self.take(*role, end);
        let rest = self.rest().trim_start();
        if byte == b'#'
            && rest.starts_with('<')
            && let Some(inner) = rest.find('>')
        {
            // What is included is no comparison.
            self.take(CodeRole::String, self.line.len() - rest.len() + inner + 1);
        }
        true
    }

    /// Any other character.
    fn mark(&mut self, byte: u8) {
        if self.brackets > 0 {
            self.brackets = match byte {
                b'[' => self.brackets + 1,
                b']' => self.brackets - 1,
                _ => self.brackets,
            };
            return self.take(CodeRole::Attribute, self.at + 1);
        }
        if self.language().commands && !self.assigns {
            let begins = match byte {
                b'|' | b';' | b'(' | b'`' => true,
                b'&' => self.before != b'>',
                b'{' => self.byte(self.at + 1) == b' ',
                b'!' | b'@' => self.next.is_some(),
                _ => false,
            };
            self.next = begins.then_some(CodeRole::Function);
        } else if byte != b'&' && byte != b'*' {
            self.next = None;
        }
        let is_escape = byte == b'\\' && self.byte(self.at + 1).is_ascii();
        self.take(CodeRole::Plain, self.at + 1 + usize::from(is_escape));
    }
}
