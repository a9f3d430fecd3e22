//! Tags of Jekyll (`{% … %}`, `{{ … }}`, `{: … }`) and shortcodes of Hugo (`{{< … >}}`) become
//! Markdown, or are reported and left out.
//!
//! What stands in listings is the author's own and stays, except the `{% raw %}` that is only
//! there to keep it so.

use super::rewritten::Rewritten;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Rewrites the text from byte `body` on.
pub(super) fn translate(
    file: FileId,
    text: &str,
    body: usize,
    diagnostics: &mut Diagnostics,
) -> Rewritten {
    let out = Rewritten::default();
    let mut pass = Pass { file, text, out, fence: None, closing: Vec::new(), diagnostics };
    let mut at = body;
    while at < text.len() {
        at = pass.line(at);
    }
    pass.out
}

struct Pass<'a> {
    file: FileId,
    text: &'a str,
    out: Rewritten,
    /// The fence that is open, as it was written.
    fence: Option<&'a str>,
    /// Tags whose partner is dropped as well.
    closing: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

/// The pairs of marks, and what they are.
const MARKS: &[(&str, &str)] =
    &[("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{::", "}"), ("{:", "}")];

impl<'a> Pass<'a> {
    /// Takes over the line at `at`; gives where the next one begins.
    fn line(&mut self, at: usize) -> usize {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n + 1);
        let line = &self.text[at..end];
        let trimmed = line.trim_start();
        match self.fence {
            Some(fence) => {
                let is_end = trimmed.starts_with(fence)
                    && trimmed.trim_start_matches(&fence[..1]).trim().is_empty();
                if is_end {
                    self.fence = None;
                }
            }
            None => {
                let is_indented = line.len() - trimmed.len() > 3;
                self.fence = fence(trimmed).filter(|_| !is_indented);
                if self.fence.is_none() {
                    return self.words(at, end);
                }
            }
        }
        if !is_raw(line.trim()) {
            self.out.push(line, at);
        }
        end
    }

    /// A line of text: tags are translated, code in backticks stays. A tag may run over its end.
    fn words(&mut self, start: usize, end: usize) -> usize {
        let mut at = start;
        let mut kept = start;
        while at < end {
            let rest = &self.text[at..];
            if rest.starts_with('`') {
                at = code_end(self.text, at, end);
                continue;
            }
            let Some((open, close)) = MARKS.iter().find(|(open, _)| rest.starts_with(open)) else {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            };
            // `{:` is kramdown's only where a line or a word ends with it.
            let Some(length) = rest.find(close).filter(|n| *n <= LONGEST) else {
                at += open.len();
                continue;
            };
            let inner = rest[open.len()..length].trim();
            self.out.push(&self.text[kept..at], kept);
            let tag_end = at + length + close.len();
            let next = self.tag(open, inner, at, tag_end);
            kept = next;
            at = next;
        }
        let next = kept.max(end);
        let rest = &self.text[kept.min(end)..end];
        // A line that held nothing but a tag that is gone leaves nothing behind.
        let is_left = !(rest.trim().is_empty() && kept > start && line_is_empty(&self.out.text));
        if kept < end && is_left {
            self.out.push(rest, kept);
        } else if kept < end {
            self.out.push("\n", end - 1);
        }
        if next > end {
            return next;
        }
        end
    }

    /// Translates a tag; gives where the text goes on.
    fn tag(&mut self, open: &str, inner: &str, at: usize, end: usize) -> usize {
        let inner = inner.trim_matches('-').trim();
        let arguments = arguments(inner);
        let (name, rest) =
            arguments.split_first().map_or(("", &[][..]), |(n, r)| (n.1.as_str(), r));
        match (open, name) {
            ("{:", "toc") => {
                // The list above it is only there to be replaced by the contents.
                self.out.drop_last_item();
                end
            }
            ("{:" | "{::", _) => end,
            ("{{", _) => self.value(inner, at, end),
            (_, "raw" | "endraw" | "/raw" | "more") => end,
            (_, "comment") => self.skip(at, end, "comment"),
            (_, "highlight") => self.listing(rest, at, end),
            (_, "include" | "figure" | "img" | "image" | "include_cached") => {
                self.picture(rest, at, end)
            }
            (_, "youtube" | "vimeo" | "gist" | "tweet" | "x" | "instagram") => {
                let link = embedded(name, rest);
                self.out.push(&format!("<{link}>"), at);
                end
            }
            (_, "post_url" | "link" | "ref" | "relref") => {
                let target = rest.first().map_or("", |(_, value)| value.as_str());
                self.out.push(&target.replace(' ', "%20"), at);
                end
            }
            _ => self.unknown(name, at, end),
        }
    }

    /// `{{ … }}`: addresses of the site itself are relative to it.
    fn value(&mut self, inner: &str, at: usize, end: usize) -> usize {
        let value = inner.split('|').next().unwrap_or("").trim();
        let filters = inner.contains("relative_url") || inner.contains("absolute_url");
        let quoted = value.trim_matches(['"', '\'']);
        if quoted.len() + 2 == value.len() && filters {
            self.out.push(quoted, at);
            return end;
        }
        if matches!(value, "site.baseurl" | "site.url" | "site.github.url" | "page.url") {
            return end;
        }
        self.unknown(value, at, end)
    }

    /// `{% highlight go %}` or `{{< highlight go >}}`: a listing up to its end.
    fn listing(&mut self, arguments: &[Argument], at: usize, end: usize) -> usize {
        let Some((stop, next)) = self.partner(end, "highlight") else {
            return self.unknown("highlight", at, end);
        };
        let language = arguments.first().map_or("", |(_, value)| value.as_str());
        let code = self.text[end..stop].trim_matches(['\n', '\r']);
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        if !line_is_empty(&self.out.text) {
            self.out.push("\n", at);
        }
        self.out.push(&format!("{fence}{language}\n"), at);
        self.out.push(
            code,
            end + self.text[end..stop].len()
                - self.text[end..stop].trim_start_matches(['\n', '\r']).len(),
        );
        self.out.push(&format!("\n{fence}"), stop);
        next
    }

    /// Leaves out everything up to the partner of a tag.
    fn skip(&mut self, at: usize, end: usize, name: &str) -> usize {
        match self.partner(end, name) {
            Some((_, next)) => next,
            None => self.unknown(name, at, end),
        }
    }

    /// Where the partner of a tag begins and ends.
    fn partner(&self, from: usize, name: &str) -> Option<(usize, usize)> {
        let mut at = from;
        while let Some(n) = self.text[at..].find('{') {
            at += n;
            let rest = &self.text[at..];
            for (open, close) in &MARKS[..3] {
                let Some(inner) = rest.strip_prefix(open) else { continue };
                let Some(length) = inner.find(close) else { continue };
                let inner = inner[..length].trim().trim_matches('-').trim();
                if inner == format!("end{name}")
                    || inner.strip_prefix('/').map(str::trim) == Some(name)
                {
                    return Some((at, at + open.len() + length + close.len()));
                }
            }
            at += 1;
        }
        None
    }

    /// A picture that a theme would have framed.
    fn picture(&mut self, arguments: &[Argument], at: usize, end: usize) -> usize {
        let get = |names: &[&str]| {
            let found = arguments.iter().find(|(key, _)| names.contains(&key.as_str()));
            found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
        };
        let Some(path) = get(&["src", "url", "image_path", "file", "path", "image", "link"]) else {
            let name = arguments.first().map_or("include", |(_, value)| value.as_str());
            return self.unknown(name, at, end);
        };
        let caption = get(&["caption", "title", "description"]).unwrap_or("");
        let alt = get(&["alt"]).unwrap_or("");
        let quoted = caption.replace('\\', "").replace('"', "\\\"");
        let alt = alt.replace(['[', ']'], "");
        let path = path.replace(['<', '>'], "");
        self.out.push(&format!("![{alt}](<{path}> \"{quoted}\")"), at);
        end
    }

    fn unknown(&mut self, name: &str, at: usize, end: usize) -> usize {
        let bare = name.trim_start_matches('/').trim();
        let bare = bare.strip_prefix("end").unwrap_or(bare);
        if let Some(known) = self.closing.iter().position(|open| open == bare) {
            if name != bare {
                self.closing.remove(known);
                return end;
            }
        } else {
            self.closing.push(bare.to_owned());
        }
        let written: String = self.text[at..end].split_whitespace().collect::<Vec<_>>().join(" ");
        let shown: String = written.chars().take(60).collect();
        let span = Span::new(self.file, at..end);
        let message = format!("`{shown}` is not understood and was left out");
        let complaint = Diagnostic::new(Code::UnsupportedMarkup, span, message);
        self.diagnostics.push(complaint.help("write in the chapter what it stood for"));
        end
    }
}

