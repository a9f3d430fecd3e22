//! Blocks made here, in every container; and bytes that lie.

use super::*;

const XMP: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
  xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
  xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
  xmlns:rights="http://ns.adobe.com/xap/1.0/rights/"
  photoshop:Credit="Ada / Agency" photoshop:DateCreated="2018-05-04T12:00:00+02:00"
  rights:WebStatement="https://creativecommons.org/licenses/by-sa/4.0/deed.de">
 <dc:title><rdf:Alt><rdf:li xml:lang="de">Hafen</rdf:li><rdf:li xml:lang="x-default">Harbour</rdf:li></rdf:Alt></dc:title>
 <dc:creator><rdf:Seq><rdf:li>Ada Example</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>
 <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Ada</rdf:li></rdf:Alt></dc:rights>
 <core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Gables
   along a canal</rdf:li></rdf:Alt></core:AltTextAccessibility>
 <core:ExtDescrAccessibility><rdf:Alt><rdf:li xml:lang="en">Long</rdf:li></rdf:Alt></core:ExtDescrAccessibility>
 <core:CreatorContactInfo rdf:parseType="Resource"><core:CiUrlWork>mailto:x, https://example.org/ada</core:CiUrlWork></core:CreatorContactInfo>
 <ext:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</ext:DigitalSourceType>
 <ext:PersonInImage><rdf:Bag><rdf:li>Liz</rdf:li></rdf:Bag></ext:PersonInImage>
 <photoshop:DocumentAncestors><rdf:Bag><rdf:li dc:description="of a part"/></rdf:Bag></photoshop:DocumentAncestors>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;

