//! Judgement cases of the rule `off-language`: `tests/judgement/fragments/*.toml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    missing_docs
)] // a test that cannot go on should say so

mod judgement_support;

use std::collections::BTreeMap;

use judgement_support::{Case, cases, words};

/// Words that went although they should not, and words that stayed although they should go.
fn faults(case: &Case, text: &str) -> Vec<String> {
    let left = judgement_support::clean(text);
    let mut faults = Vec::new();
    let mut went = bag(text);
    take(&mut went, &bag(&left));
    let mut want = BTreeMap::new();
    for stray in &case.drop {
        for (word, n) in bag(stray) {
            *want.entry(word).or_insert(0) += n;
        }
    }
    let abstained = case.may_abstain && went.is_empty();
    let (mut over, mut missed) = (went.clone(), want.clone());
    take(&mut over, &want);
    take(&mut missed, &went);
    if !over.is_empty() {
        faults.push(format!("went: {}", list(&over)));
    }
    if !missed.is_empty() && !abstained {
        faults.push(format!("stayed: {}", list(&missed)));
    }
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for keep in &case.keep {
        if !flat(&left).contains(&flat(keep)) {
            faults.push(format!("broken: {keep}"));
        }
    }
    faults
}

type Bag = BTreeMap<String, usize>;

fn bag(text: &str) -> Bag {
    let mut bag = Bag::new();
    for word in words(text) {
        *bag.entry(word).or_default() += 1;
    }
    bag
}

fn take(bag: &mut Bag, other: &Bag) {
    bag.retain(|word, n| {
        *n = n.saturating_sub(other.get(word).copied().unwrap_or(0));
        *n > 0
    });
}

fn list(bag: &Bag) -> String {
    bag.keys().cloned().collect::<Vec<_>>().join(" ")
}

#[test]
fn strays_go_and_what_an_author_put_there_stays() {
    let all = cases();
    let mut wrong = Vec::new();
    for case in &all {
        let faults = faults(case, &case.text);
        match (faults.is_empty(), &case.known_failure) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(why)) => wrong.push(format!("{}: no longer fails ({why})", case.name)),
            (false, None) => wrong.push(format!("{}: {}", case.name, faults.join("; "))),
        }
    }
    assert!(all.len() >= 250, "{} cases", all.len());
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}
