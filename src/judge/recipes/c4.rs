//! C4: Raffel et al. 2020, "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer", section
//! 2.2, and what its published code adds (over-long words, policy notices).
//!
//! Lines go first; documents are then judged by the lines that are left.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{About, Objections, OfDocument, On, Page, Rule, abouts, thresholds, words};

abouts! { "c4":
    LONG_WORDS = "c4/max-word-length", drops "lines with an over-long word",
        measures "characters of the longest word";
    TERMINAL = "c4/terminal-punctuation", drops "lines that end in no full stop, question or exclamation mark or quotation mark",
        measures "such marks at the line's end: 0";
    FEW_WORDS = "c4/min-words-per-line", drops "lines of few words", measures "words of the line";
    LOREM = "c4/lorem-ipsum", drops "documents with placeholder text", measures "lines with it";
    JAVASCRIPT = "c4/javascript", drops "lines that name JavaScript", measures "how often";
    CURLY = "c4/curly-bracket", drops "documents with a curly bracket, which code has", measures "lines with it";
    POLICY = "c4/policy", drops "lines about terms of use, privacy and cookies", measures "how many of the phrases";
    SENTENCES = "c4/min-sentences", drops "documents of few sentences", measures "sentences of the lines that are left";
}

/// The rules of C4.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct C4 {
    /// Lines with an over-long word.
    pub max_word_length: MaxWordLength,
    /// Lines that end in no mark.
    pub terminal_punctuation: TerminalPunctuation,
    /// Lines of few words.
    pub min_words_per_line: MinWordsPerLine,
    /// Documents with placeholder text.
    pub lorem_ipsum: LoremIpsum,
    /// Lines that name JavaScript.
    pub javascript: Javascript,
    /// Documents with a curly bracket.
    pub curly_bracket: CurlyBracket,
    /// Lines about terms and cookies.
    pub policy: Policy,
    /// Documents of few sentences.
    pub min_sentences: MinSentences,
}

thresholds! {
    /// Drops lines with an over-long word.
    MaxWordLength {
        /// Characters that a word may have (C4's code; not in the paper).
        max_chars: usize = 1000,
    }
    /// Drops lines that end in no terminal mark, and those that end in three dots.
    TerminalPunctuation {
        /// What a line may end in (the paper names `.`, `!`, `?` and `"`; the code has `'` beside them).
        marks: Vec<String> = list(&[".", "?", "!", "\"", "'"]),
    }
    /// Drops lines of few words.
    MinWordsPerLine {
        /// Words, parted by white space, that a line needs (the code's 3; the paper's later revision says 5).
        min: usize = 3,
    }
    /// Drops documents with placeholder text in a line that is left.
    LoremIpsum {
        /// The phrases, in whatever case.
        phrases: Vec<String> = list(&["lorem ipsum"]),
    }
    /// Drops lines that name JavaScript: warnings that it should be enabled.
    Javascript {
        /// The phrases, in whatever case.
        phrases: Vec<String> = list(&["javascript"]),
    }
    /// Drops documents with a curly bracket in a line that is left.
    CurlyBracket {
        /// The marks.
        phrases: Vec<String> = list(&["{"]),
    }
    /// Drops lines about terms of use, privacy and cookies.
    Policy {
        /// The phrases, in whatever case.
        phrases: Vec<String> = list(&[
            "terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies",
        ]),
    }
    /// Drops documents of few sentences.
    MinSentences {
        /// Sentences that the lines that are left must have together.
        min: usize = 5,
    }
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

impl C4 {
    /// The rules that are on, in the order in which C4 asks them of a line.
    pub(in crate::judge) fn enrolled(&self, on: On<'_>) -> Vec<Box<dyn Rule>> {
        let mut rules: Vec<Box<dyn Rule>> = Vec::new();
        // The line rules so far: what they drop is not there for the document rules behind them.
        let mut lines: Vec<Arc<OfLines>> = Vec::new();
        let line_rule = |lines: &mut Vec<Arc<OfLines>>,
                         rules: &mut Vec<Box<dyn Rule>>,
                         about: &'static About,
                         test| {
            if on(about) {
                let rule = Arc::new(OfLines { about, test });
                rules.push(Box::new(LineRule(rule.clone())));
                lines.push(rule);
            }
        };
        let long = Test::LongWords(self.max_word_length.max_chars);
        line_rule(&mut lines, &mut rules, &LONG_WORDS, long);
        let marks = self.terminal_punctuation.marks.clone();
        line_rule(&mut lines, &mut rules, &TERMINAL, Test::Terminal(marks));
        line_rule(
            &mut lines,
            &mut rules,
            &FEW_WORDS,
            Test::FewWords(self.min_words_per_line.min),
        );
        rules.extend(with_phrase(&LOREM, on, &self.lorem_ipsum.phrases, &lines));
        line_rule(
            &mut lines,
            &mut rules,
            &JAVASCRIPT,
            Test::phrases(&self.javascript.phrases),
        );
        rules.extend(with_phrase(&CURLY, on, &self.curly_bracket.phrases, &lines));
        line_rule(
            &mut lines,
            &mut rules,
            &POLICY,
            Test::phrases(&self.policy.phrases),
        );
        if on(&SENTENCES) {
            let min = self.min_sentences.min;
            rules.push(OfDocument::boxed(&SENTENCES, move |page| {
                let count: usize = left(page, &lines)
                    .map(|line| words::sentences(&line.bare))
                    .sum();
                (count < min).then_some((SENTENCES.name, count as f32))
            }));
        }
        rules
    }
}

/// A rule of documents that a phrase decides.
fn with_phrase(
    about: &'static About,
    on: On<'_>,
    phrases: &[String],
    lines: &[Arc<OfLines>],
) -> Option<Box<dyn Rule>> {
    let (test, lines) = (Test::phrases(phrases), lines.to_vec());
    on(about).then(|| {
        OfDocument::boxed(about, move |page| {
            let count = left(page, &lines)
                .filter(|line| test.objects(line).is_some())
                .count();
            (count > 0).then_some((about.name, count as f32))
        })
    })
}

/// The lines of a document that none of the line rules drops.
fn left<'a>(page: &'a Page<'_>, rules: &'a [Arc<OfLines>]) -> impl Iterator<Item = Line<'a>> {
    page.document
        .paragraphs
        .iter()
        .map(|paragraph| Line::new(&page.document.text[paragraph.span.clone()]))
        .filter(|line| rules.iter().all(|rule| rule.test.objects(line).is_none()))
}

