//! Allocations: a document may cost some, a paragraph more none, once the thread's memory is warm.

#![allow(clippy::unwrap_used, unsafe_code)] // an allocator is unsafe by its trait; this one only counts

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use cleanfilter::{Filter, Settings};

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const SENTENCES: [&str; 6] = [
    "The ferry left the harbour at six with a van full of bread and eleven passengers on board.",
    "Nobody in the village could say who had repaired the bridge during the night of the storm.",
    "She wrote down the names of all the birds that came to the garden in the first week of May.",
    "By the time the train reached the valley, most of the snow on the lower fields was gone.",
    "The council will decide in autumn whether the old school is to become a library or a museum.",
    "He had kept every letter of his aunt, but he had answered none of them for many years.",
];

/// An article of so many paragraphs, no two of them equal.
fn article(paragraphs: usize) -> String {
    let sentence = |i: usize| SENTENCES[i % SENTENCES.len()];
    let paragraph = |i: usize| {
        format!(
            "In the year {} it was told again. {} {} {}",
            1500 + i,
            sentence(i),
            sentence(i / 6 + 1),
            sentence(i / 36 + 3)
        )
    };
    let all: Vec<String> = (0..paragraphs).map(paragraph).collect();
    all.join("\n\n")
}

/// Allocations of reading a text, the text's own not counted.
fn allocations(filter: &Filter, text: &str) -> usize {
    let text = text.to_owned();
    let before = COUNT.with(Cell::get);
    let document = filter.read_text(text);
    let after = COUNT.with(Cell::get);
    assert!(document.dropped().is_empty(), "all of it is wanted");
    after - before
}

#[test]
fn a_paragraph_more_allocates_nothing() {
    let filter = Filter::new(Settings::default()).unwrap();
    let (short, long) = (article(50), article(400));
    for text in [&long, &short, &long] {
        allocations(&filter, text);
    }
    let (short, long) = (allocations(&filter, &short), allocations(&filter, &long));
    // Lists of a document grow by doubling: a few more steps for eight times the paragraphs.
    assert!(
        long <= short + 3 * 16,
        "{short} allocations for 50 paragraphs, {long} for 400"
    );
}
