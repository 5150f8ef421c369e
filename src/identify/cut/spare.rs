//! What an author put there: stretches in another language that the text around them leads up to.

use std::ops::Range;

use crate::identify::ngram::Label;

use super::stretch::Found;

/// Stretches of one language between the host's words from which on they are a lesson, a phrase book, or an author who
/// changes language on purpose. Stray text comes once or twice.
const LESSON: usize = 3;

/// Languages of neighbouring paragraphs from which on they are a list by design: a label, a bibliography.
const MANY: usize = 3;

/// Marks the stretches that an author put there; `found` has those of each paragraph.
pub(super) fn mark(text: &str, paragraphs: &[Range<usize>], found: &mut [Vec<Found>]) {
    introduced(text, paragraphs, found);
    dialogue(text, paragraphs, found);
    lesson(found);
    many(found);
}

/// Whole paragraphs that follow a colon, with those that follow them.
fn introduced(text: &str, paragraphs: &[Range<usize>], found: &mut [Vec<Found>]) {
    let mut open = false;
    for (span, list) in paragraphs.iter().zip(found.iter_mut()) {
        match list.as_mut_slice() {
            [one] if one.whole => one.spared |= open,
            _ => open = text[span.clone()].ends_with([':', '：']),
        }
    }
}

/// Speeches that begin with a dash, as those before or after them do.
fn dialogue(text: &str, paragraphs: &[Range<usize>], found: &mut [Vec<Found>]) {
    let dash = |i: usize| {
        let paragraph = paragraphs.get(i).map_or("", |span| &text[span.clone()]);
        paragraph
            .chars()
            .next()
            .filter(|c| matches!(c, '–' | '—' | '-'))
    };
    for (i, list) in found.iter_mut().enumerate() {
        let Some(first) = list
            .first_mut()
            .filter(|f| paragraphs.get(i).is_some_and(|p| p.start == f.span.start))
        else {
            continue;
        };
        let own = dash(i);
        let speaks = own.is_some()
            && (dash(i + 1) == own || i.checked_sub(1).is_some_and(|b| dash(b) == own));
        first.spared |= speaks;
    }
}

/// Stretches of one language, again and again between the host's words.
fn lesson(found: &mut [Vec<Found>]) {
    let mut counts: Vec<(Label, usize)> = Vec::new();
    for f in found.iter().flatten().filter(|f| !f.whole) {
        match counts.iter_mut().find(|c| c.0 == f.label) {
            Some(c) => c.1 += 1,
            None => counts.push((f.label, 1)),
        }
    }
    for f in found.iter_mut().flatten().filter(|f| !f.whole) {
        f.spared |= counts.iter().any(|c| c.0 == f.label && c.1 >= LESSON);
    }
}

/// Neighbouring paragraphs, each in another foreign language.
fn many(found: &mut [Vec<Found>]) {
    let mut from = 0;
    while from < found.len() {
        let whole = |list: &&Vec<Found>| matches!(list.as_slice(), [one] if one.whole);
        let run = found.iter().skip(from).take_while(whole).count();
        if let Some(run) = found.get_mut(from..from + run) {
            let mut labels: Vec<Label> = run.iter().flatten().map(|f| f.label).collect();
            labels.sort_unstable_by_key(|l| (l.group, l.index));
            labels.dedup();
            if labels.len() >= MANY {
                run.iter_mut().flatten().for_each(|f| f.spared = true);
            }
        }
        from += run + 1;
    }
}
