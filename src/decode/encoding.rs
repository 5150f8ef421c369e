//! Encodings: their names, and bytes to text in each of them.

use encoding_rs::{Decoder, DecoderResult};

use super::codepage::Codepage;
use super::losses::Losses;
use super::{johab, shift, utf7};
use crate::tables::codepages::CODEPAGES;

/// An encoding that bytes can be read in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Encoding {
    /// One of the WHATWG set, UTF-8 and UTF-16 among them.
    Whatwg(&'static encoding_rs::Encoding),
    /// A single-byte code page beyond that set.
    Page(&'static Codepage),
    /// UTF-32, little end first.
    Utf32Le,
    /// UTF-32, big end first.
    Utf32Be,
    /// UTF-7 (RFC 2152).
    Utf7,
    /// HZ-GB-2312 (RFC 1843).
    Hz,
    /// ISO-2022-KR (RFC 1557).
    Iso2022Kr,
    /// Johab (KS X 1001 annex 3).
    Johab,
}

/// The encodings beyond the WHATWG set that are not single-byte, with their labels.
const OTHERS: [(Encoding, &[&str]); 6] = [
    (
        Encoding::Utf32Le,
        &[
            "utf-32le",
            "utf-32",
            "utf32",
            "utf_32",
            "utf_32_le",
            "ucs-4le",
        ],
    ),
    (
        Encoding::Utf32Be,
        &["utf-32be", "utf_32_be", "ucs-4", "ucs-4be"],
    ),
    (
        Encoding::Utf7,
        &["utf-7", "utf7", "utf_7", "unicode-1-1-utf-7"],
    ),
    (
        Encoding::Hz,
        &["hz-gb-2312", "hz", "hz-gb", "hzgb", "hz_gb_2312"],
    ),
    (
        Encoding::Iso2022Kr,
        &["iso-2022-kr", "iso2022kr", "iso2022_kr", "iso-2022-kr"],
    ),
    (Encoding::Johab, &["johab", "cp1361", "ms1361"]),
];

impl Encoding {
    pub const UTF8: Encoding = Encoding::Whatwg(encoding_rs::UTF_8);
    pub const UTF16LE: Encoding = Encoding::Whatwg(encoding_rs::UTF_16LE);
    pub const UTF16BE: Encoding = Encoding::Whatwg(encoding_rs::UTF_16BE);

    /// The encoding that a label names: the WHATWG labels, and names beyond that set. `None` for a label unknown.
    ///
    /// WHATWG maps `iso-2022-kr` and `hz-gb-2312` to its *replacement* encoding, for a browser's safety; here they are
    /// read.
    pub fn for_label(label: &str) -> Option<Encoding> {
        let label = label
            .trim_matches(|c: char| c.is_ascii_whitespace())
            .to_ascii_lowercase();
        if let Some((encoding, _)) = OTHERS
            .iter()
            .find(|(_, labels)| labels.contains(&label.as_str()))
        {
            return Some(*encoding);
        }
        if let Some(page) = CODEPAGES
            .iter()
            .find(|page| page.labels.contains(&label.as_str()))
        {
            return Some(Encoding::Page(page));
        }
        // Python and Emacs write `latin-1` and `iso-latin-1`.
        let latin = label
            .strip_prefix("iso-")
            .unwrap_or(&label)
            .strip_prefix("latin-");
        let label = latin.map_or(label.clone(), |number| format!("latin{number}"));
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Encoding::Whatwg)
    }

    /// The name as reported.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Whatwg(encoding) => encoding.name(),
            Encoding::Page(page) => page.name,
            Encoding::Utf32Le => "UTF-32LE",
            Encoding::Utf32Be => "UTF-32BE",
            Encoding::Utf7 => "UTF-7",
            Encoding::Hz => "HZ-GB-2312",
            Encoding::Iso2022Kr => "ISO-2022-KR",
            Encoding::Johab => "Johab",
        }
    }

    /// Bytes of a unit that a piece must not be cut within: 2 for UTF-16, 4 for UTF-32, otherwise 1.
    pub fn unit(self) -> usize {
        match self {
            Encoding::Utf32Le | Encoding::Utf32Be => 4,
            Encoding::Whatwg(e) if e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE => 2,
            _ => 1,
        }
    }

    /// Whether it shifts with sequences of its own, up to the line's end.
    pub fn shifts(self) -> bool {
        matches!(self, Encoding::Utf7 | Encoding::Hz | Encoding::Iso2022Kr)
    }

    /// Whether it is read a line at a time, having a decoder that keeps no state.
    pub fn is_read_by_line(self) -> bool {
        self.shifts() || matches!(self, Encoding::Johab)
    }

    /// Whether a line feed byte ends a line whatever stands before it, so that lines can be read one by one.
    pub fn lines_stand_alone(self) -> bool {
        match self {
            Encoding::Whatwg(e) => self.unit() == 1 && e != encoding_rs::ISO_2022_JP,
            Encoding::Page(page) => page.first == 128,
            Encoding::Johab => true,
            _ => false,
        }
    }
}