/// A tag of more bytes is none.
const LONGEST: usize = 2000;

/// A word of a tag: its key (or nothing) and its value.
type Argument = (String, String);

/// `name key="value" word`
fn arguments(inner: &str) -> Vec<Argument> {
    let mut found = Vec::new();
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let key_end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, behind) = match rest[key_end..].strip_prefix('=') {
            Some(behind) if !rest.starts_with(['"', '\'']) => (&rest[..key_end], behind),
            Some(_) | None => ("", rest),
        };
        let (value, next) = match behind.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &behind[1..];
                let end = inner.find(quote).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or(""))
            }
            _ => behind.split_at(behind.find(char::is_whitespace).unwrap_or(behind.len())),
        };
        found.push((key.to_owned(), value.to_owned()));
        rest = next.trim_start();
    }
    found
}

/// The address of what a shortcode embeds.
fn embedded(name: &str, arguments: &[Argument]) -> String {
    let named = |key: &str| arguments.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
    let words: Vec<&str> = arguments.iter().map(|(_, value)| value.as_str()).collect();
    let first = named("id").or(words.first().copied()).unwrap_or("");
    let second = words.get(1).copied().unwrap_or("");
    match name {
        _ if first.starts_with("http") => first.to_owned(),
        "youtube" => format!("https://www.youtube.com/watch?v={first}"),
        "vimeo" => format!("https://vimeo.com/{first}"),
        "gist" if second.is_empty() => format!("https://gist.github.com/{first}"),
        "gist" => format!("https://gist.github.com/{first}/{second}"),
        "instagram" => format!("https://www.instagram.com/p/{first}/"),
        _ => {
            let user = named("user").unwrap_or("i");
            format!("https://twitter.com/{user}/status/{first}")
        }
    }
}

