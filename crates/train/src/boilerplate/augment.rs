//! Pages made from pages, for what the labelled ones lack: text without boilerplate, text wrapped at a width, short
//! pages, languages whose phrases nobody labelled.

use std::io::{self, BufRead, BufReader};
use std::path::Path;

use super::Random;
use super::data::{Page, number, tokens};

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
        text: String::new(),
        lines: Vec::new(),
        wanted: Vec::new(),
        tokens: Vec::new(),
        made: true,
        masked: false,
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

/// Pages of sentences in many languages, all wanted: `a` sentences a line, at most 12 lines.
pub fn sentences(folder: &Path, core: &Path, per_language: usize) -> io::Result<Vec<Page>> {
    let labels = std::fs::read_to_string(core)?;
    let mut made = Vec::new();
    for label in labels.split_whitespace() {
        let Ok(file) = std::fs::File::open(folder.join(format!("{label}.txt.zst"))) else {
            continue;
        };
        let mut random = Random(number(label));
        let mut lines = BufReader::new(zstd::Decoder::new(file)?).lines();
        for k in 0..per_language {
            let mut page = Page {
                set: 7,
                id: format!("{label}{k}"),
                lang: label.get(..3).unwrap_or("").to_string(),
                kind: String::new(),
                site: format!("{label}{k}"),
                text: String::new(),
                lines: Vec::new(),
                wanted: Vec::new(),
                tokens: Vec::new(),
                made: true,
                masked: true,
            };
            let (count, joined) = (1 + random.below(12), 1 + random.below(4));
            for _ in 0..count {
                let mut text = String::new();
                for _ in 0..joined {
                    for line in lines.by_ref().take(200) {
                        let line = line?;
                        // Sentences, not labels of buttons.
                        if tokens(&line) >= 8.0
                            && line
                                .ends_with(['.', '!', '?', '।', '。', '”', '"', '။', '።', '؟', '۔'])
                        {
                            text.push_str(&line);
                            text.push(' ');
                            break;
                        }
                    }
                }
                if !text.is_empty() {
                    page.push(&text, Some(true));
                }
            }
            if !page.lines.is_empty() {
                made.push(page);
            }
        }
    }
    Ok(made)
}
