//! Where an author's marks stand: quotations, over several paragraphs too, and brackets.

use std::ops::Range;

use crate::bytes;
use crate::identify::quotes;

/// Paragraphs that a quotation may run over before an opening mark is taken for an error.
const MAX_PARAGRAPHS: usize = 6;

/// Marked stretches of a text, in order of their ends.
pub(super) struct Marks {
    quoted: Vec<Mark>,
}

/// One of them, the marks included.
#[derive(Debug)]
pub(super) struct Mark {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Quotation marks rather than brackets.
    pub quotes: bool,
}

fn quote(span: Range<usize>) -> Mark {
    Mark { span, quotes: true }
}

impl Marks {
    /// The marks in the paragraphs of a text.
    pub fn of(text: &str, paragraphs: &[Range<usize>]) -> Marks {
        let mut quoted = Vec::new();
        let mut i = 0;
        while let Some(span) = paragraphs.get(i) {
            let open = within(text, span.clone(), &mut quoted);
            if let Some((from, close)) = open {
                // Further paragraphs of the quotation, up to the one that closes it.
                let rest = paragraphs.get(i + 1..).unwrap_or(&[]);
                let last = rest
                    .iter()
                    .take(MAX_PARAGRAPHS)
                    .position(|p| goes_on(&text[p.clone()], close) == Some(true));
                let all_go_on = last.is_some_and(|last| {
                    rest.iter()
                        .take(last)
                        .all(|p| goes_on(&text[p.clone()], close) == Some(false))
                });
                if let (Some(last), true) = (last, all_go_on) {
                    quoted.push(quote(from..span.end));
                    quoted.extend(rest.iter().take(last).cloned().map(quote));
                    let end = rest.get(last).map_or(span.clone(), |p| {
                        let at = text[p.clone()].find(|c| closes(c, close)).unwrap_or(0);
                        let width = text[p.start + at..]
                            .chars()
                            .next()
                            .map_or(0, char::len_utf8);
                        p.start..p.start + at + width
                    });
                    let after = rest.get(last).map_or(end.end, |p| p.end);
                    quoted.push(quote(end.clone()));
                    within(text, end.end..after, &mut quoted);
                    i += last + 2;
                    continue;
                }
            }
            i += 1;
        }
        quoted.sort_by_key(|mark| (mark.span.start, mark.span.end));
        Marks { quoted }
    }

    /// The marks in a paragraph, in order of their starts.
    pub fn within(&self, paragraph: &Range<usize>) -> &[Mark] {
        let from = self
            .quoted
            .partition_point(|m| m.span.start < paragraph.start);
        let to = self
            .quoted
            .partition_point(|m| m.span.start < paragraph.end);
        self.quoted.get(from..to).unwrap_or(&[])
    }
}

/// Adds the marked stretches of one paragraph; returns what stays open at its end.
fn within(text: &str, span: Range<usize>, out: &mut Vec<Mark>) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let paragraph = &text[span.clone()];
    let mut from = 0;
    while let Some(c) = next_mark(paragraph, &mut from) {
        let at = span.start + from;
        let end = at + c.len_utf8();
        let before = paragraph[..from].chars().next_back().unwrap_or(' ');
        from += c.len_utf8();
        let next = text[end..span.end].chars().next().unwrap_or(' ');
        // An apostrophe between letters, or after one at a word's end, closes nothing unless a mark is open for it.
        let apostrophe =
            matches!(c, '’' | '\'') && before.is_alphanumeric() && next.is_alphanumeric();
        if !apostrophe {
            if let Some(depth) = open.iter().rposition(|&(_, close)| closes(c, close)) {
                let (from, _) = open[depth];
                open.truncate(depth);
                out.push(Mark {
                    span: from..end,
                    quotes: !matches!(c, ')' | '）' | ']' | '】'),
                });
            } else if let Some(close) = closing(c)
                && (c != '\'' || !before.is_alphanumeric() && !next.is_whitespace())
            {
                open.push((at, close));
            }
        }
    }
    open.into_iter()
        .rev()
        .find(|&(_, close)| matches!(close, '”' | '“' | '»' | '«' | '」' | '』'))
}

/// The next character at or after `from` that may be a mark, with `from` at its place.
fn next_mark(text: &str, from: &mut usize) -> Option<char> {
    let bytes = text.as_bytes();
    let marks = |at: usize| MAY_MARK[bytes[at] as usize];
    *from = bytes::find(bytes, *from, near_mark, marks)?;
    text[*from..].chars().next()
}

/// Whether a byte is one of [`MAY_MARK`], or one of a few others.
#[inline(always)]
fn near_mark(b: u8) -> bool {
    (b.wrapping_sub(b'"') < 8) | (b & 0xF9 == 0x59) | (b == 0xC2) | (b >= 0xE2)
}

/// First bytes of the marks: those of ASCII, of Latin-1 (`«`), general punctuation (`“`), CJK (`「`) and wide forms (`（`).
static MAY_MARK: [bool; 256] = {
    let mut may = [false; 256];
    let marks = b"\"'()[]\xC2\xE2\xE3\xEF";
    let mut i = 0;
    while i < marks.len() {
        may[marks[i] as usize] = true;
        i += 1;
    }
    may
};

/// How a paragraph goes on with a quotation that is open: `Some(true)` closes it, `Some(false)` leaves it open.
fn goes_on(paragraph: &str, close: char) -> Option<bool> {
    let first = paragraph.chars().next()?;
    let again = closing(first) == Some(close) || closes(first, close);
    let body = paragraph.get(first.len_utf8()..)?;
    let body = if again { body } else { paragraph };
    let ends = body.find(|c| closes(c, close));
    let opens = body.find(|c| closing(c) == Some(close) && !closes(c, close));
    match (ends, opens) {
        (Some(e), Some(o)) if o < e => None,
        (Some(_), _) => Some(true),
        (None, None) if again => Some(false),
        _ => None,
    }
}

/// The mark that closes what `c` opens, in the quotation styles of the languages in CLDR's `delimiters`, and brackets.
fn closing(c: char) -> Option<char> {
    Some(match c {
        '\'' => '\'',
        '›' => '‹',
        '(' => ')',
        '（' => '）',
        '[' => ']',
        '【' => '】',
        _ => return quotes::closing(c),
    })
}

/// German and Polish close `„` by `“` or `”`; Swedish `»` by `»`.
fn closes(c: char, close: char) -> bool {
    c == close || close == '“' && c == '”' || close == '«' && c == '»' || close == '”' && c == '"'
}
