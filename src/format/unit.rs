//! The code units of a stream whose encoding nobody knows yet, and where such a stream can be cut.

/// How a code unit lies in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// UTF-8 and every encoding that keeps ASCII.
    One,
    /// UTF-16.
    Two { big: bool },
    /// UTF-32.
    Four { big: bool },
}

const ALL_WIDE: [Unit; 4] = [
    Unit::Four { big: false },
    Unit::Four { big: true },
    Unit::Two { big: false },
    Unit::Two { big: true },
];

/// Bytes that are looked at for the pattern of NULs; some hundred words show it.
const SAMPLE_BYTES: usize = 4096;

impl Unit {
    /// The unit of a stream from its first bytes: by byte order mark, else by where its NULs stand.
    pub fn of(head: &[u8]) -> Unit {
        for unit in ALL_WIDE {
            if head.len() >= unit.width() && unit.at(head, 0) == 0xFEFF {
                return unit;
            }
        }
        let sample = &head[..head.len().min(SAMPLE_BYTES)];
        if !sample.contains(&0) {
            return Unit::One;
        }
        let best = ALL_WIDE.map(|unit| (unit.plausible(sample), unit));
        let mut found = (0.0, Unit::One);
        for (share, unit) in best {
            if share > found.0 {
                found = (share, unit);
            }
        }
        // Prose has a space, a line end or an ideographic stop in every 20 or so units; NULs in bytes of ASCII or
        // of a picture hardly ever make one.
        if found.0 >= 0.01 { found.1 } else { Unit::One }
    }

    /// The share of units that read as what every text has: white space or a full stop. 0 where the units cannot be
    /// a text's: no character, or nearly all of them two letters of ASCII.
    fn plausible(self, sample: &[u8]) -> f64 {
        let count = sample.len() / self.width();
        let (mut common, mut pairs) = (0usize, 0usize);
        for i in 0..count {
            match self.at(sample, i) {
                // The last three are a line end or a space in the other byte order.
                0 | 0x11_0000.. | 0x0A00 | 0x0D00 | 0x2000 => return 0.0,
                0x0A | 0x0D | 0x20 | 0x2C | 0x2E | 0x3000..=0x3002 | 0xFF0C => common += 1,
                unit if is_printable(unit >> 8) && is_printable(unit & 0xFF) => pairs += 1,
                _ => {}
            }
        }
        // Hiragana and common ideographs are pairs of ASCII bytes in up to two units of three.
        if count == 0 || pairs * 5 > count * 4 {
            0.0
        } else {
            common as f64 / count as f64
        }
    }

    /// Bytes of a unit.
    pub fn width(self) -> usize {
        match self {
            Unit::One => 1,
            Unit::Two { .. } => 2,
            Unit::Four { .. } => 4,
        }
    }

