//! What holds of decoding for every input: it has a reading, which does not depend on how the bytes are cut into chunks;
//! and texts of 200 bytes and more come back from every encoding that their language is found in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)] // a test that cannot go on should say so

use std::collections::HashMap;

use cleanfilter::decode::{Decoder, Settings, binary, decode};
use cleanfilter::document::Reading;
use proptest::prelude::*;

/// Reads in chunks of the sizes given, over and over.
fn in_chunks(bytes: &[u8], sizes: &[usize], settings: &Settings) -> (String, Reading) {
    let (mut text, mut decoder) = (String::new(), Decoder::new(None, settings));
    let mut rest = bytes;
    for &size in sizes.iter().cycle() {
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        decoder.feed(chunk, after.is_empty(), &mut text);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    (text, decoder.reading())
}

/// Bytes as files have them: lines in several encodings, plain and damaged.
fn files() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        4 => Just(b"Nothing but ASCII on this line.\n".to_vec()),
        2 => Just("Le café déjà fermé, où était-il ?\n".as_bytes().to_vec()),
        2 => Just("Гавань была тиха, пока не вернулись лодки.\n".as_bytes().to_vec()),
        1 => Just(b"\xc3\xe0\xe2\xe0\xed\xfc \xe1\xfb\xeb\xe0 \xf2\xe8\xf5\xe0.\n".to_vec()),
        1 => Just(b"Le caf\xe9 d\xe9j\xe0 ferm\xe9\n".to_vec()),
        1 => Just(b"\x8d\x60\x82\xcd\x90\xc3\x82\xa9\x82\xbe\x82\xc1\x82\xbd\x81\x42\n".to_vec()),
        1 => Just("RÃ©sumÃ© envoyÃ©\n".as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => Just(vec![b'x'; 70_000]),
    ];
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chunks_make_no_difference(
        bytes in files(),
        sizes in prop::collection::vec(1usize..9000, 1..6),
        repair_mojibake in any::<bool>(),
        head_bytes in prop_oneof![Just(4096usize), Just(64 << 10)],
    ) {
        let settings = Settings { repair_mojibake, head_bytes, ..Settings::default() };
        let whole = in_chunks(&bytes, &[usize::MAX], &settings);
        prop_assert!(in_chunks(&bytes, &sizes, &settings) == whole, "{} bytes", bytes.len());
        if bytes.len() <= head_bytes {
            prop_assert_eq!(&decode(&bytes, None, &settings).0, &whole.0);
        }
    }

    #[test]
    fn every_input_has_a_reading(bytes in prop::collection::vec(any::<u8>(), 0..600), label in prop::sample::select(LABELS)) {
        let _ = binary(&bytes);
        let stated = Settings { encoding: Some(label.to_owned()), ..Settings::default() };
        for settings in [Settings::default(), stated] {
            let (text, reading) = decode(&bytes, Some(label), &settings);
            prop_assert!(reading.replaced_bytes <= bytes.len() as u64);
            let listed: u64 = reading.replaced.iter().map(|r| r.end - r.start).sum();
            prop_assert!(listed <= reading.replaced_bytes);
            prop_assert!(reading.replaced.windows(2).all(|two| two[0].end < two[1].start));
            prop_assert!(reading.replaced.last().is_none_or(|r| r.end <= bytes.len() as u64));
            prop_assert!(reading.replaced_bytes == 0 || text.contains(char::REPLACEMENT_CHARACTER));
            prop_assert_eq!(in_chunks(&bytes, &[7], &settings).0, in_chunks(&bytes, &[usize::MAX], &settings).0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Lines that do not end are read all the same, in pieces that cut no character, and are not held back.
    #[test]
    fn a_line_without_an_end_is_read_in_pieces(
        parts in prop::collection::vec(prop::sample::select(&["港中文山水火", "港", ", ", "a - b (c)"][..]), 1..20),
        sizes in prop::collection::vec(1000usize..90_000, 1..6),
    ) {
        let text = parts.concat();
        let text = text.repeat(150_000 / text.len() + 1);
        for label in ["utf-8", "utf-7", "hz", "iso-2022-kr", "gb18030", "shift_jis", "johab", "utf-16le"] {
            let bytes = encode(&text, label);
            for stated in [Some(label.to_owned()), None] {
                let settings = Settings { encoding: stated, head_bytes: 4096, ..Settings::default() };
                let whole = in_chunks(&bytes, &[usize::MAX], &settings);
                prop_assert!(settings.encoding.is_none() || whole.0 == text, "{} is not read", label);
                prop_assert!(in_chunks(&bytes, &sizes, &settings) == whole, "{} in chunks", label);
            }
            // A piece and a chunk are held back at most.
            let settings = Settings { encoding: Some(label.to_owned()), head_bytes: 4096, ..Settings::default() };
            let (mut out, mut decoder, mut fed) = (String::new(), Decoder::new(None, &settings), 0);
            for chunk in bytes.chunks(10_000) {
                decoder.feed(chunk, false, &mut out);
                fed += chunk.len();
prop_assert!(text.starts_with(&out));
                let read = bytes.len() * out.len() / text.len();
                prop_assert!(read + 80_000 > fed, "{} is held back", label);
            }
        }
    }
}

const LABELS: &[&str] = &[
    "utf-8",
    "utf-16le",
    "utf-16be",
    "utf-32le",
    "utf-32be",
    "utf-7",
    "hz",
    "iso-2022-kr",
    "iso-2022-jp",
    "johab",
    "gb18030",
    "big5",
    "euc-jp",
    "shift_jis",
    "euc-kr",
    "windows-1252",
    "windows-1253",
    "cp437",
    "cp864",
    "cp500",
    "koi8-t",
];

/// Encodes by trying what bytes mean: one byte at a time, or two.
fn inverse(label: &str, two: bool) -> HashMap<char, Vec<u8>> {
    let stated = Settings {
        encoding: Some(label.to_owned()),
        ..Settings::default()
    };
    let bytes = (0..=255u8).map(|a| vec![a]).chain(
        (0x84..=0xf9)
            .filter(|_| two)
            .flat_map(|a| (0x31..=0xfe).map(move |b| vec![a, b])),
    );
    let meant = bytes.filter_map(|bytes| {
        let text = decode(&bytes, None, &stated).0;
        let mut chars = text.chars();
        Some((chars.next().filter(|c| *c != '\u{fffd}')?, bytes)).filter(|_| chars.next().is_none())
    });
    // The first byte that means a character is the one that writes it.
    meant.collect::<Vec<_>>().into_iter().rev().collect()
}

fn shifted(text: &str, label: &str, open: &[u8], close: &[u8]) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap()
        .encode(text);
    assert!(!lost);
    let mut out = Vec::new();
    for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        if run.is_ascii() {
            out.extend_from_slice(run);
        } else {
            out.extend_from_slice(open);
            out.extend(run.iter().map(|b| b & 0x7f));
            out.extend_from_slice(close);
        }
    }
    out
}

fn utf7(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    for run in chars.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        let run: String = run.iter().collect();
        if run.is_ascii() {
            out.extend(run.bytes());
            continue;
        }
        let bits: Vec<bool> = run
            .encode_utf16()
            .flat_map(|u| (0..16).rev().map(move |n| u >> n & 1 == 1))
            .collect();
        out.push(b'+');
        for six in bits.chunks(6) {
            let value = (0..6).fold(0, |v, n| {
                v << 1 | usize::from(six.get(n).copied().unwrap_or(false))
            });
            out.push(ALPHABET[value]);
        }
        out.push(b'-');
    }
    out
}