/// The fence that a line opens.
fn fence(trimmed: &str) -> Option<&str> {
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = trimmed.len() - trimmed.trim_start_matches(mark).len();
    let is_fence = length >= 3 && (mark == '~' || !trimmed[length..].contains('`'));
    is_fence.then(|| &trimmed[..length])
}

fn is_raw(line: &str) -> bool {
    let inner = line.strip_prefix("{%").and_then(|rest| rest.strip_suffix("%}"));
    inner.is_some_and(|inner| matches!(inner.trim().trim_matches('-').trim(), "raw" | "endraw"))
}

/// Where the code that backticks at `at` begin has its end, within its line.
fn code_end(text: &str, at: usize, end: usize) -> usize {
    let line = &text[at..end];
    let length = line.len() - line.trim_start_matches('`').len();
    let mut from = length;
    while let Some(n) = line[from..].find('`') {
        let here = from + n;
        let run = line[here..].len() - line[here..].trim_start_matches('`').len();
        if run == length {
            return at + here + run;
        }
        from = here + run;
    }
    at + length
}

fn line_is_empty(text: &str) -> bool {
    text.rsplit('\n').next().is_none_or(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, complaints: usize) {
        let mut diagnostics = Diagnostics::default();
        let found = translate(FileId(0), text, 0, &mut diagnostics);
        assert_eq!(found.text, expected);
        assert_eq!(diagnostics.iter().count(), complaints, "{diagnostics:?}");
    }

    #[test]
    fn listings_pictures_and_addresses_become_markdown() {
        check(
            "a\n\n{% highlight go linenos %}\nx := `{{ y }}`\n{% endhighlight %}\nb\n",
            "a\n\n```go\nx := `{{ y }}`\n```\nb\n",
            0,
        );
        check(
            "{{< figure src=\"/a b.jpg\" alt=\"Alt\" caption='C' >}}\n",
            "![Alt](</a b.jpg> \"C\")\n",
            0,
        );
        check("![x]({{ site.baseurl }}/a.jpg)", "![x](/a.jpg)", 0);
        check("![x]({{ '/a.jpg' | relative_url }})", "![x](/a.jpg)", 0);
        check("{% youtube Ab1 %}", "<https://www.youtube.com/watch?v=Ab1>", 0);
        check(
            "a{: .big }\n\n* TOC\n{:toc}\n{% comment %}\nno\n{% endcomment %}\nb",
            "a\n\n\n\nb",
            0,
        );
    }

    #[test]
    fn code_stays_and_what_is_unknown_is_told_once() {
        check("```\n{{ x }}\n```\n`{{ y }}` {%raw%}", "```\n{{ x }}\n```\n`{{ y }}` ", 0);
        check("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```\n", "```\n{{ x }}\n```\n", 0);
        check("{% if a %}b{% endif %} {{ page.x }}", "b ", 2);
        check("{{ {% {: {{<", "{{ {% {: {{<", 0);
    }
}
