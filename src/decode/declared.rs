//! The witness of declarations: what the document, or somebody outside, says of its encoding.

use memchr::memmem;

use super::encoding::Encoding;

/// Bytes at the start that are searched. Browsers search 1024; pages that declare later, after scripts and styles, mean it
/// all the same.
const SEARCHED_BYTES: usize = 64 << 10;

/// The encodings that are declared, in the order of worth: outside, XML, `<meta>`, editors' lines. Labels that name
/// nothing are passed over.
pub(crate) fn declared(head: &[u8], outside: Option<&str>) -> Vec<Encoding> {
    let mut found: Vec<Encoding> = Vec::new();
    let head = head.get(..SEARCHED_BYTES).unwrap_or(head);
    let outside = outside.map(|o| charset(o.as_bytes()).unwrap_or(o.as_bytes()));
    for label in outside
        .into_iter()
        .chain(xml(head))
        .chain(metas(head))
        .chain(editor(head))
    {
        let known = std::str::from_utf8(label)
            .ok()
            .and_then(Encoding::for_label);
        found.extend(known.filter(|encoding| !found.contains(encoding)));
    }
    found
}

/// A note when the first of what is declared says otherwise than `actual`.
pub(crate) fn contradiction(
    head: &[u8],
    declared: &[Encoding],
    actual: Encoding,
) -> Option<String> {
    let first = *declared.first()?;
    // ASCII bytes bear out any declaration of an encoding that contains ASCII.
    (first != actual && !(actual == Encoding::UTF8 && first.lines_stand_alone() && head.is_ascii()))
        .then(|| format!("declared as {}, which the bytes contradict", first.name()))
}

/// The value of `charset=` in a content type.
fn charset(text: &[u8]) -> Option<&[u8]> {
    let at = text
        .windows(7)
        .position(|w| w.eq_ignore_ascii_case(b"charset"))?;
    let rest = text
        .get(at + 7..)?
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let (rest, end): (&[u8], &[u8]) = match rest.first() {
        Some(b'"') => (rest.get(1..)?, b"\""),
        Some(b'\'') => (rest.get(1..)?, b"'"),
        _ => (rest, b"; \t\r\n\"'/>,"),
    };
    Some(
        rest.iter()
            .position(|b| end.contains(b))
            .map_or(rest, |n| rest.get(..n).unwrap_or(rest)),
    )
}

/// The encoding of an XML declaration, or of CSS's `@charset`.
fn xml(head: &[u8]) -> Option<&[u8]> {
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    if let Some(rest) = head.strip_prefix(b"@charset \"") {
        return rest.get(..memchr::memchr(b'"', rest)?);
    }
    let rest = head.strip_prefix(b"<?xml")?;
    let rest = rest.get(..memmem::find(rest, b"?>").or_else(|| memchr::memchr(b'>', rest))?)?;
    let rest = rest
        .get(memmem::find(rest, b"encoding")? + 8..)?
        .trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let quote = *rest.first().filter(|b| b"\"'".contains(b))?;
    let rest = rest.get(1..)?;
    rest.get(..memchr::memchr(quote, rest)?)
}

/// The charsets of `<meta>` elements that are not in a comment.
fn metas(head: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = head.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += next + 1;
        let rest = head.get(at..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            // The dashes of `<!-->` both open and close.
            match memmem::find(rest.get(1..).unwrap_or_default(), b"-->") {
                Some(end) => at += 1 + end + 3,
                None => break,
            }
        } else if rest
            .get(..4)
            .is_some_and(|tag| tag.eq_ignore_ascii_case(b"meta"))
            && rest
                .get(4)
                .is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
        {
            let tag = rest
                .get(..memchr::memchr(b'>', rest).unwrap_or(rest.len()))
                .unwrap_or_default();
            found.extend(charset(tag));
        }
    }
    found
}

/// The encoding that a line for an editor names, in the first two lines or the last ones: `-*- coding: x -*-`,
/// `vim: set fileencoding=x :`, or `coding: x` below `Local Variables:`.
fn editor(head: &[u8]) -> Option<&[u8]> {
    let first: Vec<&[u8]> = head.split(|&b| b == b'\n').take(2).collect();
    let last = head.rsplit(|&b| b == b'\n').take(5);
    let named = |line: &'_ [u8], mark: &[u8], key: &[u8]| -> Option<usize> {
        let from = memmem::find(line, mark)?;
        Some(from + memmem::find(line.get(from..)?, key)? + key.len())
    };
    let marks: [(&[u8], &[u8]); 5] = [
        (b"-*-", b"coding"),
        (b"#", b"coding"),
        (b"vim:", b"fileencoding"),
        (b"vim:", b"fenc"),
        (b"Local Variables:", b"coding"),
    ];
    let tail = head.get(head.len().saturating_sub(3000)..).unwrap_or(head);
    let variables = memmem::find(tail, b"Local Variables:").and_then(|at| tail.get(at..));
    let variables = variables.map(|rest| (rest, &marks[4..]));
    let lines = first
        .into_iter()
        .chain(last)
        .map(|line| (line, &marks[..4]));
    for (line, marks) in lines.chain(variables) {
        for (mark, key) in marks {
            let Some(rest) = named(line, mark, key).and_then(|at| line.get(at..)) else {
                continue;
            };
            let Some(rest) = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"=")) else {
                continue;
            };
            let rest = rest.trim_ascii_start();
            let end = rest
                .iter()
                .position(|b| !b.is_ascii_alphanumeric() && !b"-_.".contains(b))
                .unwrap_or(rest.len());
            let label = rest.get(..end).unwrap_or_default();
            // Emacs says how lines end as well.
            let ends: [&[u8]; 3] = [b"-unix", b"-dos", b"-mac"];
            let label = ends
                .iter()
                .find_map(|end| label.strip_suffix(*end))
                .unwrap_or(label);
            return Some(label).filter(|label| !label.is_empty());
        }
    }
    None
}
