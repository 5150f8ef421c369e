//! Header fields, as WARC and HTTP write them.

/// Where a header ends: behind its empty line. `None` if it has none.
pub fn header_end(block: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(feed) = memchr::memchr(b'\n', block.get(from..)?) {
        let line = &block[from..from + feed];
        from += feed + 1;
        if line.is_empty() || line == b"\r" {
            return Some(from);
        }
    }
    None
}

/// The lines of a header, each with its end.
pub fn lines(header: &[u8]) -> impl Iterator<Item = &[u8]> {
    header.split_inclusive(|&byte| byte == b'\n')
}

/// A line's name and value, trimmed. `None` for the first line and the last.
pub fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// The value of the first field of a name (ASCII case does not matter).
pub fn value<'a>(header: &'a [u8], name: &str) -> Option<&'a [u8]> {
    lines(header)
        .filter_map(field)
        .find(|(n, _)| n.eq_ignore_ascii_case(name.as_bytes()))
        .map(|(_, value)| value)
}

/// A value as text.
pub fn text(header: &[u8], name: &str) -> Option<String> {
    value(header, name).map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Whether a media type is `name`, whatever its parameters.
pub fn is_type(value: &[u8], name: &str) -> bool {
    let end = memchr::memchr(b';', value).unwrap_or(value.len());
    value[..end]
        .trim_ascii()
        .eq_ignore_ascii_case(name.as_bytes())
}

/// The place of the charset in a media type, without quotation marks.
fn charset_range(value: &[u8]) -> Option<std::ops::Range<usize>> {
    const NAME: &[u8] = b"charset=";
    let at = value
        .windows(NAME.len())
        .position(|window| window.eq_ignore_ascii_case(NAME))?;
    let mut start = at + NAME.len();
    while matches!(value.get(start), Some(b'"' | b'\'' | b' ')) {
        start += 1;
    }
    let ends = |byte: &u8| matches!(byte, b';' | b',' | b'"' | b'\'' | b' ' | b'\r' | b'\n');
    let length = value[start..]
        .iter()
        .position(ends)
        .unwrap_or(value.len() - start);
    (length > 0).then(|| start..start + length)
}

/// The charset of a media type.
pub fn charset(value: &[u8]) -> Option<String> {
    charset_range(value).map(|range| String::from_utf8_lossy(&value[range]).into_owned())
}

/// A header for a block whose text was changed. Its length is told, its text is UTF-8 and stands as it is.
///
/// `Content-Length` is set where there is one, a charset becomes `utf-8`, `Transfer-Encoding` goes, and so do the
/// digests of what was: `WARC-Block-Digest`, `WARC-Payload-Digest`, `Content-MD5`, `Digest`.
pub fn rewrite(header: &[u8], length: usize, out: &mut Vec<u8>) {
    const GONE: [&str; 5] = [
        "transfer-encoding",
        "warc-block-digest",
        "warc-payload-digest",
        "content-md5",
        "digest",
    ];
    for line in lines(header) {
        let name = field(line)
            .map(|(name, _)| name.to_ascii_lowercase())
            .unwrap_or_default();
        if GONE.iter().any(|gone| gone.as_bytes() == name) {
            continue;
        }
        match name.as_slice() {
            b"content-length" => {
                let colon = memchr::memchr(b':', line).unwrap_or(0);
                let end = if line.ends_with(b"\r\n") {
                    "\r\n"
                } else {
                    "\n"
                };
                out.extend_from_slice(&line[..colon]);
                out.extend_from_slice(format!(": {length}{end}").as_bytes());
            }
            b"content-type" => match charset_range(line) {
                Some(range) if !line[range.clone()].eq_ignore_ascii_case(b"utf-8") => {
                    out.extend_from_slice(&line[..range.start]);
                    out.extend_from_slice(b"utf-8");
                    out.extend_from_slice(&line[range.end..]);
                }
                _ => out.extend_from_slice(line),
            },
            _ => out.extend_from_slice(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_values() {
        let header = b"HTTP/1.1 200 OK\r\ncontent-TYPE : text/plain\r\nX: a: b\r\n\r\nbody\n\n";
        assert_eq!(header_end(header), Some(header.len() - 6));
        assert_eq!(header_end(b"a: b\nc: d\n\nx"), Some(11));
        assert_eq!(header_end(b"a: b\nc: d\n"), None);
        assert_eq!(value(header, "Content-Type"), Some(&b"text/plain"[..]));
        assert_eq!(value(header, "x"), Some(&b"a: b"[..]));
        assert_eq!(value(header, "HTTP/1.1 200 OK"), None);
    }

    #[test]
    fn charsets() {
        let cases = [
            ("text/plain; charset=utf-8", Some("utf-8")),
            ("text/plain;CharSet=\"ISO-8859-1\"; x=y", Some("ISO-8859-1")),
            ("text/plain; charset=", None),
            ("text/plain", None),
        ];
        for (value, expected) in cases {
            assert_eq!(charset(value.as_bytes()).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn rewriting_touches_what_changed() {
        let header = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Block-Digest: sha1:A\r\nContent-Length: 10\r\n\
            Content-Type: text/plain; charset=\"latin1\"\r\nX-Digest: b\r\n\r\n";
        let mut out = Vec::new();
        rewrite(header, 3, &mut out);
        let expected = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\
            Content-Type: text/plain; charset=\"utf-8\"\r\nX-Digest: b\r\n\r\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
