//! Drawings as content: what is written for each kind of shape, and what is refused.

use super::*;
use crate::pdf::images::Profiles;
use crate::photo::drawn_from;
use lopdf::{Document, Stream};

/// The objects of a drawing of 100 by 100 units, its form last.
fn written(inner: &str) -> Result<(Document, Stream), Refusal> {
    let svg =
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>{inner}</svg>");
    let form = form(&drawn_from(&svg))?;
    let mut document = Document::with_version("1.7");
    let stream = form.into_stream(&mut document, &mut Profiles::new());
    Ok((document, stream))
}

fn content(inner: &str) -> String {
    let (_, stream) = written(inner).expect("nothing here is refused");
    String::from_utf8(stream.content).expect("operators are ASCII")
}

#[test]
fn a_form_is_a_unit_square() {
    let (_, stream) = written("<path d='M0 0h9v9z'/>").expect("a path is simple");
    let numbers = |key: &[u8]| {
        let array = stream.dict.get(key).and_then(Object::as_array).expect("an array");
        array.iter().map(|n| n.as_float().expect("a number")).collect::<Vec<_>>()
    };
    assert_eq!(numbers(b"BBox"), [0.0, 0.0, 100.0, 100.0]);
    assert_eq!(numbers(b"Matrix"), [0.01, 0.0, 0.0, -0.01, 0.0, 1.0]);
}

#[test]
fn transforms_are_applied_and_colours_are_set_once() {
    let inner = "<g transform='translate(10 20) scale(2)' fill='#f00'>\
                 <path d='M0 0H5V5Z'/><path d='M1 1H5V5Z'/></g>";
    let expected = "1 0 0 rg\n10 20 m\n20 20 l\n20 30 l\nh\nf\n12 22 m\n20 22 l\n20 30 l\nh\nf\n";
    assert_eq!(content(inner), expected);
}

#[test]
fn interior_and_line_are_painted_together() {
    let inner = "<path d='M0 0H5V5Z' fill='#000' stroke='#fff' stroke-width='2' \
                 stroke-linejoin='round' stroke-dasharray='3 1' stroke-dashoffset='-1'/>";
    let content = content(inner);
    assert!(
        content.contains("2 w 0 J 1 j [3 1 ]7 d\n") && content.ends_with("h\nB\n"),
        "{content}"
    );
}

#[test]
fn a_line_that_is_stretched_has_a_pen_that_is_stretched() {
    let inner = "<path transform='scale(3 1)' d='M0 0H5' stroke='#000'/>";
    let content = content(inner);
    assert!(content.contains("3 0 0 1 0 0 cm\n1 w") && content.ends_with("S\nQ\n"), "{content}");
}

#[test]
fn effects_become_states_patterns_and_groups() {
    let inner = "<linearGradient id='g'><stop stop-color='#f00'/><stop offset='1' stop-opacity='0'/>\
        </linearGradient><pattern id='p' width='.1' height='.1'><path d='M0 0h5v5z'/></pattern>\
        <clipPath id='c'><circle r='9'/></clipPath><clipPath id='d'><circle r='9'/><circle r='8'/>\
        </clipPath><mask id='m'><path d='M0 0h9v9z' fill='#fff'/></mask>\
        <path d='M0 0h9v9z' fill='url(#g)'/><path d='M0 0h9v9z' fill='url(#p)'/>\
        <g clip-path='url(#c)'><path d='M0 0h9v9z'/></g><g clip-path='url(#d)'><path d='M0 0h9v9z'/></g>\
        <g mask='url(#m)' opacity='.5' style='mix-blend-mode:multiply'><path d='M0 0h9v9z'/></g>";
    let (document, stream) = written(inner).expect("all of this can be written");
    let content = String::from_utf8(stream.content).expect("operators are ASCII");
    assert_eq!(content.matches("/Pattern cs").count(), 2, "{content}");
    assert_eq!(content.matches("W n\n").count(), 1);
    assert_eq!(content.matches("q\n").count(), content.matches("Q\n").count());
    let resources =
        stream.dict.get(b"Resources").and_then(Object::as_dict).expect("there are some");
    let count =
        |key: &[u8]| resources.get(key).and_then(Object::as_dict).map_or(0, Dictionary::len);
    assert_eq!((count(b"Pattern"), count(b"XObject")), (2, 2));
    let groups = document.objects.values().filter_map(|object| object.as_stream().ok());
    let groups = groups.filter(|stream| stream.dict.has(b"Group")).count();
    assert_eq!(groups, 5, "two layers and three masks");
}

#[test]
fn what_pdf_does_not_know_is_refused() {
    let filter = "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter>\
                  <path d='M0 0h9v9z' filter='url(#f)'/>";
    assert_eq!(written(filter).err(), Some("a filter"));
    let repeated = "<linearGradient id='g' spreadMethod='repeat' x2='.1'><stop stop-color='#f00'/>\
                    <stop offset='1'/></linearGradient><path d='M0 0h9v9z' fill='url(#g)'/>";
    assert_eq!(written(repeated).err(), Some("a gradient that is repeated"));
    let deep = format!(
        "<clipPath id='c'><path d='M0 0h9v9z'/></clipPath>{}<path d='M0 0h5v5z'/>{}",
        "<g clip-path='url(#c)'>".repeat(40),
        "</g>".repeat(40)
    );
    assert_eq!(written(&deep).err(), Some("groups that are nested too deep"));
}
