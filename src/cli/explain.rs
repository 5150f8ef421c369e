//! `--explain`: a document for people, with what goes struck out, and why.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Effects, Style};

use super::{figures, visible};
use cleanfilter::decode::mojibake_lines;
use cleanfilter::document::{Document, Fragment, Guess};
use cleanfilter::ledger::{DroppedPiece, Origin, dropped_pieces};

const HEAD: Style = Style::new().bold();
const GOES: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
const WHY: Style = AnsiColor::Yellow.on_default();
const OTHER: Style = AnsiColor::Cyan.on_default();

/// Appends a document as people read it.
///
/// With `colour`, what goes is red and struck out, followed by `[rule measured]`. Without, it stands as
/// `[-what goes-]{rule measured}` (the form of `wdiff`), so that a pipe tells as much as a terminal. Text in another
/// language than the document's that stays is followed by `[es 12.3 nats, kept]`, or `{...}`. Control characters
/// are shown as pictures and never sent to the terminal.
pub fn write(origin: &Origin<'_>, document: &Document, colour: bool, out: &mut Vec<u8>) {
    let mut text = String::with_capacity(document.text.len() + document.text.len() / 8);
    let mut page = Page {
        out: &mut text,
        colour,
    };
    page.head(origin, document);
    let pieces = dropped_pieces(document);
    let mut at = 0;
    for piece in &pieces {
        page.kept(document, at, piece.range.start);
        page.dropped(document, piece);
        at = piece.range.end;
    }
    page.kept(document, at, document.text.len());
    if !document.text.ends_with('\n') {
        page.out.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}

/// Where the page is written, and how.
struct Page<'a> {
    out: &'a mut String,
    colour: bool,
}

impl Page<'_> {
    /// `path · windows-1252 · es 0.98 · 1,200 of 1,300 bytes kept`
    fn head(&mut self, origin: &Origin<'_>, document: &Document) {
        let mut head = String::from("── ");
        head.push_str(origin.path);
        if let Some(id) = origin.id {
            let _ = write!(head, " · {id}");
        }
        if let Some(part) = origin.part {
            let _ = write!(head, " · part {part}");
        }
        let _ = write!(
            head,
            " · {} ({})",
            document.reading.encoding, document.reading.witness
        );
        let _ = match document.language {
            Some(Guess {
                language,
                confidence,
            }) => write!(head, " · {} {confidence:.2}", language.bcp47()),
            None => write!(head, " · und"),
        };
        let dropped: usize = document.dropped().iter().map(|range| range.len()).sum();
        let bytes = document.text.len();
        let kept = figures::count(bytes.saturating_sub(dropped) as u64);
        let _ = write!(
            head,
            " · {kept} of {} kept",
            figures::counted(bytes as u64, "byte")
        );
        if document.reading.replaced_bytes > 0 {
            let _ = write!(
                head,
                " · {} undecodable",
                figures::counted(document.reading.replaced_bytes, "byte")
            );
        }
        self.styled(&head.replace(['\n', '\r'], " "), HEAD);
        self.out.push('\n');
        let mojibake = mojibake_lines(&document.text).into_iter();
        let mojibake = mojibake.map(|(by, lines)| {
            let lines = figures::counted(lines, "line");
            format!("{lines} of mojibake: UTF-8 that had been read as {by} (put right by --repair mojibake)")
        });
        for note in document.reading.notes.iter().cloned().chain(mojibake) {
            self.styled(&format!("   {}", note.replace(['\n', '\r'], " ")), WHY);
            self.out.push('\n');
        }
    }

    /// Text that stays, with a note behind each fragment of another language.
    fn kept(&mut self, document: &Document, from: usize, to: usize) {
        let mut at = from;
        let first = document.fragments.partition_point(|f| f.span.end <= from);
        let fragments = document.fragments.get(first..).unwrap_or_default();
        for fragment in fragments.iter().take_while(|f| f.span.end <= to) {
            let Some(note) = foreign(document, fragment) else {
                continue;
            };
            self.plain(
                document
                    .text
                    .get(at..fragment.span.start)
                    .unwrap_or_default(),
            );
            let text = document.text.get(fragment.span.clone()).unwrap_or_default();
            let (lead, core, trail) = edges(text);
            self.plain(lead);
            self.lines(core, OTHER);
            self.note(&note, OTHER);
            self.plain(trail);
            at = fragment.span.end;
        }
        self.plain(document.text.get(at..to).unwrap_or_default());
    }

    /// Text that goes, and why.
    fn dropped(&mut self, document: &Document, piece: &DroppedPiece) {
        let (lead, core, trail) = edges(document.text.get(piece.range.clone()).unwrap_or_default());
        self.plain(lead);
        if self.colour {
            self.lines(core, GOES);
        } else {
            self.out.push_str("[-");
            self.plain(core);
            self.out.push_str("-]");
        }
        if let Some((fragment, reason)) = piece.reason(document) {
            let mut note = format!("{} {}", reason.rule, figures::measured(reason.measured));
            if let Some(guess) = fragment.language.filter(|_| reason.rule == "off-language") {
                let _ = write!(note, " {}", guess.language.bcp47());
            }
            self.note(&note, WHY);
        }
        self.plain(trail);
    }

    /// ` [note]` in colour, `{note}` without.
    fn note(&mut self, note: &str, style: Style) {
        if self.colour {
            self.out.push(' ');
            self.styled(&format!("[{note}]"), style);
        } else {
            let _ = write!(self.out, "{{{note}}}");
        }
    }

    /// A style that ends with each line, so that a pager that shows one line shows it as it is.
    fn lines(&mut self, text: &str, style: Style) {
        for line in text.split_inclusive('\n') {
            let body = line.trim_end_matches(['\r', '\n']);
            if !body.is_empty() {
                self.styled(body, style);
            }
            self.plain(line.get(body.len()..).unwrap_or_default());
        }
    }

    fn styled(&mut self, text: &str, style: Style) {
        if self.colour {
            let _ = write!(self.out, "{style}");
            self.plain(text);
            let _ = write!(self.out, "{style:#}");
        } else {
            self.plain(text);
        }
    }

    fn plain(&mut self, text: &str) {
        visible::push(text, self.out);
    }
}