fn datasets(all: &[(u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (number, value) in all {
        out.extend([0x1C, 2, *number]);
        out.extend(u16::try_from(value.len()).expect("tests are short").to_be_bytes());
        out.extend_from_slice(value);
    }
    out
}

fn resources(datasets: &[u8]) -> Vec<u8> {
    let mut out = b"8BIM\x04\x22\x03abc\0\0\0\x01x\0".to_vec();
    out.extend(b"8BIM\x04\x04\0\0");
    out.extend(u32::try_from(datasets.len()).expect("tests are short").to_be_bytes());
    out.extend_from_slice(datasets);
    out
}

/// A TIFF structure of texts, big-endian.
fn exif(fields: &[(u16, u16, &[u8])]) -> Vec<u8> {
    let mut out = b"MM\0*\0\0\0\x08".to_vec();
    out.extend(u16::try_from(fields.len()).expect("tests are short").to_be_bytes());
    let mut at = 8 + 2 + fields.len() * 12 + 4;
    let mut values = Vec::new();
    for (tag, kind, value) in fields {
        let mut value = value.to_vec();
        // Shorter ones would stand in the entry itself.
        value.resize(value.len().max(5), 0);
        out.extend(tag.to_be_bytes());
        out.extend(kind.to_be_bytes());
        out.extend(u32::try_from(value.len()).expect("tests are short").to_be_bytes());
        out.extend(u32::try_from(at).expect("tests are short").to_be_bytes());
        at += value.len();
        values.extend(value);
    }
    out.extend([0; 4]);
    out.extend(values);
    out
}

fn jpeg(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8];
    for (marker, payload) in segments {
        out.extend([0xFF, *marker]);
        out.extend(u16::try_from(payload.len() + 2).expect("tests are short").to_be_bytes());
        out.extend(payload);
    }
    out.extend([0xFF, 0xDA]);
    out
}

fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut out = crate::photo::png::SIGNATURE.to_vec();
    for (kind, data) in chunks {
        out.extend(u32::try_from(data.len()).expect("tests are short").to_be_bytes());
        out.extend_from_slice(*kind);
        out.extend(data);
        out.extend([0; 4]);
    }
    out
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

fn value<T>(said: Option<Said<T>>) -> Option<T> {
    said.map(|said| said.value)
}

fn text(said: &Option<Said<String>>) -> (&str, &str) {
    said.as_ref().map_or(("", ""), |said| (said.value.as_str(), said.by.name()))
}

const NOTES: [(u8, &[u8]); 7] = [
    (5, b"IIM title"),
    (80, b"M\xFCller"),
    (80, b"Bo"),
    (110, b"IIM credit"),
    (115, b"Archive"),
    (120, "IIM caption, größer".as_bytes()),
    (55, b"20170600"),
];

const TIFF: [(u16, u16, &[u8]); 3] =
    [(0x010E, 2, b"SONY DSC\0"), (0x013B, 2, b"Cam Era; Bo\0"), (0x8298, 2, b"(c) Cam\0(c) Ed\0")];

#[test]
fn xmp_is_read_from_the_top_of_its_tree() {
    let metadata =
        read(&jpeg(&[(0xE1, joined(&[b"http://ns.adobe.com/xap/1.0/\0", XMP.as_bytes()]))]));
    assert_eq!(text(&metadata.title), ("Harbour", "XMP"));
    assert_eq!(text(&metadata.alt), ("Gables along a canal", "XMP"));
    assert_eq!(text(&metadata.long_description).0, "Long");
    assert_eq!(metadata.caption, None, "a part's description is not the whole's");
    let creator = value(metadata.creator);
    let linked = Linked {
        text: "Ada Example, Bo".to_owned(),
        url: Some("https://example.org/ada".to_owned()),
    };
    assert_eq!(creator, Some(linked));
    assert_eq!(text(&metadata.credit).0, "Ada / Agency");
    assert_eq!(text(&metadata.copyright).0, "© Ada");
    assert_eq!(value(metadata.licence), Some(Licence::Spdx("CC-BY-SA-4.0")));
    assert_eq!(value(metadata.date).map(Taken::iso).as_deref(), Some("2018-05-04"));
    assert_eq!(value(metadata.origin).map(|origin| origin.term), Some("trainedAlgorithmicMedia"));
    assert_eq!(value(metadata.people), Some(vec!["Liz".to_owned()]));
}

#[test]
fn what_is_said_comes_back_from_the_cache() {
    let packet = |xmp: &str| joined(&[b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()]);
    let elsewhere = XMP.replace("creativecommons.org/licenses/by-sa/4.0/", "example.org/terms");
    for xmp in [XMP, elsewhere.as_str()] {
        let metadata = read(&jpeg(&[(0xE1, packet(xmp))]));
        assert!(metadata.licence.is_some() && metadata.origin.is_some());
        let kept = serde_json::to_string(&metadata).expect("can be written");
        assert_eq!(serde_json::from_str(&kept).ok(), Some(metadata));
        // Of a later version, or spoiled.
        for (known, unknown) in [("trainedAlg", "Alg"), ("Spdx\":\"CC", "Spdx\":\"DD")] {
            if kept.contains(known) {
                let kept = kept.replace(known, unknown);
                assert!(serde_json::from_str::<Metadata>(&kept).is_err(), "{kept}");
            }
        }
    }
}

#[test]
fn iptc_and_exif_fill_what_xmp_leaves_open() {
    let iptc = joined(&[b"Photoshop 3.0\0", &resources(&datasets(&NOTES))]);
    let metadata =
        read(&jpeg(&[(0xE1, joined(&[b"Exif\0\0", &exif(&TIFF)])), (0xED, iptc.clone())]));
    assert_eq!(text(&metadata.title), ("IIM title", "IPTC"));
    assert_eq!(text(&metadata.caption), ("IIM caption, größer", "IPTC"));
    assert_eq!(value(metadata.creator).map(|creator| creator.text).as_deref(), Some("Müller, Bo"));
    assert_eq!(text(&metadata.copyright), ("(c) Cam; (c) Ed", "EXIF"));
    assert_eq!(value(metadata.date).map(Taken::iso).as_deref(), Some("2017-06"));
    let with_xmp = read(&jpeg(&[
        (0xED, iptc),
        (0xE1, joined(&[b"http://ns.adobe.com/xap/1.0/\0", XMP.as_bytes()])),
    ]));
    assert_eq!(text(&with_xmp.title), ("Harbour", "XMP"));
    assert_eq!(text(&with_xmp.source), ("Archive", "IPTC"));
    let exif_alone = read(&jpeg(&[(0xE1, joined(&[b"Exif\0\0", &exif(&TIFF)]))]));
    assert_eq!(exif_alone.caption, None, "a camera's own words are no caption");
    let creator = value(exif_alone.creator).map(|creator| creator.text);
    assert_eq!(creator.as_deref(), Some("Cam Era, Bo"));
}

#[test]
fn a_png_keeps_its_blocks_in_chunks() {
    let hexadecimal: String =
        resources(&datasets(&NOTES)).iter().map(|byte| format!("{byte:02x}")).collect();
    let length = resources(&datasets(&NOTES)).len();
    let raw = format!("Raw profile type iptc\0\niptc\n{length:8}\n{hexadecimal}\n");
    let metadata = read(&png(&[
        (b"tEXt", b"Author\0Png Author".to_vec()),
        (b"tEXt", b"Creation Time\x002001".to_vec()),
        (b"eXIf", exif(&[(0x8298, 2, b"(c) Exif\0")])),
        (b"tEXt", raw.into_bytes()),
        (b"iTXt", joined(&[b"XML:com.adobe.xmp\0\0\0\0\0", XMP.as_bytes()])),
    ]));
    assert_eq!(text(&metadata.title), ("Harbour", "XMP"));
    assert_eq!(text(&metadata.source), ("Archive", "IPTC"));
    let plain = read(&png(&[(b"tEXt", b"Author\0Png Author".to_vec())]));
    assert_eq!(plain.creator.map(|said| said.by), Some(Standard::Png));
    assert!(read(&png(&[(b"zTXt", b"Title\0\0no zlib".to_vec())])).is_empty());
}

#[test]
fn webp_and_tiff_keep_theirs_too() {
    let chunk = |kind: &[u8], data: &[u8]| {
        let size = u32::try_from(data.len()).expect("tests are short").to_le_bytes();
        let padding: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
        joined(&[kind, &size, data, padding])
    };
    let webp = joined(&[
        b"RIFF\0\0\0\0WEBP",
        &chunk(b"VP8L", b"abc"),
        &chunk(b"EXIF", &joined(&[b"Exif\0\0", &exif(&TIFF)])),
        &chunk(b"XMP ", XMP.as_bytes()),
    ]);
    let metadata = read(&webp);
    assert_eq!(text(&metadata.title).0, "Harbour");
    assert_eq!(text(&metadata.copyright), ("© Ada", "XMP"));
    let notes = datasets(&NOTES);
    let tiff = exif(&[
        (0x013B, 2, b"Cam\0"),
        (700, 1, XMP.as_bytes()),
        (33723, 7, &notes),
        (0x8298, 2, b"(c) Exif\0"),
    ]);
    let metadata = read(&tiff);
    assert_eq!(text(&metadata.title).0, "Harbour");
    assert_eq!(text(&metadata.source), ("Archive", "IPTC"));
}

/// The kinds of private data in a file, as they are named.
fn kinds(bytes: &[u8]) -> Vec<&'static str> {
    private(bytes).into_iter().map(Private::name).collect()
}

