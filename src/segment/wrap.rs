//! Text that was wrapped at a column: which lines belong together.
//!
//! A block was wrapped if its lines look as a program leaves them that breaks a line only where the next word does not
//! fit: no line but the last could have taken the first word of the line after it.

use std::ops::Range;

use super::{Settings, lines::Line};

/// Share of a block's line breaks that must be such as wrapping leaves. Hand-wrapped mail breaks now and then too
/// early; cases `segment/wrapped.toml`.
const MIN_FORCED_BREAKS: f32 = 0.8;
/// A break may come this share of the column before it: editors that wrap unevenly (same cases).
const SLACK: f32 = 0.12;
/// A line shorter than this share of the block's widest ends a paragraph (same cases).
const SHORT_LINE: f32 = 0.5;
/// Share of a block's lines, the first aside, that must begin in the middle of a sentence, by a small letter, where the
/// script has cases. German prose, with its capital nouns, has about two in three; headlines and verse have none.
const MIN_LOW_STARTS: f32 = 0.3;

/// Joins the lines of wrapped blocks; other lines are paragraphs by themselves.
pub(super) fn join(text: &str, lines: Vec<Line>, settings: &Settings) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::with_capacity(lines.len());
    let mut page_column = 0;
    let mut at = 0;
    while at < lines.len() {
        let mut end = at + 1;
        while end < lines.len() && goes_on(text, &lines[end - 1], &lines[end]) {
            end += 1;
        }
        let block = &lines[at..end];
        let widths = widths(text, block, settings);
        let mut from = 0;
        for to in cuts(&widths) {
            let run = &block[from..to];
            match column(text, run, &widths[from..to], page_column, settings) {
                Some(column) => {
                    page_column = page_column.max(column);
                    paragraphs.push(run[0].span.start..run[run.len() - 1].span.end);
                }
                None => paragraphs.extend(run.iter().map(|line| line.span.clone())),
            }
            from = to;
        }
        paragraphs.extend(block[from..].iter().map(|line| line.span.clone()));
        at = end;
    }
    paragraphs
}

/// Whether a line can belong to the paragraph of the line before it, whatever their lengths.
fn goes_on(text: &str, before: &Line, line: &Line) -> bool {
    let (before, body) = (&text[before.span.clone()], &text[line.span.clone()]);
    !line.opens
        && !begins_item(body)
        && quote_depth(before) == quote_depth(body)
        && (indent(body) <= indent(before) || indent(before) > 0 || begins_item(before))
}

/// Cells of each line of a block; none where no column holds its lines: they are too few, one is too long, or all are too
/// short.
fn widths(text: &str, block: &[Line], settings: &Settings) -> Vec<usize> {
    let long = |line: &Line| line.span.len() > 4 * settings.max_wrap_column;
    // No character takes more cells than bytes.
    let short = |line: &Line| line.span.len() < settings.min_wrap_column;
    if block.len() < 2 || block.iter().any(long) || block.iter().all(short) {
        return Vec::new();
    }
    let of = |line: &Line| cells(&text[line.span.clone()]);
    block.iter().map(of).collect()
}

/// Where a block is cut by its lines' widths: behind lines far shorter than the others, whose line end is the author's (a
/// heading right above the text, the last line of a paragraph), and behind the last.
fn cuts(widths: &[usize]) -> impl Iterator<Item = usize> {
    let widest = widths.iter().copied().max().unwrap_or(0) as f32;
    let cut = move |at: usize| {
        let short = (widths[at - 1] as f32) < SHORT_LINE * widest;
        at == widths.len() || short && widths.len() > 2
    };
    (1..=widths.len()).filter(move |at| cut(*at))
}

/// Marks of quoted mail before a line.
fn quote_depth(line: &str) -> usize {
    line.chars()
        .take_while(|c| *c == '>' || *c == ' ')
        .filter(|c| *c == '>')
        .count()
}

/// White space before a line, in cells; one blank is as often a slip as an indentation.
fn indent(line: &str) -> usize {
    let blank = &line[..line.len() - line.trim_start().len()];
    if blank == " " { 0 } else { cells(blank) }
}

