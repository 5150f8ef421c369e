//! The built-in model on the labelled pages: scores, the trade-off of the threshold, kinds, worst mistakes, time.

use std::collections::BTreeMap;

use cleanfilter::judge::boilerplate::columns::Page;
use cleanfilter::judge::boilerplate::kinds::Kind;
use cleanfilter::judge::boilerplate::page::Lines;
use cleanfilter::judge::boilerplate::{Level, Model, Scratch, line};

use super::cross::{Board, held, load, score};
use super::data::{self, Page as Labelled, SETS};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Thresholds in the table of the trade-off.
const PARTS: [f32; 10] = [0.0, 0.15, 0.25, 0.37, 0.45, PART, 0.55, 0.6, 0.7, 0.8];
/// The default.
const PART: f32 = Level::Balanced.threshold();

/// Scores of the pages of held sites: no table has seen them, if it was grown without `all=yes`.
pub fn held_sites() -> Result<()> {
    let pages: Vec<Labelled> = load()?
        .into_iter()
        .filter(|p| held(p) && p.set < data::MEASURED)
        .collect();
    let mut scratch = Scratch::default();
    for part in PARTS {
        let (mut sets, mut langs) = (Board::default(), Board::default());
        for page in &pages {
            let verdicts = Model::built_in().judge(&page.text, &page.lines, part, &mut scratch);
            if let Some(s) = score(page, |i| verdicts[i].kind.is_none()) {
                langs.add(&page.lang, s);
                sets.add(SETS[page.set], s);
            }
        }
        let [p, r, f] = sets.mean();
        println!("threshold {part:.2}: P {p:.4} R {r:.4} F1 {f:.4}");
        if part == PART {
            sets.print("sets");
            langs.print("languages");
        }
    }
    mistakes(&pages);
    Ok(())
}

/// Kinds of what goes, and of that what should have stayed; the heaviest mistakes.
fn mistakes(pages: &[Labelled]) {
    let mut kinds: BTreeMap<&str, [f32; 3]> = BTreeMap::new();
    let mut worst: Vec<(f32, String)> = Vec::new();
    let mut scratch = Scratch::default();
    for page in pages {
        let kept = page.kept_tokens().max(20.0);
        let verdicts = Model::built_in().judge(&page.text, &page.lines, PART, &mut scratch);
        for (i, v) in verdicts.iter().enumerate() {
            if let Some(kind) = v.kind {
                let k = kinds.entry(kind.name()).or_default();
                k[0] += 1.0;
                k[1] += page.tokens[i];
                if page.wanted[i] == Some(true) {
                    k[2] += page.tokens[i];
                }
            }
            let wrong = page.wanted[i].is_some_and(|w| w == v.kind.is_some());
            if wrong {
                let text: String = page.line(i).chars().take(110).collect();
                let said = v.kind.map_or("keep", |k| k.name());
                worst.push((
                    page.tokens[i] / kept,
                    format!(
                        "{} {} p={:.2} -> {said}: {text}",
                        SETS[page.set], page.lang, v.wanted
                    ),
                ));
            }
        }
    }
    by_html(pages);
    println!("kinds: lines, words, share of the words that the labels keep");
    for (kind, [lines, words, lost]) in kinds {
        println!(
            "  {kind:12} {lines:7} {words:8} {:.3}",
            lost / words.max(1.0)
        );
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("heaviest mistakes (share of the page's wanted words)");
    for (weight, text) in worst.iter().take(40) {
        println!("  {weight:.2} {text}");
    }
}

/// Kinds against those that the pages' HTML names.
fn by_html(pages: &[Labelled]) {
    let Ok(shared) = std::env::var("CLEANFILTER_SHARED") else {
        return;
    };
    let folder = std::path::Path::new(&shared).join("corpus/boilerplate");
    let Ok(labels) = super::labels::all(&folder, pages) else {
        return;
    };
    let mut scratch = Scratch::default();
    let mut board = Kinds::default();
    for (page, labels) in pages.iter().zip(&labels) {
        let verdicts = Model::built_in().judge(&page.text, &page.lines, PART, &mut scratch);
        for (v, label) in verdicts.iter().zip(labels) {
            board.add(v.kind, *label);
        }
    }
    board.print();
}

/// Kinds said against those that the HTML names.
#[derive(Default)]
pub struct Kinds {
    counts: BTreeMap<&'static str, [u32; 3]>,
    right: u32,
    all: u32,
}

impl Kinds {
    /// Counts a line that has both.
    pub fn add(&mut self, said: Option<Kind>, label: Option<Kind>) {
        let (Some(said), Some(label)) = (said, label) else {
            return;
        };
        let right = (said == label) as u32;
        self.all += 1;
        self.right += right;
        self.counts.entry(label.name()).or_default()[0] += 1;
        let said = self.counts.entry(said.name()).or_default();
        said[1] += 1;
        said[2] += right;
    }

    /// What was counted.
    pub fn print(&self) {
        println!(
            "kinds as the HTML names them: {} of {} right; kind: lines, said, right, share of both",
            self.right, self.all
        );
        let mut mean = 0.0;
        for (kind, [lines, said, right]) in &self.counts {
            let f = 2.0 * *right as f32 / (lines + said).max(1) as f32;
            mean += f / self.counts.len() as f32;
            println!("  {kind:12} {lines:6} {said:6} {right:6} {f:.2}");
        }
        println!("  mean of the kinds {mean:.3}");
    }
}

/// Time that this thread had a core, in nanoseconds: others may want it too.
fn cpu_ns() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
}

