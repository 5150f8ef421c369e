//! `fasttext:FILE` against the reference implementation: the same label, the same probability.
//!
//! The small models under `tests/data/fasttext` were trained by `reference.py` there, on sentences written for it, and
//! have the reference implementation's answers beside them. With `CLEANFILTER_FASTTEXT=FOLDER` the same is done with
//! every model of a folder that the script filled (`reference.py full FOLDER`): lid.176 and models of each kind, on
//! 10,000 lines of many languages; and our speed is printed beside the reference's.
#![cfg(feature = "fasttext")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use cleanfilter::identify::{FastText, Identify, Language};

/// How far a probability may be from the reference's.
const TOLERANCE: f32 = 1e-4;

/// Runs that are timed.
const RUNS: usize = 5;

fn models(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_model = |path: &PathBuf| path.extension().is_some_and(|e| e == "bin" || e == "ftz");
    let mut models: Vec<PathBuf> = entries.filter(is_model).collect();
    models.sort();
    models
}

/// Time that this thread was on a processor, where the system tells (Linux), so that other work does not disturb; as the
/// reference's is measured.
fn thread_seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Compares the answers for each line of `lines.txt` with the `.expected` file beside the model.
fn agrees(model: &Path, lines: &[&str]) -> Result<(), String> {
    let name = model.file_name().unwrap().to_string_lossy();
    let fasttext = FastText::open(model).map_err(|e| format!("{name}: {e}"))?;
    let expected = fs::read_to_string(model.with_file_name(format!("{name}.expected"))).unwrap();
    let (note, expected) = expected.split_once('\n').unwrap();
    assert_eq!(expected.lines().count(), lines.len(), "{name}");

    // The fastest of some runs: the first reads pages of the file that the reference has read when it loads.
    let (mut seconds, mut found) = (f64::MAX, Vec::new());
    for _ in 0..RUNS {
        let start = thread_seconds();
        found = lines.iter().map(|line| fasttext.predict(line)).collect();
        seconds = seconds.min(thread_seconds() - start);
    }
    let (mut furthest, mut wrong) = (0.0_f32, Vec::new());
    for ((line, expected), found) in lines.iter().zip(expected.lines()).zip(&found) {
        let (label, probability) = expected.split_once('\t').unwrap();
        let off = match found {
            None => !label.is_empty(),
            Some(found) => {
                let distance = (found.probability - probability.parse::<f32>().unwrap()).abs();
                furthest = furthest.max(distance);
                found.label != label || distance.is_nan() || distance > TOLERANCE
            }
        };
        if off {
            wrong.push(format!("{line:?}: {expected:?}, not {found:?}"));
        }
    }
    let megabytes = lines.iter().map(|line| line.len()).sum::<usize>() as f64 / 1e6;
    eprintln!(
        "{name}: {} lines, {:.2} MB/s ({note}), furthest {furthest:e}, {} wrong",
        lines.len(),
        megabytes / seconds,
        wrong.len()
    );
    match wrong.first() {
        None => Ok(()),
        Some(first) => Err(format!(
            "{name}: {} of {} lines: {first}",
            wrong.len(),
            lines.len()
        )),
    }
}

fn all_agree(folder: &Path) -> usize {
    let text = fs::read_to_string(folder.join("lines.txt")).unwrap();
    let lines: Vec<&str> = text
        .strip_suffix('\n')
        .unwrap_or(&text)
        .split('\n')
        .collect();
    let models = models(folder);
    let wrong: Vec<String> = models
        .iter()
        .filter_map(|model| agrees(model, &lines).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    models.len()
}

fn small() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fasttext")
}

#[test]
fn small_models_answer_as_the_reference() {
    assert!(all_agree(&small()) >= 6);
}

#[test]
fn real_models_answer_as_the_reference() {
    match std::env::var_os("CLEANFILTER_FASTTEXT") {
        Some(folder) => assert!(all_agree(Path::new(&folder)) > 0),
        None => {
            eprintln!("skipped: CLEANFILTER_FASTTEXT names no folder of models (see reference.py)")
        }
    }
}

fn open_small(name: &str) -> FastText {
    FastText::open(small().join(name)).unwrap()
}