/// The column at which lines of these widths were wrapped, if they were.
fn column(
    text: &str,
    block: &[Line],
    widths: &[usize],
    page_column: usize,
    settings: &Settings,
) -> Option<usize> {
    if block.len() < 2 {
        return None;
    }
    let body = |line: &Line| &text[line.span.clone()];
    let column = widths.iter().copied().max().unwrap_or(0);
    if !(settings.min_wrap_column..=settings.max_wrap_column).contains(&column) {
        return None;
    }
    // Two lines alone prove nothing, unless the page was wrapped at about this column before.
    let as_before = page_column > 0 && column as f32 >= (1.0 - SLACK) * page_column as f32;
    if block.len() == 2 && !as_before {
        let unfinished = !ends_sentence(body(&block[0])) && starts_low(body(&block[1]));
        if !unfinished || widths[0] < settings.min_wrap_column {
            return None;
        }
    }
    let slack = (column as f32 * SLACK) as usize;
    let (mut forced, mut running, mut low, mut high) = (0, 0, 0, 0);
    for (pair, width) in block.windows(2).zip(widths) {
        let next = body(&pair[1]);
        forced += usize::from(width + 1 + first_word_cells(next) + slack > column);
        running += usize::from(!ends_sentence(body(&pair[0])));
        match next.trim_start_matches(['>', ' ']).chars().next() {
            Some(c) if c.is_uppercase() => high += 1,
            Some(_) => low += 1,
            None => {}
        }
    }
    let breaks = (block.len() - 1) as f32;
    let inside = low as f32 >= MIN_LOW_STARTS * (low + high) as f32;
    // Prose runs over most line ends; a list of sentences, a table or verse does not.
    let wrapped =
        forced as f32 >= MIN_FORCED_BREAKS * breaks && running as f32 >= 0.5 * breaks && inside;
    (wrapped && !looks_like_table_or_code(text, block)).then_some(column)
}

/// Character cells: two for a wide (East Asian) character, none for a combining mark.
fn cells(line: &str) -> usize {
    if line.is_ascii() {
        return line.len();
    }
    // Letters before the first combining mark, and general punctuation.
    let narrow = |two: &[u8]| (two[0] < 0xCC) | (two[0] == 0xE2) & (two[1] < 0xBA);
    let pairs = || line.as_bytes().windows(2);
    // The begin of a line says it of most that are not so; of the rest many bytes are looked at together.
    if pairs().take(32).all(narrow) && pairs().fold(true, |all, two| all & narrow(two)) {
        return line.chars().count();
    }
    line.chars()
        .map(|c| match c as u32 {
            0x300..=0x36F | 0x591..=0x5BD | 0x610..=0x61A | 0x64B..=0x65F => 0,
            0x1100..=0x115F
            | 0x2E80..=0xA4CF
            | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF
            | 0xFF00..=0xFF60 => 2,
            _ => 1,
        })
        .sum()
}

/// Cells of what would have to fit on the line before: a word, or one character where words are not spaced.
fn first_word_cells(line: &str) -> usize {
    let line = line.trim_start_matches(['>', ' ']);
    let word = line.split_whitespace().next().unwrap_or("");
    match word.chars().next() {
        Some(c) if matches!(c as u32, 0x2E80..=0xA4CF | 0xFF00..=0xFFEF) => 2,
        _ => cells(word),
    }
}

/// Whether a line begins an item: a bullet, a number with a full stop or bracket, a dialogue's dash.
fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    let mut chars = line.chars();
    match chars.next() {
        Some(
            '•' | '·' | '‣' | '◦' | '▪' | '■' | '●' | '○' | '►' | '»' | '✓' | '☐' | '–' | '—' | '|',
        ) => true,
        Some('-' | '*' | '+') => chars.next().is_some_and(char::is_whitespace),
        Some('(' | '[') => {
            let inside: Vec<char> = chars
                .take_while(|c| !matches!(c, ')' | ']'))
                .take(5)
                .collect();
            !inside.is_empty() && inside.len() <= 4 && inside.into_iter().all(char::is_alphanumeric)
        }
        Some(c) if c.is_numeric() => {
            let rest = line.trim_start_matches(char::is_numeric);
            let mut after = rest.chars();
            let mark = after.next();
            line.len() - rest.len() <= 6
                && matches!(mark, Some('.' | ')' | '、' | '．'))
                && !after.next().is_some_and(char::is_numeric)
        }
        Some(c) if c.is_alphabetic() => chars.next() == Some(')'),
        _ => false,
    }
}

/// Whether a line ends as a sentence or a heading's colon does.
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '»', ')', ']', '」', '』', '\'']);
    line.ends_with([
        '.', '!', '?', ':', ';', '…', '。', '！', '？', '।', '։', '؟', '۔', '።',
    ])
}

/// Whether a line starts with a lower-case letter or one of a script without case.
fn starts_low(line: &str) -> bool {
    line.trim_start_matches(['>', ' '])
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
}

/// Columns set by tabs or runs of spaces, or lines that end as code does.
fn looks_like_table_or_code(text: &str, block: &[Line]) -> bool {
    let odd = block
        .iter()
        .filter(|line| {
            let body = text[line.span.clone()].trim_start();
            body.contains('\t')
                || body.contains("   ")
                || body.contains('|')
                || body.ends_with(['{', '}', '\\'])
                || body.ends_with(";") && body.contains(['=', '('])
        })
        .count();
    odd * 3 >= block.len()
}
