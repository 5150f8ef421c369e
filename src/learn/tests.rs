use std::io::{Cursor, ErrorKind};

use proptest::prelude::*;

use super::*;

/// A document of the tests: its address and its paragraphs.
type Page = (Option<&'static str>, Vec<String>);

fn pages() -> impl Strategy<Value = Vec<Page>> {
    let url = prop::sample::select(vec![
        None,
        Some("https://news.example/a"),
        Some("http://www.news.example:8080/b?c"),
        Some("https://other.example/"),
    ]);
    // Few words, so that much is repeated; few short ones, so that nothing is counted for some.
    let paragraph = prop_oneof![
        3 => "(home|news|sport|about us|read more)",
        2 => "[abc]{1,3} [xyz]{1,2}",
        1 => "[-*]{0,3}",
    ];
    prop::collection::vec((url, prop::collection::vec(paragraph, 0..8)), 0..60)
}

fn add(batch: &mut Batch, (url, paragraphs): &Page) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for paragraph in paragraphs {
        spans.push(text.len()..text.len() + paragraph.len());
        text += paragraph;
        text.push('\n');
    }
    batch.add(*url, &text, &spans);
}

/// The file of some documents, in batches of `size`, with room for `entries`.
fn learn(
    pages: &[Page],
    scope: Scope,
    size: usize,
    entries: usize,
    min: u32,
) -> (Vec<u8>, Figures) {
    let make_run = || Ok(Cursor::new(Vec::new()));
    let mut counter = Counter::new(scope, entries * size_of::<Entry>(), make_run).unwrap();
    for pages in pages.chunks(size) {
        let mut batch = Batch::new(scope);
        pages.iter().for_each(|page| add(&mut batch, page));
        if size > 2 {
            batch.settle();
        }
        counter.add(batch).unwrap();
    }
    let mut file = Vec::new();
    let figures = counter.finish(min, &mut file).unwrap();
    (file, figures)
}

fn open(bytes: &[u8]) -> std::io::Result<Records<Cursor<Vec<u8>>>> {
    Records::open(Cursor::new(bytes.to_vec()), "a.repeated")
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    open(bytes).unwrap().map(|entry| entry.unwrap()).collect()
}

/// What a file should hold, counted the plain way.
fn plainly(pages: &[Page], scope: Scope, min: u32) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for page in pages {
        let mut batch = Batch::new(scope);
        add(&mut batch, page);
        for entry in batch.entries {
            match all.iter_mut().find(|known| known.key() == entry.key()) {
                Some(known) => {
                    known.documents += 1;
                    known.keeper = known.keeper.min(entry.keeper);
                }
                None => all.push(entry),
            }
        }
    }
    all.retain(|entry| entry.documents >= min);
    all.sort_by_key(Entry::key);
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_file_holds_what_plain_counting_finds(pages in pages(), by_site: bool, min in 1u32..4) {
        let scope = if by_site { Scope::Site } else { Scope::Corpus };
        let (file, figures) = learn(&pages, scope, 7, 1000, min);
        prop_assert_eq!(entries(&file), plainly(&pages, scope, min));
        prop_assert_eq!(figures.different, plainly(&pages, scope, 0).len() as u64);
        prop_assert_eq!(figures.documents, pages.len() as u64);
    }

    #[test]
    fn neither_order_nor_batches_nor_memory_change_a_byte(pages in pages(), size in 1usize..9, entries in 16usize..40, turn: prop::sample::Index) {
        let (whole, _) = learn(&pages, Scope::Site, 100, 1000, 2);
        let mut other = pages.clone();
        if !other.is_empty() {
            let at = turn.index(other.len());
            other.rotate_left(at);
            other.reverse();
        }
        prop_assert_eq!(learn(&other, Scope::Site, size, entries, 2).0, whole);
    }

    #[test]
    fn parts_joined_are_the_whole(pages in pages(), cut: prop::sample::Index, min in 1u32..4) {
        let at = cut.index(pages.len() + 1);
        let parts = [&pages[at..], &pages[..at]].map(|part| learn(part, Scope::Site, 3, 20, 1).0);
        let mut joined = Vec::new();
        join_files(parts.iter().map(|part| open(part).unwrap()).collect(), min, &mut joined).unwrap();
        prop_assert_eq!(joined, learn(&pages, Scope::Site, 3, 1000, min).0);
    }

    #[test]
    fn a_damaged_file_is_told_and_not_believed(pages in pages(), place: prop::sample::Index, bit in 0u32..8, cut: bool) {
        let (whole, _) = learn(&pages, Scope::Site, 3, 1000, 1);
        let mut file = whole.clone();
        let at = place.index(file.len());
        if cut {
            file.truncate(at);
        } else {
            file[at] ^= 1 << bit;
        }
        let error = Learnt::read(Cursor::new(file), "a.repeated", 0).unwrap_err();
        prop_assert_eq!(error.kind(), ErrorKind::InvalidData);
        prop_assert!(error.to_string().starts_with("a.repeated: "), "{}", error);
        prop_assert!(!error.to_string().contains('\n'));
    }
}

