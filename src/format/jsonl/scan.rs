//! Finds values in the bytes of a JSON object without building anything.
//!
//! The bytes must have passed as JSON before ([`check`]); on others the answers are of no use, but nothing panics.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2};
use serde_json::value::RawValue;

/// Whether the bytes are one JSON value. Strings are held to JSON's grammar only: they may contain bytes that are no
/// UTF-8, and escapes of half a surrogate pair.
pub fn check(json: &[u8]) -> Result<(), serde_json::Error> {
    serde_json::from_slice::<serde::de::IgnoredAny>(json).map(|_| ())
}

/// For each name the range of the value that the object in `range` gives it; the last one where it is given twice, as
/// nearly all readers of JSON take it. `None` if there is no object.
pub fn members<const N: usize>(
    json: &[u8],
    range: Range<usize>,
    names: [&str; N],
) -> Option<[Option<Range<usize>>; N]> {
    let mut found = [const { None }; N];
    let end = range.end.min(json.len());
    let mut at = skip_space(json, range.start);
    if json.get(at) != Some(&b'{') {
        return None;
    }
    at = skip_space(json, at + 1);
    while at < end && json[at] == b'"' {
        let key = at..skip_value(json, at);
        at = skip_space(json, key.end);
        if json.get(at) != Some(&b':') {
            break;
        }
        let start = skip_space(json, at + 1);
        let value = start..skip_value(json, start);
        at = skip_space(json, value.end);
        for (name, place) in names.iter().zip(&mut found) {
            if is_string(&json[key.clone()], name) {
                *place = Some(value.clone());
            }
        }
        if json.get(at) != Some(&b',') {
            break;
        }
        at = skip_space(json, at + 1);
    }
    Some(found)
}

/// The names of an object's members whose values are strings, longest string first.
pub fn string_members(json: &[u8], range: Range<usize>) -> Vec<String> {
    let Some(object) = json
        .get(range)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
    else {
        return Vec::new();
    };
    let Ok(fields) = serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(object)
    else {
        return Vec::new();
    };
    let mut strings: Vec<_> = fields
        .into_iter()
        .filter(|(_, value)| value.get().starts_with('"'))
        .collect();
    strings.sort_by_key(|(_, value)| std::cmp::Reverse(value.get().len()));
    strings.into_iter().map(|(name, _)| name).collect()
}

/// Whether a string in its quotes says `name`.
fn is_string(quoted: &[u8], name: &str) -> bool {
    let inner = quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default();
    if memchr(b'\\', inner).is_none() {
        return inner == name.as_bytes();
    }
    // Each byte of a name is at most six bytes of an escape.
    inner.len() <= name.len() * 6 && unescape(quoted).text == name
}

fn skip_space(json: &[u8], mut at: usize) -> usize {
    while matches!(json.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

/// Where the value that starts at `at` ends.
fn skip_value(json: &[u8], at: usize) -> usize {
    match json.get(at) {
        Some(b'"') => skip_string(json, at),
        Some(b'{' | b'[') => skip_nested(json, at),
        _ => {
            let rest = json.get(at..).unwrap_or_default();
            let ends = |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
            at + rest.iter().position(ends).unwrap_or(rest.len())
        }
    }
}

fn skip_string(json: &[u8], at: usize) -> usize {
    let mut from = at + 1;
    while let Some(hit) = json.get(from..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        match json[from + hit] {
            b'"' => return from + hit + 1,
            _ => from += hit + 2,
        }
    }
    json.len()
}

fn skip_nested(json: &[u8], at: usize) -> usize {
    let mut depth = 0usize;
    let mut from = at;
    while let Some(byte) = json.get(from) {
        match byte {
            b'"' => {
                from = skip_string(json, from);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return from + 1;
                }
            }
            _ => {}
        }
        from += 1;
    }
    json.len()
}

/// A string as it is meant.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Unescaped {
    pub text: String,
    /// Bytes that were no UTF-8 and stand as U+FFFD.
    pub replaced_bytes: u64,
    /// Halves of surrogate pairs that stand as U+FFFD.
    pub lone_surrogates: u64,
}

/// Reads a string in its quotes.
pub fn unescape(quoted: &[u8]) -> Unescaped {
    let inside = quoted
        .get(1..quoted.len().saturating_sub(1))
        .unwrap_or_default();
    let mut out = Unescaped {
        text: String::with_capacity(inside.len()),
        ..Unescaped::default()
    };
    // Checked as a whole and not part by part: nearly all strings are what they should be.
    let text = simdutf8::basic::from_utf8(inside).ok();
    let mut from = 0;
    loop {
        let rest = inside.get(from..).unwrap_or_default();
        let plain = memchr(b'\\', rest).unwrap_or(rest.len());
        let part = from..from + plain;
        // An escape that breaks off may end inside a character.
        match text.and_then(|text| text.get(part)) {
            Some(part) => out.text.push_str(part),
            None => out.push_bytes(&rest[..plain]),
        }
        let Some(escape) = rest.get(plain + 1..) else {
            return out;
        };
        from = inside.len() - out.push_escape(escape).len();
    }
}

impl Unescaped {
    fn push_bytes(&mut self, bytes: &[u8]) {
        for chunk in bytes.utf8_chunks() {
            self.text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                self.text.push(char::REPLACEMENT_CHARACTER);
                self.replaced_bytes += chunk.invalid().len() as u64;
            }
        }
    }

    /// Reads the escape whose backslash stands before `rest`; gives back what follows it.
    fn push_escape<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let Some((&kind, mut after)) = rest.split_first() else {
            return rest;
        };
        let c = match kind {
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = hex(after);
                after = after.get(4..).unwrap_or_default();
                let low = after.strip_prefix(b"\\u").map(hex);
                match (unit, low) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        after = after.get(6..).unwrap_or_default();
                        char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
                            .unwrap_or_default()
                    }
                    _ => char::from_u32(unit).unwrap_or_else(|| {
                        self.lone_surrogates += 1;
                        char::REPLACEMENT_CHARACTER
                    }),
                }
            }
            other => char::from(other),
        };
        self.text.push(c);
        after
    }
}