fn packet(properties: &str) -> Vec<u8> {
    let packet = format!(
        "<x xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:RDF><rdf:Description \
         xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:aux='http://ns.adobe.com/exif/1.0/aux/' \
         xmlns:mm='http://ns.adobe.com/xap/1.0/mm/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:core='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' \
         xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' \
         xmlns:r='http://www.metadataworkinggroup.com/schemas/regions/' {properties}"
    );
    joined(&[b"http://ns.adobe.com/xap/1.0/\0", packet.as_bytes()])
}

#[test]
fn what_is_private_is_known_wherever_it_stands() {
    let end = "/></rdf:RDF></x>";
    let of = |properties: &str| kinds(&jpeg(&[(0xE1, packet(&format!("{properties}{end}")))]));
    assert_eq!(of("dc:source='archive'"), [] as [&str; 0]);
    assert_eq!(of("exif:GPSLatitude='55'"), ["position"]);
    assert_eq!(
        of("aux:SerialNumber='1' aux:OwnerName='A' aux:Lens='B'"),
        ["serial-numbers", "owner", "camera"]
    );
    assert_eq!(of("core:Location='here'"), ["place"]);
    assert_eq!(of("mm:DocumentID='1'"), ["edit-history"]);
    let inner = |element: &str| {
        let end = "</rdf:Description></rdf:RDF></x>";
        kinds(&jpeg(&[(0xE1, packet(&format!("><{element}/>{end}")))])).join(" ")
    };
    assert_eq!(inner("r:RegionInfo"), "face-regions");
    assert_eq!(inner("ext:PersonInImage"), "people");
    assert_eq!(inner("core:CiEmailWork"), "contact");
    assert_eq!(inner("dc:subject"), "comments");
    assert_eq!(inner("dc:creator"), "");
}