impl PartialEq for Encoding {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Encoding {}

/// Turns the bytes of one input into text, piece by piece.
pub(crate) struct Machine {
    encoding: Encoding,
    /// Where a decoder keeps state from piece to piece.
    state: Option<Decoder>,
    /// Whether a piece ended within a shift.
    inside: bool,
}

impl Machine {
    pub fn new(encoding: Encoding) -> Machine {
        Machine {
            encoding,
            state: None,
            inside: false,
        }
    }

    /// Decodes a piece that begins at `offset` of the input. `last`: nothing comes after it that belongs to it. Returns how
    /// much was read: all but what a shift may need to go on, where neither a line nor the input ends.
    pub fn decode(
        &mut self,
        bytes: &[u8],
        offset: u64,
        last: bool,
        out: &mut String,
        losses: &mut Losses,
    ) -> usize {
        let ends = last || bytes.last() == Some(&b'\n');
        let shift = (&mut self.inside, ends);
        match self.encoding {
            Encoding::Utf7 => return utf7::utf7(bytes, offset, shift, out, losses),
            Encoding::Hz => return shift::hz(bytes, offset, shift, out, losses),
            Encoding::Iso2022Kr => return shift::iso2022kr(bytes, offset, shift, out, losses),
            Encoding::Whatwg(encoding) => {
                let mut decoder = match self.state.take() {
                    Some(decoder) => decoder,
                    None => encoding.new_decoder_without_bom_handling(),
                };
                run(&mut decoder, bytes, offset, last, out, losses);
                if !last {
                    self.state = Some(decoder);
                }
            }
            Encoding::Page(page) => page.decode(bytes, offset, out, losses),
            Encoding::Utf32Le => utf32(bytes, offset, u32::from_le_bytes, out, losses),
            Encoding::Utf32Be => utf32(bytes, offset, u32::from_be_bytes, out, losses),
            Encoding::Johab => johab::johab(bytes, offset, out, losses),
        }
        bytes.len()
    }
}

/// Bytes of text that are decoded at a time: a line, mostly.
const BUFFER_BYTES: usize = 2 << 10;

/// Runs a WHATWG decoder over `bytes`, counting what it cannot read.
fn run(
    decoder: &mut Decoder,
    bytes: &[u8],
    offset: u64,
    last: bool,
    out: &mut String,
    losses: &mut Losses,
) {
    // A buffer of its own: encoding_rs clears all of the room that a `String` has, line by line.
    let mut buffer = [0u8; BUFFER_BYTES];
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, n, written) =
            decoder.decode_to_utf8_without_replacement(rest, &mut buffer, last);
        out.push_str(
            buffer
                .get(..written)
                .and_then(|text| simdutf8::basic::from_utf8(text).ok())
                .unwrap_or_default(),
        );
        read += n;
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => {
                let end = (offset + read as u64).saturating_sub(u64::from(after));
                losses.replace(end.saturating_sub(u64::from(bad))..end, out);
            }
        }
    }
}

fn utf32(
    bytes: &[u8],
    offset: u64,
    unit: fn([u8; 4]) -> u32,
    out: &mut String,
    losses: &mut Losses,
) {
    for (at, four) in (offset..).step_by(4).zip(bytes.chunks(4)) {
        match <[u8; 4]>::try_from(four)
            .ok()
            .and_then(|four| char::from_u32(unit(four)))
        {
            Some(char) => out.push(char),
            None => losses.replace(at..at + four.len() as u64, out),
        }
    }
}