/// Thousands of different paragraphs with room for 16: hundreds of runs on three levels, and never more held.
#[test]
fn what_does_not_fit_is_moved_out_in_runs_and_comes_back() {
    let pages: Vec<Page> = (0..4000)
        .map(|i| {
            let own = format!("paragraph number {i}");
            (None, vec![own.clone(), format!("shared by {}", i / 5), own])
        })
        .collect();
    let (file, figures) = learn(&pages, Scope::Site, 10, 16, 2);
    assert!(figures.runs > 256, "{figures:?}");
    assert_eq!((figures.different, figures.written), (4800, 800));
    assert_eq!(figures.paragraphs, 12_000);
    let found = entries(&file);
    assert!(found.iter().all(|entry| entry.documents == 5));
    assert_eq!(file, learn(&pages, Scope::Site, 10, 100_000, 2).0);
}

#[test]
fn a_site_is_the_host_without_www() {
    let site = |url| Scope::Site.site(Some(url));
    let news = site("https://news.example/");
    for same in [
        "http://www.news.example/a/b",
        "https://NEWS.example:443?q",
        "https://user@news.example.#x",
        " https://WWW.News.Example ",
    ] {
        assert_eq!(site(same), news, "{same}");
    }
    for other in [
        "https://a.news.example/",
        "https://newsexample/",
        "https://www.example/",
        "https://[2001:db8::1]:80/",
    ] {
        assert!(site(other) != news && site(other) != 0, "{other}");
    }
    for nameless in [
        "",
        "news.example",
        "/a/b",
        "://news.example",
        "file:///a",
        "https://",
    ] {
        assert_eq!(site(nameless), 0, "{nameless}");
    }
    assert_eq!(Scope::Site.site(None), 0);
    assert_eq!(Scope::Corpus.site(Some("https://news.example/")), 0);
}

#[test]
fn files_of_another_kind_or_version_are_told_apart() {
    let (whole, _) = learn(&[(None, vec!["a line".to_owned()])], Scope::Site, 1, 16, 1);
    let told = |file: &[u8]| open(file).unwrap_err().to_string();
    let not_one = "a.repeated: not a file that `cleanfilter learn` wrote";
    assert_eq!(told(b"{\"text\": \"a line that is long enough\"}"), not_one);
    assert_eq!(told(b""), not_one);
    let mut later = whole.clone();
    later[8] = 2;
    assert!(told(&later).contains("version 2, and this build reads version 1"));
    assert!(told(&whole[..whole.len() - 1]).contains("cut short"));
    assert!(told(&[&whole[..], b"x"].concat()).contains("cut short"));
    let corpus = learn(&[], Scope::Corpus, 1, 16, 1).0;
    let error = join_files(
        vec![open(&whole).unwrap(), open(&corpus).unwrap()],
        1,
        Vec::new(),
    );
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("the whole corpus, unlike")
    );
}

#[test]
fn what_parts_left_out_stays_out() {
    let page = |text: &str| (None, vec![text.to_owned()]);
    let one = learn(&[page("a line"), page("a line")], Scope::Site, 1, 16, 2).0;
    let two = learn(&[page("a line"), page("a verse")], Scope::Site, 1, 16, 1).0;
    let mut joined = Vec::new();
    let files = vec![open(&one).unwrap(), open(&two).unwrap()];
    join_files(files, 1, &mut joined).unwrap();
    let found = open(&joined).unwrap();
    // "a verse" may have stood in a document of the first part: nobody knows.
    assert_eq!((found.min_documents, found.documents), (2, 4));
    assert_eq!(found.map(|e| e.unwrap().documents).collect::<Vec<_>>(), [3]);
}