#[test]
fn what_is_private_is_known_in_every_block() {
    let camera = exif(&[(0x010F, 2, b"Maker\0"), (0x0131, 2, b"Editor\0"), (0x013B, 2, b"Ada\0")]);
    let with_exif = joined(&[b"Exif\0\0", &camera]);
    assert_eq!(kinds(&jpeg(&[(0xE1, with_exif)])), ["camera", "edit-history"]);
    assert_eq!(kinds(&exif(&[(0x010F, 2, b"  \0"), (0x013B, 2, b"Ada\0")])), [] as [&str; 0]);
    // A directory of GPS with one field, big-endian.
    let gps = b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0\
                \0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0";
    assert_eq!(kinds(gps), ["position"]);
    assert_eq!(kinds(&png(&[(b"eXIf", gps.to_vec())])), ["position"]);
    let notes = [(25, b"word".as_slice()), (90, b"Copenhagen"), (118, b"+45 12 34")];
    let iptc = joined(&[b"Photoshop 3.0\0", &resources(&datasets(&notes))]);
    assert_eq!(kinds(&jpeg(&[(0xED, iptc)])), ["place", "contact", "comments"]);
    let thumbnail = b"Photoshop 3.0\x008BIM\x04\x0C\0\0\0\0\0\x02ab".to_vec();
    assert_eq!(kinds(&jpeg(&[(0xED, thumbnail)])), ["thumbnail"]);
    assert_eq!(kinds(&jpeg(&[(0xFE, b"words".to_vec())])), ["comments"]);
    assert_eq!(kinds(&jpeg(&[(0xE0, b"JFXX\0\x13".to_vec())])), ["thumbnail"]);
    assert_eq!(kinds(&jpeg(&[(0xE2, b"MPF\0MM".to_vec())])), ["further-data"]);
    assert_eq!(kinds(&jpeg(&[(0xE1, packet("no XML"))])), ["further-data"]);
    let continued = joined(&[
        b"http://ns.adobe.com/xmp/extension/\0",
        &[b'0'; 40],
        &packet("mm:History='cut'/></rdf:RDF></x>")[29..],
    ]);
    assert_eq!(kinds(&jpeg(&[(0xE1, continued)])), ["edit-history"]);
    assert_eq!(kinds(&png(&[(b"tEXt", b"Comment\0words".to_vec())])), ["comments"]);
    let whole = b"\xFF\xD8\xFF\xDA\0\x02\xFF\xD9";
    assert_eq!(kinds(whole), [] as [&str; 0]);
    assert_eq!(kinds(&joined(&[whole, &[0; 9]])), [] as [&str; 0]);
    assert_eq!(kinds(&joined(&[whole, b"ftyp"])), ["further-data"]);
    let svg = b"<svg xmlns='x' xmlns:i='http://www.inkscape.org/namespaces/inkscape'/>";
    assert_eq!(kinds(svg), ["edit-history"]);
    assert_eq!(kinds(b"<!-- words --><svg/>"), ["comments"]);
    assert_eq!(kinds(b"<svg><title>words</title></svg>"), [] as [&str; 0]);
    let gif = b"GIF89a\x01\0\x01\0\0\0\0!\xFE\x05words\0;";
    assert_eq!(kinds(gif), ["comments"]);
}

