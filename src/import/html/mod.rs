//! HTML becomes Markdown: a saved page, or a block of HTML within Markdown.
//!
//! What has a meaning in a book is translated; programs and forms are left out and reported; of
//! everything else the words are kept.

mod table;

use super::head::{Head, day};
use super::rewritten::Rewritten;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::html::elements::{is_element, is_inline};
use crate::html::tree::{self, Id, Kind, Tree};
use crate::source::{FileId, Span};

/// A saved page: what it says about itself, and its article as Markdown.
pub(super) fn page(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> (Head, Rewritten) {
    let text = bounded(text, file, &|at| at, diagnostics);
    let tree = tree::document(text);
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let origin = |line: usize| starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
    let root = article(&tree);
    let mut writer = Writer::new(&tree, file, &origin, diagnostics);
    writer.blocks(root, "", 0);
    (head(&tree), writer.out)
}

/// A block of HTML as Markdown; `origin` says where its bytes stand in the file.
pub(super) fn convert(
    text: &str,
    file: FileId,
    origin: &dyn Fn(usize) -> usize,
    diagnostics: &mut Diagnostics,
) -> Rewritten {
    let text = bounded(text, file, origin, diagnostics);
    let tree = tree::fragment(text);
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let of_line = |line: usize| origin(starts.get(line.saturating_sub(1)).copied().unwrap_or(0));
    let mut writer = Writer::new(&tree, file, &of_line, diagnostics);
    writer.blocks(0, "", 0);
    writer.out
}

/// The text up to where it is nested too deep, which is told.
fn bounded<'t>(
    text: &'t str,
    file: FileId,
    origin: &dyn Fn(usize) -> usize,
    diagnostics: &mut Diagnostics,
) -> &'t str {
    let Some(at) = tree::too_deep(text) else { return text };
    let span = Span::new(file, origin(at)..origin(at));
    let message = "elements are nested too deep here: the rest was left out";
    let complaint = Diagnostic::new(Code::NestingTooDeep, span, message);
    diagnostics.push(complaint.severity(Severity::Warning).help("close what was opened before"));
    &text[..at]
}

/// The name of a tag in lower case: `</B>` gives `b`; nothing for comments.
pub(super) fn tag_name(tag: &str) -> String {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    inner[..end].to_ascii_lowercase()
}

/// The value of an attribute of a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let tree = tree::fragment(tag);
    let id = *tree.all(0, &tag_name(tag)).first()?;
    tree.attribute(id, name).map(str::to_owned)
}

/// Words as Markdown shows them as they are.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~' | '$' | '&' | '^') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The element that holds the post: the longest article, else main, else the body.
fn article(tree: &Tree) -> Id {
    let longest = |name| tree.all(0, name).into_iter().max_by_key(|id| tree.text(*id).len());
    longest("article").or_else(|| longest("main")).or_else(|| longest("body")).unwrap_or(0)
}

fn head(tree: &Tree) -> Head {
    let meta = |names: &[&str]| {
        tree.all(0, "meta").into_iter().find_map(|id| {
            let name = tree.attribute(id, "property").or_else(|| tree.attribute(id, "name"))?;
            names.contains(&name).then(|| tree.attribute(id, "content").map(str::to_owned))?
        })
    };
    let words = |id: Id| tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
    let first = |name| tree.all(0, name).first().map(|id| words(*id)).filter(|t| !t.is_empty());
    let date = meta(&["article:published_time", "date", "dcterms.date"]);
    let date = date.or_else(|| {
        let times = tree.all(0, "time");
        times.first().and_then(|id| tree.attribute(*id, "datetime")).map(str::to_owned)
    });
    let html = tree.all(0, "html");
    Head {
        title: meta(&["og:title"]).or_else(|| first("h1")).or_else(|| first("title")),
        date: date.as_deref().and_then(day),
        authors: meta(&["author", "article:author"]).into_iter().collect(),
        language: html.first().and_then(|id| tree.attribute(*id, "lang")).map(str::to_owned),
        description: meta(&["description", "og:description"]),
        ..Head::default()
    }
}

struct Writer<'a> {
    tree: &'a Tree,
    file: FileId,
    /// Where a line begins in the file.
    origin: &'a dyn Fn(usize) -> usize,
    out: Rewritten,
    /// How a line ends within a paragraph, where it can.
    line_end: &'static str,
    diagnostics: &'a mut Diagnostics,
}

/// Deeper than this nothing but words is kept.
const MAX_DEPTH: usize = 60;

/// Whether an element begins a block of its own.
fn is_block(name: &str) -> bool {
    is_element(name) && !is_inline(name) && name != "br"
}

