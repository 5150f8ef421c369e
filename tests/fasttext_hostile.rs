//! Broken and hostile model files: a clear error, no panic, no allocation that the file does not justify.
#![cfg(feature = "fasttext")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Mutex;

use cleanfilter::identify::FastText;
use cleanfilter::identify::fasttext::Error;
use proptest::prelude::*;

mod fasttext_support;

use fasttext_support::largest;
use fasttext_support::writer::{Kind, Loss, model};

/// Tests that measure allocations run one at a time.
static ALONE: Mutex<()> = Mutex::new(());

const TEXTS: [&str; 5] = [
    "",
    "red green",
    "the red ähre </s> blue",
    "unknown wörds\nof 日本",
    "__label__eng_Latn x",
];

fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for loss in [Loss::Softmax, Loss::Tree, Loss::OneVsAll, Loss::Negative] {
        for (quantised, pruned, norms, output) in [
            (false, false, false, false),
            (true, false, false, false),
            (true, true, true, false),
            (true, true, true, true),
        ] {
            kinds.push(Kind {
                loss,
                quantised,
                pruned,
                norms,
                quantised_output: output,
            });
        }
    }
    kinds
}

/// Opens the bytes and uses them. Whatever they are, there is no panic, and no single allocation is larger than the
/// file justifies: the dictionary's index is the largest, with 32 bytes for an entry of at least ten.
fn survives(bytes: &[u8]) -> Result<FastText, String> {
    largest::reset();
    let opened = FastText::from_bytes(bytes.to_vec());
    let bound = 16 * bytes.len() + (1 << 16);
    assert!(
        largest::get() <= bound,
        "{} bytes at once for a file of {}",
        largest::get(),
        bytes.len()
    );
    match opened {
        Ok(model) => {
            for text in TEXTS {
                if let Some(found) = model.predict(text) {
                    assert!(found.probability.is_finite(), "{found:?}");
                    assert!(model.labels().any(|label| label == found.label));
                }
            }
            Ok(model)
        }
        Err(error) => {
            let error = error.to_string();
            assert!(error.starts_with("not a fastText model: "), "{error}");
            assert!(!error.contains('\n'), "{error}");
            Err(error)
        }
    }
}

#[test]
fn whole_models_of_every_kind_open() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    for kind in kinds() {
        let opened = survives(&model(kind)).unwrap_or_else(|e| panic!("{kind:?}: {e}"));
        assert_eq!(opened.labels().count(), 3);
        let found = opened
            .predict("red red red")
            .unwrap_or_else(|| panic!("{kind:?}"));
        assert_eq!(found.label, "__label__eng_Latn", "{kind:?}");
    }
}

#[test]
fn every_shorter_file_is_refused() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    for kind in kinds() {
        let whole = model(kind);
        let ends = (0..400)
            .chain((400..whole.len()).step_by(97))
            .chain([whole.len() - 1]);
        for end in ends.filter(|end| *end < whole.len()) {
            assert!(survives(&whole[..end]).is_err(), "{kind:?} cut at {end}");
        }
    }
}

/// Places of numbers in the header, and in the dictionary that follows it.
const VERSION: usize = 4;
const DIM: usize = 8;
const WORD_NGRAMS: usize = 28;
const LOSS: usize = 32;
const KIND: usize = 36;
const BUCKET: usize = 40;
const MAXN: usize = 48;
const SIZE: usize = 64;
const WORDS: usize = 68;
const LABELS: usize = 72;
const PRUNED: usize = 84;
const FIRST_WORD: usize = 92;

#[test]
fn errors_say_what_was_found() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let dense = model(Kind::default());
    let cases: &[(usize, i32, &str)] = &[
        (0, 1, "it does not begin as one"),
        (VERSION, 10, "version 10 of the format is unknown"),
        (VERSION, 13, "version 13 of the format is unknown"),
        (DIM, -1, "dim of the header is -1"),
        (DIM, 0, "its vectors have no length"),
        (DIM, 7, "the input matrix is 25 x 4, and 25 x 7 is needed"),
        (
            WORD_NGRAMS,
            i32::MAX,
            "wordNgrams of 2147483647 is more than 64",
        ),
        (LOSS, 9, "loss 9 is unknown"),
        (KIND, 1, "it holds word vectors and no labels"),
        (BUCKET, 0, "it has n-grams and no buckets for them"),
        (BUCKET, -5, "bucket of the header is -5"),
        (
            BUCKET,
            i32::MAX,
            "the input matrix is 25 x 4, and 2147483652 x 4 is needed",
        ),
        (MAXN, -1, "maxn of the header is -1"),
        (
            SIZE,
            i32::MAX,
            "5 words and 3 labels are not 2147483647 entries",
        ),
        (WORDS, -1, "number of words of the dictionary is -1"),
        (LABELS, 0, "5 words and 0 labels are not 8 entries"),
        (PRUNED, -2, "the file ends inside its dictionary"),
        (PRUNED, 0, "the file ends inside its dictionary"),
    ];
    for (at, number, expected) in cases {
        let mut bytes = dense.clone();
        bytes[*at..at + 4].copy_from_slice(&number.to_le_bytes());
        let error = survives(&bytes)
            .err()
            .unwrap_or_else(|| panic!("{at} {number}: opened"));
        assert!(error.contains(expected), "{at} {number}: {error}");
    }
    // A dictionary that claims as many entries as can be counted.
    let mut bytes = dense.clone();
    bytes[SIZE..SIZE + 4].copy_from_slice(&i32::MAX.to_le_bytes());
    bytes[WORDS..WORDS + 4].copy_from_slice(&(i32::MAX - 3).to_le_bytes());
    let error = survives(&bytes).err().unwrap();
    assert!(
        error.contains("too short for 2147483647 entries"),
        "{error}"
    );
    // A word that never ends.
    let mut bytes = dense;
    bytes.truncate(FIRST_WORD);
    bytes.extend([b'a'; 5000]);
    let error = survives(&bytes).err().unwrap();
    assert!(
        error.contains("the file ends inside its dictionary"),
        "{error}"
    );
}

