//! The witness of escapes: encodings whose bytes are all ASCII and that shift with sequences of their own.

use super::encoding::Encoding;
use super::utf7;

/// The encoding whose escapes a head of ASCII bytes holds; `None` where it holds none, or one that shifts to nothing.
pub(crate) fn escape(head: &[u8]) -> Option<Encoding> {
    if !head.is_ascii() {
        return None;
    }
    let found = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
    if found(b"\x1b$)C") && head.contains(&0x0e) {
        return Some(Encoding::Iso2022Kr);
    }
    if [&b"\x1b$B"[..], b"\x1b$@", b"\x1b(J", b"\x1b(I"]
        .iter()
        .any(|needle| found(needle))
        && iso2022jp(head)
    {
        return Some(Encoding::Whatwg(encoding_rs::ISO_2022_JP));
    }
    if found(b"~{") && hz(head) {
        return Some(Encoding::Hz);
    }
    (head.contains(&b'+') && utf7(head)).then_some(Encoding::Utf7)
}

/// Whether the text reads as ISO-2022-JP: it shifts to something that is not ASCII, and nearly all of it can be read.
fn iso2022jp(head: &[u8]) -> bool {
    let (text, _) = encoding_rs::ISO_2022_JP.decode_without_bom_handling(head);
    let (mut good, mut bad) = (0, 0);
    for char in text.chars().filter(|c| !c.is_ascii()) {
        if char == '\u{fffd}' {
            bad += 1
        } else {
            good += 1
        }
    }
    good > 10 * bad
}

/// Whether every run between `~{` and `~}` is of pairs, and there is one that holds an ideograph.
fn hz(head: &[u8]) -> bool {
    let mut ideographs = 0;
    let mut rest = head;
    while let Some(open) = memchr::memmem::find(rest, b"~{") {
        let run = rest.get(open + 2..).unwrap_or_default();
        // The head's end may cut a run, the line's end closes one.
        let end = memchr::memmem::find(run, b"~}")
            .or_else(|| memchr::memchr(b'\n', run))
            .unwrap_or(run.len() & !1);
        let (run, after) = run.split_at_checked(end).unwrap_or_default();
        let high: Vec<u8> = run
            .iter()
            .filter(|b| (0x21..=0x7e).contains(*b))
            .map(|b| b | 0x80)
            .collect();
        let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&high);
        match text {
            Some(text) if high.len() == run.len() => {
                ideographs += text.chars().filter(|&c| is_han(c)).count()
            }
            _ => return false,
        }
        rest = after;
    }
    ideographs > 0
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether the text reads as UTF-7: every run opened by a plus sign is base64 of text that is not ASCII.
///
/// Runs that hide ASCII (`+ADw-script+AD4-`) are an attack on browsers, not somebody's text; plus signs before numbers
/// and words are no runs.
fn utf7(head: &[u8]) -> bool {
    let mut runs = 0;
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'+', rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && !b"+/".contains(b))
            .unwrap_or(rest.len());
        let run = rest.get(..end).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default();
        if run.is_empty() && rest.first() == Some(&b'-') {
            continue;
        }
        // The head's end may cut a run.
        if rest.is_empty() && runs > 0 {
            break;
        }
        match utf7::utf7_run(run) {
            // `+/v8-` and the like: the characters must be of the kind that texts are made of.
            Some(text)
                if text
                    .chars()
                    .all(|c| c as u32 >= 0xa0 || "\n\r\t ,.!?-:;".contains(c)) =>
            {
                runs += 1
            }
            _ => return false,
        }
    }
    runs > 0
}
