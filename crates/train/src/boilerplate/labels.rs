//! The kind of a line of boilerplate, as its page's HTML tells it: names of classes, addresses of links.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use cleanfilter::judge::boilerplate::kinds::Kind;
use serde::Deserialize;

use super::data::{Page, SETS};

/// What is looked for in names of classes and the like, the first found counts.
const NAMES: &[(&str, Kind)] = &[
    ("cookie", Kind::Cookies),
    ("consent", Kind::Cookies),
    ("gdpr", Kind::Cookies),
    ("readmore", Kind::More),
    ("read-more", Kind::More),
    ("more-link", Kind::More),
    ("breadcrumb", Kind::Navigation),
    ("pagination", Kind::Pagination),
    ("pager", Kind::Pagination),
    ("page-numbers", Kind::Pagination),
    ("paginat", Kind::Pagination),
    ("comment", Kind::Comments),
    ("disqus", Kind::Comments),
    ("respond", Kind::Comments),
    ("share", Kind::Share),
    ("sharing", Kind::Share),
    ("social", Kind::Share),
    ("addthis", Kind::Share),
    ("follow", Kind::Share),
    ("newsletter", Kind::Login),
    ("subscri", Kind::Login),
    ("login", Kind::Login),
    ("signin", Kind::Login),
    ("sign-in", Kind::Login),
    ("signup", Kind::Login),
    ("sign-up", Kind::Login),
    ("register", Kind::Login),
    ("account", Kind::Login),
    ("search", Kind::Search),
    ("related", Kind::Related),
    ("recommend", Kind::Related),
    ("popular", Kind::Related),
    ("trending", Kind::Related),
    ("most-read", Kind::Related),
    ("mostread", Kind::Related),
    ("latest", Kind::Related),
    ("recent", Kind::Related),
    ("more-from", Kind::Related),
    ("teaser", Kind::Related),
    ("byline", Kind::Byline),
    ("author", Kind::Byline),
    ("pubdate", Kind::Byline),
    ("publish", Kind::Byline),
    ("timestamp", Kind::Byline),
    ("dateline", Kind::Byline),
    ("entry-meta", Kind::Byline),
    ("post-meta", Kind::Byline),
    ("entry-date", Kind::Byline),
    ("tagcloud", Kind::Tags),
    ("tag-", Kind::Tags),
    ("tags", Kind::Tags),
    ("advert", Kind::Ads),
    ("sponsor", Kind::Ads),
    ("adsense", Kind::Ads),
    ("copyright", Kind::Legal),
    ("legal", Kind::Legal),
    ("disclaimer", Kind::Legal),
    ("privacy", Kind::Legal),
];
/// Whole names.
const WORDS: &[(&str, Kind)] = &[
    ("ad", Kind::Ads),
    ("ads", Kind::Ads),
    ("tag", Kind::Tags),
    ("nav", Kind::Navigation),
    ("navbar", Kind::Navigation),
    ("menu", Kind::Navigation),
    ("date", Kind::Byline),
    ("noscript", Kind::Javascript),
];
/// In addresses of links.
const ADDRESSES: &[(&str, Kind)] = &[
    ("facebook.com/shar", Kind::Share),
    ("twitter.com/", Kind::Share),
    ("facebook.com/", Kind::Share),
    ("/tag/", Kind::Tags),
    ("/tags/", Kind::Tags),
    ("privacy", Kind::Legal),
    ("terms", Kind::Legal),
    ("impressum", Kind::Legal),
    ("datenschutz", Kind::Legal),
    ("login", Kind::Login),
    ("signin", Kind::Login),
    ("register", Kind::Login),
    ("/author/", Kind::Byline),
    ("#comment", Kind::Comments),
    ("#respond", Kind::Comments),
    ("#more-", Kind::More),
];
/// Elements.
const ELEMENTS: &[(&str, Kind)] = &[
    ("nav", Kind::Navigation),
    ("header", Kind::Navigation),
    ("footer", Kind::Navigation),
    ("time", Kind::Byline),
];
const VOID: &[&str] = &[
    "br", "img", "input", "hr", "meta", "link", "area", "base", "col", "embed", "source", "wbr",
    "param",
];

#[derive(Deserialize)]
struct Record {
    id: serde_json::Value,
    html: String,
}

/// The HTML of a set's pages, by the page's name, handed to `each`.
pub fn read(folder: &Path, set: usize, mut each: impl FnMut(&str, &str)) -> io::Result<()> {
    let name = SETS.get(set).copied().unwrap_or_default();
    let file = std::fs::File::open(folder.join(format!("{name}.html.jsonl.zst")))?;
    for line in BufReader::new(zstd::Decoder::new(file)?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let id = match record.id {
            serde_json::Value::String(s) => s,
            other => other.to_string(),
        };
        each(&id, &record.html);
    }
    Ok(())
}