impl<'a> Writer<'a> {
    fn new(
        tree: &'a Tree,
        file: FileId,
        origin: &'a dyn Fn(usize) -> usize,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { tree, file, origin, out: Rewritten::default(), line_end: "\\\n", diagnostics }
    }

    /// Writes what is in an element; every line begins with `margin`.
    fn blocks(&mut self, parent: Id, margin: &str, depth: usize) {
        let tree = self.tree;
        let mut line = String::new();
        let mut line_at = tree.get(parent).line;
        for child in &tree.get(parent).children {
            if is_block(tree.name(*child)) {
                self.paragraph(&std::mem::take(&mut line), margin, line_at);
                self.block(*child, margin, depth + 1);
                line_at = tree.get(*child).line;
            } else {
                self.inline(*child, &mut line, depth + 1);
            }
        }
        self.paragraph(&line, margin, line_at);
    }

    fn block(&mut self, id: Id, margin: &str, depth: usize) {
        let tree = self.tree;
        let at = tree.get(id).line;
        if depth > MAX_DEPTH {
            return self.paragraph(&escaped(&tree.text(id)), margin, at);
        }
        match tree.name(id) {
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                let level = name[1..].parse().unwrap_or(6);
                let words = self.one_line(id, " ", depth);
                let anchor =
                    tree.attribute(id, "id").filter(|id| !id.contains(char::is_whitespace));
                let anchor = anchor.map_or(String::new(), |id| format!(" {{#{id}}}"));
                if !words.is_empty() {
                    self.write(&format!("{} {words}{anchor}", "#".repeat(level)), margin, at);
                }
            }
            "pre" => {
                let text = tree.text(id);
                let text = text.trim_matches('\n');
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                self.write(&format!("{fence}{}\n{text}\n{fence}", self.language(id)), margin, at);
            }
            "blockquote" => self.blocks(id, &format!("{margin}> "), depth),
            "ul" | "ol" => self.list(id, margin, depth),
            "hr" => self.write("---", margin, at),
            "figure" => self.figure(id, margin, depth),
            "table" => self.table(id, margin, depth),
            "iframe" | "video" | "audio" | "embed" | "object" => self.embedded(id, margin),
            "script" | "style" | "form" | "button" | "select" | "textarea" | "input" | "canvas"
            | "svg" | "template" => self.leave_out(id),
            "head" | "nav" | "title" | "noscript" => {}
            _ => self.blocks(id, margin, depth),
        }
    }

    /// "language-go", "highlight-source-go", "go"
    fn language(&self, id: Id) -> String {
        let below = self.tree.all(id, "code");
        let classes = std::iter::once(id).chain(below);
        let classes = classes.filter_map(|id| self.tree.attribute(id, "class"));
        let words: Vec<&str> = classes.flat_map(str::split_whitespace).collect();
        let prefixes = ["language-", "lang-", "highlight-source-"];
        let found =
            words.iter().find_map(|word| prefixes.iter().find_map(|p| word.strip_prefix(p)));
        found.unwrap_or("").to_owned()
    }

    fn list(&mut self, id: Id, margin: &str, depth: usize) {
        let tree = self.tree;
        let is_numbered = tree.name(id) == "ol";
        let start = tree.attribute(id, "start").and_then(|n| n.parse().ok()).unwrap_or(1usize);
        let items = tree.get(id).children.iter().filter(|item| !tree.name(**item).is_empty());
        for (number, item) in (start..).zip(items) {
            let mark = if is_numbered { format!("{number}. ") } else { "- ".to_owned() };
            let inner = format!("{margin}{}", " ".repeat(mark.len()));
            let start = self.out.text.len();
            self.blocks(*item, &inner, depth + 1);
            // The first line of the item has the mark in place of the margin.
            let written = self.out.text.get(start..).unwrap_or("");
            if let Some(at) = written.find(inner.as_str()) {
                let at = start + at + margin.len();
                self.out.text.replace_range(at..at + mark.len(), &mark);
            }
        }
    }

    fn figure(&mut self, id: Id, margin: &str, depth: usize) {
        let tree = self.tree;
        let caption = tree.all(id, "figcaption");
        let images = tree.all(id, "img");
        let ([image], true) = (&images[..], tree.all(id, "table").is_empty()) else {
            return self.blocks(id, margin, depth);
        };
        let caption = caption.first().map_or(String::new(), |id| tree.text(*id));
        let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
        let picture = self.picture(*image, Some(&caption));
        self.write(&picture, margin, tree.get(id).line);
    }

    fn picture(&self, id: Id, caption: Option<&str>) -> String {
        let get = |name| self.tree.attribute(id, name);
        // Pages that load their pictures late name them elsewhere.
        let Some(path) = get("data-src").or_else(|| get("src")) else { return String::new() };
        let title = caption.filter(|c| !c.is_empty()).or_else(|| get("title")).unwrap_or("");
        let path = path.replace(['<', '>', '\n'], "");
        let alt = escaped(get("alt").unwrap_or(""));
        match title {
            "" => format!("![{alt}](<{path}>)"),
            title => format!("![{alt}](<{path}> \"{}\")", escaped(title).replace('"', "\\\"")),
        }
    }

    /// A film or a page within the page becomes a link.
    fn embedded(&mut self, id: Id, margin: &str) {
        let tree = self.tree;
        let sources = tree.all(id, "source");
        let own = ["src", "data"].iter().find_map(|name| tree.attribute(id, name));
        let source = own.or_else(|| sources.first().and_then(|id| tree.attribute(*id, "src")));
        let address = source.map(|src| match src.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => src.to_owned(),
        });
        match address.filter(|src| src.starts_with("http")) {
            Some(address) => {
                let address = address.replace(['<', '>', ' '], "");
                let words = tree.attribute(id, "title").unwrap_or("");
                let link = match words {
                    "" => format!("<{address}>"),
                    words => format!("[{}](<{address}>)", escaped(words)),
                };
                self.write(&link, margin, tree.get(id).line);
            }
            None => self.leave_out(id),
        }
    }

    fn leave_out(&mut self, id: Id) {
        let tree = self.tree;
        let at = (self.origin)(tree.get(id).line);
        let message = format!("`<{}>` has no meaning in a book and was left out", tree.name(id));
        let span = Span::new(self.file, at..at);
        let complaint = Diagnostic::new(Code::UnsupportedMarkup, span, message);
        self.diagnostics.push(complaint.help("write in the chapter what it stood for"));
    }

    /// The words of an element in one line, where `line_end` stands for the ends of lines.
    fn one_line(&mut self, id: Id, line_end: &'static str, depth: usize) -> String {
        let before = std::mem::replace(&mut self.line_end, line_end);
        let mut words = String::new();
        self.inlines(id, &mut words, depth);
        self.line_end = before;
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn inlines(&mut self, parent: Id, line: &mut String, depth: usize) {
        let tree = self.tree;
        for child in &tree.get(parent).children {
            self.inline(*child, line, depth + 1);
        }
    }

    fn inline(&mut self, id: Id, line: &mut String, depth: usize) {
        let tree = self.tree;
        if let Kind::Text(words) = &tree.get(id).kind {
            return line.push_str(&escaped(words));
        }
        if depth > MAX_DEPTH {
            return line.push_str(&escaped(&tree.text(id)));
        }
        let around = match tree.name(id) {
            "b" | "strong" => ("**", "**"),
            "i" | "em" | "cite" | "var" | "dfn" => ("*", "*"),
            "s" | "del" | "strike" => ("~~", "~~"),
            "sup" => ("<sup>", "</sup>"),
            "sub" => ("<sub>", "</sub>"),
            "kbd" => ("<kbd>", "</kbd>"),
            "mark" => ("<mark>", "</mark>"),
            "br" => return line.push_str(self.line_end),
            "img" => return line.push_str(&self.picture(id, None)),
            "code" | "tt" | "samp" => {
                let text = tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
                let mark = if text.contains('`') { "``" } else { "`" };
                let space = if text.contains('`') { " " } else { "" };
                if !text.is_empty() {
                    line.push_str(&format!("{mark}{space}{text}{space}{mark}"));
                }
                return;
            }
            "a" => return self.link(id, line, depth),
            "abbr" => return self.abbreviation(id, line, depth),
            "button" | "input" | "select" => {
                // What stood on both sides of it is not one word.
                line.push(' ');
                return self.leave_out(id);
            }
            "script" | "style" | "svg" => return self.leave_out(id),
            // Blocks within a line are lines of their own.
            name if is_block(name) => ("\n", "\n"),
            _ => ("", ""),
        };
        let mut inner = String::new();
        self.inlines(id, &mut inner, depth);
        let words = inner.trim();
        if words.is_empty() || around.0.is_empty() {
            return line.push_str(&inner);
        }
        // Marks stand at words, spaces outside of them.
        let start = inner.len() - inner.trim_start().len();
        line.push_str(&inner[..start]);
        line.push_str(&format!("{}{words}{}", around.0, around.1));
        line.push_str(&inner[start + words.len()..]);
    }

    fn link(&mut self, id: Id, line: &mut String, depth: usize) {
        let mut inner = String::new();
        self.inlines(id, &mut inner, depth);
        let href = self.tree.attribute(id, "href").map(|href| href.replace(['<', '>', '\n'], ""));
        match href.filter(|href| !href.to_lowercase().starts_with("javascript:")) {
            // A picture that leads to its larger self is the picture.
            Some(_) if inner.trim_start().starts_with("![") => line.push_str(&inner),
            Some(_) if inner.trim().is_empty() => {}
            Some(href) => line.push_str(&format!("[{}](<{href}>)", inner.trim())),
            None => line.push_str(&inner),
        }
    }

    /// Markdown has no words for it: it stays HTML.
    fn abbreviation(&mut self, id: Id, line: &mut String, depth: usize) {
        let title = self.tree.attribute(id, "title").map(|title| {
            let words = title.split_whitespace().collect::<Vec<_>>().join(" ");
            words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
        });
        let title = title.map(|title| format!("<abbr title=\"{title}\">"));
        line.push_str(title.as_deref().unwrap_or(""));
        self.inlines(id, line, depth);
        line.push_str(if title.is_some() { "</abbr>" } else { "" });
    }

    /// Words between blocks.
    fn paragraph(&mut self, words: &str, margin: &str, line: usize) {
        let lines =
            words.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let text =
            lines.filter(|line| !line.is_empty() && line != "\\").collect::<Vec<_>>().join("\n");
        let text = text.trim_end_matches('\\');
        let words = match text.chars().next() {
            // What would be a mark at the front of a line is none.
            Some('#' | '+' | '-' | '>' | '=' | '|' | ':') => format!("\\{text}"),
            _ => text.to_owned(),
        };
        if !words.is_empty() {
            self.write(&words, margin, line);
        }
    }

    fn write(&mut self, text: &str, margin: &str, line: usize) {
        let origin = (self.origin)(line);
        for line in text.split('\n') {
            self.out.push(&format!("{margin}{line}\n"), origin);
        }
        self.out.push(&format!("{}\n", margin.trim_end()), origin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, markdown: &str, complaints: usize) {
        let mut diagnostics = Diagnostics::default();
        let found = convert(html, FileId(0), &|at| at, &mut diagnostics);
        assert_eq!(found.text.trim_end(), markdown);
        assert_eq!(diagnostics.iter().count(), complaints, "{diagnostics:?}");
    }

    #[test]
    fn what_has_a_meaning_becomes_markdown() {
        check("<p>a <b>b </b>c<p>d<br>e", "a **b** c\n\nd\\\ne", 0);
        check("<h2 id=x>A <i>b</i></h2>", "## A *b* {#x}", 0);
        check("<ul><li>a<li><p>b</p><p>c</p></ul>", "- a\n\n- b\n\n  c", 0);
        check("<blockquote><p>a</p><ol><li>b</ol></blockquote>", "> a\n>\n> 1. b\n>", 0);
        check("<pre><code class=language-go>a\n  b</code></pre>", "```go\na\n  b\n```", 0);
        check("<table><tr><th>a<th>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |  |", 0);
        let spans = "<table><tr><th>a<th colspan=2>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f</table>";
        let kept = "| a | b |  |\n| --- | --- | --- |\n| c | d | e |\n|  | f |  |";
        check(spans, kept, 0);
        check("<table><tr><td rowspan=2>a<tr></table>", "| a |\n| --- |", 0);
        let parts = "<table><caption>C<br>d</caption><tr><td>a<br>b<tr><td><p>c</p><p>d</table>";
        check(parts, "Table: C d\n\n| a<br>b |\n| --- |\n| c d |", 0);
        let within = "<table><tr><td>a<table><tr><td>b</table>c<td>d</table>";
        check(within, "| a b c | d |\n| --- | --- |", 0);
        check("<h2>a<br>b</h2>c<button>d</button>e", "## a b\n\nc e", 1);
        check("<span><p>a</p><p>b</p></span>", "a\nb", 0);
        let figure =
            "<figure><a href=l><img src='a b.jpg' alt=A></a><figcaption>C</figcaption></figure>";
        check(figure, "![A](<a b.jpg> \"C\")", 0);
        check("<iframe src='//y.example/1'></iframe>", "<https://y.example/1>", 0);
        check("<a href='x'>1 * 2</a> <code>a*b</code>", "[1 \\* 2](<x>) `a*b`", 0);
        let abbreviation = "<abbr title='a \"b\" &amp; c'>ABC</abbr> <abbr>d</abbr>";
        check(abbreviation, "<abbr title=\"a &quot;b&quot; &amp; c\">ABC</abbr> d", 0);
    }

    #[test]
    fn programs_are_left_out_and_depth_is_bounded() {
        check("a<script>x</script>b<!-- c -->", "a\n\nb", 1);
        let deep = format!("{}word", "<div>".repeat(50_000));
        check(&deep, "", 1);
        check(&format!("{}word", "<div>".repeat(1000)), "word", 0);
        assert_eq!(attribute("<img SRC=\"a&amp;b\">", "src").as_deref(), Some("a&b"));
        assert_eq!(tag_name("</Sub >"), "sub");
    }
}
