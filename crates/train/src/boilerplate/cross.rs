//! Cross-validation, and the command.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use cleanfilter::judge::boilerplate::Level;
use cleanfilter::judge::boilerplate::decide::{self, Cut};
use cleanfilter::judge::boilerplate::page::Lines;
use rayon::prelude::*;

use super::data::{self, Page, SETS};
use super::examples::Examples;
use super::fit::{self, Plan};
use super::grow_kinds;
use super::tables;

/// Or why the command ends.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Sites kept for the end: those whose number has this remainder of ten.
pub fn held(page: &Page) -> bool {
    (data::number(&page.site) >> 40) % 10 == 3
}

/// A page's precision, recall, F1.
pub fn score(page: &Page, keep: impl Fn(usize) -> bool) -> Option<[f32; 3]> {
    let (mut tp, mut fp, mut fne) = (0.0, 0.0, 0.0);
    for (i, wanted) in page.wanted.iter().enumerate() {
        match (wanted, keep(i)) {
            (Some(true), true) => tp += page.tokens[i],
            (Some(true), false) => fne += page.tokens[i],
            (Some(false), true) => fp += page.tokens[i],
            _ => {}
        }
    }
    if tp + fne == 0.0 {
        return None;
    }
    let (p, r) = (tp / (tp + fp).max(1e-9), tp / (tp + fne));
    Some([p, r, 2.0 * p * r / (p + r).max(1e-9)])
}

/// Scores by group, added up.
#[derive(Default)]
pub struct Board(BTreeMap<String, (f32, [f32; 3])>);

impl Board {
    pub fn add(&mut self, group: &str, s: [f32; 3]) {
        let e = self.0.entry(group.to_string()).or_default();
        e.0 += 1.0;
        for (a, b) in e.1.iter_mut().zip(s) {
            *a += b;
        }
    }

    /// The mean over the groups.
    pub fn mean(&self) -> [f32; 3] {
        let mut mean = [0f32; 3];
        for (n, s) in self.0.values() {
            for (m, v) in mean.iter_mut().zip(s) {
                *m += v / n / self.0.len() as f32;
            }
        }
        mean
    }

    pub fn print(&self, title: &str) {
        println!("{title}");
        for (name, (n, s)) in &self.0 {
            println!(
                "  {name:12} pages {n:4} P {:.4} R {:.4} F1 {:.4}",
                s[0] / n,
                s[1] / n,
                s[2] / n
            );
        }
        let mean = self.mean();
        println!(
            "  {:12} groups {:3} P {:.4} R {:.4} F1 {:.4}",
            "mean",
            self.0.len(),
            mean[0],
            mean[1],
            mean[2]
        );
    }
}

pub fn load() -> Result<Vec<Page>> {
    let shared = PathBuf::from(std::env::var("CLEANFILTER_SHARED")?);
    let folder = shared.join("corpus/boilerplate");
    let sets: Vec<_> = (0..SETS.len())
        .into_par_iter()
        .map(|s| data::read(&folder, s))
        .collect();
    let mut pages = Vec::new();
    for s in sets {
        pages.extend(s?);
    }
    Ok(pages)
}

/// What a run works on.
pub struct Work {
    pub pages: Vec<Page>,
    pub examples: Vec<Examples>,
    pub functions: Vec<u8>,
    pub plan: Plan,
    pub folds: Vec<usize>,
    /// Sets left out whole, each once, instead of folds of sites.
    pub sources: Vec<usize>,
    /// Whether the held sites are grown from as well.
    pub all: bool,
    /// Where cross-validation writes what it said of each line.
    pub lines: Option<PathBuf>,
    pub begin: Instant,
}

