//! The names of HTML's elements: which there are, and how their tags behave.

/// Whether HTML has an element of this name, in small letters.
pub(crate) fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name).is_ok()
}

/// Whether an element stands within a line: its tag ends no paragraph.
pub(crate) fn is_inline(name: &str) -> bool {
    INLINE.binary_search(&name).is_ok()
}

/// Whether an element has no closing tag (HTML, 13.1.2).
pub(crate) fn is_void(name: &str) -> bool {
    VOID.binary_search(&name).is_ok()
}

/// Phrasing content (HTML, 3.2.5.2.5) without what shows more than words: films, drawings, fields of
/// a form.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "area", "b", "bdi", "bdo", "big", "button", "cite", "code", "data",
    "datalist", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label", "link",
    "map", "mark", "math", "meta", "meter", "nobr", "output", "param", "picture", "progress", "q",
    "rp", "rt", "ruby", "s", "samp", "slot", "small", "source", "span", "strike", "strong", "sub",
    "sup", "time", "track", "tt", "u", "var", "wbr",
];

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// All elements of HTML, those that are obsolete too, and the roots of SVG and MathML.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

#[test]
fn lists_are_sorted_for_the_search() {
    assert!(ELEMENTS.is_sorted());
    assert!(INLINE.is_sorted());
    assert!(VOID.is_sorted());
    assert!(INLINE.iter().chain(VOID).all(|name| is_element(name)));
}