#[test]
fn days_are_read_in_every_form_that_is_written() {
    let cases = [
        ("2018:05:04 12:00:00", "2018-05-04"),
        ("2018-05", "2018-05"),
        ("20180504", "2018-05-04"),
        ("2018-00-00", "2018"),
        ("2018-02-31", "2018-02"),
        ("2018-13-01", "2018"),
    ];
    for (written, read) in cases {
        assert_eq!(text::date(written).map(Taken::iso).as_deref(), Some(read), "{written}");
    }
    for written in ["", "0000:00:00", "yesterday", "18-05-04", "é018"] {
        assert_eq!(text::date(written), None, "{written}");
    }
}

#[test]
fn licences_are_known_by_their_addresses_and_names() {
    use crate::photo::{licence_at, licence_of};
    let spdx = |id| Some(Licence::Spdx(id));
    assert_eq!(
        licence_at("http://www.creativecommons.org/licenses/by/4.0/legalcode.en"),
        spdx("CC-BY-4.0")
    );
    assert_eq!(licence_at("https://creativecommons.org/publicdomain/zero/1.0"), spdx("CC0-1.0"));
    assert_eq!(licence_of("cc by-sa 4.0"), spdx("CC-BY-SA-4.0"));
    assert_eq!(licence_at("https://example.org/licenses/by/4.0/"), None);
    let german = licence_at("https://creativecommons.org/licenses/by-nc-nd/3.0/de/");
    let german = german.expect("it is one of Creative Commons");
    assert_eq!(german.name(), "CC BY-NC-ND 3.0 DE");
    assert!(german.forbids_commerce() && german.forbids_changes() && german.wants_attribution());
    let free = Licence::Spdx("CC0-1.0");
    assert!(!free.forbids_commerce() && !free.forbids_changes() && !free.wants_attribution());
}

#[test]
fn any_bytes_are_read_without_harm() {
    let seeds = [
        jpeg(&[
            (0xE1, joined(&[b"Exif\0\0", &exif(&TIFF)])),
            (0xED, joined(&[b"Photoshop 3.0\0", &resources(&datasets(&NOTES))])),
            (0xE1, joined(&[b"http://ns.adobe.com/xap/1.0/\0", XMP.as_bytes()])),
        ]),
        png(&[
            (b"iTXt", joined(&[b"XML:com.adobe.xmp\0\0\0\0\0", XMP.as_bytes()])),
            (b"eXIf", exif(&TIFF)),
        ]),
        exif(&[(700, 1, XMP.as_bytes()), (33723, 7, &datasets(&NOTES))]),
    ];
    // A linear congruential generator (Knuth's MMIX constants): the same bytes in every run.
    let mut state: u64 = 11;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for round in 0..3000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..1 + next() % 8 {
            let at = next() % if next() % 2 == 0 { bytes.len().min(120) } else { bytes.len() };
            bytes[at] = (next() % 256) as u8;
        }
        bytes.truncate(1 + next() % (bytes.len() * 2));
        read(&bytes);
        private(&bytes);
    }
}

#[test]
fn a_packed_text_is_unpacked_within_bounds() {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        packer.write_all(&vec![b' '; 1 << 20]).expect("a vector takes all bytes");
    }
    let packed = packer.finish().expect("a vector takes all bytes");
    let bomb = joined(&[b"XML:com.adobe.xmp\0\x01\0\0\0", &packed]);
    assert!(read(&png(&[(b"iTXt", bomb)])).is_empty());
    let deep = "<a>".repeat(200_000);
    assert!(
        read(&jpeg(&[(
            0xE1,
            joined(&[b"http://ns.adobe.com/xap/1.0/\0", &deep.as_bytes()[..60_000]])
        )]))
        .is_empty()
    );
}
