//! What a picture's file says about its maker and its use, whoever passes it on: as XMP in every
//! format, and as IPTC-IIM in JPEG files, which older programs read.
//!
//! Only this is in the files that are made here; all that the camera and other programs wrote was
//! taken out before.

use super::derive::{derive, keeps_its_pixels};
use super::{Derived, Format, Image, Limits, Origin, jpeg, png};
use crate::xmp::Xmp;

/// The most bytes of a packet that fits one segment of a JPEG (XMP, part 3, 1.1.3).
const SEGMENT_BYTES: usize = 65_502;
/// The most bytes of a text that IIM takes where no smaller bound is given.
const IIM_BYTES: usize = 2000;

/// Who made a picture, and what may be done with it. Empty words say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// The picture's own title.
    pub title: String,
    /// What is seen on it.
    pub alt: String,
    /// Who made it.
    pub creator: String,
    /// How its maker wants to be named.
    pub credit: String,
    /// Copyright notice.
    pub copyright: String,
    /// The licence's identifier or words.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// Where the picture comes from.
    pub source: String,
    /// How it came to be: that a model made it must not be lost.
    pub origin: Option<Origin>,
}

impl Rights {
    /// The packet of properties that PDF/A knows without being told (XMP 2005); `None` if nothing
    /// is said of who made the picture and how it may be used: what is seen on it the PDF says
    /// anyway.
    pub fn packet(&self) -> Option<String> {
        let bare = Self { alt: String::new(), origin: None, ..self.clone() };
        if bare == Self::default() { None } else { self.properties().finish() }
    }

    fn properties(&self) -> Xmp {
        let mut xmp = Xmp::new();
        let texts = [
            ("dc:title", &self.title),
            ("dc:description", &self.alt),
            ("dc:rights", &self.copyright),
            ("xmpRights:UsageTerms", &self.licence),
        ];
        for (property, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            xmp.alternatives(property, text);
        }
        if !self.creator.is_empty() {
            xmp.list("dc:creator", "Seq", &[&self.creator]);
        }
        let values = [
            ("photoshop:Credit", &self.credit),
            ("dc:source", &self.source),
            ("xmpRights:WebStatement", &self.licence_url),
        ];
        for (property, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
            xmp.simple(property, value);
        }
        xmp
    }

    /// The properties of a file of its own, which may say more.
    fn of_file(&self) -> Xmp {
        let mut xmp = self.properties();
        if !self.alt.is_empty() {
            xmp.alternatives("Iptc4xmpCore:AltTextAccessibility", &self.alt);
        }
        if let Some(origin) = self.origin {
            xmp.simple("Iptc4xmpExt:DigitalSourceType", &origin.address());
        }
        xmp
    }

    /// The packet for a JPEG, whose bound is low: a very long description is left out.
    fn short_packet(&self) -> Option<String> {
        let packet = self.of_file().finish()?;
        if packet.len() <= SEGMENT_BYTES {
            return Some(packet);
        }
        let shorter = Self { alt: String::new(), ..self.clone() };
        shorter.of_file().finish().filter(|packet| packet.len() <= SEGMENT_BYTES)
    }

    /// The data sets of IPTC-IIM 4.2 that say the same, in UTF-8.
    fn data_sets(&self) -> Vec<u8> {
        // Record, data set and length; the character set is told first (1:90, ISO 2022: UTF-8).
        let mut out = b"\x1C\x01\x5A\x00\x03\x1B%G".to_vec();
        let fields = [
            (5, &self.title, 64),
            (80, &self.creator, 32),
            (110, &self.credit, 32),
            (115, &self.source, 32),
            (116, &self.copyright, 128),
            (120, &self.alt, IIM_BYTES),
        ];
        let before = out.len();
        for (number, text, most) in fields {
            let text = cut(text, most);
            if let (false, Ok(length)) = (text.is_empty(), u16::try_from(text.len())) {
                out.extend([0x1C, 2, number]);
                out.extend(length.to_be_bytes());
                out.extend(text.bytes());
            }
        }
        if out.len() == before { Vec::new() } else { out }
    }
}

/// The form of a picture within limits, with what is said about it in its file.
pub fn derive_inscribed(image: &Image, limits: Limits, rights: &Rights) -> Derived {
    let Image { format, width, height, .. } = *image;
    let kept = keeps_its_pixels(image, limits) && format == Format::Jpeg;
    let bytes = if kept { inscribed_jpeg(&image.bytes, rights) } else { None };
    match bytes {
        Some(bytes) => Derived { bytes, format, width, height },
        None => inscribed(derive(image, limits), rights),
    }
}