/// Reads all there is.
pub fn work(args: &[String]) -> Result<Work> {
    let begin = Instant::now();
    let shared = PathBuf::from(std::env::var("CLEANFILTER_SHARED")?);
    let languages = shared.join("corpus/languages");
    let (train, core) = (languages.join("train"), languages.join("core.txt"));
    let functions = super::functions::grow(&train, &core)?;
    let mut pages = load()?;
    let made = super::augment::pages(&pages);
    pages.extend(made);
    let mut phrases = grow_kinds::written();
    if let Ok(path) = std::env::var("CLEANFILTER_PHRASES") {
        phrases.extend(grow_kinds::read(std::path::Path::new(&path))?);
    }
    pages.extend(super::augment::sentences(&train, &core, 3, &phrases)?);
    let examples: Vec<_> = pages
        .par_iter()
        .map_init(Lines::default, |lines, p| Examples::of(p, lines))
        .collect();
    let mut plan = Plan {
        said: super::examples::said(&phrases),
        ..Plan::default()
    };
    let (mut folds, mut sources, mut all, mut lines) = (vec![0], Vec::new(), false, None);
    for a in args {
        let Some((k, v)) = a.split_once('=') else {
            continue;
        };
        match k {
            "folds" => folds = v.split(',').filter_map(|f| f.parse().ok()).collect(),
            "sources" => {
                sources = v
                    .split(',')
                    .filter_map(|s| SETS.iter().position(|n| *n == s))
                    .collect()
            }
            "all" => all = v == "yes",
            "lines" => lines = Some(PathBuf::from(v)),
            "inner" => plan.inner = v.parse()?,
            "sets" => plan.sets = v.parse()?,
            "whole" => plan.whole = v.parse()?,
            "made" => plan.made = v.parse()?,
            "trees1" => plan.first.trees = v.parse()?,
            "trees2" => plan.second.trees = v.parse()?,
            "rate" => plan.set(v, |s| &mut s.rate)?,
            "ridge" => plan.set(v, |s| &mut s.ridge)?,
            "rows" => plan.set(v, |s| &mut s.rows)?,
            "features" => plan.set(v, |s| &mut s.features)?,
            // What differs between seeds is chance.
            "seed" => {
                let seed: u64 = v.parse()?;
                for look in [&mut plan.first, &mut plan.second] {
                    look.seed += 1000 * seed;
                }
            }
            _ => return Err(format!("unknown setting {k}").into()),
        }
    }
    eprintln!(
        "read {} pages, {} phrases, {:?}",
        pages.len(),
        phrases.len(),
        begin.elapsed()
    );
    Ok(Work {
        pages,
        examples,
        functions,
        plan,
        folds,
        sources,
        all,
        lines,
        begin,
    })
}

/// The command.
pub fn run(args: &[String]) -> Result<()> {
    match args.first().map(String::as_str) {
        Some("cross") => cross(work(&args[1..])?),
        Some("cross-kinds") => tables::cross_kinds(&work(&args[1..])?),
        Some("held") => super::check::held_sites(),
        Some("judge") => super::check::judge(),
        Some("time") => super::check::time(),
        Some(what @ ("grow" | "check")) => {
            let folder = std::path::Path::new(args.get(1).ok_or("a folder is needed")?);
            let work = work(&args[2..])?;
            match what {
                "grow" => tables::write(&work, folder),
                _ => tables::check(&work, folder),
            }
        }
        _ => Err("usage: train-boilerplate cross [NAME=VALUE]... | cross-kinds [NAME=VALUE]... | grow FOLDER [NAME=VALUE]... | check FOLDER [NAME=VALUE]... | held | time | judge".into()),
    }
}

/// What is left out.
#[derive(Clone, Copy, Debug)]
enum Part {
    Sites(usize),
    Source(usize),
}

/// Writes a page's lines, and an empty line: set, page, site, language, sort, whether wanted, words, first and second
/// look, weight, text.
fn tell(
    to: &mut impl Write,
    page: &Page,
    p1: &[f32],
    p2: &[f32],
    weights: &[f32],
) -> std::io::Result<()> {
    let Page {
        id,
        site,
        lang,
        kind,
        ..
    } = page;
    let set = SETS[page.set];
    for i in 0..page.lines.len() {
        let wanted = page.wanted[i].map_or("?", |w| if w { "1" } else { "0" });
        writeln!(
            to,
            "{set}\t{id}\t{site}\t{lang}\t{kind}\t{wanted}\t{}\t{:.4}\t{:.4}\t{:.1}\t{}",
            page.tokens[i],
            p1[i],
            p2[i],
            weights[i],
            page.line(i)
        )?;
    }
    writeln!(to)
}

