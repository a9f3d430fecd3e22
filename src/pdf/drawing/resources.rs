//! What a drawing's content names (ISO 32000-1, 7.8.3): states, patterns, forms, pictures; and
//! the forms themselves.

use super::{dictionary, numbers};
use crate::pdf::images::{Profiles, Samples};
use crate::pdf::object::{name, reference};
use lopdf::{Dictionary, Document, Object, Stream};

/// A form XObject whose objects have no numbers yet.
#[derive(Debug)]
pub(in crate::pdf) struct Form {
    pub(super) content: String,
    /// The lower and upper bounds: left, top, right, bottom.
    pub(super) bounds: [f32; 4],
    pub(super) matrix: Option<[f32; 6]>,
    /// Whether it is a transparency group by itself (11.6.6).
    pub(super) is_group: bool,
    pub(super) resources: Resources,
}

/// Everything that a content names, in the order of the names' numbers.
#[derive(Debug, Default)]
pub(super) struct Resources {
    states: Vec<State>,
    patterns: Vec<Pattern>,
    objects: Vec<XObject>,
}

/// A graphics state (8.4.5).
#[derive(Debug)]
pub(super) struct State {
    pub(super) entries: Dictionary,
    pub(super) mask: Option<Mask>,
}

/// A soft mask (11.6.5.2).
#[derive(Debug)]
pub(super) struct Mask {
    pub(super) form: Form,
    /// Whether what is light in it shows, rather than what is opaque.
    pub(super) by_luminosity: bool,
}

/// A pattern (8.7).
#[derive(Debug)]
pub(super) enum Pattern {
    /// A gradient.
    Shading(Dictionary),
    /// A cell that is repeated.
    Tiling {
        /// What is in it; its bounds are one step.
        cell: Form,
        /// Where it is.
        matrix: [f32; 6],
    },
}

#[derive(Debug)]
pub(super) enum XObject {
    Form(Form),
    Samples(Box<Samples>),
}

impl Resources {
    /// The number of a state, which may be there already.
    pub(super) fn state(&mut self, entries: Dictionary, mask: Option<Mask>) -> usize {
        let same = |state: &State| state.mask.is_none() && state.entries == entries;
        if let (None, Some(at)) = (&mask, self.states.iter().position(same)) {
            return at;
        }
        self.states.push(State { entries, mask });
        self.states.len() - 1
    }

    pub(super) fn pattern(&mut self, pattern: Pattern) -> usize {
        self.patterns.push(pattern);
        self.patterns.len() - 1
    }

    pub(super) fn object(&mut self, object: XObject) -> usize {
        self.objects.push(object);
        self.objects.len() - 1
    }

    fn into_dictionary(self, document: &mut Document, profiles: &mut Profiles) -> Dictionary {
        let mut all = Dictionary::new();
        let mut kind = |key: &str, letter: char, objects: Vec<Object>| {
            if objects.is_empty() {
                return;
            }
            let mut named = Dictionary::new();
            for (number, object) in objects.into_iter().enumerate() {
                named.set(format!("{letter}{number}"), object);
            }
            all.set(key, named);
        };
        let states = self.states.into_iter().map(|state| state.into_object(document, profiles));
        kind("ExtGState", 'G', states.collect());
        let patterns = self.patterns.into_iter();
        let patterns = patterns.map(|pattern| pattern.into_object(document, profiles));
        kind("Pattern", 'P', patterns.collect());
        let objects = self.objects.into_iter().map(|object| {
            let stream = match object {
                XObject::Form(form) => form.into_stream(document, profiles),
                XObject::Samples(samples) => samples.into_stream(document, profiles),
            };
            reference(document.add_object(stream))
        });
        kind("XObject", 'X', objects.collect());
        all
    }
}

impl Form {
    /// The stream, whose resources are now objects of the document.
    pub(in crate::pdf) fn into_stream(
        self,
        document: &mut Document,
        profiles: &mut Profiles,
    ) -> Stream {
        let resources = self.resources.into_dictionary(document, profiles);
        let mut dict = dictionary([
            ("Type", name("XObject")),
            ("Subtype", name("Form")),
            ("BBox", numbers(&self.bounds)),
            ("Resources", Object::Dictionary(resources)),
        ]);
        if let Some(matrix) = self.matrix {
            dict.set("Matrix", numbers(&matrix));
        }
        if self.is_group {
            let group = dictionary([
                ("Type", name("Group")),
                ("S", name("Transparency")),
                ("CS", name("DeviceRGB")),
                ("I", true.into()),
            ]);
            dict.set("Group", group);
        }
        Stream::new(dict, self.content.into_bytes())
    }
}

impl State {
    fn into_object(self, document: &mut Document, profiles: &mut Profiles) -> Object {
        let mut entries = self.entries;
        entries.set("Type", "ExtGState");
        if let Some(Mask { form, by_luminosity }) = self.mask {
            let stream = form.into_stream(document, profiles);
            let kind = if by_luminosity { "Luminosity" } else { "Alpha" };
            let mask = dictionary([
                ("Type", name("Mask")),
                ("S", name(kind)),
                ("G", reference(document.add_object(stream))),
            ]);
            entries.set("SMask", mask);
        }
        Object::Dictionary(entries)
    }
}

impl Pattern {
    fn into_object(self, document: &mut Document, profiles: &mut Profiles) -> Object {
        match self {
            Self::Shading(dictionary) => Object::Dictionary(dictionary),
            Self::Tiling { cell, matrix } => {
                let [left, top, right, bottom] = cell.bounds;
                let mut stream = cell.into_stream(document, profiles);
                let entries = dictionary([
                    ("Type", name("Pattern")),
                    ("PatternType", 1.into()),
                    ("PaintType", 1.into()),
                    ("TilingType", 1.into()),
                    ("XStep", Object::Real(right - left)),
                    ("YStep", Object::Real(bottom - top)),
                    ("Matrix", numbers(&matrix)),
                ]);
                stream.dict.remove(b"Subtype");
                entries.into_iter().for_each(|(key, value)| stream.dict.set(key, value));
                reference(document.add_object(stream))
            }
        }
    }
}
