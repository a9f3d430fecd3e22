//! What an EPUB of 3,000 pages costs, beside the least that any program would pay for it: parsing
//! its Markdown and deflating its documents.
//!
//! The manuscript is the first book sixty times over (its A5 edition has about fifty pages), with
//! listings, titles and anchors that are each copy's own. Both are measured in one run, on one
//! thread, so that time is the processor's. Pages are not set: that is the PDF's cost, and its map
//! is plain data for the EPUB. Pictures are small ones: what large ones cost does not grow with the
//! manuscript, and `bench/photographs` measures it. Trees are not taken apart at the end, as the
//! program does not either.

#![allow(clippy::disallowed_methods, reason = "the first book is read from the repository")]
#![allow(missing_docs, reason = "Criterion makes the functions that would want them")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use endpaper::book::Book;
use endpaper::diag::Diagnostics;
use endpaper::manuscript::Manuscript;
use endpaper::project::{self, Project, Store};
use endpaper::{book, epub, manuscript};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// How often the first book is repeated.
const COPIES: usize = 60;

fn project() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read(root.join(path)).expect("the first book is there");
    let mut files = BTreeMap::new();
    files.insert("images/credits.toml".to_owned(), read("images/credits.toml"));
    for name in ["city.jpg", "cover.jpg", "hall.jpg", "harbour.jpg"] {
        let path = format!("images/{name}");
        let small = thumbnail(&read(&path));
        files.insert(path, small);
    }
    let folder = std::fs::read_dir(root.join("book/chapters")).expect("it has chapters");
    let names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let chapters: Vec<(&String, String)> = names
        .iter()
        .map(|name| (name, read(&format!("book/chapters/{name}"))))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("chapters are UTF-8")))
        .collect();
    let ids = chapters.iter().flat_map(|(_, text)| text.split("{#").skip(1));
    let ids: Vec<&str> = ids.filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    let mut list = String::new();
    for copy in 0..COPIES {
        for (name, text) in &chapters {
            let path = format!("{copy:02}/{name}");
            list.push_str(&format!("{path:?}, "));
            files.insert(path, copied(text, &ids, copy).into_bytes());
        }
    }
    let config = format!(
        "[book]\ntitle = \"Sixty\"\nlanguage = \"en\"\ndate = 2026-05-04\n\n\
         [contents]\nchapters = [{list}]\n\n[photos]\npolicy = \"warn\"\ncover = \"cover.jpg\"\n"
    );
    files.insert("book.toml".to_owned(), config.into_bytes());
    let project = project::load(Store::Memory(files), &mut Diagnostics::default());
    project.expect("memory can be read").expect("it has a `book.toml`")
}

/// A chapter with listings, titles and anchors that no other copy has: what is remembered of one
/// helps no other, and no name is taken.
fn copied(chapter: &str, ids: &[&str], copy: usize) -> String {
    let mut is_code = false;
    let line = |line: &str| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        match line.strip_prefix('#') {
            Some(heading) if !is_code => match heading.split_once(" {") {
                Some((words, attributes)) => format!("#{words} {copy} {{{attributes}\n"),
                None => format!("#{heading} {copy}\n"),
            },
            _ if is_code && !is_fence => format!("{line} {copy}\n"),
            _ => match line.strip_prefix("title = \"") {
                Some(title) => format!("title = \"{copy} {title}\n"),
                None => format!("{line}\n"),
            },
        }
    };
    let text: String = chapter.lines().map(line).collect();
    let own = |text: String, id: &&str| {
        let text = text.replace(&format!("#{id}}}"), &format!("#{id}-{copy}}}"));
        text.replace(&format!("#{id})"), &format!("#{id}-{copy})"))
    };
    ids.iter().fold(text, own)
}

/// A picture that is checked in no time.
fn thumbnail(picture: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory(picture).expect("the first book's pictures are whole");
    let mut small = Cursor::new(Vec::new());
    let written = picture.thumbnail(64, 64).write_to(&mut small, image::ImageFormat::Jpeg);
    written.expect("memory can be written");
    small.into_inner()
}

/// What is made, with the trees that it is made from.
struct Made {
    trees: (Manuscript, Book),
    package: epub::Package,
    bytes: Vec<u8>,
}

fn make(project: &Project) -> Made {
    let mut said = Diagnostics::default();
    let manuscript = manuscript::read(project, &mut said);
    let book = book::resolve(project, &manuscript, 0, &mut said);
    let package = epub::package(&book, None, &mut said);
    let bytes = package.to_bytes();
    Made { trees: (manuscript, book), package, bytes }
}

/// Parses every chapter and deflates every document.
fn least(project: &Project, package: &epub::Package) -> usize {
    parse(project) + deflate(package.entries().iter().filter_map(|entry| entry.as_text()))
}

/// How many events there are in all chapters.
fn parse(project: &Project) -> usize {
    let texts = project.chapters().map(|chapter| &project.sources.get(chapter.file).text);
    texts
        .map(|text| pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::all()).count())
        .sum()
}

/// How many bytes texts have that are packed together.
fn deflate<'t>(texts: impl IntoIterator<Item = &'t str>) -> usize {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::default());
    for text in texts {
        out.write_all(text.as_bytes()).expect("memory can be written");
    }
    out.finish().expect("memory can be written").len()
}

fn benchmark(criterion: &mut Criterion) {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(32 << 20);
    threads.build_global().expect("nothing has started threads before");
    let project = project();
    let Made { trees, package, bytes } = make(&project);
    drop(trees);
    let size: usize =
        package.entries().iter().filter_map(|entry| entry.as_text()).map(str::len).sum();
    criterion.bench_function(&format!("EPUB of {} bytes", bytes.len()), |bencher| {
        bencher.iter_with_large_drop(|| make(black_box(&project)));
    });
    criterion.bench_function(&format!("parse, and deflate {size} bytes"), |bencher| {
        bencher.iter(|| least(black_box(&project), black_box(&package)));
    });
    stages(criterion, &project, &package);
    parts_of_least(criterion, &project, &package);
}

/// What parsing takes of the least, and what deflating takes where each document is packed by itself,
/// as it has to be in an archive: what is left of one and a half times the least is for all else.
fn parts_of_least(criterion: &mut Criterion, project: &Project, package: &epub::Package) {
    let mut parts = criterion.benchmark_group("least");
    parts.bench_function("parse", |bencher| bencher.iter(|| parse(black_box(project))));
    parts.bench_function("deflate each document", |bencher| {
        bencher.iter(|| {
            let texts = black_box(package).entries().iter().filter_map(|entry| entry.as_text());
            texts.map(|text| deflate([text])).sum::<usize>()
        });
    });
    parts.finish();
}

/// What each stage of the EPUB's takes, to see where the difference goes.
fn stages(criterion: &mut Criterion, project: &Project, package: &epub::Package) {
    let said = || Diagnostics::default();
    let manuscript = manuscript::read(project, &mut said());
    let book = book::resolve(project, &manuscript, 0, &mut said());
    let mut stages = criterion.benchmark_group("stages");
    stages.bench_function("read", |bencher| {
        bencher.iter(|| manuscript::read(black_box(project), &mut said()));
    });
    stages.bench_function("resolve", |bencher| {
        bencher.iter(|| book::resolve(project, black_box(&manuscript), 0, &mut said()));
    });
    stages.bench_function("package", |bencher| {
        bencher.iter(|| epub::package(black_box(&book), None, &mut said()));
    });
    stages.bench_function("archive", |bencher| bencher.iter(|| black_box(package).to_bytes()));
    stages.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = benchmark
}
criterion_main!(benches);
