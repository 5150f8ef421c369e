//! The measure of `language.py`, on the runtime itself.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Instant;

use cleanfilter::identify::Identify;
use cleanfilter::identify::ngram::Ngram;
use cleanfilter::identify::ngram::model::{Model, State};

/// Macrolanguage folding.
pub fn mapping(path: &Path) -> HashMap<String, String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter_map(|l| {
            let mut f = l.split('\t');
            (f.next() == Some("macrolanguage"))
                .then(|| Some((f.next()?.to_owned(), f.next()?.to_owned())))?
        })
        .collect()
}

pub struct Line {
    pub gold: String,
    pub text: String,
    pub words: usize,
}

/// Words as `measure/common.py` counts them.
pub fn count_words(text: &str) -> usize {
    let (mut n, mut inside) = (0, false);
    for c in text.chars() {
        let wide = matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
        if wide {
            n += 1;
            inside = false;
        } else if c.is_whitespace() {
            inside = false;
        } else if !inside {
            n += 1;
            inside = true;
        }
    }
    n
}

pub fn dev(folder: &Path, wide: &[String], fold: &HashMap<String, String>) -> Vec<Line> {
    let f = |c: &str| fold.get(c).cloned().unwrap_or(c.to_owned());
    let wanted: Vec<String> = wide.iter().map(|l| f(&l[..3])).collect();
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{e}"))
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.ends_with(".txt"))
        .collect();
    names.sort();
    let mut out = Vec::new();
    for name in names {
        let gold = f(&name[..3]);
        if !wanted.contains(&gold) {
            continue;
        }
        let text = std::fs::read_to_string(folder.join(&name)).unwrap_or_else(|e| panic!("{e}"));
        for l in text.split('\n').filter(|l| !l.trim().is_empty()).take(1000) {
            out.push(Line {
                gold: gold.clone(),
                text: l.split_whitespace().collect::<Vec<_>>().join(" "),
                words: count_words(l),
            });
        }
    }
    out
}

/// Lines of `gold<TAB>text`.
pub fn tsv(path: &Path, fold: &HashMap<String, String>) -> Vec<Line> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(g, t)| Line {
            gold: fold.get(g).cloned().unwrap_or(g.to_owned()),
            text: t.to_owned(),
            words: count_words(t),
        })
        .collect()
}

pub const BANDS: [(usize, &str); 5] = [
    (1, "1"),
    (3, "2-3"),
    (7, "4-7"),
    (15, "8-15"),
    (usize::MAX, "16+"),
];

pub fn band(words: usize) -> usize {
    BANDS.iter().position(|b| words <= b.0).unwrap_or(4)
}

/// Prints accuracy; returns the macro accuracy.
pub fn report(model: &Model<'_>, lines: &[Line], fold: &HashMap<String, String>, title: &str) {
    let f = |c: &str| fold.get(c).cloned().unwrap_or(c.to_owned());
    let mut state = State::default();
    let mut per: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut bands = [(0usize, 0usize); 5];
    let mut confused: HashMap<(String, String), usize> = HashMap::new();
    let start = Instant::now();
    let mut bytes = 0;
    for line in lines {
        bytes += line.text.len();
        let got = model
            .weigh(&line.text, &mut state, &[])
            .map(|w| w.group.label(w.scores.best().0));
        let got = f(got.map_or("und", |g| &g[..3]));
        let right = got == line.gold;
        let p = per.entry(&line.gold).or_default();
        p.0 += right as usize;
        p.1 += 1;
        let b = &mut bands[band(line.words)];
        b.0 += right as usize;
        b.1 += 1;
        if !right {
            *confused.entry((line.gold.clone(), got)).or_default() += 1;
        }
    }
    let took = start.elapsed().as_secs_f64();
    let macro_ =
        per.values().map(|p| p.0 as f64 / p.1 as f64).sum::<f64>() / per.len() as f64 * 100.0;
    let text: Vec<String> = BANDS
        .iter()
        .zip(&bands)
        .map(|(n, b)| format!("{} {:.1}", n.1, 100.0 * b.0 as f64 / b.1.max(1) as f64))
        .collect();
    print_line(&format!(
        "{title}: macro {macro_:.2} | {} | {} labels, {:.0} MB/s",
        text.join(", "),
        per.len(),
        bytes as f64 / took / 1e6
    ));
    let mut worst: Vec<_> = per.iter().map(|(l, p)| (100 * p.0 / p.1, *l)).collect();
    worst.sort();
    print_line(&format!(
        "  worst: {}",
        worst
            .iter()
            .take(25)
            .map(|w| format!("{} {}", w.1, w.0))
            .collect::<Vec<_>>()
            .join(", ")
    ));
    let mut c: Vec<_> = confused.into_iter().collect();
    c.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    print_line(&format!(
        "  confused: {}",
        c.iter()
            .take(40)
            .map(|c| format!("{}>{} {}", c.0.0, c.0.1, c.1))
            .collect::<Vec<_>>()
            .join(", ")
    ));
}

