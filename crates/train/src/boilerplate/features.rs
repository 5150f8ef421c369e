//! Which measures the looks may ask, at which lines around.

use cleanfilter::judge::boilerplate::columns::Column;

/// What the first look may ask.
pub fn first() -> Vec<(u8, i8)> {
    use Column::*;
    let mut all: Vec<(u8, i8)> = Column::ALL
        .iter()
        .take_while(|c| **c != Guess)
        .map(|c| (*c as u8, 0))
        .collect();
    for c in [
        Units,
        Ends,
        Commas,
        TitleShare,
        Last,
        First,
        FunctionShare,
        Phrase,
        Date,
        SymbolShare,
        Topic,
    ] {
        all.extend([-4, -3, -2, -1, 1, 2, 3, 4].map(|s| (c as u8, s)));
    }
    all.extend([-3, -2, -1].map(|s| (Follow as u8, s)));
    for c in [
        DigitShare, Numbers, Separators, SameBefore, Foreign, PhraseLow, Echo, Rights, Questions,
    ] {
        all.extend([-2, -1, 1, 2].map(|s| (c as u8, s)));
    }
    all
}

/// What the second look may ask.
pub fn second() -> Vec<(u8, i8)> {
    use Column::*;
    let mut all = first();
    all.extend(
        Column::ALL
            .iter()
            .skip_while(|c| **c != Guess)
            .map(|c| (*c as u8, 0)),
    );
    for s in 1..=8 {
        all.extend([(Guess as u8, s), (Guess as u8, -s)]);
    }
    for c in [GuessAlike, GuessRun] {
        all.extend([-2, -1, 1, 2].map(|s| (c as u8, s)));
    }
    all
}