/// What to say of a kept fragment that is in another language than its document.
fn foreign(document: &Document, fragment: &Fragment) -> Option<String> {
    let (host, guess) = (document.language?, fragment.language?);
    if !fragment.verdict.is_keep()
        || guess.language.iso639_3() == host.language.iso639_3()
        || fragment.evidence <= 0.0
    {
        return None;
    }
    let why = if fragment.spared {
        "kept: quoted or listed"
    } else {
        "kept"
    };
    Some(format!(
        "{} {} nats, {why}",
        guess.language.bcp47(),
        figures::measured(fragment.evidence)
    ))
}

/// White space before, text, white space behind.
fn edges(text: &str) -> (&str, &str, &str) {
    let body = text.trim_start();
    let (lead, _) = text.split_at(text.len() - body.len());
    let core = body.trim_end();
    let (core, trail) = body.split_at(core.len());
    (lead, core, trail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::document::{Paragraph, Reason, Verdict};
    use cleanfilter::identify::Language;

    fn guess(label: &str) -> Option<Guess> {
        Language::from_label(label).map(|language| Guess {
            language,
            confidence: 0.9,
        })
    }

    /// A kept line, a dropped one that would steer a terminal, a kept one in Spanish.
    fn document() -> Document {
        let text = "Rain.\r\n\x1b[2JRain.\r\n«Llueve.»\n".to_owned();
        let spans = [0..5, 7..16, 18..29];
        let reason = Reason {
            rule: "repeated",
            measured: 2.0,
        };
        let fragment = |i: usize| Fragment {
            span: spans[i].clone(),
            language: guess(if i == 2 { "spa_Latn" } else { "eng_Latn" }),
            evidence: if i == 2 { 12.34 } else { 0.0 },
            spared: i == 2,
            verdict: if i == 1 {
                Verdict::Drop(reason)
            } else {
                Verdict::Keep
            },
        };
        let paragraph = |i: usize| Paragraph {
            span: spans[i].clone(),
            fragments: i..i + 1,
            language: None,
        };
        Document {
            text,
            language: guess("eng_Latn"),
            paragraphs: (0..3).map(paragraph).collect(),
            fragments: (0..3).map(fragment).collect(),
            ..Document::default()
        }
    }

    fn explained(colour: bool) -> String {
        let mut out = Vec::new();
        let origin = Origin {
            path: "a\x07.txt",
            ..Origin::default()
        };
        write(&origin, &document(), colour, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_pipe_tells_what_goes_and_why() {
        assert_eq!(
            explained(false),
            "── a␇.txt · UTF-8 (utf8) · en 0.90 · 19 of 30 bytes kept\n\
             Rain.\n[-␛[2JRain.-]{repeated 2}\n«Llueve.»{es 12.3 nats, kept: quoted or listed}\n"
        );
    }

    #[test]
    fn colour_adds_nothing_but_style() {
        let shown = explained(true);
        let stripped = anstream::adapter::strip_str(&shown).to_string();
        assert_ne!(shown, stripped);
        let body = stripped.split_once('\n').map(|(_, body)| body);
        assert_eq!(
            body,
            Some(
                "Rain.\n␛[2JRain. [repeated 2]\n«Llueve.» [es 12.3 nats, kept: quoted or listed]\n"
            )
        );
    }
}
