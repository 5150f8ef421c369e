//! x
mod calibrate;
mod corpus;
mod encodings;
mod evaluate;
mod extra;
mod functions;
mod learn;
mod letters;
mod pack;
mod prior;
mod select;
mod timing;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

fn opt<T: std::str::FromStr>(name: &str, default: T) -> T {
    std::env::args()
        .find_map(|a| a.strip_prefix(&format!("{name}="))?.parse().ok())
        .unwrap_or(default)
}

fn main() {
    let shared = PathBuf::from(opt("shared", "/work/shared".to_owned()));
    if std::env::args().any(|a| a == "functions") {
        let mut labels: Vec<String> =
            std::fs::read_to_string(shared.join("corpus/languages/wide.txt"))
                .unwrap()
                .split_whitespace()
                .map(str::to_owned)
                .collect();
        labels.sort();
        std::fs::write(
            "src/tables/functions.bin",
            functions::table(
                &opt("train", shared.join("corpus/languages/train")),
                &labels,
            ),
        )
        .unwrap();
        return;
    }
    if std::env::args().any(|a| a == "letters") {
        std::fs::write("src/tables/letters.bin", letters::table()).unwrap();
        return;
    }
    if std::env::args().any(|a| a == "encodings") {
        let table = encodings::encodings(&shared.join("corpus/languages")).unwrap();
        std::fs::write("src/tables/encodings.bin", table).unwrap();
        return;
    }
    let train: PathBuf = opt("train", shared.join("corpus/languages/train"));
    let wide: Vec<String> = std::fs::read_to_string(shared.join("corpus/languages/wide.txt"))
        .unwrap()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let fold = evaluate::mapping(&shared.join("corpus/mapping.tsv"));
    let lines = evaluate::dev(
        &shared.join("corpus/languages/dev"),
        &wide,
        &fold,
        &opt("only", String::new()),
    );
    let measure = |bytes: &[u8]| {
        let model = cleanfilter::identify::ngram::model::Model::new(bytes).unwrap();
        evaluate::report(&model, &lines, &fold, "dev", true);
        for name in ["sent", "pair", "word"] {
            let lines = evaluate::tsv(
                &PathBuf::from(opt("proxy", "/tmp/lang/proxy".to_owned()))
                    .join(format!("{name}.tsv")),
                &fold,
            );
            evaluate::report(&model, &lines, &fold, name, opt("detail", false));
        }
    };
    let out: String = opt("out", "/tmp/lang/ngram.bin".to_owned());
    if std::env::args().any(|a| a == "finish") {
        let trained = pack::load(std::path::Path::new(&format!("{out}.float")));
        let mut bytes = pack::pack(&trained);
        let a: f32 = opt("prior", 0.0);
        pack::add_prior(&mut bytes, |l| a * prior::level(l));
        std::fs::write("src/tables/ngram.bin", &bytes).unwrap();
        let model = cleanfilter::identify::ngram::model::Model::new(&bytes).unwrap();
        let held: Vec<evaluate::Line> = trained
            .iter()
            .flat_map(|g| &g.labels)
            .flat_map(|l| {
                let gold = fold.get(&l[..3]).cloned().unwrap_or(l[..3].to_owned());
                corpus::held_lines(&train, l)
                    .into_iter()
                    .map(move |text| evaluate::Line {
                        gold: gold.clone(),
                        words: evaluate::count_words(&text),
                        text,
                    })
            })
            .collect();
        std::fs::write(
            "src/tables/calibration.rs",
            calibrate::table(&calibrate::leads(&model, &held, &fold)),
        )
        .unwrap();
        measure(&bytes);
        return;
    }
    if std::env::args().any(|a| a == "strange") {
        let bytes = std::fs::read("src/tables/ngram.bin").unwrap();
        let model = cleanfilter::identify::ngram::model::Model::new(&bytes).unwrap();
        evaluate::strange(&model, &lines);
        return;
    }
    if std::env::args().any(|a| a == "ece") {
        evaluate::calibration(&lines, &fold);
        return;
    }
    if std::env::args().any(|a| a == "measure") {
        let mut bytes = std::fs::read(&out).unwrap();
        let a: f32 = opt("prior", 0.0);
        pack::add_prior(&mut bytes, |l| a * prior::level(l));
        if std::env::args().any(|a| a == "timing") {
            let model = cleanfilter::identify::ngram::model::Model::new(&bytes).unwrap();
            timing::report(&model, &lines);
            return;
        }
        measure(&bytes);
        return;
    }
    let only: String = opt("only", String::new());
    let mut by_script: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    let mut labels = wide.clone();
    labels.extend(["tat_Latn", "sat_Latn", "iku_Latn", "zsm_Arab"].map(str::to_owned));
    labels.sort();
    for l in &labels {
        if only.is_empty() || l.ends_with(&only) {
            by_script
                .entry(corpus::script_number(l))
                .or_default()
                .push(l.clone());
        }
    }
    let t0 = Instant::now();
    let extra = extra::lines(&shared.join("corpus/boilerplate"));
    let budget: f64 = opt("budget", 6.3e6);
    let least: f32 = opt("least", 2e-6);
    let options = |script: u8| {
        let cjk = script == 1;
        select::Options {
            min_order: if cjk { 1 } else { opt("min", 1) },
            max_order: if cjk { 3 } else { opt("max", 5) },
            floor: opt("floor", 0.05),
            pseudo: opt("pseudo", 0.5),
            gram_worth: opt("gram", 0.3),
            soft: opt("soft", 0.5),
        }
    };
    let prepare = |script: u8, labels: Vec<String>| {
        let shard = corpus::load(&train, script, labels, &extra);
        let f = select::candidates(&shard, &options(script), least);
        learn::eprint_line(&format!(
            "{}: {} labels, {} words, {} features, {} entries, {:.0} s",
            letters::SCRIPTS[script as usize - 1],
            shard.labels.len(),
            shard.word_count(),
            f.len(),
            f.label.len(),
            t0.elapsed().as_secs_f32()
        ));
        (shard, f)
    };
    const LATN: u8 = 3;
    let split = |m: BTreeMap<u8, Vec<String>>| -> (Vec<(u8, Vec<String>)>, Vec<(u8, Vec<String>)>) {
        m.into_iter().partition(|(s, _)| *s == LATN)
    };
    let (a, b) = split(by_script);
    let (a, b): (Vec<_>, Vec<_>) = std::thread::scope(|s| {
        let h = s.spawn(|| {
            a.into_iter()
                .map(|(n, l)| prepare(n, l))
                .collect::<Vec<_>>()
        });
        let b = b
            .into_iter()
            .map(|(n, l)| prepare(n, l))
            .collect::<Vec<_>>();
        (h.join().unwrap(), b)
    });
    let (mut lo, mut hi) = (least, 1e-2f32);
    for _ in 0..30 {
        let mid = (lo * hi).sqrt();
        let bytes: f64 = a.iter().chain(&b).map(|(_, f)| f.bytes_above(mid)).sum();
        if bytes > budget { lo = mid } else { hi = mid }
    }
    let threshold = hi;
    let learn_options = |script: u8, labels: usize| learn::Learn {
        examples: (opt("examples", 3_000_000.0) * (labels as f64 / 205.0)) as usize + 20_000,
        epochs: opt("epochs", 4),
        rate: opt("rate", 0.1),
        decay: opt("decay", 0.0),
        word_dropout: opt("dropout", 0.2),
        size_power: opt("power", 0.3),
        start: opt("start", 0.5),
        natural: opt("natural", 0.0),
        both: opt("both", false),
        min_order: options(script).min_order,
        max_order: options(script).max_order,
    };
    let train_one = |(shard, f): (corpus::Shard, select::Features)| {
        let mut f = f.prune(threshold);
        let o = learn_options(shard.script, shard.labels.len());
        let name = letters::SCRIPTS[shard.script as usize - 1];
        learn::eprint_line(&format!(
            "{name}: {} features ({} words), {} entries, {:.0} bytes",
            f.len(),
            f.is_word.iter().filter(|w| **w).count(),
            f.label.len(),
            f.bytes_above(0.0)
        ));
        let bias = if shard.labels.len() > 1 {
            let look = learn::lookup(&shard, &f, o.min_order, o.max_order);
            learn::learn(&shard, &mut f, &look, &o, name)
        } else {
            vec![0.0]
        };
        pack::Trained {
            script: shard.script,
            labels: shard.labels,
            bias,
            features: f,
            min_order: o.min_order,
            max_order: o.max_order,
        }
    };
    let trained = std::thread::scope(|s| {
        let h = s.spawn(|| a.into_iter().map(train_one).collect::<Vec<_>>());
        let mut all = b.into_iter().map(train_one).collect::<Vec<_>>();
        all.extend(h.join().unwrap());
        all
    });
    pack::save(&trained, std::path::Path::new(&format!("{out}.float")));
    let bytes = pack::pack(&trained);
    std::fs::write(&out, &bytes).unwrap();
    learn::eprint_line(&format!(
        "{} bytes, {:.0} s",
        bytes.len(),
        t0.elapsed().as_secs_f32()
    ));
    measure(&bytes);
}
