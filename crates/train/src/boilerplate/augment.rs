//! Pages made from pages, for what the labelled ones lack: text without boilerplate, text wrapped at a width, short
//! pages, languages whose phrases nobody labelled.

use std::io::{self, BufRead, BufReader};
use std::path::Path;

use cleanfilter::judge::boilerplate::kinds::Kind;

use super::Random;
use super::data::{MEASURED, Page, number, tokens};
use super::grow_kinds::Phrase;

/// Shares of the pages that are made into each.
const CLEAN: f32 = 0.3;
const WRAPPED: f32 = 0.12;
const SHORT: f32 = 0.3;
const MASKED: f32 = 0.25;

/// Made pages, each of the site of the page that it was made from.
pub fn pages(from: &[Page]) -> Vec<Page> {
    let mut made = Vec::new();
    for page in from {
        let mut random = Random(number(&page.id) ^ number(&page.site));
        if random.unit() < CLEAN {
            made.push(clean(page));
        }
        if random.unit() < WRAPPED {
            let width = [34, 46, 60, 72][random.below(4)];
            let all = random.unit() < 0.5;
            made.push(wrapped(page, width, all));
        }
        if random.unit() < SHORT {
            made.push(short(page, &mut random));
        }
        if random.unit() < MASKED {
            let mut copy = blank(page);
            for i in 0..page.lines.len() {
                copy.push(page.line(i), page.wanted[i]);
            }
            copy.masked = true;
            made.push(copy);
        }
    }
    made.retain(|p| p.kept_tokens() > 0.0);
    made
}

fn blank(page: &Page) -> Page {
    Page {
        set: page.set,
        id: page.id.clone(),
        lang: page.lang.clone(),
        kind: page.kind.clone(),
        site: page.site.clone(),
        made: true,
        ..Page::default()
    }
}

/// What is wanted, alone.
fn clean(page: &Page) -> Page {
    let mut made = blank(page);
    for i in 0..page.lines.len() {
        if page.wanted[i] == Some(true) {
            made.push(page.line(i), Some(true));
        }
    }
    made
}

