//! `endpaper import` and `endpaper init`: the folders they make are books that build.

use std::collections::BTreeMap;

use crate::program::{Folder, PIXELS, jpeg, read};

/// A weblog as Jekyll has it: posts in a folder, pictures in another one.
fn weblog(name: &str) -> Folder {
    let folder = Folder::new(name);
    let post = "2018-05-06-kubecon-day-3.md";
    folder.write(&format!("blog/_posts/{post}"), read(&format!("tests/import/{post}")));
    folder.write("blog/img/hall.jpg", jpeg(PIXELS));
    folder.write("blog/img/canal.jpg", jpeg(PIXELS - 8));
    folder
}

/// Titles of the talks, in order, and who gave them: "name, role, organisation; …".
const TALKS: [(&str, &str); 12] = [
    (
        "Cloud Native ML on Kubernetes",
        "David Aronchick, Product Manager, Cloud AI and Co-Founder of Kubeflow, Google; \
         Vishnu Kannan, Sr. Software Engineer, Google",
    ),
    ("Running with Scissors", "Liz Rice, Technology Evangelist, Aqua Security"),
    ("Chaos Engineering WG Deep Dive", "Sylvain Hellegouarch, -, ChaosIQ"),
    ("Istio - The Weather Company’s Journey", "Nick Nellis, -, IBM; Fabio Oliveira, -, IBM"),
    (
        "Are You Ready to Be Edgy? — Bringing Cloud-Native Applications to the Edge of the Network",
        "Megan O’Keefe, -, Cisco; Steve Louie, -, Cisco",
    ),
    ("Integrating Prometheus and InfluxDB", "Paul Dix, -, InfluxData"),
    ("A Hackers Guide to Kubernetes and the Cloud", "Rory McCune, -, NCC Group PLC"),
    (
        "Cloudbursting with Kubernetes",
        "Irfan Ur Rehman, -, Huawei Technologies; Quinton Hoole, -, Huawei Technologies",
    ),
    (
        "Operating a Global-Scale FaaS on Top of Kubernetes",
        "Chad Arimura, -, Oracle; Matt Stephenson, -, Oracle",
    ),
    (
        "Inside Kubernetes Resource Management (QoS) – Mechanics and Lessons from the Field",
        "Michael Gasch, -, VMware",
    ),
    (
        "Observing and Troubleshooting your Microservices with Istio",
        "Isaiah Snell-feikema, -, IBM; Douglas Reid, -, Google",
    ),
    ("Vitess and a Kubernetes Operator", "Sugu Sougoumarane, -, YouTube"),
];

/// The front matter of a chapter as one line, and its text.
fn chapter(bytes: &[u8]) -> (String, String, String) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let (front, body) = text[4..].split_once("+++\n").expect("front matter has an end");
    let table: toml::Table = front.parse().expect("front matter is TOML");
    let speakers = table.get("speakers").and_then(|list| list.as_array());
    let of = |speaker: &toml::Value, key: &str| {
        speaker.get(key).and_then(|v| v.as_str()).unwrap_or("-").to_owned()
    };
    let people = speakers
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(|s| format!("{}, {}, {}", of(s, "name"), of(s, "role"), of(s, "organisation")));
    let people = people.collect::<Vec<_>>().join("; ");
    (table["title"].as_str().expect("has a title").to_owned(), people, body.trim().to_owned())
}

#[test]
fn notes_from_a_conference_become_twelve_talks_in_one_command_and_build() {
    let folder = weblog("import");
    let post = "blog/_posts/2018-05-06-kubecon-day-3.md";
    let run = folder.endpaper(&["import", post, "--into", "notes"]).expect(0);
    assert!(run.stdout.starts_with("notes: 14 chapters, 12 of them of talks, 2 pictures\n"));
    // What cannot be taken over is told with its line.
    for line in [
        ":11:54",
        "leaves the post: it became text",
        ":116:1",
        "`{% include newsletter.html %}`",
        "2 warnings",
    ] {
        assert!(run.stderr.contains(line), "{line}:\n{}", run.stderr);
    }

    let chapters: BTreeMap<_, _> = folder.files("notes/chapters");
    let chapters: Vec<_> = chapters.values().map(|bytes| chapter(bytes)).collect();
    let talks: Vec<_> = chapters.iter().filter(|(_, people, _)| !people.is_empty()).collect();
    let told: Vec<_> =
        talks.iter().map(|(title, people, _)| (title.as_str(), people.as_str())).collect();
    assert_eq!(told, TALKS);
    assert_eq!((chapters[0].0.as_str(), chapters[13].0.as_str()), ("Introduction", "Final words?"));

    let files = folder.files("notes");
    let config = String::from_utf8_lossy(&files["book.toml"]).into_owned();
    for line in [
        "title = \"KubeCon 2018 Copenhagen, day 3\"",
        "date = 2018-05-06",
        "language = \"en\"",
        "authors = [{ name = \"A note taker\" }]",
        "{ part = \"Keynotes\", chapters = [",
        "{ part = \"Breakout sessions\", chapters = [",
    ] {
        assert!(config.contains(line), "{line}:\n{config}");
    }
    let images = folder.files("notes/images");
    assert!(images.contains_key("hall.jpg") && images.contains_key("canal.jpg"));
    let register = String::from_utf8_lossy(&images["credits.toml"]).into_owned();
    assert!(register.contains("creator = { name = \"Pascal Martin\" }"), "{register}");

    // Sections are raised, notes and listings are where they belong, nothing of Jekyll is left.
    let body = |at: usize| chapters[at].2.as_str();
    assert!(
        body(0).contains("first day\nand")
            && body(0).ends_with("![A hall full of chairs under coloured light](hall.jpg)"),
        "{}",
        body(0)
    );
    assert!(body(3).ends_with("[^monkey]: Known from Netflix."), "{}", body(3));
    assert!(
        body(4).contains("[below](<12-observing-and-troubleshooting-your-microservices.md>)"),
        "{}",
        body(4)
    );
    assert!(
        body(7).contains("## Who attacks")
            && body(7).contains("```yaml\nanonymous-auth: \"{{ false }}\"\n```")
    );
    assert!(body(9).contains("scripts<sup>1</sup> worked"));
    let slides = "Envoy's `/stats` route says a lot about its servers.\n\n[The slides](<https://slides.example.org/istio>)";
    assert!(body(11).ends_with(slides), "{}", body(11));

    let run = folder.endpaper(&["build", "notes", "--parity"]).expect(0);
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    let dist = folder.files("dist");
    assert!(dist.contains_key("kubecon-2018-copenhagen-day-3.epub"), "{:?}", dist.keys());
}

