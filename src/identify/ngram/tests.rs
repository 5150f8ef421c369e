//! The identifier as a whole: cases as data, and what must hold for any text.

use proptest::prelude::*;

use super::model::{Model, State};
use super::*;
use crate::tables::ngram::NGRAMS;

fn code(guess: Option<Guess>) -> String {
    guess.map_or("und".to_owned(), |g| g.language.iso639_3().to_owned())
}

/// `zxx` and `und` are as good as one another where no language may be told.
#[test]
fn cases() {
    let ngram = Ngram::new();
    let mut wrong = Vec::new();
    for line in include_str!("cases.tsv").lines() {
        let Some((wanted, text)) = line.split_once('\t') else {
            panic!("no tab: {line}")
        };
        let got = code(ngram.identify(text));
        let nothing = |c: &str| c == "und" || c == "zxx";
        if got != wanted && !(nothing(&got) && nothing(wanted)) {
            wrong.push(format!("{wanted} but {got}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn case_and_composition_do_not_matter() {
    let ngram = Ngram::new();
    for (a, b) in [
        (
            "Le pont est resté fermé",
            "LE PONT EST RESTE\u{301} FERME\u{301}",
        ),
        (
            "Мост был закрыт всё лето",
            "МОСТ БЫЛ ЗАКРЫТ ВСЕ\u{308} ЛЕТО",
        ),
        (
            "Η γέφυρα ήταν κλειστή",
            "Η ΓΕ\u{301}ΦΥΡΑ Η\u{301}ΤΑΝ ΚΛΕΙΣΤΗ\u{301}",
        ),
        (
            "সেতুটি সারা গ্রীষ্মকাল বন্ধ ছিলো",
            "সেতুটি সারা গ্রীষ্মকাল বন্ধ ছিল\u{9c7}\u{9be}",
        ),
        (
            "Cây cầu đã bị đóng cửa",
            "CA\u{302}Y CA\u{302}\u{300}U ĐÃ BI\u{323} ĐO\u{301}NG CU\u{31b}\u{309}A",
        ),
    ] {
        assert_eq!(ngram.identify(a), ngram.identify(b), "{a} / {b}");
    }
}

#[test]
fn candidates_narrow_the_answer() {
    let two: Vec<Language> = ["por_Latn", "pol_Latn", "xxx_Latn"]
        .iter()
        .filter_map(|l| Language::from_label(l))
        .collect();
    let ngram = Ngram::new().with_candidates(&two);
    assert_eq!(ngram.languages().len(), 2);
    assert_eq!(ngram.missing().len(), 1);
    assert_eq!(
        code(ngram.identify("El puente estuvo cerrado durante todo el verano.")),
        "por"
    );
    assert_eq!(code(ngram.identify("Мост был закрыт всё лето.")), "und");
    let sure = |n: &Ngram| {
        n.identify("Ainda falta uma resposta")
            .map_or(0.0, |g| g.confidence)
    };
    assert!(sure(&ngram) >= sure(&Ngram::new()));
}

#[test]
fn a_long_text_is_told_by_its_windows() {
    let ngram = Ngram::new();
    let long = "Die Brücke blieb den ganzen Sommer über gesperrt, weil niemand das Geld hatte. "
        .repeat(2000);
    assert_eq!(code(ngram.identify(&long)), "deu");
    // Half of one and half of another: whichever, but one of the two.
    let half = long[..20_000].to_owned()
        + &"El puente estuvo cerrado durante todo el verano. ".repeat(400);
    assert!(["deu", "spa"].contains(&code(ngram.identify(&half)).as_str()));
}

#[test]
fn words_say_what_they_are() {
    let ngram = Ngram::new();
    let spanish = ngram.label(Language::from_label("spa_Latn").unwrap_or(Language::ZXX));
    let Some(spanish) = spanish else {
        panic!("no Spanish")
    };
    let common = ngram.common_words(ngram.language(spanish));
    let mut reader = ngram.words("El puente, 12 мост");
    let mut seen = Vec::new();
    while let Some(w) = reader.next() {
        seen.push((
            w.span.clone(),
            w.nats(spanish).is_some(),
            common.is_some_and(|c| w.is_common(c)),
        ));
    }
    assert_eq!(
        seen,
        [
            (0..2, true, true),
            (3..9, true, false),
            (14..22, false, false)
        ]
    );
}

#[test]
fn a_damaged_table_gives_no_panic() {
    assert!(Model::new(b"").is_none());
    assert!(Model::new(b"cfng").is_none());
    let mut state = State::default();
    for cut in [9, 100, 1000, 10_000, NGRAMS.len() - 1] {
        if let Some(model) = Model::new(&NGRAMS[..cut]) {
            model.weigh("Die Brücke blieb gesperrt", &mut state, &[]);
        }
    }
    // Bytes turned over, evenly and in the headers.
    for step in [1, 3, 1009, 100_003] {
        let mut bytes = NGRAMS.to_vec();
        for i in (if step < 10 {
            6..2000
        } else {
            2000..bytes.len()
        })
        .step_by(step)
        {
            bytes[i] ^= 0xA5;
        }
        if let Some(model) = Model::new(&bytes) {
            model.weigh("Die Brücke blieb gesperrt мост был закрыт", &mut state, &[]);
        }
    }
}

proptest! {
    #[test]
    fn any_text_has_an_answer(text in "\\PC*", times in 1usize..300) {
        let ngram = Ngram::new();
        let text = text.repeat(times);
        if let Some(g) = ngram.identify(&text) {
            prop_assert!((0.0..=1.0).contains(&g.confidence));
            prop_assert!(g.language == Language::ZXX || ngram.languages().contains(&g.language));
        }
        let mut at = 0;
        let mut reader = ngram.words(&text);
        while let Some(w) = reader.next() {
            prop_assert!(w.span.start >= at && w.span.end > w.span.start && text.is_char_boundary(w.span.end));
            at = w.span.end;
        }
    }

    #[test]
    fn letter_case_does_not_matter(text in "[a-zäöüéèçñøåа-яёїєα-ω ,.]{1,60}") {
        // Letters whose capital has another small letter are left out above.
        let ngram = Ngram::new();
        prop_assert_eq!(ngram.identify(&text), ngram.identify(&text.to_uppercase()));
    }
}