/// A line as C4 sees it.
struct Line<'a> {
    /// Without white space at its ends.
    text: &'a str,
    /// Without citation marks too: `[12]`, `[edit]`, `[citation needed]`.
    bare: Cow<'a, str>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Line<'a> {
        let text = text.trim();
        Line {
            text,
            bare: without_citations(text),
        }
    }
}

fn without_citations(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        bare.push_str(before);
        let inside = after.split_once(']').filter(|(inside, _)| {
            matches!(*inside, "edit" | "citation needed") || inside.chars().all(char::is_numeric)
        });
        rest = match inside {
            Some((_, tail)) => tail,
            None => {
                bare.push('[');
                after
            }
        };
    }
    bare.push_str(rest);
    Cow::Owned(bare)
}

/// A rule of lines.
struct OfLines {
    about: &'static About,
    test: Test,
}

enum Test {
    LongWords(usize),
    Terminal(Vec<String>),
    FewWords(usize),
    Phrases(Vec<String>),
}

impl Test {
    fn phrases(phrases: &[String]) -> Test {
        Test::Phrases(phrases.iter().map(|phrase| phrase.to_lowercase()).collect())
    }

    /// The number that crossed the threshold, if it did.
    fn objects(&self, line: &Line<'_>) -> Option<f32> {
        match self {
            Test::LongWords(max) => {
                // A word has no more characters than the line has bytes.
                if line.text.len() <= *max {
                    return None;
                }
                let longest = line
                    .text
                    .split_whitespace()
                    .map(|word| word.chars().count())
                    .max();
                longest
                    .filter(|longest| longest > max)
                    .map(|longest| longest as f32)
            }
            Test::Terminal(marks) => {
                let ends = marks.iter().any(|mark| line.bare.ends_with(mark.as_str()));
                (!ends || line.bare.ends_with("...")).then_some(0.0)
            }
            Test::FewWords(min) => {
                let count = line.text.split_whitespace().count();
                (count < *min).then_some(count as f32)
            }
            Test::Phrases(phrases) => {
                let lower = line.bare.to_lowercase();
                let count: usize = phrases
                    .iter()
                    .map(|phrase| lower.matches(phrase.as_str()).count())
                    .sum();
                (count > 0).then_some(count as f32)
            }
        }
    }
}

/// A rule of lines, among the others.
struct LineRule(Arc<OfLines>);

impl Rule for LineRule {
    fn about(&self) -> &'static About {
        self.0.about
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        for (i, paragraph) in page.document.paragraphs.iter().enumerate() {
            let line = Line::new(&page.document.text[paragraph.span.clone()]);
            if let Some(measured) = self.0.test.objects(&line) {
                objections.drop_paragraph(page, i, self.0.about.name, measured);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citation_marks_are_not_text() {
        for (text, bare) in [
            ("It rained.[12][edit]", "It rained."),
            ("a[] [b] [citation needed]", "a [b] "),
            ("open [12", "open [12"),
            ("none", "none"),
        ] {
            assert_eq!(without_citations(text), bare);
        }
    }
}
