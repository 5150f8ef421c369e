//! Where quotation marks open and close.

use std::ops::Range;

/// The stretches of a paragraph between quotation marks, the marks included, in bytes of `text`.
///
/// A mark that opens and is not closed quotes to the paragraph's end, as in a quotation over several paragraphs.
pub(super) fn quoted(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (i, c) in text[span.clone()].char_indices() {
        let at = span.start + i;
        match open {
            Some((from, close)) if closes(c, close) => {
                out.push(from..at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => open = closing(c).map(|close| (at, close)),
        }
    }
    // An ASCII mark that is never closed is as often an inch or an error: it quotes nothing.
    if let Some((from, _)) = open.filter(|&(_, close)| close != '"') {
        out.push(from..span.end);
    }
    out
}

/// The mark that closes what `c` opens, in the quotation styles of the languages in CLDR's `delimiters`.
pub(super) fn closing(c: char) -> Option<char> {
    Some(match c {
        '"' => '"',
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '”' => '”',
        '‚' => '‘',
        '‘' => '’',
        _ => return None,
    })
}

/// German and Polish close `„` by `“` or `”`.
fn closes(c: char, close: char) -> bool {
    c == close || close == '“' && c == '”'
}