    /// The WHATWG-like label of a wide unit's encoding.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Unit::One => None,
            Unit::Two { big: false } => Some("utf-16le"),
            Unit::Two { big: true } => Some("utf-16be"),
            Unit::Four { big: false } => Some("utf-32le"),
            Unit::Four { big: true } => Some("utf-32be"),
        }
    }

    /// The unit at index `i`; 0 behind the end.
    pub fn at(self, bytes: &[u8], i: usize) -> u32 {
        let width = self.width();
        let Some(unit) = bytes.get(i * width..(i + 1) * width) else {
            return 0;
        };
        match (self, unit) {
            (Unit::One, [a]) => u32::from(*a),
            (Unit::Two { big: false }, &[a, b]) => u32::from(u16::from_le_bytes([a, b])),
            (Unit::Two { big: true }, &[a, b]) => u32::from(u16::from_be_bytes([a, b])),
            (Unit::Four { big: false }, &[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            (Unit::Four { big: true }, &[a, b, c, d]) => u32::from_be_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    /// How many line feeds there are.
    pub fn feeds(self, bytes: &[u8]) -> u64 {
        match self {
            Unit::One => memchr::memchr_iter(b'\n', bytes).count() as u64,
            _ => (0..bytes.len() / self.width())
                .filter(|&i| self.at(bytes, i) == 0x0A)
                .count() as u64,
        }
    }
}

fn is_printable(byte: u32) -> bool {
    (0x20..0x7F).contains(&byte)
}

/// Where to end a part that has as many bytes as it may have and is not the last: a byte offset in its second half,
/// behind the last blank line there; else behind the last line end; else behind the last white space; else behind the
/// last unit below `0` (punctuation and control characters, which are never the second byte of a character in the
/// double-byte encodings that keep ASCII); else at the last boundary of a UTF-8 or UTF-16 character.
pub(super) fn cut(part: &[u8], unit: Unit) -> usize {
    let width = unit.width();
    let end = part.len() / width;
    if end == 0 {
        return part.len();
    }
    // The search is compiled for single bytes, which is nearly all text, and for the rest.
    let found = match unit {
        Unit::One => search(end, |i| part.get(i).map_or(0, |&byte| u32::from(byte))),
        _ => search(end, |i| unit.at(part, i)),
    };
    found.unwrap_or_else(|| character_boundary(part, unit, end)) * width
}

/// The best place among the second half of `end` units.
fn search(end: usize, at: impl Fn(usize) -> u32) -> Option<usize> {
    let (mut line, mut space, mut low) = (None, None, None);
    for i in (end / 2 + 1..=end).rev() {
        let last = at(i - 1);
        // Letters, by far the most, leave at once.
        if last >= 0x30 && last != 0x3000 {
            continue;
        }
        let carriage = last == 0x0D && i < end && at(i) != 0x0A;
        if last == 0x0A || carriage {
            if follows_blank(i, &at) {
                return Some(i);
            }
            line = line.or(Some(i));
        } else if matches!(last, 0x20 | 0x09 | 0x3000) {
            space = space.or(Some(i));
        } else if last < 0x30 && last != 0x0D {
            low = low.or(Some(i));
        }
    }
    line.or(space).or(low)
}

/// Whether the line end before unit `i` ends an empty line.
fn follows_blank(i: usize, at: impl Fn(usize) -> u32) -> bool {
    let mut j = i - 1;
    if j > 0 && at(j) == 0x0A && at(j - 1) == 0x0D {
        j -= 1;
    }
    while j > 0 && matches!(at(j - 1), 0x20 | 0x09) {
        j -= 1;
    }
    j > 0 && matches!(at(j - 1), 0x0A | 0x0D)
}

/// The last index of at most `end` that does not stand inside a character, or inside `\r\n`.
fn character_boundary(part: &[u8], unit: Unit, end: usize) -> usize {
    if end > 1 && unit.at(part, end - 1) == 0x0D {
        return end - 1;
    }
    match unit {
        Unit::Four { .. } => end,
        Unit::Two { .. } => match unit.at(part, end - 1) {
            0xD800..=0xDBFF if end > 1 => end - 1,
            _ => end,
        },
        Unit::One => {
            for back in 1..=end.min(3) {
                let length = match part[end - back] {
                    0x80..=0xBF => continue,
                    0xC2..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF4 => 4,
                    _ => 1,
                };
                return if length > back && end > back {
                    end - back
                } else {
                    end
                };
            }
            end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str, unit: Unit) -> Vec<u8> {
        match unit {
            Unit::One => text.as_bytes().to_vec(),
            Unit::Two { big } => text
                .encode_utf16()
                .flat_map(|u| {
                    if big {
                        u.to_be_bytes()
                    } else {
                        u.to_le_bytes()
                    }
                })
                .collect(),
            Unit::Four { big } => text
                .chars()
                .flat_map(|c| {
                    if big {
                        u32::from(c).to_be_bytes()
                    } else {
                        u32::from(c).to_le_bytes()
                    }
                })
                .collect(),
        }
    }

    #[test]
    fn units_are_told_by_mark_or_pattern() {
        let prose = [
            "It rained all day, and the river rose.\n",
            "Всю ночь шёл дождь. Река поднялась.\n",
            "雨が一日中降った。\n川は、一日で増水した。\n",
        ];
        for text in prose {
            assert_eq!(Unit::of(text.as_bytes()), Unit::One, "{text}");
            for unit in ALL_WIDE {
                assert_eq!(Unit::of(&encode(text, unit)), unit, "{text} {unit:?}");
                assert_eq!(
                    Unit::of(&encode(&format!("\u{FEFF}{text}"), unit)),
                    unit,
                    "{text} {unit:?}"
                );
            }
        }
        assert_eq!(Unit::of(&[0; 64]), Unit::One);
        assert_eq!(Unit::of(b""), Unit::One);
        assert_eq!(
            Unit::of(b"a line, with a\0 NUL in it. And more."),
            Unit::One
        );
    }

    #[test]
    fn cuts_prefer_paragraphs_then_lines_then_words() {
        let cases = [
            ("blank line", "one\n\nbbbb b\n \n|cc\nd d"),
            ("crlf", "one\r\n\r\nbbb\r\n\r\n|cc\r\nd"),
            ("line end", "aaaaaaaaaaaa\naaaaa aa\n|bb b"),
            ("old line end", "aaaaaaaa\raaaaa aa\r|bb b"),
            ("white space", "aaaaaaaaaaaaa aaaaa |bbbb"),
            ("punctuation", "aaaaaaaaaaaaaaaaa,|bbbbb"),
            ("character", "ééééééééé𝄞|"),
        ];
        for (what, text) in cases {
            let at = text.find('|').unwrap_or(0);
            let text = text.replace('|', "");
            for unit in [Unit::One].into_iter().chain(ALL_WIDE) {
                let expected = encode(&text[..at], unit).len();
                assert_eq!(cut(&encode(&text, unit), unit), expected, "{what} {unit:?}");
            }
        }
    }

    #[test]
    fn cuts_stay_out_of_characters() {
        let clef = "xxxxxxxx𝄞";
        for unit in [Unit::One, Unit::Two { big: false }, Unit::Two { big: true }] {
            let bytes = encode(clef, unit);
            let before = encode("xxxxxxxx", unit).len();
            let mut short = bytes.len() - unit.width();
            while short > before {
                assert_eq!(cut(&bytes[..short], unit), before, "{unit:?} {short}");
                short -= unit.width();
            }
            assert_eq!(cut(&bytes, unit), bytes.len());
        }
    }

    #[test]
    fn carriage_return_and_line_feed_stay_together() {
        assert_eq!(cut(b"aaaa aaaa\r", Unit::One), 9);
        assert_eq!(cut(b"aaaaaa aa\r", Unit::One), 7);
    }
}
