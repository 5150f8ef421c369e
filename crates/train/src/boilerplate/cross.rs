//! Cross-validation, and the command.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use cleanfilter::judge::boilerplate::decide;
use cleanfilter::judge::boilerplate::page::Lines;
use rayon::prelude::*;

use super::data::{self, Page, SETS};
use super::fit::{self, Plan};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

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

    pub fn print(&self, title: &str) {
        println!("{title}");
        let mut mean = [0f32; 3];
        for (name, (n, s)) in &self.0 {
            println!("  {name:12} pages {n:4} P {:.4} R {:.4} F1 {:.4}", s[0] / n, s[1] / n, s[2] / n);
            for (m, v) in mean.iter_mut().zip(s) {
                *m += v / n / self.0.len() as f32;
            }
        }
        println!("  {:12} groups {:3} P {:.4} R {:.4} F1 {:.4}", "mean", self.0.len(), mean[0], mean[1], mean[2]);
    }
}

pub fn load() -> Result<Vec<Page>> {
    let shared = PathBuf::from(std::env::var("CLEANFILTER_SHARED")?);
    let folder = shared.join("corpus/boilerplate");
    let sets: Vec<_> = (0..SETS.len()).into_par_iter().map(|s| data::read(&folder, s)).collect();
    let mut pages = Vec::new();
    for s in sets {
        pages.extend(s?);
    }
    Ok(pages)
}

pub fn run(args: &[String]) -> Result<()> {
    let begin = Instant::now();
    let shared = PathBuf::from(std::env::var("CLEANFILTER_SHARED")?);
    let languages = shared.join("corpus/languages");
    let functions = super::functions::grow(&languages.join("train"), &languages.join("core.txt"))?;
    let pages = load()?;
    eprintln!("read {} pages, {} sites held, {:?}", pages.len(), pages.iter().filter(|p| held(p)).count(), begin.elapsed());
    let examples: Vec<_> =
        pages.par_iter().map_init(Lines::default, |lines, p| fit::examples(p, lines, &[])).collect();
    let mut plan = Plan::default();
    let mut folds: Vec<usize> = vec![0];
    for a in args {
        let Some((k, v)) = a.split_once('=') else { continue };
        match k {
            "folds" => folds = v.split(',').filter_map(|f| f.parse().ok()).collect(),
            "trees1" => plan.first.trees = v.parse()?,
            "trees2" => plan.second.trees = v.parse()?,
            "depth" => (plan.first.depth, plan.second.depth) = (v.parse()?, v.parse()?),
            "rate" => (plan.first.rate, plan.second.rate) = (v.parse()?, v.parse()?),
            "ridge" => (plan.first.ridge, plan.second.ridge) = (v.parse()?, v.parse()?),
            "rows" => (plan.first.rows, plan.second.rows) = (v.parse()?, v.parse()?),
            "features" => (plan.first.features, plan.second.features) = (v.parse()?, v.parse()?),
            _ => return Err(format!("unknown setting {k}").into()),
        }
    }
    let mut boards = [const { Board(BTreeMap::new()) }; 4];
    let [first, second, sets, langs] = &mut boards;
    for fold in folds {
        let (test, train): (Vec<usize>, Vec<usize>) =
            (0..pages.len()).filter(|i| !held(&pages[*i])).partition(|i| pages[*i].fold(5) == fold);
        let train_pages: Vec<&Page> = train.iter().map(|i| &pages[*i]).collect();
        let train_examples: Vec<&[_]> = train.iter().map(|i| &examples[*i][..]).collect();
        let grown = fit::fit(&train_pages, &train_examples, &functions, &plan);
        let test_pages: Vec<&Page> = test.iter().map(|i| &pages[*i]).collect();
        let (p1, p2) = fit::predict(&test_pages, &functions, &grown);
        eprintln!("fold {fold} {:?}", begin.elapsed());
        for ((page, p1), p2) in test_pages.iter().zip(&p1).zip(&p2) {
            if page.set >= data::MEASURED.len() {
                continue;
            }
            let name = SETS[page.set];
            let mut order = Vec::new();
            let t = decide::threshold(p1, &page.tokens, &mut order);
            if let Some(s) = score(page, |i| p1[i] > t) {
                first.add(name, s);
            }
            if let Some(s) = score(page, |i| p2[i] > 0.5) {
                second.add(name, s);
            }
            let t = decide::threshold(p2, &page.tokens, &mut order);
            if let Some(s) = score(page, |i| p2[i] > t) {
                sets.add(name, s);
                langs.add(&page.lang, s);
            }
        }
    }
    boards[0].print("first look, expected F1");
    boards[1].print("second look at 0.5");
    boards[2].print("second look, expected F1");
    boards[3].print("by language");
    eprintln!("{:?}", begin.elapsed());
    Ok(())
}