#[test]
fn a_saved_page_becomes_chapters() {
    let folder = Folder::new("import-html");
    folder.write("page_files/a b.jpg", jpeg(PIXELS));
    let page = "<!doctype html><html lang=de><title>x</title><body><nav>Menu</nav>\n\
        <article><h1>Ein Tag</h1>\n<p>Vorher.\n<h2>Netze &mdash; Ann Lee, CTO, Acme</h2>\n\
        <p>Text mit <b>fetten</b> Worten.\n<img src=\"page_files/a%20b.jpg\" alt=\"Ein Bild\">\n\
        <form><input></form>\n<h2>Zweitens</h2><ul><li>eins<li>zwei</ul></article></html>";
    folder.write("page.html", page);
    let run = folder.endpaper(&["import", "page.html", "--into", "notes"]).expect(0);
    assert!(
        run.stderr.contains("page.html:7:1") && run.stderr.contains("`<form>`"),
        "{}",
        run.stderr
    );
    let chapters: Vec<_> = folder.files("notes/chapters").values().map(|b| chapter(b)).collect();
    let titles: Vec<_> = chapters.iter().map(|(t, p, _)| (t.as_str(), p.as_str())).collect();
    assert_eq!(titles, [("Introduction", ""), ("Netze", "Ann Lee, CTO, Acme"), ("Zweitens", "")]);
    assert!(chapters[1].2.contains("**fetten**") && chapters[1].2.contains("![Ein Bild](a-b.jpg)"));
    folder.endpaper(&["build", "notes"]).expect(0);
}

#[test]
fn several_posts_are_parts_and_nothing_is_written_over() {
    let folder = Folder::new("import-posts");
    folder.write(
        "1.md",
        "# Day one\n\n## A - Ann Lee, X\n\na [x][l] <b>b</b>\n\n[l]: /other\n\n## B\n\nb\n",
    );
    folder.write(
        "2.md",
        "Title: Day two\n\n## A - Bo Dyk, Y\n\n![p](https://example.org/p.png)\n\n## B\n\nb\n",
    );
    let import = ["import", "1.md", "2.md", "--into", "notes", "--title", "Days"];
    folder.endpaper(&[&import[..], &["--site", "https://example.org"]].concat()).expect(0);
    let config = String::from_utf8_lossy(&folder.files("notes")["book.toml"]).into_owned();
    assert!(
        config.contains("title = \"Days\"") && config.contains("part = \"Day two\""),
        "{config}"
    );
    let chapters: Vec<_> = folder.files("notes/chapters").values().map(|b| chapter(b)).collect();
    assert_eq!(chapters[0].2, "a [x][l] **b**\n\n[l]: <https://example.org/other>");
    assert_eq!(chapters[2].2, "[p](<https://example.org/p.png>)");
    folder.endpaper(&["build", "notes"]).expect(0);
    let run = folder.endpaper(&import).expect(2);
    assert!(run.stderr.contains("`notes` is not empty"), "{}", run.stderr);
    folder.write("broken.md", b"ok\n\xff");
    let run = folder.endpaper(&["import", "broken.md", "--into", "other"]).expect(2);
    assert!(run.stderr.contains("`broken.md` is not UTF-8 in line 2"), "{}", run.stderr);
    assert!(!folder.path().join("other").exists());
}

#[test]
fn the_first_book_of_init_passes_strict_policy_without_a_word() {
    let folder = Folder::new("init");
    let run = folder.endpaper(&["init", "my-book", "--title", "My \"own\" book"]).expect(0);
    assert!(run.stdout.contains("next: endpaper build my-book"), "{}", run.stdout);
    let run = folder.endpaper(&["check", "my-book"]).expect(0);
    assert_eq!(run.stderr, "no errors, no warnings\n");
    let run = folder.endpaper(&["build", "my-book", "--parity"]).expect(0);
    assert_eq!(run.stderr, "");
    assert!(folder.files("dist").contains_key("my-own-book.pdf"));
    let run = folder.endpaper(&["init", "my-book"]).expect(2);
    assert!(run.stderr.contains("is not empty"), "{}", run.stderr);
}
