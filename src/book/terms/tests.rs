//! Tests of the words of all languages.

use super::*;

fn day(tag: &str, year: u16, month: u8, day: u8) -> String {
    Terms::of(&Language(tag.into())).weekday_and_day(Date { year, month, day })
}

#[test]
fn days_are_written_as_each_language_does() {
    for (tag, words) in [
        ("en-US", "Friday, May 4, 2018"),
        ("en-GB", "Friday 4 May 2018"),
        ("de", "Freitag, 4. Mai 2018"),
        ("es-MX", "viernes, 4 de mayo de 2018"),
        ("da", "fredag den 4. maj 2018"),
        ("fi", "perjantai 4. toukokuuta 2018"),
        ("ru", "пятница, 4 мая 2018 г."),
        ("tr", "4 Mayıs 2018 Cuma"),
        ("vi", "Thứ Sáu, ngày 4 tháng 5 năm 2018"),
        ("he", "יום שישי, 4 במאי 2018"),
        ("ja", "2018年5月4日（金）"),
        ("zh-TW", "2018年5月4日星期五"),
        ("ko", "2018년 5월 4일 금요일"),
        ("is", "2018-05-04"),
    ] {
        assert_eq!(day(tag, 2018, 5, 4), words, "{tag}");
    }
    assert_eq!(day("fr-FR", 2018, 5, 1), "mardi 1er mai 2018");
    assert_eq!(day("pt-BR", 2018, 5, 1), "terça-feira, 1º de maio de 2018");
    assert_eq!(day("pt-PT", 2018, 5, 1), "terça-feira, 1 de maio de 2018");
    assert_eq!(day("en", 2000, 2, 29), "Tuesday, February 29, 2000");
    assert_eq!(day("en", 1900, 1, 1), "Monday, January 1, 1900");
    assert_eq!(day("en", 0, 1, 1), "Saturday, January 1, 0");
}

#[test]
fn parts_have_numbers_as_each_language_writes_them() {
    assert_eq!(roman(1), "I");
    assert_eq!(roman(14), "XIV");
    assert_eq!(roman(1999), "MCMXCIX");
    let part = |tag: &str| Terms::of(&Language(tag.into())).part(4);
    assert_eq!([part("en"), part("ja"), part("tr")], ["Part IV", "第4部", "IV. Kısım"]);
}

#[test]
fn names_are_joined_as_a_sentence_would() {
    let names = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
    let join = |tag: &str| Terms::of(&Language(tag.into())).join(&names);
    assert_eq!(join("en"), "A, B, and C");
    assert_eq!(join("en-GB"), "A, B and C");
    assert_eq!(join("ja"), "A、B、C");
    assert_eq!(Terms::of(&Language("de".into())).join(&names[..2]), "A und B");
}

#[test]
fn scripts_and_regions_choose_among_the_kinds_of_a_language() {
    let title = |tag: &str| Terms::of(&Language(tag.into())).imprint;
    assert_eq!([title("zh"), title("zh-Hans-TW"), title("zh-SG")], ["版权页"; 3]);
    assert_eq!([title("zh-Hant"), title("zh-HK"), title("zh-hant-cn")], ["版權頁"; 3]);
    assert_eq!(title("no"), title("nb-NO"));
    assert_eq!(Terms::of(&Language("is".into())).spoken, Some("en"));
}

/// A language's file that leaves out what is filled in would leave out a number or a name.
#[test]
fn every_term_has_the_places_it_needs() {
    for terms in ALL {
        let References { chapter, section, figure, table } = &terms.references;
        let filled = [chapter, section, figure, table, terms.figure, terms.table, terms.by];
        let people = [terms.edited_by, terms.translated_by, terms.illustrated_by, terms.version];
        let imprint = [terms.published_by, terms.licence_of_text, terms.identifier, terms.typo];
        let more = [terms.pictures, terms.source, terms.after, terms.note, terms.columns];
        let all = filled.iter().chain(&people).chain(&imprint).chain(&more);
        all.for_each(|term| assert_eq!(term.matches("{}").count(), 1, "{term}"));
        assert!(terms.set_in.contains("{}"), "{}", terms.set_in);
        assert!(
            terms.part.contains("{roman}") != terms.part.contains("{number}"),
            "{}",
            terms.part
        );
        assert!(terms.place.place.contains("{page}"), "{}", terms.place.place);
        assert!(terms.of.contains("{page}") && terms.of.contains("{total}"), "{}", terms.of);
        let DateWords { day, weekday, months, .. } = &terms.date;
        assert!(weekday.contains("{date}"), "{weekday}");
        let is_whole = ["{day}", "{year}"].iter().all(|part| day.contains(part));
        assert!(is_whole || *day == "{iso}", "{day}");
        let count = if day.contains("{month}") { 12 } else { months.split_whitespace().count() };
        assert_eq!(months.split_whitespace().count(), count, "{months}");
    }
}

#[test]
fn a_place_on_a_page_is_known_in_every_language() {
    let span = Span::new(crate::source::FileId(0), 0..0);
    for tag in ["en", "ja", "ar", "zh", "ko", "he", "is"] {
        let page = Inline::Text("14".to_owned(), span);
        let place = place_on_page(&Language(tag.into()), page, PagePart::Bottom, span);
        let mut words = String::new();
        place.iter().for_each(|inline| inline.push_plain(&mut words));
        assert!(is_place_on_page(&words, "14"), "{words}");
        assert!(!is_place_on_page(&words, "15"), "{words}");
    }
    assert!(is_place_on_page("p. 14, top", "14"));
}
