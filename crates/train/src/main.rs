//! Grows the tables of the built-in identifier from a corpus, and measures them.
//!
//! ```text
//! cargo run --release -p cleanfilter-train                 rebuild src/tables and docs/languages.md, print the figures
//! cargo run --release -p cleanfilter-train -- --check      the same in memory; fails where a file would change
//! cargo run --release -p cleanfilter-train -- encodings    rebuild src/tables/encodings.bin alone (--check: compare it)
//! cargo run --release -p cleanfilter-train -- measure      figures of the tables as they are, on development
//!                                                          lines and any FILE.tsv of label, tab, text
//! cargo run --release -p cleanfilter-train -- timing       megabytes a second
//! ```
//! The corpus is looked for in `$CLEANFILTER_SHARED`, else in `../shared`. With `--keep FILE` what was learnt is kept
//! before it is packed; `--from FILE` packs that again without learning.

mod calibrate;
mod corpus;
mod encodings;
mod evaluate;
mod extra;
mod figures;
mod functions;
mod grow;
mod learn;
mod letters;
mod mixed;
mod pack;
mod prior;
mod recipe;
mod select;
mod timing;

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use cleanfilter::identify::ngram::model::Model;

use evaluate::{Line, print_line};

/// A file of the tables, and what it should hold.
type Grown = (&'static str, Vec<u8>);

struct Place {
    languages: PathBuf,
    boilerplate: PathBuf,
    labels: Vec<String>,
    fold: HashMap<String, String>,
}

const USAGE: &str = "usage: cleanfilter-train [encodings | letters | measure [FILE.tsv ...] | timing] [--check] [--keep FILE] [--from FILE]";

/// Whether all arguments are some that are known: growing takes minutes, and writes tables.
fn known(args: &[String]) -> Result<(), String> {
    let mut args = args.iter().map(String::as_str);
    while let Some(arg) = args.next() {
        match arg {
            "encodings" | "letters" | "measure" | "timing" | "--check" => {}
            "--keep" | "--from" if args.next().is_some() => {}
            file if file.ends_with(".tsv") => {}
            _ => return Err(format!("{arg}: not an argument; {USAGE}")),
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    known(&args)?;
    let has = |name: &str| args.iter().any(|a| a == name);
    let after = |name: &str| {
        args.iter()
            .position(|a| a == name)
            .and_then(|i| args.get(i + 1))
            .map(PathBuf::from)
    };
    let shared = std::env::var_os("CLEANFILTER_SHARED")
        .map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let place = find(&shared.join("corpus"))?;
    if has("measure") || has("timing") {
        return look(&place, has("timing"));
    }
    if has("letters") {
        // The rest reads text by this table: after a change of the classes it is grown first, by itself.
        std::fs::write("src/tables/letters.bin", letters::table())?;
        return Ok(());
    }
    if has("encodings") {
        let table = (
            "src/tables/encodings.bin",
            encodings::table(&place.languages)?,
        );
        return finish(&[table], has("--check"));
    }
    let trained = match after("--from") {
        Some(file) => pack::load(&file),
        None => grow::grow(
            &place.languages.join("train"),
            &place.labels,
            &extra::lines(&place.boilerplate),
        ),
    };
    if let Some(file) = after("--keep") {
        pack::save(&trained, &file);
    }
    finish(&tables(&place, &trained)?, has("--check"))
}

/// Writes the files, or finds those that would change.
fn finish(grown: &[Grown], check: bool) -> Result<(), Box<dyn Error>> {
    if !check {
        for (name, bytes) in grown {
            std::fs::write(name, bytes)?;
        }
        return Ok(());
    }
    let changed: Vec<&str> = grown
        .iter()
        .filter(|(name, bytes)| std::fs::read(name).ok().as_ref() != Some(bytes))
        .map(|g| g.0)
        .collect();
    if changed.is_empty() {
        Ok(())
    } else {
        Err(format!("not as grown: {}", changed.join(", ")).into())
    }
}

fn find(corpus: &Path) -> Result<Place, Box<dyn Error>> {
    let languages = corpus.join("languages");
    let wide = languages.join("wide.txt");
    let wide = std::fs::read_to_string(&wide)
        .map_err(|e| format!("{}: {e} (set CLEANFILTER_SHARED)", wide.display()))?;
    let mut labels: Vec<String> = wide.split_whitespace().map(str::to_owned).collect();
    labels.extend(recipe::MORE_LABELS.map(str::to_owned));
    labels.sort();
    let fold = evaluate::mapping(&corpus.join("mapping.tsv"));
    Ok(Place {
        languages,
        boilerplate: corpus.join("boilerplate"),
        labels,
        fold,
    })
}

fn tables(place: &Place, trained: &[pack::Trained]) -> Result<Vec<Grown>, Box<dyn Error>> {
    let mut bytes = pack::pack(trained);
    pack::add_prior(&mut bytes, |l| recipe::PRIOR * prior::level(l));
    let model = Model::new(&bytes).ok_or("the packed table cannot be read")?;
    let train = place.languages.join("train");
    let calibration = calibrate::table(&calibrate::leads(&model, &held(place), &place.fold));
    let figures = figures::measure(&model, &place.labels, &place.languages, &place.fold);
    evaluate::report(&model, &dev(place), &place.fold, "development lines");
    let out = vec![
        ("src/tables/letters.bin", letters::table()),
        (
            "src/tables/functions.bin",
            functions::table(&train, &place.labels),
        ),
        (
            "src/tables/encodings.bin",
            encodings::table(&place.languages)?,
        ),
        ("src/tables/calibration.rs", calibration.into_bytes()),
        (
            "src/tables/languages.rs",
            figures::table(&figures).into_bytes(),
        ),
        ("docs/languages.md", figures::page(&figures).into_bytes()),
        ("src/tables/ngram.bin", bytes),
    ];
    let size: usize = out.iter().map(|o| o.1.len()).sum();
    print_line(&format!("{size} bytes of tables"));
    Ok(out)
}

fn dev(place: &Place) -> Vec<Line> {
    evaluate::dev(&place.languages.join("dev"), &place.labels, &place.fold)
}

/// The lines that were kept from training.
fn held(place: &Place) -> Vec<Line> {
    let train = place.languages.join("train");
    let mut out = Vec::new();
    for l in &place.labels {
        let gold = place
            .fold
            .get(&l[..3])
            .cloned()
            .unwrap_or(l[..3].to_owned());
        for text in corpus::held_lines(&train, l) {
            out.push(Line {
                gold: gold.clone(),
                words: evaluate::count_words(&text),
                text,
            });
        }
    }
    out
}

fn look(place: &Place, timing: bool) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read("src/tables/ngram.bin")?;
    let model = Model::new(&bytes).ok_or("src/tables/ngram.bin is not a table")?;
    let lines = dev(place);
    if timing {
        timing::report(&model, &lines);
        return Ok(());
    }
    evaluate::report(&model, &lines, &place.fold, "development lines");
    for file in std::env::args().filter(|a| a.ends_with(".tsv")) {
        evaluate::report(
            &model,
            &evaluate::tsv(Path::new(&file), &place.fold),
            &place.fold,
            &file,
        );
    }
    evaluate::calibration(&lines, &place.fold);
    evaluate::gibberish();
    Ok(())
}