fn cross(work: Work) -> Result<()> {
    let Work {
        pages,
        examples,
        functions,
        plan,
        folds,
        sources,
        begin,
        lines,
        ..
    } = work;
    let mut told = lines.map(File::create).transpose()?.map(BufWriter::new);
    let mut boards = [const { Board(BTreeMap::new()) }; 5];
    let [first, second, sets, langs, made_board] = &mut boards;
    const DEFAULT: f32 = Level::Balanced.threshold();
    const PARTS: [f32; 9] = [
        0.15,
        Level::Careful.threshold(),
        0.37,
        0.45,
        DEFAULT,
        0.55,
        0.6,
        0.7,
        Level::Thorough.threshold(),
    ];
    let mut parts = [const { Board(BTreeMap::new()) }; PARTS.len()];
    let parts_of: Vec<Part> = if sources.is_empty() {
        folds.into_iter().map(Part::Sites).collect()
    } else {
        sources.into_iter().map(Part::Source).collect()
    };
    for part in parts_of {
        let own: HashSet<&str> = match part {
            Part::Sites(_) => HashSet::new(),
            Part::Source(set) => pages
                .iter()
                .filter(|p| p.set == set)
                .map(|p| p.site.as_str())
                .collect(),
        };
        let (test, train): (Vec<usize>, Vec<usize>) = (0..pages.len())
            .filter(|i| !held(&pages[*i]))
            .partition(|i| match part {
                Part::Sites(fold) => pages[*i].fold(5) == fold,
                // Never the same site on both sides, whichever set it came in.
                Part::Source(_) => own.contains(pages[*i].site.as_str()),
            });
        let train_pages: Vec<&Page> = train.iter().map(|i| &pages[*i]).collect();
        let train_examples: Vec<_> = train.iter().map(|i| &examples[*i]).collect();
        let grown = fit::fit(&train_pages, &train_examples, &functions, &plan);
        let test_pages: Vec<&Page> = test.iter().map(|i| &pages[*i]).collect();
        let (p1, p2, weights) = fit::predict(&test_pages, &functions, &grown);
        eprintln!("{part:?} {:?}", begin.elapsed());
        for (((page, p1), p2), weights) in test_pages.iter().zip(&p1).zip(&p2).zip(&weights) {
            if matches!(part, Part::Source(set) if set != page.set) {
                continue;
            }
            let mut order = Vec::new();
            // As the rule does it.
            let mut cut_at = |part| {
                if decide::is_plain(p1, part) {
                    Cut::NOTHING
                } else {
                    decide::cut(p2, weights, part, &mut order)
                }
            };
            if page.made {
                let cut = cut_at(DEFAULT);
                if let Some(s) = score(page, |i| cut.keeps(i, p2[i])) {
                    let sort = match (page.wanted.contains(&Some(false)), page.masked, page.set) {
                        _ if page.kind == "sentences" && !page.wanted.contains(&Some(false)) => {
                            "sentences"
                        }
                        _ if page.kind == "sentences" => "among",
                        (false, ..) => "clean",
                        (true, true, _) => "masked",
                        _ => "short",
                    };
                    made_board.add(sort, s);
                }
                continue;
            }
            if page.set >= data::MEASURED {
                continue;
            }
            if let Some(to) = &mut told {
                tell(to, page, p1, p2, weights)?;
            }
            let name = SETS[page.set];
            let of_first = decide::cut(p1, weights, DEFAULT, &mut Vec::new());
            if let Some(s) = score(page, |i| of_first.keeps(i, p1[i])) {
                first.add(name, s);
            }
            if let Some(s) = score(page, |i| p2[i] > 0.5) {
                second.add(name, s);
            }
            let cut = cut_at(DEFAULT);
            if let Some(s) = score(page, |i| cut.keeps(i, p2[i])) {
                sets.add(name, s);
                langs.add(&page.lang, s);
            }
            for (part, board) in PARTS.iter().zip(&mut parts) {
                let cut = cut_at(*part);
                if let Some(s) = score(page, |i| cut.keeps(i, p2[i])) {
                    board.add(name, s);
                }
            }
        }
    }
    boards[0].print("first look");
    boards[1].print("second look at 0.5");
    boards[2].print("second look");
    boards[3].print("by language");
    for (part, board) in PARTS.iter().zip(&parts) {
        let [p, r, f] = board.mean();
        println!("threshold {part:.2}: P {p:.4} R {r:.4} F1 {f:.4}");
    }
    boards[4].print("made pages");
    eprintln!("{:?}", begin.elapsed());
    Ok(())
}
