//! The nouns: what a document is, and what is said of it.

use std::ops::Range;

use crate::identify::Language;

/// A document as it was read: its text, and marks on the text.
///
/// The text is never edited. [`Document::kept`] and [`Document::dropped`] divide it between what is passed on and what
/// is left out; together they are all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The decoded text, whole.
    pub text: String,
    /// How the bytes were read.
    pub reading: Reading,
    /// The identifier's best answer about the text as a whole; `None` where it abstains.
    pub language: Option<Guess>,
    /// Paragraphs in order. The text between two of them (line ends, blank lines) separates them.
    pub paragraphs: Vec<Paragraph>,
    /// Fragments in order; each paragraph names its range of them.
    pub fragments: Vec<Fragment>,
}

/// How bytes were read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The encoding's name: a WHATWG label such as `UTF-8` or `windows-1252`, or a name beyond that set (`UTF-32LE`).
    pub encoding: &'static str,
    /// The witness that decided.
    pub witness: &'static str,
    /// Bytes that could not be decoded and stand as U+FFFD in the text.
    pub replaced_bytes: u64,
    /// Where those bytes lay: ranges of the input, in order, neighbours joined; at most [`Reading::MAX_PLACES`].
    pub replaced: Vec<Range<u64>>,
    /// What a reader should know of the decision: a declaration that the bytes contradicted, a repair.
    pub notes: Vec<String>,
}

impl Reading {
    /// Places kept per document; more are counted, not listed.
    pub const MAX_PLACES: usize = 1000;
}

impl Default for Reading {
    fn default() -> Self {
        Reading {
            encoding: "UTF-8",
            witness: "utf8",
            replaced_bytes: 0,
            replaced: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// A paragraph: a stretch of text between line or block ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Bytes of the document's text, without the line end.
    pub span: Range<usize>,
    /// Which of the document's fragments tile it.
    pub fragments: Range<usize>,
    /// The language of most of it; `None` where the identifier abstains.
    pub language: Option<Guess>,
}

/// A stretch of a paragraph in one language, with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// Bytes of the document's text. White space at an inner edge belongs to the fragment that is off-language.
    pub span: Range<usize>,
    /// Its language; `None` where the identifier abstains (`und`).
    pub language: Option<Guess>,
    /// Evidence in nats that it is in this language and not in the document's own; 0 where it was not weighed.
    pub evidence: f32,
    /// Whether it stands where an author's own words in another language stand: in quotation marks, a list, a lesson.
    pub spared: bool,
    /// What became of it.
    pub verdict: Verdict,
}

/// A language and how sure the identifier is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// The language; [`Language::ZXX`] for nothing linguistic.
    pub language: Language,
    /// Share of answers given with this confidence that are right, 0 to 1.
    pub confidence: f32,
}

/// Whether a fragment is passed on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// It is.
    Keep,
    /// It is not, for this reason.
    Drop(Reason),
}

/// Why a fragment was dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// The rule, and its kind behind a slash where it has kinds: `off-language`, `boilerplate/cookies`.
    pub rule: &'static str,
    /// The number that crossed the rule's threshold, in the rule's own unit.
    pub measured: f32,
}

impl Verdict {
    /// Whether it is [`Verdict::Keep`].
    pub fn is_keep(&self) -> bool {
        matches!(self, Verdict::Keep)
    }
}

impl Document {
    /// The ranges of the text that are left out, in order, not touching.
    ///
    /// Between two kept paragraphs with dropped ones between them the first separator stays; before the first kept
    /// paragraph nothing stays; after the last kept one the separator that ends the text stays, so that a file that
    /// ended in a line end still does. A document with nothing kept is dropped whole.
    pub fn dropped(&self) -> Vec<Range<usize>> {
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let mut cut = |r: Range<usize>| {
            if r.is_empty() {
                return;
            }
            match cuts.last_mut() {
                Some(last) if last.end >= r.start => last.end = r.end,
                _ => cuts.push(r),
            }
        };
        let keeps = |p: &Paragraph| {
            p.fragments.is_empty()
                || self.fragments[p.fragments.clone()]
                    .iter()
                    .any(|f| f.verdict.is_keep())
        };
        let Some(last) = self.paragraphs.iter().rposition(keeps) else {
            if !self.paragraphs.is_empty() {
                cut(0..self.text.len());
            }
            return cuts;
        };
        let mut any_kept = false;
        // The start of a dropped stretch: the end of the separator that stays before it.
        let mut open: Option<usize> = None;
        for (i, p) in self.paragraphs.iter().enumerate() {
            if keeps(p) {
                if let Some(from) = open.take() {
                    cut(from..p.span.start);
                }
                for f in &self.fragments[p.fragments.clone()] {
                    if !f.verdict.is_keep() {
                        cut(f.span.clone());
                    }
                }
                any_kept = true;
                if i == last && i + 1 < self.paragraphs.len() {
                    let end = self.paragraphs.last().map_or(p.span.end, |p| p.span.end);
                    cut(p.span.end..end);
                    return cuts;
                }
            } else if open.is_none() {
                open = Some(if any_kept { p.span.start } else { 0 });
            }
        }
        cuts
    }

    /// The ranges of the text that are passed on, in order.
    pub fn kept(&self) -> Vec<Range<usize>> {
        let mut at = 0;
        let mut kept = Vec::new();
        for cut in self.dropped() {
            if at < cut.start {
                kept.push(at..cut.start);
            }
            at = cut.end;
        }
        if at < self.text.len() {
            kept.push(at..self.text.len());
        }
        kept
    }

    /// The text that is passed on.
    pub fn clean(&self) -> String {
        self.kept().into_iter().map(|r| &self.text[r]).collect()
    }
}
