//! The font files in the binary, by PostScript name. Licences lie beside the files in `fonts/`.

/// Name and bytes of each face.
pub(super) const FILES: &[(&str, &[u8])] = &[
    (
        "LibertinusSerif-Bold",
        include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Bold.otf"),
    ),
    (
        "LibertinusSerif-BoldItalic",
        include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-BoldItalic.otf"),
    ),
    (
        "LibertinusSerif-Italic",
        include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Italic.otf"),
    ),
    (
        "LibertinusSerif-Regular",
        include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Regular.otf"),
    ),
    (
        "LibertinusSerif-Semibold",
        include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-Semibold.otf"),
    ),
    (
        "LibertinusSerif-SemiboldItalic",
        include_bytes!("../../fonts/libertinus-serif/LibertinusSerif-SemiboldItalic.otf"),
    ),
    ("NotoEmoji-Regular", include_bytes!("../../fonts/noto-emoji/NotoEmoji-Regular.ttf")),
    (
        "NotoSansSymbols2-Regular",
        include_bytes!("../../fonts/noto-sans-symbols-2/NotoSansSymbols2-Regular.ttf"),
    ),
    ("SourceCodePro-Bold", include_bytes!("../../fonts/source-code-pro/SourceCodePro-Bold.ttf")),
    ("SourceCodePro-It", include_bytes!("../../fonts/source-code-pro/SourceCodePro-It.ttf")),
    (
        "SourceCodePro-Regular",
        include_bytes!("../../fonts/source-code-pro/SourceCodePro-Regular.ttf"),
    ),
    (
        "SourceCodePro-Semibold",
        include_bytes!("../../fonts/source-code-pro/SourceCodePro-Semibold.ttf"),
    ),
    (
        "SourceCodePro-SemiboldIt",
        include_bytes!("../../fonts/source-code-pro/SourceCodePro-SemiboldIt.ttf"),
    ),
    ("SourceSans3-Bold", include_bytes!("../../fonts/source-sans-3/SourceSans3-Bold.ttf")),
    ("SourceSans3-BoldIt", include_bytes!("../../fonts/source-sans-3/SourceSans3-BoldIt.ttf")),
    ("SourceSans3-It", include_bytes!("../../fonts/source-sans-3/SourceSans3-It.ttf")),
    ("SourceSans3-Regular", include_bytes!("../../fonts/source-sans-3/SourceSans3-Regular.ttf")),
    ("SourceSans3-Semibold", include_bytes!("../../fonts/source-sans-3/SourceSans3-Semibold.ttf")),
    (
        "SourceSans3-SemiboldIt",
        include_bytes!("../../fonts/source-sans-3/SourceSans3-SemiboldIt.ttf"),
    ),
    ("SourceSerif4-Bold", include_bytes!("../../fonts/source-serif-4/SourceSerif4-Bold.ttf")),
    ("SourceSerif4-BoldIt", include_bytes!("../../fonts/source-serif-4/SourceSerif4-BoldIt.ttf")),
    ("SourceSerif4-It", include_bytes!("../../fonts/source-serif-4/SourceSerif4-It.ttf")),
    ("SourceSerif4-Regular", include_bytes!("../../fonts/source-serif-4/SourceSerif4-Regular.ttf")),
    (
        "SourceSerif4-Semibold",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4-Semibold.ttf"),
    ),
    (
        "SourceSerif4-SemiboldIt",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4-SemiboldIt.ttf"),
    ),
    (
        "SourceSerif4Caption-It",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Caption-It.ttf"),
    ),
    (
        "SourceSerif4Caption-Regular",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Caption-Regular.ttf"),
    ),
    (
        "SourceSerif4Display-It",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Display-It.ttf"),
    ),
    (
        "SourceSerif4Display-Regular",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Display-Regular.ttf"),
    ),
    (
        "SourceSerif4Display-Semibold",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Display-Semibold.ttf"),
    ),
    (
        "SourceSerif4SmText-Bold",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-Bold.ttf"),
    ),
    (
        "SourceSerif4SmText-BoldIt",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-BoldIt.ttf"),
    ),
    (
        "SourceSerif4SmText-It",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-It.ttf"),
    ),
    (
        "SourceSerif4SmText-Regular",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4SmText-Regular.ttf"),
    ),
    (
        "SourceSerif4Subhead-It",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Subhead-It.ttf"),
    ),
    (
        "SourceSerif4Subhead-Regular",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Subhead-Regular.ttf"),
    ),
    (
        "SourceSerif4Subhead-Semibold",
        include_bytes!("../../fonts/source-serif-4/SourceSerif4Subhead-Semibold.ttf"),
    ),
    ("STIXTwoMath-Regular", include_bytes!("../../fonts/stix-two-math/STIXTwoMath-Regular.ttf")),
];
