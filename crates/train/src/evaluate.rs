//! The measure of `language.py`, on the runtime itself.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Instant;

use cleanfilter::identify::ngram::model::{Model, State, best};

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

pub fn dev(
    folder: &Path,
    wide: &[String],
    fold: &HashMap<String, String>,
    only: &str,
) -> Vec<Line> {
    let f = |c: &str| fold.get(c).cloned().unwrap_or(c.to_owned());
    let wanted: Vec<String> = wide.iter().map(|l| f(&l[..3])).collect();
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{e}"))
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|n| n.ends_with(&format!("{only}.txt")))
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
pub fn report(
    model: &Model<'_>,
    lines: &[Line],
    fold: &HashMap<String, String>,
    title: &str,
    detail: bool,
) -> f64 {
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
            .weigh(&line.text, &mut state)
            .map(|(_, g, s)| g.label(best(g, s)));
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
    if detail {
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
    macro_
}

#[allow(clippy::print_stdout)]
pub fn print_line(s: &str) {
    println!("{s}");
}