#[test]
fn names_languages() {
    let model = open_small("softmax.bin");
    assert!(model.name().starts_with("fasttext:") && model.name().ends_with("softmax.bin"));
    let languages: Vec<String> = model.languages().iter().map(Language::to_string).collect();
    // The model's eighth label is `und`, which is no language.
    let known = [
        "deu_Latn", "ell_Grek", "eng_Latn", "fra_Latn", "jpn_Jpan", "rus_Cyrl", "spa_Latn",
    ];
    assert_eq!(languages, known);

    let text = "Die Briefe liegen in einer Kiste hinter der Schule.";
    let guess = model.identify(text).unwrap();
    assert_eq!(guess.language.to_string(), "deu_Latn");
    assert_eq!(
        guess.confidence,
        model.predict(text).unwrap().probability.min(1.0)
    );
}

#[test]
fn line_feeds_are_spaces() {
    let model = open_small("words2.bin");
    let spaced = model.identify("Wir ließen das Boot am Fluss").unwrap();
    assert_eq!(
        model.identify("Wir ließen\ndas Boot\r\nam\tFluss\n"),
        Some(spaced)
    );
}

#[test]
fn candidates_narrow_the_answers() {
    let russian = "Мы оставили лодку у реки";
    let wanted =
        ["spa_Latn", "fra_Latn", "swh_Latn"].map(|label| Language::from_label(label).unwrap());
    for name in [
        "softmax.bin",
        "hs.bin",
        "ova.bin",
        "ns.bin",
        "softmax_q.ftz",
        "hs_cut_qnorm.ftz",
    ] {
        let free = open_small(name).identify(russian).unwrap();
        assert_eq!(free.language.to_string(), "rus_Cyrl", "{name}");
        let narrow = open_small(name).with_candidates(&wanted);
        assert_eq!(narrow.languages(), [wanted[1], wanted[0]], "{name}");
        let text = "Nadie había visto el barco";
        let guess = narrow.identify(text).unwrap();
        assert_eq!(guess.language, wanted[0], "{name}");
        assert!(
            guess.confidence >= open_small(name).identify(text).unwrap().confidence,
            "{name}"
        );
        if let Some(guess) = narrow.identify(russian) {
            assert!(wanted.contains(&guess.language), "{name}: {guess:?}");
        }
        assert_eq!(
            open_small(name).with_candidates(&[]).identify(text),
            None,
            "{name}"
        );
    }
}

/// Each of the 176 labels of lid.176 (codes of Wikipedias) names a language, and texts have the script they are in.
#[test]
fn lid_176_names_languages() {
    let folder = std::env::var_os("CLEANFILTER_FASTTEXT").map(PathBuf::from);
    let Some(path) = folder
        .map(|f| f.join("lid.176.ftz"))
        .filter(|path| path.exists())
    else {
        eprintln!("skipped: no lid.176.ftz in CLEANFILTER_FASTTEXT");
        return;
    };
    let model = FastText::open(path).unwrap();
    assert_eq!(model.labels().count(), 176);
    assert_eq!(model.languages().len(), 176);
    let cases = [
        ("The letters lie in a box behind the school.", "eng_Latn"),
        ("Ми залишили човен біля річки й пішли додому.", "ukr_Cyrl"),
        ("川のそばに舟を置いて、歩いて帰った。", "jpn_Jpan"),
        ("我们把船留在河边，走路回家。", "cmn_Hans"),
        ("我們把船留在河邊，走路回家。", "cmn_Hant"),
        ("학교 뒤에 작은 호수가 있습니다.", "kor_Hang"),
        ("Остављамо чамац поред реке и идемо кући.", "srp_Cyrl"),
        ("خلف المدرسة بحيرة صغيرة وجميلة.", "arb_Arab"),
        ("पाठशाला के पीछे एक छोटी झील है।", "hin_Deva"),
    ];
    for (text, expected) in cases {
        let guess = model.identify(text).unwrap();
        assert_eq!(guess.language.to_string(), expected, "{text}");
    }
    assert_eq!(model.identify("12 345 + 678"), None);
}
