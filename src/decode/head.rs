//! The decision: the witnesses are heard over a bounded head, in the order of their worth.

use super::encoding::Encoding;
use super::lines;
use super::settings::Settings;
use super::{escape, mark, multi_byte, statistics, utf8, wide};

/// What a head decided.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub encoding: Encoding,
    pub witness: &'static str,
    /// Bytes of the mark at the start, which are not text.
    pub mark: usize,
    /// Bytes at the start that end a character that was cut.
    pub cut: usize,
    /// Whether lines that are not in `encoding` are read otherwise.
    pub by_line: bool,
    /// How bytes that break UTF-8 are read, where the head showed some.
    pub damage: Option<lines::Damage>,
}

/// Decides how an input that begins with `head` is read; `declared` is what is said of it.
pub(crate) fn decide(head: &[u8], declared: &[Encoding], settings: &Settings) -> Decision {
    let found = |encoding: Encoding, witness| Decision {
        encoding,
        witness,
        mark: 0,
        cut: 0,
        by_line: false,
        damage: None,
    };
    let marked = mark::mark(head);
    if let Some(encoding) = settings.stated() {
        let mark = marked
            .filter(|(marked, _)| *marked == encoding)
            .map_or(0, |(_, length)| length);
        return Decision {
            mark,
            ..found(encoding, "stated")
        };
    }
    if let Some((encoding, mark)) = marked {
        let rest = head.get(mark..).unwrap_or_default();
        let by_line = encoding == Encoding::UTF8;
        let damage = by_line.then(|| lines::damage(rest, declared)).flatten();
        return Decision {
            mark,
            by_line,
            damage,
            ..found(encoding, "mark")
        };
    }
    if let Some(encoding) = escape::escape(head) {
        return found(encoding, "escape");
    }
    let body = head.get(..head.len() - utf8::cut(head)).unwrap_or(head);
    let valid = simdutf8::basic::from_utf8(body).is_ok();
    if let Some(encoding) = wide::wide(head) {
        let witness = match encoding.unit() {
            4 => "utf32",
            2 => "utf16",
            _ => "ebcdic",
        };
        return found(encoding, witness);
    }
    // A lone cut sequence is no evidence: `caf\xe9` ends in one.
    if valid && (body.len() == head.len() || !body.is_ascii()) {
        return Decision {
            by_line: true,
            ..found(Encoding::UTF8, "utf8")
        };
    }
    let (encoding, witness) = if utf8::surely(head) {
        (Encoding::UTF8, "utf8")
    } else {
        legacy(head, declared)
    };
    let damage = (encoding == Encoding::UTF8)
        .then(|| lines::damage(head, declared))
        .flatten();
    Decision {
        by_line: encoding.lines_stand_alone(),
        cut: usize::from(multi_byte::begins_cut(encoding, head)),
        damage,
        ..found(encoding, witness)
    }
}

/// The encoding of bytes that are not all UTF-8: as declared where they bear it out, otherwise by statistics.
pub(crate) fn legacy(head: &[u8], declared: &[Encoding]) -> (Encoding, &'static str) {
    // Lines that are UTF-8 tell nothing of the encoding of the others.
    let broken = lines::broken(head);
    statistics::best(&broken, declared)
}
