//! Words of English that are not cut where their marks stand, or are cut where none does: `don't`, `Mr.`, `cannot`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The pieces of a word that is an exception; `None` for every other word.
pub(super) fn pieces(word: &str) -> Option<&'static [String]> {
    // The longest exception: `shouldn’t’ve`, with its apostrophes of three bytes.
    if word.len() > 20 {
        return None;
    }
    EXCEPTIONS.get(word).map(Vec::as_slice)
}

/// Abbreviations and single marks that stay whole.
const WHOLE: &str = "' '' C++ ä. ö. ü. 's 'S ‘s ‘S and/or w/o 're 'd 'em em 'll ll 'nuff nuff 'Cause 'cause 'cos 'Cos \
    'coz 'Coz 'cuz 'Cuz 'bout ma'am Ma'am o'clock O'clock lovin' Lovin' havin' Havin' doin' Doin' goin' Goin' nothin' \
    Nothin' nuthin' Nuthin' ol' Ol' somethin' Somethin' Mt. Ak. Ala. Apr. Ariz. Ark. Aug. Calif. Colo. Conn. Dec. Del. \
    Feb. Fla. Ga. Ia. Id. Ill. Ind. Jan. Jul. Jun. Kan. Kans. Ky. La. Mar. Mass. Mich. Minn. Miss. N.C. N.D. N.H. N.J. \
    N.M. N.Y. Neb. Nebr. Nev. Nov. Oct. Okla. Ore. Pa. S.C. Sep. Sept. Tenn. Va. Wash. Wis. a.m. Adm. Bros. co. Co. \
    Corp. D.C. Dr. e.g. E.g. E.G. Gen. Gov. i.e. I.e. I.E. Inc. Jr. Ltd. Md. Messrs. Mo. Mont. Mr. Mrs. Ms. p.m. Ph.D. \
    Prof. Rep. Rev. Sen. St. vs. v.s. — :) :-) :)) (: =) :] :} ;) ;-) :( :-( :(( :/ :-/ :D :-D :P :-P :p :-p XD xD <3 :o \
    :O :0 :3 :| :* :x :X 8) ^_^ -_- o_O";

/// Words of more than one piece, a bar between the pieces.
const SPLIT: &str = "y'|all y|all how|'d|'y not|'ve not|ve can|not gon|na got|ta let|'s c'm|on";

/// Words and what may stand behind them, with the apostrophe and without.
const HOSTS: [(&str, &str); 9] = [
    ("i", "'m 'm|a"),
    (
        "i you he she it we they who what when where why how there that this these those",
        "'ll 'll|'ve 'd 'd|'ve",
    ),
    (
        "i you we they who what when where why how there these those",
        "'ve",
    ),
    (
        "you we they who what when where why how there these those",
        "'re",
    ),
    (
        "he she it who what when where why how there that this",
        "'s",
    ),
    (
        "ca could do does did had may might must need ought sha should wo would",
        "n't n't|'ve",
    ),
    ("could might must should would", "'ve"),
    ("ai are is was were have has dare", "n't"),
    ("1 2 3 4 5 6 7 8 9 10 11 12", "am a.m. pm p.m."),
];

/// Words that only look like a contraction without its apostrophe.
const NOT: &str = "ill its hell shell shed were well whore";

static EXCEPTIONS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    let mut add = |pieces: Vec<String>| {
        let curly: Vec<String> = pieces
            .iter()
            .map(|piece| piece.replace('\'', "’"))
            .collect();
        all.insert(curly.concat(), curly);
        all.insert(pieces.concat(), pieces);
    };
    for (hosts, endings) in HOSTS {
        for (host, ending) in hosts
            .split(' ')
            .flat_map(|host| endings.split(' ').map(move |ending| (host, ending)))
        {
            for host in [host.to_owned(), title(host)] {
                for ending in [ending.to_owned(), ending.replace('\'', "")] {
                    let word = format!("{host}|{ending}");
                    let bare = word.replace('|', "").to_lowercase();
                    if !NOT.split(' ').any(|not| not == bare) {
                        add(word.split('|').map(str::to_owned).collect());
                    }
                }
            }
        }
    }
    for word in SPLIT.split(' ') {
        add(word.split('|').map(str::to_owned).collect());
        add(title(word).split('|').map(str::to_owned).collect());
    }
    let letters = ('a'..='z').map(|letter| format!("{letter}."));
    for word in WHOLE.split_whitespace().map(str::to_owned).chain(letters) {
        add(vec![word]);
    }
    all
});

/// A word with its first letter as a capital.
fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
