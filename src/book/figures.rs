//! Figures: pictures with caption and credit.

use super::chapter::Bench;
use super::types::{AnchorId, Figure, Inline, PhotoId, Text};
use super::walk::WrittenImage;
use super::{credits, typography};
use crate::source::Span;

impl Bench<'_, '_, '_> {
    /// The pictures of a paragraph that holds nothing else; `None` if none of them is there.
    pub(super) fn figure(
        &mut self,
        images: &[WrittenImage<'_>],
        span: Span,
        anchor: Option<AnchorId>,
    ) -> Option<Figure> {
        let mut photos: Vec<PhotoId> = Vec::new();
        let mut captions: Vec<(String, Span)> = Vec::new();
        for image in images {
            let Some(photo) = self.desk.photos.get(self.document.file, image.path) else {
                continue;
            };
            photos.push(photo);
            captions.extend(self.caption_of(image, photo));
        }
        if photos.is_empty() {
            return None;
        }
        let id = self.desk.node();
        let anchor = anchor.unwrap_or_else(|| self.landmark("figure", span));
        self.desk.uses.extend(photos.iter().map(|photo| (*photo, anchor)));
        let caption = self.join_captions(captions);
        let listed = caption.as_ref().map(Text::plain).or_else(|| self.listed(&photos));
        self.desk.captions.extend(listed.map(|words| (anchor, words)));
        let credit = credits::line(self.desk, &photos);
        Some(Figure { id, anchor, photos, caption, credit, span })
    }

    /// The author's words in the chapter, or those of the register.
    fn caption_of(&self, image: &WrittenImage<'_>, photo: PhotoId) -> Option<(String, Span)> {
        if !image.title.trim().is_empty() {
            return Some((image.title.trim().to_owned(), image.span));
        }
        let record = self.desk.photos.record(photo)?;
        let (caption, span) = record.caption.as_ref()?;
        (!caption.trim().is_empty()).then(|| (caption.trim().to_owned(), *span))
    }

    fn join_captions(&mut self, captions: Vec<(String, Span)>) -> Option<Text> {
        let span = captions.first()?.1;
        let mut inlines = Vec::new();
        for (words, span) in captions {
            if !inlines.is_empty() {
                inlines.push(Inline::Text(" ".into(), span));
            }
            inlines.push(Inline::Text(typography::set_str(&words, &self.language), span));
        }
        Some(self.desk.text(inlines, span))
    }

    /// What a list of pictures says about one without a caption.
    fn listed(&self, photos: &[PhotoId]) -> Option<String> {
        let photo = self.desk.photos.photo(*photos.first()?)?;
        let words = [photo.title.as_deref(), Some(photo.alt.as_str()), Some(photo.name.as_str())];
        words.into_iter().flatten().find(|words| !words.is_empty()).map(str::to_owned)
    }
}