/// What random letters are taken for: evenly drawn ones, and ones as frequent as in English.
pub fn gibberish() {
    let ngram = Ngram::new();
    let mut rng = crate::learn::Rng(5);
    for (letters, name) in [
        ("abcdefghijklmnopqrstuvwxyz", "even"),
        ("eeetaoiinshrdlucmwfgypbvkjxqz", "as in English"),
    ] {
        for words in [1usize, 2, 5, 8] {
            let (mut silent, mut sure) = (0, 0);
            const TEXTS: usize = 3000;
            for _ in 0..TEXTS {
                let mut t = String::new();
                for _ in 0..words {
                    for _ in 0..3 + rng.below(8) {
                        t.extend(letters.chars().nth(rng.below(letters.len())));
                    }
                    t.push(' ');
                }
                match ngram.identify(&t) {
                    None => silent += 1,
                    Some(g) => sure += (g.confidence >= 0.5) as usize,
                }
            }
            print_line(&format!(
                "random letters, {name}, {words} words: und {:.1}%, named with 0.5 and more {:.1}%",
                100.0 * silent as f64 / TEXTS as f64,
                100.0 * sure as f64 / TEXTS as f64
            ));
        }
    }
}

/// Expected calibration error per length band, of the identifier as it is built in; answers of `und` are left out.
pub fn calibration(lines: &[Line], fold: &HashMap<String, String>) {
    let ngram = Ngram::new();
    // Band, tenth of confidence: answers, sum of confidence, right.
    let mut cells = [[(0usize, 0.0f64, 0usize); 10]; 5];
    let mut silent = [0usize; 5];
    let mut quiet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = [0usize; 5];
    for line in lines {
        let b = band(line.words);
        all[b] += 1;
        let Some(guess) = ngram.identify(&line.text) else {
            silent[b] += 1;
            if b > 1 {
                *quiet.entry(&line.gold).or_default() += 1;
            }
            continue;
        };
        let code = guess.language.iso639_3();
        let right = fold.get(code).map_or(code, |c| c) == line.gold;
        let cell = &mut cells[b][((guess.confidence * 10.0) as usize).min(9)];
        cell.0 += 1;
        cell.1 += guess.confidence as f64;
        cell.2 += right as usize;
    }
    let mut quiet: Vec<_> = quiet.into_iter().map(|(l, n)| (n, l)).collect();
    quiet.sort_by(|a, b| b.cmp(a));
    print_line(&format!(
        "und on 4 words and more: {:?}",
        &quiet[..quiet.len().min(40)]
    ));
    for (b, (_, name)) in BANDS.iter().enumerate() {
        let n: usize = cells[b].iter().map(|c| c.0).sum();
        let right: usize = cells[b].iter().map(|c| c.2).sum();
        let ece: f64 = cells[b]
            .iter()
            .map(|c| (c.1 - c.2 as f64).abs())
            .sum::<f64>()
            / n.max(1) as f64;
        let row: Vec<String> = cells[b]
            .iter()
            .map(|c| {
                if c.0 == 0 {
                    "-".into()
                } else {
                    format!("{:.2}", c.2 as f64 / c.0 as f64)
                }
            })
            .collect();
        print_line(&format!(
            "{name} words: ECE {ece:.3}, und {:.1}%, right of answers {:.1}%; by tenth of confidence {}",
            100.0 * silent[b] as f64 / all[b].max(1) as f64,
            100.0 * right as f64 / n.max(1) as f64,
            row.join(" ")
        ));
    }
}

#[allow(clippy::print_stdout)]
pub fn print_line(s: &str) {
    println!("{s}");
}