/// The number in the first four hexadecimal digits; U+FFFD if there are none.
fn hex(digits: &[u8]) -> u32 {
    let digits = digits
        .get(..4)
        .and_then(|digits| std::str::from_utf8(digits).ok());
    digits
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .unwrap_or(0xFFFD)
}

/// Appends a string in quotes. Only what must be escaped is; with `ascii`, everything beyond ASCII is as well.
pub fn escape(text: &str, ascii: bool, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at(special(rest.as_bytes(), ascii));
        out.extend_from_slice(plain.as_bytes());
        let Some(c) = special.chars().next() else {
            break;
        };
        rest = &special[c.len_utf8()..];
        let short = match c {
            '"' | '\\' => c as u8,
            '\n' => b'n',
            '\r' => b'r',
            '\t' => b't',
            '\u{8}' => b'b',
            '\u{C}' => b'f',
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
                continue;
            }
        };
        out.extend([b'\\', short]);
    }
    out.push(b'"');
}

/// Where the first byte stands that is escaped, or the length; the first of a character's.
fn special(bytes: &[u8], ascii: bool) -> usize {
    let is = |b: u8| b < 0x20 || b == b'"' || b == b'\\' || ascii && b >= 0x7F;
    // Sixteen bytes at a time, without a way out among them: the processor compares them all at once.
    let chunks = bytes.chunks(16);
    let plain = chunks
        .take_while(|chunk| !chunk.iter().fold(false, |any, b| any | is(*b)))
        .map(<[u8]>::len)
        .sum();
    let rest = bytes.get(plain..).unwrap_or(&[]);
    plain + rest.iter().position(|b| is(*b)).unwrap_or(rest.len())
}

/// A string as text for a message or an id; a number as it stands.
pub fn scalar(json: &[u8]) -> Option<Cow<'_, str>> {
    match json.first()? {
        b'"' => Some(Cow::Owned(unescape(json).text)),
        b'-' | b'0'..=b'9' => std::str::from_utf8(json).ok().map(Cow::Borrowed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find<'a>(json: &'a str, name: &str) -> Option<&'a str> {
        let [found] = members(json.as_bytes(), 0..json.len(), [name])?;
        found.map(|range| &json[range])
    }

    #[test]
    fn members_are_found() {
        let cases = [
            (r#"{"text":"a"}"#, Some(r#""a""#)),
            (r#" { "text" : "a\"}" , "b":1 } "#, Some(r#""a\"}""#)),
            (
                r#"{"a":{"text":"inner"},"b":["text","x"],"text":null}"#,
                Some("null"),
            ),
            (r#"{"a":"\\","text":-1.5e3}"#, Some("-1.5e3")),
            (
                r#"{"text":1,"text":{"a":[1,"]"]}}"#,
                Some(r#"{"a":[1,"]"]}"#),
            ),
            (r#"{"t\u0065xt":"escaped key"}"#, Some(r#""escaped key""#)),
            (r#"{"a":"text"}"#, None),
            ("{}", None),
            ("[1]", None),
        ];
        for (json, value) in cases {
            assert_eq!(find(json, "text"), value, "{json}");
        }
    }

    #[test]
    fn strings_are_read() {
        let cases: [(&[u8], &str, u64, u64); 8] = [
            (b"\"\"", "", 0, 0),
            (b"\"a\\n\\\"\\\\\\/\\u00e9\"", "a\n\"\\/\u{e9}", 0, 0),
            (b"\"\\ud834\\uDD1E\"", "\u{1D11E}", 0, 0),
            (b"\"\\ud834 x\"", "\u{FFFD} x", 0, 1),
            (b"\"\\udd1e\\ud834\"", "\u{FFFD}\u{FFFD}", 0, 2),
            (b"\"\\ud834\\ud834\\udd1e\"", "\u{FFFD}\u{1D11E}", 0, 1),
            (b"\"\\ud834\\n\"", "\u{FFFD}\n", 0, 1),
            (b"\"a\xFFb\xE2\x82\"", "a\u{FFFD}b\u{FFFD}", 3, 0),
        ];
        for (quoted, text, replaced_bytes, lone_surrogates) in cases {
            let expected = Unescaped {
                text: text.into(),
                replaced_bytes,
                lone_surrogates,
            };
            assert_eq!(unescape(quoted), expected, "{}", quoted.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn escapes_are_what_serde_reads(text in any::<String>(), ascii in any::<bool>()) {
            let mut out = Vec::new();
            escape(&text, ascii, &mut out);
            prop_assert!(!ascii || out.is_ascii());
            prop_assert_eq!(serde_json::from_slice::<String>(&out).ok(), Some(text.clone()));
            prop_assert_eq!(unescape(&out).text, text);
        }

        #[test]
        fn any_bytes_are_survived(json in proptest::collection::vec(prop_oneof![
            Just(b'"'), Just(b'{'), Just(b'}'), Just(b'\\'), Just(b':'), Just(b','), Just(b'u'), Just(b'a'), any::<u8>()
        ], 0..60)) {
            let _ = members(&json, 0..json.len(), ["a", "aa"]);
            let _ = unescape(&json);
            let _ = string_members(&json, 0..json.len());
        }
    }
}
