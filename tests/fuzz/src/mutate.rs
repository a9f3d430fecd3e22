//! Inputs: texts that mean something, cut, joined, repeated and spoiled.

/// The longest input.
const LONGEST: usize = 64 * 1024;

/// Numbers that look random and are the same on every machine (Knuth's MMIX constants).
pub(crate) struct Numbers(u64);

impl Numbers {
    /// Begins a row of numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The next number below a bound that is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// What means something somewhere.
const PIECES: &[&str] = &[
    "# ",
    "## h {#id .c k=v}\n",
    "- ",
    "1. ",
    "> ",
    "```rust,ignore title=\"a\"\n",
    "```\n",
    "~~~\n",
    "| a | b |\n|---|:-:|\n",
    "| c |\n",
    "![alt](p.png \"t\")",
    "\n\n![square](p.png)\n\n",
    "\n\n![tall](tall.png \"c\"){.full-width}\n\n",
    "\n\n![wide](wide.png){width=40%}\n\n",
    "\n\n![page](tall.png){.full-page}\n\n",
    "\n\n![spread](wide.png){.spread}\n\n",
    "\n\n![bleed](p.png){.full-page .bleed}\n\n",
    "\n\n![beside](tall.png){.beside}\n\n",
    "{.beside}",
    "Words that fill a line of the page and more than one, so that pages become full of them. ",
    "[a](b.md#c)",
    "[a]: <b> 'c'\n",
    "[^n]",
    "[^n]: x\n",
    "*",
    "**",
    "_",
    "~~",
    "~",
    "^",
    "$",
    "$$",
    "\\frac{1}{2}",
    "\\begin{matrix}a&b\\\\c\\end{matrix}",
    "\\begin{align}",
    "\\end{align}",
    "\\sqrt",
    "\\hat",
    "\\left(",
    "\\right.",
    "&",
    "\\\\",
    "`",
    "<b>",
    "</b>",
    "<img src=x alt='y'>",
    "<!--",
    "-->",
    "<table><tr><td>",
    "</table>",
    "<table><thead><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tbody><tr><td>e<td>f<td>g",
    "<tr>",
    "<td>x",
    "<th colspan=3>y",
    "<td rowspan=3>z",
    "<td colspan=2 rowspan=2>w",
    "<td rowspan=0>",
    "<td rowspan=65534 colspan=1000>",
    "<tbody>",
    "<tfoot>",
    "<caption>",
    "<T>",
    "<a id=\"1 x\">",
    "<details><summary>",
    "<pre>",
    "</pre>",
    "&amp;",
    "&#0;",
    "\u{0}",
    "\r\n",
    "\n\n",
    "\t",
    "    ",
    "\u{FEFF}",
    "\u{301}",
    "\u{200F}",
    "\u{202E}",
    "\u{AD}",
    "👩‍👩‍👧",
    "中文",
    "العربية",
    "नमस्ते",
    "\u{10FFFF}",
    "+++\n",
    "---\n",
    "title = \"t\"\n",
    "speakers = [{ name = \"n\" }]\n",
    "[edition.x]\n",
    "page = \"A4\"\n",
    "{{#include ../a.rs:x}}",
    "{{#playground a.rs}}",
    "\\{{#title}}",
    "<Listing number=\"1\">\n",
    ": def\n",
    "***\n",
    "===\n",
    "[ ] ",
    "[x] ",
    "> [!NOTE]\n",
    "https://x.org/",
    "@",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "--",
    "...",
    "Table: c {#t}\n",
    "[page #](#id)",
    "[](#id)",
    "999999999999999999999",
];

/// The next input.
pub(crate) fn input(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..=numbers.below(12) {
        change(&mut bytes, seeds, numbers);
        bytes.truncate(LONGEST);
    }
    bytes
}

/// The next input of a format that is mostly numbers.
pub(crate) fn binary(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..=numbers.below(6) {
        match numbers.below(12) {
            0 => change(&mut bytes, seeds, numbers),
            _ => change_number(&mut bytes, numbers),
        }
        bytes.truncate(LONGEST);
    }
    // A reader that checks sums would look at nothing else.
    if numbers.below(8) > 0 {
        mend_sums(&mut bytes);
    }
    bytes
}

/// What lengths, counts and sides are when they lie.
const EXTREMES: &[u32] =
    &[0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFF_FFFF, u32::MAX];

fn change_number(bytes: &mut [u8], numbers: &mut Numbers) {
    if bytes.is_empty() {
        return;
    }
    // Mostly in the headers, where decisions are made.
    let bound = if numbers.below(2) == 0 { bytes.len().min(200) } else { bytes.len() };
    let at = numbers.below(bound);
    let size = 1 << numbers.below(3);
    let value = EXTREMES[numbers.below(EXTREMES.len())];
    let end = (at + size).min(bytes.len());
    match numbers.below(5) {
        0 => bytes[at] ^= 1 << numbers.below(8),
        1 => bytes[at] = u8::try_from(numbers.below(256)).unwrap_or(0),
        2 => bytes[at] = bytes[at].wrapping_add(u8::try_from(numbers.below(5)).unwrap_or(0)),
        3 => bytes[at..end].copy_from_slice(&value.to_le_bytes()[..end - at]),
        _ => bytes[at..end].copy_from_slice(&value.to_be_bytes()[4 - (end - at)..]),
    }
}

/// Writes the right check sum behind every chunk of a PNG.
fn mend_sums(bytes: &mut [u8]) {
    if !bytes.starts_with(b"\x89PNG") {
        return;
    }
    let mut at = 8;
    while let Some(length) = bytes.get(at..at + 4) {
        let length = length.try_into().map_or(0, u32::from_be_bytes) as usize;
        let end = at + 8 + length;
        let Some(chunk) = bytes.get(at + 4..end) else { return };
        let mut sum = flate2::Crc::new();
        sum.update(chunk);
        let Some(place) = bytes.get_mut(end..end + 4) else { return };
        place.copy_from_slice(&sum.sum().to_be_bytes());
        at = end + 4;
    }
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], numbers: &mut Numbers) {
    let at = numbers.below(bytes.len() + 1);
    let end = at + numbers.below((bytes.len() - at).min(200) + 1);
    match numbers.below(9) {
        0 => drop(bytes.drain(at..end)),
        1 => {
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece.repeat(1 + numbers.below(8)));
        }
        2 => {
            let other = &seeds[numbers.below(seeds.len())];
            let from = numbers.below(other.len() + 1);
            let to = from + numbers.below((other.len() - from).min(2000) + 1);
            bytes.splice(at..end, other[from..to].iter().copied());
        }
        3 if at < bytes.len() => bytes[at] = u8::try_from(numbers.below(256)).unwrap_or(0),
        4 => {
            let piece = PIECES[numbers.below(PIECES.len())];
            let count = 1 << numbers.below(11);
            bytes.splice(at..at, piece.repeat(count).into_bytes());
        }
        5 => bytes.truncate(at),
        _ => {
            let piece = PIECES[numbers.below(PIECES.len())];
            bytes.splice(at..at, piece.bytes());
        }
    }
}
