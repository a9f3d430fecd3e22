//! Colours of print: grey or sRGB, and whether one can be read on another.
//!
//! Everything printed is opaque, so there is no alpha here, and no colour space but sRGB.

/// A colour: grey or sRGB, 8 bits a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// 0 is black.
    Gray(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

impl Color {
    /// Text.
    pub const BLACK: Self = Self::Gray(0);
    /// Paper.
    pub const WHITE: Self = Self::Gray(255);

    /// A colour as in CSS: `#14506e`, `#146`; `None` when it is none.
    pub fn parse(written: &str) -> Option<Self> {
        let digits: Vec<u8> = written
            .strip_prefix('#')?
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()?;
        let (red, green, blue) = match digits[..] {
            [r, g, b] => (r * 17, g * 17, b * 17),
            [r, s, g, h, b, c] => (r * 16 + s, g * 16 + h, b * 16 + c),
            _ => return None,
        };
        let is_gray = red == green && green == blue;
        Some(if is_gray { Self::Gray(red) } else { Self::Rgb(red, green, blue) })
    }

    /// Contrast of two colours in tenths, from 10 to 210, rounded down: WCAG 2.2, "contrast
    /// ratio". Luminance is what a grey printer keeps of a colour, so the ratio holds there too.
    pub fn contrast(self, other: Self) -> u32 {
        let (a, b) = (self.luminance(), other.luminance());
        // A hair more than exact, so that rounding of the powers does not fail a limit that is met.
        ((a.max(b) + 0.05) / (a.min(b) + 0.05) * 10.0 + 1e-9) as u32
    }

    /// The nearest colour of the same hue that is read on white and on black, at 4.5:1: what an
    /// author colours keeps its colour on paper and in every theme of a reader.
    pub fn on_white_and_black(self) -> Self {
        let (red, green, blue) = match self {
            Self::Gray(level) => (level, level, level),
            Self::Rgb(red, green, blue) => (red, green, blue),
        };
        let is_too_light = self.contrast(Self::WHITE) < 45;
        let towards = if is_too_light { 0 } else { 255 };
        let mixed = |part: u16| {
            let mix = |own: u8| {
                let mixed = (u16::from(own) * (255 - part) + towards * part + 127) / 255;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            };
            Self::Rgb(mix(red), mix(green), mix(blue))
        };
        let is_read = |colour: &Self| {
            colour.contrast(Self::WHITE) >= 45 && colour.contrast(Self::BLACK) >= 45
        };
        // The band is narrow (luminance from .175 to .183), but every way to grey crosses it.
        std::iter::once(self).chain((1..=255).map(mixed)).find(is_read).unwrap_or(Self::Gray(0x75))
    }

    /// As CSS and MathML write it: `#14506e`.
    pub fn hexadecimal(self) -> String {
        let (red, green, blue) = match self {
            Self::Gray(level) => (level, level, level),
            Self::Rgb(red, green, blue) => (red, green, blue),
        };
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance from 0 to 1: WCAG 2.2.
    fn luminance(self) -> f64 {
        let (red, green, blue) = match self {
            Self::Gray(level) => (level, level, level),
            Self::Rgb(red, green, blue) => (red, green, blue),
        };
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_written_as_in_css() {
        assert_eq!(Color::parse("#14506e"), Some(Color::Rgb(20, 80, 110)));
        assert_eq!(Color::parse("#FFF"), Some(Color::WHITE));
        assert_eq!(Color::parse("#464646"), Some(Color::Gray(70)));
        for bad in ["", "#", "black", "#12", "#1234", "#12345g", "14506e", "#١٢٣"] {
            assert_eq!(Color::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(Color::BLACK.contrast(Color::WHITE), 210);
        assert_eq!(Color::WHITE.contrast(Color::WHITE), 10);
        // #767676 is the lightest grey of 4.5:1 on white.
        assert_eq!(Color::Gray(0x76).contrast(Color::WHITE), 45);
        assert_eq!(Color::Gray(0x77).contrast(Color::WHITE), 44);
    }

    #[test]
    fn every_colour_has_one_that_is_read_everywhere() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let found = Color::Rgb(red, green, blue).on_white_and_black();
                    let contrasts = [Color::WHITE, Color::BLACK].map(|on| found.contrast(on));
                    assert!(contrasts.iter().all(|c| *c >= 45), "{red} {green} {blue}: {found:?}");
                }
            }
        }
        assert_eq!(Color::Rgb(255, 0, 0).on_white_and_black().hexadecimal(), "#ee0000");
    }
}