/// The kinds of the lines of all pages that are not wanted, where the HTML says one.
pub fn all(folder: &Path, pages: &[Page]) -> io::Result<Vec<Vec<Option<Kind>>>> {
    let mut labels: Vec<Vec<Option<Kind>>> = vec![Vec::new(); pages.len()];
    for set in 0..SETS.len() {
        let index: HashMap<&str, usize> = pages
            .iter()
            .enumerate()
            .filter(|(_, p)| p.set == set && !p.made)
            .map(|(i, p)| (p.id.as_str(), i))
            .collect();
        read(folder, set, |id, html| {
            if let Some(&i) = index.get(id) {
                labels[i] = kinds(html, &pages[i]);
            }
        })?;
    }
    Ok(labels)
}

/// The kinds of the lines of a page that are not wanted.
pub fn kinds(html: &str, page: &Page) -> Vec<Option<Kind>> {
    let (text, marks) = flat(html);
    let mut at = 0;
    (0..page.lines.len())
        .map(|i| {
            let line: String = page
                .line(i)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect();
            if line.is_empty() {
                return None;
            }
            let found = at + text.get(at..)?.find(&line)?;
            // A short line may be found far away by chance.
            if found > at + 4000 {
                return None;
            }
            at = found + line.len();
            let mark = marks.partition_point(|m| m.0 <= found).checked_sub(1)?;
            if page.wanted[i] == Some(false) {
                marks[mark].1
            } else {
                None
            }
        })
        .collect()
}

/// Letters and digits of the page's text, and from where on which kind holds.
fn flat(html: &str) -> (String, Vec<(usize, Option<Kind>)>) {
    let (mut text, mut marks) = (String::new(), vec![(0, None)]);
    let mut open: Vec<(String, Option<Kind>)> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        letters(&rest[..start], &mut text);
        let Some(end) = rest[start..].find('>') else {
            break;
        };
        let tag = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect::<String>()
            .to_ascii_lowercase();
        if matches!(name.as_str(), "head" | "title" | "select") && !closing {
            if let Some(skip) = rest.find(&format!("</{name}")) {
                rest = &rest[skip..];
            }
            continue;
        }
        if closing {
            if let Some(k) = open.iter().rposition(|(n, _)| *n == name) {
                open.truncate(k);
            }
        } else if !VOID.contains(&name.as_str()) && !tag.ends_with('/') && !name.is_empty() {
            let own = kind_of(&name, &tag.to_lowercase());
            let outer = open.last().and_then(|o| o.1);
            let kind = match own {
                // A menu inside of something named says less than the name.
                Some(Kind::Navigation) if outer.is_some() => outer,
                Some(k) => Some(k),
                None => outer,
            };
            open.push((name, kind));
        }
        marks.push((text.len(), open.last().and_then(|o| o.1)));
    }
    (text, marks)
}

fn letters(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(amp) = rest.find('&') {
        out.extend(rest[..amp].chars().filter(|c| c.is_alphanumeric()));
        rest = &rest[amp..];
        let end = rest
            .char_indices()
            .take(10)
            .find(|(_, c)| *c == ';')
            .map(|(i, _)| i);
        match end {
            Some(end) => {
                let code =
                    rest[1..end]
                        .strip_prefix('#')
                        .and_then(|n| match n.strip_prefix(['x', 'X']) {
                            Some(hex) => u32::from_str_radix(hex, 16).ok(),
                            None => n.parse().ok(),
                        });
                out.extend(
                    code.and_then(char::from_u32)
                        .filter(|c| c.is_alphanumeric()),
                );
                rest = &rest[end + 1..];
            }
            None => rest = &rest[1..],
        }
    }
    out.extend(rest.chars().filter(|c| c.is_alphanumeric()));
}

fn kind_of(element: &str, tag: &str) -> Option<Kind> {
    let mut names = String::new();
    for attribute in ["class=\"", "id=\"", "rel=\"", "role=\"", "itemprop=\""] {
        if let Some(at) = tag.find(attribute) {
            let value = &tag[at + attribute.len()..];
            names.push_str(value.split('"').next().unwrap_or(""));
            names.push(' ');
        }
    }
    let href = tag
        .find("href=\"")
        .map(|at| tag[at + 6..].split('"').next().unwrap_or(""));
    // The body's classes speak of the page.
    if matches!(element, "body" | "html" | "main" | "article") {
        return None;
    }
    NAMES
        .iter()
        .find(|(n, _)| names.contains(n))
        .or_else(|| {
            names
                .split(|c: char| !c.is_ascii_alphanumeric())
                .find_map(|w| WORDS.iter().find(|(n, _)| *n == w))
        })
        .or_else(|| href.and_then(|h| ADDRESSES.iter().find(|(n, _)| h.contains(n))))
        .or_else(|| ELEMENTS.iter().find(|(n, _)| *n == element))
        .map(|(_, k)| *k)
}