fn encode(text: &str, label: &str) -> Vec<u8> {
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "utf-32" => text
            .chars()
            .flat_map(|c| (c as u32).to_le_bytes())
            .collect(),
        "utf-7" => utf7(text),
        "hz" => shifted(text, "gbk", b"~{", b"~}"),
        "iso-2022-kr" => [
            b"\x1b$)C".to_vec(),
            shifted(text, "euc-kr", b"\x0e", b"\x0f"),
        ]
        .concat(),
        _ => match encoding_rs::Encoding::for_label(label.as_bytes()) {
            Some(encoding) => {
                let (bytes, _, lost) = encoding.encode(text);
                assert!(!lost, "{label} cannot hold {text}");
                bytes.into_owned()
            }
            None => {
                let inverse = inverse(label, label == "johab");
                text.chars()
                    .flat_map(|c| {
                        inverse
                            .get(&c)
                            .unwrap_or_else(|| panic!("{label} has no {c}"))
                            .clone()
                    })
                    .collect()
            }
        },
    }
}

#[test]
fn texts_come_back_from_their_languages_encodings() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in include_str!("decode/texts.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        let [language, labels, text] = fields[..] else {
            panic!("three fields: {line}")
        };
        for label in labels.split(' ') {
            let (label, known) = label
                .strip_prefix('!')
                .map_or((label, false), |label| (label, true));
            let (found, reading) = decode(&encode(text, label), None, &Settings::default());
            count += 1;
            if (found == text) == known {
                wrong.push(format!(
                    "{language} {label}: {} by {}: {}",
                    reading.encoding,
                    reading.witness,
                    &found[..found.floor_char_boundary(60)]
                ));
            }
        }
    }
    assert!(count > 100);
    assert!(
        wrong.is_empty(),
        "not as the table says:\n{}",
        wrong.join("\n")
    );
}