/// Long lines broken at a width; `all`: with the boilerplate.
fn wrapped(page: &Page, width: usize, all: bool) -> Page {
    let mut made = blank(page);
    for i in 0..page.lines.len() {
        if page.wanted[i] != Some(true) && !all {
            continue;
        }
        let (mut line, mut length) = (String::new(), 0);
        for word in page.line(i).split(' ') {
            let n = word.chars().count();
            if length > 0 && length + 1 + n > width {
                made.push(&line, page.wanted[i]);
                line.clear();
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += n;
        }
        if length > 0 {
            made.push(&line, page.wanted[i]);
        }
    }
    made
}

/// A few lines of each run of boilerplate, and a stretch of what is wanted.
fn short(page: &Page, random: &mut Random) -> Page {
    let mut made = blank(page);
    let most = 2 + random.below(9);
    let mut run = 0;
    let kept = page.wanted.iter().filter(|w| **w == Some(true)).count();
    let (mut seen, stop) = (0, 3 + random.below(kept.max(4)));
    for i in 0..page.lines.len() {
        if page.wanted[i] == Some(true) {
            run = 0;
            seen += 1;
            if seen > stop {
                continue;
            }
        } else {
            run += 1;
            if run > most {
                continue;
            }
        }
        made.push(page.line(i), page.wanted[i]);
    }
    made
}

/// Languages of the phrases that were written, and the labels of their texts.
const LABELS: [(&str, &str); 43] = [
    ("en", "eng_Latn"),
    ("de", "deu_Latn"),
    ("fr", "fra_Latn"),
    ("es", "spa_Latn"),
    ("pt", "por_Latn"),
    ("it", "ita_Latn"),
    ("nl", "nld_Latn"),
    ("pl", "pol_Latn"),
    ("cs", "ces_Latn"),
    ("sk", "slk_Latn"),
    ("ru", "rus_Cyrl"),
    ("uk", "ukr_Cyrl"),
    ("bg", "bul_Cyrl"),
    ("sr", "srp_Cyrl"),
    ("hr", "hrv_Latn"),
    ("sl", "slv_Latn"),
    ("hu", "hun_Latn"),
    ("ro", "ron_Latn"),
    ("el", "ell_Grek"),
    ("tr", "tur_Latn"),
    ("sv", "swe_Latn"),
    ("da", "dan_Latn"),
    ("no", "nob_Latn"),
    ("fi", "fin_Latn"),
    ("et", "ekk_Latn"),
    ("et", "est_Latn"),
    ("lt", "lit_Latn"),
    ("lv", "lvs_Latn"),
    ("ca", "cat_Latn"),
    ("zh", "cmn_Hans"),
    ("zh", "cmn_Hant"),
    ("ja", "jpn_Jpan"),
    ("ko", "kor_Hang"),
    ("ar", "arb_Arab"),
    ("fa", "pes_Arab"),
    ("he", "heb_Hebr"),
    ("hi", "hin_Deva"),
    ("bn", "ben_Beng"),
    ("ta", "tam_Taml"),
    ("th", "tha_Thai"),
    ("vi", "vie_Latn"),
    ("id", "ind_Latn"),
    ("sw", "swh_Latn"),
];

/// A language's code of three letters, where one of two is given that phrases were written in.
pub fn three_letters(code: &str) -> &str {
    LABELS
        .iter()
        .find(|(two, _)| *two == code)
        .and_then(|(_, label)| label.get(..3))
        .unwrap_or(code)
}

/// Pages of sentences in many languages: up to 12 lines of up to four sentences. In the languages of `phrases` most of
/// them stand among what pages say around their texts.
pub fn sentences(
    folder: &Path,
    core: &Path,
    per_language: usize,
    phrases: &[Phrase],
) -> io::Result<Vec<Page>> {
    let labels = std::fs::read_to_string(core)?;
    let mut made = Vec::new();
    for label in labels.split_whitespace() {
        let Ok(file) = std::fs::File::open(folder.join(format!("{label}.txt.zst"))) else {
            continue;
        };
        let language = LABELS
            .iter()
            .find(|(_, l)| *l == label)
            .map(|(code, _)| *code);
        let own: Vec<&Phrase> = phrases
            .iter()
            .filter(|p| Some(p.language.as_str()) == language)
            .collect();
        let mut random = Random(number(label));
        let mut lines = BufReader::new(zstd::Decoder::new(file)?).lines();
        let pages = if own.is_empty() {
            per_language
        } else {
            3 * per_language
        };
        for k in 0..pages {
            let mut text = Vec::new();
            let (count, joined) = (1 + random.below(12), 1 + random.below(4));
            for _ in 0..count {
                let mut paragraph = String::new();
                for _ in 0..joined {
                    for line in lines.by_ref().take(200) {
                        let line = line?;
                        // Sentences, not labels of buttons.
                        let ends = ['.', '!', '?', '।', '。', '”', '"', '။', '።', '؟', '۔'];
                        if tokens(&line) >= 8.0 && (line.ends_with(ends) || label == "tha_Thai") {
                            paragraph.push_str(&line);
                            paragraph.push(' ');
                            break;
                        }
                    }
                }
                if !paragraph.is_empty() {
                    text.push(paragraph);
                }
            }
            if text.is_empty() {
                continue;
            }
            let mut page = sentence_page(label, k);
            let among = !own.is_empty() && random.unit() < 0.8;
            page.masked = !among && random.unit() < 0.5;
            if among {
                use Kind::*;
                around(
                    &mut page,
                    &own,
                    &[Navigation, Navigation, Navigation, Search, Login, Cookies],
                    &mut random,
                );
            }
            for paragraph in &text {
                page.push(paragraph, Some(true));
            }
            if among {
                use Kind::*;
                let after = [
                    Share, Related, Tags, Comments, Legal, Legal, Login, Ads, More, Pagination,
                    Cookies, Javascript, Navigation,
                ];
                around(&mut page, &own, &after, &mut random);
            }
            made.push(page);
        }
    }
    Ok(made)
}

fn sentence_page(label: &str, k: usize) -> Page {
    Page {
        // They are counted with the set that is not measured.
        set: MEASURED,
        id: format!("{label}{k}"),
        lang: label.get(..3).unwrap_or("").to_string(),
        kind: "sentences".to_string(),
        site: format!("{label}{k}"),
        made: true,
        ..Page::default()
    }
}

/// A few lines of what pages say around their texts: each by itself, or some in one line.
fn around(page: &mut Page, phrases: &[&Phrase], kinds: &[Kind], random: &mut Random) {
    let mut chosen = Vec::new();
    let most = 1 + random.below(9);
    for _ in 0..most {
        let kind = kinds[random.below(kinds.len())];
        let of: Vec<&&Phrase> = phrases.iter().filter(|p| p.kind == kind).collect();
        if !of.is_empty() {
            chosen.push(of[random.below(of.len())].text.as_str());
        }
    }
    let separator = [" | ", " · ", " > ", " "][random.below(4)];
    if random.unit() < 0.35 {
        for line in chosen.chunks(4) {
            page.push(&line.join(separator), Some(false));
        }
    } else {
        for line in chosen {
            page.push(line, Some(false));
        }
    }
}