/// Nanoseconds a byte, on whole pages and on what is wanted of them.
pub fn time() -> Result<()> {
    let pages = load()?;
    let mut articles = Vec::new();
    for page in &pages {
        let (mut text, mut lines) = (String::new(), Vec::new());
        for i in (0..page.lines.len()).filter(|i| page.wanted[*i] == Some(true)) {
            let start = text.len();
            text.push_str(page.line(i));
            lines.push(start..text.len());
            text.push('\n');
        }
        articles.push((text, lines));
    }
    let whole: Vec<_> = pages.into_iter().map(|p| (p.text, p.lines)).collect();
    for (name, set) in [("whole pages", whole), ("wanted text", articles)] {
        let bytes: usize = set.iter().map(|s| s.0.len()).sum();
        let lines: usize = set.iter().map(|s| s.1.len()).sum();
        let mut scratch = Scratch::default();
        let mut best = f64::MAX;
        for _ in 0..5 {
            let begin = cpu_ns();
            for (text, lines) in &set {
                std::hint::black_box(Model::built_in().judge(text, lines, PART, &mut scratch));
            }
            best = best.min((cpu_ns() - begin) as f64 / 1e9);
        }
        let stage = |what: &str, each: &mut dyn FnMut(&str, &[std::ops::Range<usize>])| {
            let mut best = u64::MAX;
            for _ in 0..3 {
                let begin = cpu_ns();
                set.iter().for_each(|(text, lines)| each(text, lines));
                best = best.min(cpu_ns() - begin);
            }
            println!("  {what}: {:.0} ns a line", best as f64 / lines as f64);
        };
        let mut arena = line::Arena::default();
        stage("reading", &mut |text, lines| {
            arena.words.clear();
            for l in lines {
                std::hint::black_box(line::read(text, l.clone(), &mut arena));
            }
        });
        let (mut measured, mut page) = (Lines::default(), Page::default());
        let know = Model::built_in().know;
        stage("measures", &mut |text, lines| {
            measured.measure(text, lines, know, &mut page)
        });
        println!(
            "{name}: {bytes} bytes in {lines} lines, {:.2} ns a byte, {:.0} ns a line, {:.1} MB/s",
            best * 1e9 / bytes as f64,
            best * 1e9 / lines as f64,
            bytes as f64 / best / 1e6
        );
    }
    Ok(())
}

/// Judges the lines of standard input; an empty line parts pages.
pub fn judge() -> Result<()> {
    let text = std::io::read_to_string(std::io::stdin())?;
    let mut scratch = Scratch::default();
    for page in text.split("\n\n") {
        let mut lines = Vec::new();
        let mut at = 0;
        for line in page.split('\n') {
            lines.push(at..at + line.len());
            at += line.len() + 1;
        }
        for (line, v) in lines
            .iter()
            .zip(Model::built_in().judge(page, &lines, PART, &mut scratch))
        {
            println!(
                "{:.2}\t{}\t{}",
                v.wanted,
                v.kind.map_or("keep", |k| k.name()),
                &page[line.clone()]
            );
        }
        println!();
    }
    Ok(())
}
