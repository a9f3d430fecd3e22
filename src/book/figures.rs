//! Figures: pictures with caption and credit.

use super::chapter::Bench;
use super::photos::Words;
use super::terms::{self, Terms};
use super::types::{AnchorId, Figure, Inline, PhotoId, Placement, Text};
use super::walk::WrittenImage;
use super::{contents, credits, gate, typography};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

impl Bench<'_, '_, '_> {
    /// The pictures of a paragraph that holds nothing else; `None` if none of them is there.
    pub(super) fn figure(
        &mut self,
        images: &[WrittenImage<'_>],
        placement: Placement,
        span: Span,
        anchor: Option<AnchorId>,
    ) -> Option<Figure> {
        let found = images.iter().filter_map(|i| self.desk.photos.get(i.span.file, i.path));
        let photos: Vec<PhotoId> = found.collect();
        for image in images {
            self.check_alt(image);
        }
        let captions = images.iter().filter_map(|i| self.desk.photos.caption_of(i)).collect();
        if photos.is_empty() {
            return None;
        }
        let id = self.desk.node();
        let anchor = anchor.unwrap_or_else(|| self.landmark("figure", span));
        if placement.crops() {
            photos.iter().for_each(|photo| self.desk.photos.crop(*photo, span));
        }
        self.desk.uses.extend(photos.iter().map(|photo| (*photo, anchor)));
        let caption = self.join_captions(captions, self.desk.references.number(anchor));
        let listed = caption.as_ref().map(|caption| self.listed(caption));
        let listed = listed.or_else(|| {
            let words = self.desk.photos.listed(*photos.first()?)?;
            Some(vec![Inline::Text(words, span)])
        });
        self.desk.captions.extend(listed.map(|words| (anchor, words)));
        let credit = credits::line(self.desk, &photos);
        Some(Figure { id, anchor, photos, placement, caption, credit, span })
    }

    /// What a list says of a caption, in a book that is perhaps in another language.
    pub(super) fn listed(&self, caption: &Text) -> Vec<Inline> {
        let inlines = contents::listed(caption);
        match self.language == self.desk.language {
            true => inlines,
            false => vec![Inline::Foreign(self.language.clone(), inlines)],
        }
    }

    /// Whoever hears the picture described hears the caption as well: the same words twice say
    /// nothing of what is seen.
    fn check_alt(&mut self, image: &WrittenImage<'_>) {
        let photos = &self.desk.photos;
        let photo = photos.get(image.span.file, image.path).and_then(|id| photos.photo(id));
        let (Some(photo), Some((caption, _))) = (photo, photos.caption_of(image)) else {
            return;
        };
        let letters = |words: &str| -> String {
            words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let words = letters(&caption.plain());
        if photo.decorative || words.is_empty() || words != letters(&photo.alt) {
            return;
        }
        let message = format!("the alt text of `{}` repeats its caption", photo.name);
        self.desk.diagnostics.push(
            Diagnostic::new(Code::RepeatedAlt, image.span, message)
                .severity(gate::severity(self.desk.project))
                .related(photo.span, "its record")
                .help("say in `alt` what is seen, in `caption` what cannot be seen"),
        );
    }

    /// The captions one after the other, behind the figure's number if it has one.
    fn join_captions(
        &mut self,
        captions: Vec<(Words<'_>, Span)>,
        number: Option<String>,
    ) -> Option<Text> {
        let span = captions.first()?.1;
        let mut inlines = Vec::new();
        inlines.extend(number.map(|number| label(self.terms, self.terms.figure, &number, span)));
        for (words, span) in captions {
            if !inlines.is_empty() {
                inlines.push(Inline::Text(" ".into(), span));
            }
            match words {
                Words::Plain(words) => {
                    let words = typography::set_str(&words, &self.language);
                    inlines.push(Inline::Text(words, span));
                }
                Words::Marked(words) => {
                    let words = self.inlines(words);
                    inlines.extend(self.set(words));
                }
            }
        }
        Some(self.desk.text(inlines, span))
    }
}

/// "Figure 3.", before a caption.
pub(super) fn label(terms: &Terms, term: &str, number: &str, span: Span) -> Inline {
    Inline::Strong(vec![terms.inline(terms::numbered(term, number), span)])
}