/// The same picture with what is said about it in its file.
pub(super) fn inscribed(picture: Derived, rights: &Rights) -> Derived {
    let bytes = match picture.format {
        Format::Jpeg => inscribed_jpeg(&picture.bytes, rights),
        Format::Png => {
            rights.of_file().finish().and_then(|packet| png::with_packet(&picture.bytes, &packet))
        }
        Format::WebP | Format::Gif | Format::Tiff | Format::Svg => None,
    };
    match bytes {
        Some(bytes) => Derived { bytes, ..picture },
        None => picture,
    }
}

/// A drawing's file with what is said about it.
pub fn inscribed_drawing(svg: &str, rights: &Rights) -> String {
    let (Some(rdf), Some(end)) = (rights.of_file().rdf(), svg.find('>')) else {
        return svg.to_owned();
    };
    let (head, rest) = svg.split_at(end + 1);
    if head.ends_with("/>") {
        return svg.to_owned();
    }
    format!("{head}<metadata>{rdf}</metadata>{rest}")
}

/// The bytes of a JPEG with nothing in it but the picture and what is said about it; the picture's
/// own data are the same. `None` when the file is not whole.
pub fn inscribed_jpeg(bytes: &[u8], rights: &Rights) -> Option<Vec<u8>> {
    jpeg::with_metadata(bytes, rights.short_packet().as_deref(), &rights.data_sets())
}

/// At most so many bytes, cut between characters.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::{Licence, Said, metadata, origin};

    #[test]
    fn data_sets_are_cut_between_characters() {
        assert_eq!((cut("aøø", 4), cut("aø", 9), cut("", 3)), ("aø", "aø", ""));
        let rights = Rights { creator: "ø".repeat(40), ..Rights::default() };
        let sets = rights.data_sets();
        let text = String::from_utf8_lossy(&sets);
        assert_eq!(text.matches('ø').count(), 16);
        assert!(Rights::default().data_sets().is_empty());
    }

    #[test]
    fn a_description_that_is_too_long_is_left_out() {
        let rights =
            Rights { alt: "long ".repeat(20_000), creator: "A".to_owned(), ..Rights::default() };
        let packet = rights.short_packet().expect("the creator is said");
        assert!(packet.len() < 2000 && packet.contains("dc:creator"));
        assert!(rights.packet().is_some_and(|packet| packet.len() > SEGMENT_BYTES));
        let words = Rights { alt: "words".to_owned(), ..Rights::default() };
        assert!(words.packet().is_none() && words.short_packet().is_some());
    }

    #[test]
    fn whoever_reads_the_files_again_finds_what_was_said() {
        let words = |text: &str| text.to_owned();
        let rights = Rights {
            title: words("Harbour"),
            alt: words("Gables along a canal."),
            creator: words("Åse & Bo"),
            credit: words("Photo: Åse"),
            copyright: words("© 2018 Åse"),
            licence: words("CC-BY-4.0"),
            licence_url: words("https://creativecommons.org/licenses/by/4.0/"),
            source: words("An archive"),
            origin: origin("trainedAlgorithmicMedia"),
        };
        let pixels = image::DynamicImage::new_rgb8(8, 8);
        for (kind, format) in
            [(image::ImageFormat::Jpeg, Format::Jpeg), (image::ImageFormat::Png, Format::Png)]
        {
            let mut bytes = std::io::Cursor::new(Vec::new());
            pixels.write_to(&mut bytes, kind).expect("memory can be written");
            let picture = Derived { bytes: bytes.into_inner(), format, width: 8, height: 8 };
            let bytes = inscribed(picture, &rights).bytes;
            let read = metadata::read(&bytes);
            let text = |said: &Option<Said<String>>| said.as_ref().map(|said| said.value.clone());
            assert_eq!(text(&read.title).as_ref(), Some(&rights.title));
            assert_eq!(text(&read.alt).as_ref(), Some(&rights.alt));
            assert_eq!(read.creator.map(|said| said.value.text).as_ref(), Some(&rights.creator));
            assert_eq!(text(&read.credit).as_ref(), Some(&rights.credit));
            assert_eq!(text(&read.copyright).as_ref(), Some(&rights.copyright));
            assert_eq!(text(&read.source).as_ref(), Some(&rights.source));
            assert_eq!(read.licence.map(|said| said.value), Some(Licence::Spdx("CC-BY-4.0")));
            assert_eq!(read.origin.map(|said| said.value), rights.origin);
            assert!(metadata::private(&bytes).is_empty());
        }
    }

    #[test]
    fn a_drawing_says_whose_it_is() {
        let rights = Rights { creator: "A & B".to_owned(), ..Rights::default() };
        let svg = inscribed_drawing("<svg width=\"1\"><path/></svg>", &rights);
        assert!(svg.starts_with("<svg width=\"1\"><metadata><x:xmpmeta"), "{svg}");
        assert!(svg.contains("A &amp; B") && svg.ends_with("</metadata><path/></svg>"));
        assert_eq!(inscribed_drawing("<svg/>", &rights), "<svg/>");
    }
}
