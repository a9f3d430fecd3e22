//! Pictures, and the figures that show them.

use super::{AnchorId, NodeId, PhotoId, Text};
use crate::geom::Length;
use crate::photo;
use crate::source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One or more pictures with caption and credit.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its number.
    pub id: NodeId,
    /// Where links arrive.
    pub anchor: AnchorId,
    /// The pictures; more than one stand side by side.
    pub photos: Vec<PhotoId>,
    /// Where it stands.
    pub placement: Placement,
    /// What is said below it.
    pub caption: Option<Text>,
    /// "Drawing: The Endpaper authors · CC0 1.0", with links.
    pub credit: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// Where a figure stands, as its author wishes; an edition that cannot have it so comes near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Within the text, as wide as the measure at most, or as this share of it in percent.
    Inset(Option<u8>),
    /// As wide as the measure, however high it becomes.
    FullWidth,
    /// On a page of its own: whole, or running off its edges.
    FullPage {
        /// Whether it runs off the page.
        bleeds: bool,
    },
    /// Across two facing pages, running off their edges.
    Spread,
    /// Beside text, as this share of the measure in percent.
    Beside(u8),
}

/// How far a picture goes on beyond the edge at which the sheet is cut: what printers ask for.
pub const BLEED: Length = Length::mm(3);

impl Placement {
    /// Whether print shows less than the whole picture, in a bound book.
    pub fn crops(self) -> bool {
        match self {
            Self::FullPage { bleeds } => bleeds,
            Self::Spread => true,
            Self::Inset(_) | Self::FullWidth | Self::Beside(_) => false,
        }
    }
}

/// A picture of the book, with everything that must be said about it. There is one for each
/// file, however often it is shown: two never have the same name.
#[derive(Clone, Debug)]
pub struct Photo {
    /// File name below the photo folder: `harbour.jpg`.
    pub name: String,
    /// The picture itself.
    pub image: Arc<photo::Image>,
    /// What is seen; empty only when `decorative`.
    pub alt: String,
    /// What more there is to be seen, for those who do not see it; blank lines part paragraphs.
    pub long_description: Option<String>,
    /// Nothing is lost by not seeing it.
    pub decorative: bool,
    /// The picture's own title.
    pub title: Option<String>,
    /// Who made it.
    pub creator: String,
    /// The line the creator wants to be credited with.
    pub credit: String,
    /// Copyright notice.
    pub copyright: Option<String>,
    /// Licence: SPDX identifier or words.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: Option<String>,
    /// Where the picture comes from.
    pub source: Option<String>,
    /// The record in the register; where it is shown if it has none.
    pub span: Span,
    /// All that is known of it, from the register and from its file.
    pub record: Option<Arc<photo::Record>>,
    /// What its file says that no edition does.
    pub private: BTreeSet<photo::Private>,
    /// Whether it is the cover and nothing else: then the PDFs do not show it.
    pub is_only_cover: bool,
    /// The figure in which print cuts off its edges.
    pub cropped: Option<Span>,
}

impl Photo {
    /// All that stands for the picture where it cannot be seen, in one piece.
    pub fn words(&self) -> String {
        let mut words = self.alt.clone();
        let Some(more) = &self.long_description else { return words };
        if !words.ends_with(['.', '?', '!', '…', '。']) {
            words.push('.');
        }
        for word in more.split_ascii_whitespace() {
            words.push(' ');
            words.push_str(word);
        }
        words
    }

    /// What its files say about it.
    pub fn rights(&self) -> photo::Rights {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        photo::Rights {
            title: said(&self.title),
            alt: self.alt.clone(),
            creator: self.creator.clone(),
            credit: self.credit.clone(),
            copyright: said(&self.copyright),
            licence: self.licence.clone(),
            licence_url: said(&self.licence_url),
            source: said(&self.source),
            origin: self.record.as_ref().and_then(|r| r.origin.as_ref()).map(|(origin, _)| *origin),
        }
    }
}
