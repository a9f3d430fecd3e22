//! A manuscript's tree as the HTML that the specification's examples show.

use endpaper::manuscript::{Align, Block, BlockKind, Cell, Image, Inline, InlineKind, Link};

/// Blocks, one after the other.
pub(super) fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(|block| self::block(block, false)).collect()
}

fn block(block: &Block, is_tight: bool) -> String {
    match &block.kind {
        BlockKind::Paragraph(content) if is_tight => format!("{}\n", inlines(content)),
        BlockKind::Paragraph(content) => format!("<p>{}</p>\n", inlines(content)),
        BlockKind::Heading { level, inlines: content, .. } => {
            format!("<h{level}>{}</h{level}>\n", inlines(content))
        }
        BlockKind::List { start, tight, items } => {
            let (open, close) = match start {
                None => ("<ul>".to_owned(), "</ul>"),
                Some(1) => ("<ol>".to_owned(), "</ol>"),
                Some(n) => (format!("<ol start=\"{n}\">"), "</ol>"),
            };
            let items = items.iter().map(|(task, inner)| item(*task, inner, *tight));
            format!("{open}\n{}{close}\n", items.collect::<String>())
        }
        BlockKind::Quote(inner) => format!("<blockquote>\n{}</blockquote>\n", blocks(inner)),
        BlockKind::Code { info, text } => {
            let language = info.split_whitespace().next();
            let class = language.map(|l| format!(" class=\"language-{}\"", escaped(l)));
            format!("<pre><code{}>{}</code></pre>\n", class.unwrap_or_default(), escaped(text))
        }
        BlockKind::Table { columns, head, rows } => table(columns, head, rows),
        BlockKind::Rule => "<hr />\n".to_owned(),
        BlockKind::Definitions(_) => "<dl></dl>".to_owned(),
        BlockKind::Alert(..) => "<div></div>".to_owned(),
        BlockKind::Formula { tex, .. } => format!("<math>{tex}</math>"),
    }
}

fn item(task: Option<bool>, inner: &[Block], is_tight: bool) -> String {
    let task = match task {
        Some(true) => "<input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n",
        Some(false) => "<input disabled=\"\" type=\"checkbox\"/>\n",
        None => "",
    };
    let inner: String = inner.iter().map(|inner| block(inner, is_tight)).collect();
    // The box lies in the first paragraph, if there is one.
    match inner.strip_prefix("<p>") {
        Some(rest) if !task.is_empty() => format!("<li><p>{task}{rest}</li>\n"),
        Some(_) | None => format!("<li>{task}{inner}</li>\n"),
    }
}

fn table(columns: &[Align], head: &[Vec<Cell>], rows: &[Vec<Cell>]) -> String {
    let row = |cells: &[Cell], tag: &str| {
        let cells = cells.iter().zip(columns).map(|(cell, align)| {
            let align = match align {
                Align::None => "",
                Align::Left => " style=\"text-align: left\"",
                Align::Center => " style=\"text-align: center\"",
                Align::Right => " style=\"text-align: right\"",
            };
            format!("<{tag}{align}>{}</{tag}>\n", inlines(&cell.inlines))
        });
        format!("<tr>\n{}</tr>\n", cells.collect::<String>())
    };
    let head: String = head.iter().map(|cells| row(cells, "th")).collect();
    let body: String = rows.iter().map(|cells| row(cells, "td")).collect();
    let body = if rows.is_empty() { String::new() } else { format!("<tbody>\n{body}</tbody>\n") };
    format!("<table>\n<thead>\n{head}</thead>\n{body}</table>\n")
}

fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    let marked = |tag: &str, content: &[Inline]| format!("<{tag}>{}</{tag}>", inlines(content));
    let titled = |title: &str| match title {
        "" => String::new(),
        title => format!(" title=\"{}\"", escaped(title)),
    };
    match &inline.kind {
        InlineKind::Text(text) => escaped(text),
        InlineKind::Code(text) => format!("<code>{}</code>", escaped(text)),
        InlineKind::Emphasis(content) => marked("em", content),
        InlineKind::Strong(content) => marked("strong", content),
        InlineKind::Strikethrough(content) => marked("del", content),
        InlineKind::Superscript(content) => marked("sup", content),
        InlineKind::Subscript(content) => marked("sub", content),
        InlineKind::Keyboard(content) => marked("kbd", content),
        InlineKind::Highlight(content) => marked("mark", content),
        InlineKind::Abbreviation(_, content) => marked("abbr", content),
        InlineKind::Foreign(_, content) => marked("span", content),
        InlineKind::Link(link) => {
            let Link { destination, title, content } = &**link;
            format!(
                "<a href=\"{}\"{}>{}</a>",
                address(destination),
                titled(title),
                inlines(content)
            )
        }
        InlineKind::Image(image) => {
            let Image { path, title, alt, .. } = &**image;
            let (path, words) = (address(path), escaped(&plain_words(alt)));
            format!("<img src=\"{path}\" alt=\"{words}\"{} />", titled(title))
        }
        InlineKind::Math { tex, .. } => format!("<math>{tex}</math>"),
        InlineKind::NoteCall(label) => format!("[^{label}]"),
        InlineKind::SoftBreak => "\n".to_owned(),
        InlineKind::HardBreak => "<br />\n".to_owned(),
    }
}

fn plain_words(content: &[Inline]) -> String {
    content.iter().map(|i| format!("{}{}", i.characters(), plain_words(i.children()))).collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

/// An address as the examples write it: what no address may hold is encoded.
fn address(written: &str) -> String {
    let mut out = String::new();
    for byte in written.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ if byte.is_ascii_alphanumeric() || b"-_.!~*();/?:@=+$,%#".contains(&byte) => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// HTML without the blanks that mean nothing, and with one way of writing each character.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split("<pre>").enumerate() {
        if at == 0 {
            out.push_str(&joined(part));
            continue;
        }
        let (code, rest) = part.split_once("</pre>").unwrap_or((part, ""));
        out.push_str(&format!("<pre>{code}</pre>{}", joined(rest)));
    }
    let out = out.replace("<tbody></tbody>", "");
    out.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'")
}

/// Line ends as blanks, and none beside the tags of blocks.
fn joined(html: &str) -> String {
    const BLOCKS: [&str; 16] = [
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "hr",
    ];
    let mut out = html.split_whitespace().collect::<Vec<_>>().join(" ");
    for name in BLOCKS.iter().chain(&["td", "th", "pre"]) {
        for tag in [format!("<{name}>"), format!("</{name}>"), format!("<{name} />")] {
            for spaced in [format!(" {tag}"), format!("{tag} ")] {
                out = out.replace(&spaced, &tag);
            }
        }
    }
    let out = out.replace("\"> <", "\"><").replace("> <t", "><t").replace(" />", "/>");
    out.replace("<br/> ", "<br/>").replace("/> ", "/>").trim().to_owned()
}