#[test]
fn sizes_that_overflow_are_refused() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let bytes = model(Kind::default());
    // The input matrix begins with its rows and columns: 25 and 4, in 64 bits each.
    let sizes: Vec<u8> = [25_i64, 4].iter().flat_map(|n| n.to_le_bytes()).collect();
    let at = bytes
        .windows(16)
        .position(|window| window == sizes)
        .unwrap();
    for (rows, columns) in [
        (i64::MAX, 4),
        (i64::MAX, i64::MAX),
        (-1, 4),
        (25, -4),
        (1 << 61, 8),
        (1 << 40, 4),
    ] {
        let mut bytes = bytes.clone();
        bytes[at..at + 8].copy_from_slice(&rows.to_le_bytes());
        bytes[at + 8..at + 16].copy_from_slice(&columns.to_le_bytes());
        assert!(survives(&bytes).is_err(), "{rows} x {columns}");
    }
}

#[test]
fn numbers_that_are_not_finite_are_refused_or_make_it_abstain() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    for kind in kinds() {
        let whole = model(kind);
        let mut bytes = whole.clone();
        let end = bytes.len();
        bytes[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
        let error = survives(&bytes)
            .err()
            .unwrap_or_else(|| panic!("{kind:?}: opened"));
        assert!(error.contains("not finite"), "{kind:?}: {error}");
    }
    let mut bytes = model(Kind::default());
    let sizes: Vec<u8> = [25_i64, 4].iter().flat_map(|n| n.to_le_bytes()).collect();
    let at = bytes
        .windows(16)
        .position(|window| window == sizes)
        .unwrap()
        + 16;
    bytes[at..at + 4].copy_from_slice(&f32::INFINITY.to_le_bytes());
    let opened = survives(&bytes).unwrap();
    assert_eq!(opened.predict("red"), None);
}

#[test]
fn buckets_made_to_collide_are_refused_soon() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let bytes =
        fasttext_support::writer::with_kept_buckets((0..3000).map(fasttext_support::colliding));
    let error = survives(&bytes).err().unwrap();
    assert!(error.contains("one hash"), "{error}");
}

#[test]
fn words_made_to_collide_are_refused_soon() {
    let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
    let words = fasttext_support::colliding_words();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let error = survives(&fasttext_support::writer::with_words(&words))
        .err()
        .unwrap();
    assert!(
        error.contains("the words of the dictionary all have one hash"),
        "{error}"
    );
}

#[test]
fn files_that_are_no_models() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.bin");
    std::fs::write(&empty, b"").unwrap();
    let text = folder.path().join("text.bin");
    std::fs::write(
        &text,
        b"Once upon a time there was a file that held a story and no model.",
    )
    .unwrap();
    let error = |path: &std::path::Path| FastText::open(path).err().unwrap();
    assert_eq!(
        error(&empty).to_string(),
        "not a fastText model: the file is empty"
    );
    assert_eq!(
        error(&text).to_string(),
        "not a fastText model: it does not begin as one"
    );
    assert_eq!(
        error(folder.path()).to_string(),
        "not a fastText model: not a regular file"
    );
    assert!(matches!(
        error(&folder.path().join("nowhere.bin")),
        Error::Read(_)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_do_no_harm(
        kind in proptest::sample::select(kinds()),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        early in any::<bool>(),
        cut in proptest::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
        let mut bytes = model(kind);
        // Half of the cases change what is dense with sizes.
        let len = if early { 400 } else { bytes.len() };
        for (at, byte) in changes {
            bytes[at.index(len)] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = survives(&bytes);
    }

    #[test]
    fn sizes_of_all_kinds_do_no_harm(
        kind in proptest::sample::select(kinds()),
        at in 0_usize..500,
        number in proptest::sample::select(vec![-1_i64, 0, 1, 255, 1 << 16, i64::from(i32::MAX), i64::from(i32::MIN), 1 << 40, i64::MAX, i64::MIN]),
        wide in any::<bool>(),
    ) {
        let _alone = ALONE.lock().unwrap_or_else(|e| e.into_inner());
        let mut bytes = model(kind);
        let width = if wide { 8 } else { 4 };
        bytes[at..at + width].copy_from_slice(&number.to_le_bytes()[..width]);
        let _ = survives(&bytes);
    }
}
