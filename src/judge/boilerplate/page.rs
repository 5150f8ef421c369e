//! The measures of a page: each line by itself, then each among its neighbours.

use std::ops::Range;

use super::chars::SCRIPTS;
use super::columns::{Column, Page, octaves, share};
use super::line::{self, Arena, Line};
use super::words::{self, Weights, finish};

/// What the measures look words up in.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// How much a word or pair of words speaks for the line to be wanted.
    pub phrases: Weights<'a>,
    /// Function words of many languages.
    pub functions: Weights<'a>,
}

/// Memory that is used again for each page.
#[derive(Default)]
pub struct Lines {
    /// The lines of the page.
    pub lines: Vec<Line>,
    /// Their words.
    pub arena: Arena,
    /// Words of prose in each line; 0 where it is not prose.
    pub prose: Vec<f32>,
    phrase: Vec<f32>,
    seen: Vec<Seen>,
    blocks: Vec<u32>,
    block_mass: Vec<f32>,
    hashes: Vec<(u32, u32)>,
}

/// Words of a line that are looked at for function words.
const FUNCTION_WORDS: usize = 24;

/// Words of a line that are looked for in other lines.
const TOPIC_WORDS: usize = 24;

/// In how many lines a word stands, and in how many of prose.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    last: u32,
    lines: u16,
    prose: u16,
}

/// Slots of the counters of words of a page; a clash only blurs a measure.
const SLOTS: usize = 2048;

impl Lines {
    /// Measures a page: `paragraphs` are ranges of bytes of `text`, one a line.
    pub fn measure(
        &mut self,
        text: &str,
        paragraphs: &[Range<usize>],
        know: Knowledge,
        page: &mut Page,
    ) {
        self.lines.clear();
        self.arena.words.clear();
        page.reset(paragraphs.len());
        for span in paragraphs {
            let line = line::read(text.get(span.clone()).unwrap_or(""), &mut self.arena);
            self.lines.push(line);
        }
        self.own(know, page);
        self.alike(page);
        self.topics(page);
        self.around(page);
        self.blocks(page);
        self.whole(page);
    }

    /// The words of a line.
    pub fn words(&self, line: &Line) -> &[u32] {
        self.arena
            .words
            .get(line.range.0 as usize..line.range.1 as usize)
            .unwrap_or(&[])
    }

    fn own(&mut self, know: Knowledge, page: &mut Page) {
        use Column::*;
        self.prose.clear();
        self.phrase.clear();
        let mut scripts = [0u32; SCRIPTS];
        for l in &self.lines {
            for (sum, n) in scripts.iter_mut().zip(l.scripts) {
                *sum += n as u32;
            }
        }
        let main = scripts
            .iter()
            .enumerate()
            .max_by_key(|(i, n)| (**n, usize::MAX - i))
            .map_or(0, |(i, _)| i);
        let caseless = if main >= 3 { 1 } else { 0 };
        for i in 0..self.lines.len() {
            let Some(l) = self.lines.get(i) else { break };
            let words = self.words(l);
            let mut functions = 0.0;
            let looked = words
                .get(..words.len().min(FUNCTION_WORDS))
                .unwrap_or(words);
            for &w in looked {
                if know.functions.get(finish(w)).is_some() {
                    functions += 1.0;
                }
            }
            let said = words::say(l, words, know.phrases);
            let mut set = |c: Column, v: i8| page.set(c, i, v);
            let all = |n: u32| octaves(n as f32 * l.scale);
            let part = |n: u32, of: u32| share(n as f32, of as f32);
            let ends = l.ends as f32 * l.scale;
            set(Units, octaves(l.units));
            set(Chars, all(l.chars));
            set(Ends, all(l.ends));
            set(Commas, all(l.commas));
            set(DigitShare, part(l.digits, l.visible));
            set(UpperShare, part(l.upper, l.letters));
            set(TitleShare, part(l.cased[1], l.cased[0]));
            set(CapsShare, part(l.cased[2], l.cased[0]));
            set(Separators, all(l.separators));
            set(SymbolShare, part(l.symbols, l.visible));
            set(
                WordLength,
                octaves(l.letters as f32 * l.scale / (l.units.max(1.0)) * 2.0),
            );
            set(LongestWord, octaves(l.longest as f32));
            set(SentenceLength, octaves(l.units / (ends + 0.5)));
            set(First, l.first.map_or(0, |k| k as i8 + 1));
            set(Last, l.last.map_or(0, |k| k as i8 + 1));
            set(Money, all(l.money));
            set(Address, all(l.address));
            set(Rights, all(l.rights));
            set(Quotes, all(l.quotes));
            set(Questions, all(l.questions));
            set(Colons, all(l.colons));
            set(Brackets, all(l.brackets));
            set(Counted, l.counted as i8);
            set(Numbers, all(l.numbers));
            set(Date, l.date as i8);
            set(FunctionShare, share(functions, looked.len() as f32));
            set(Functions, octaves(functions));
            set(Phrase, (64.0 + said.score * 0.25).clamp(0.0, 127.0) as i8);
            set(PhraseKnown, share(said.known, 1.0));
            set(PhraseLow, (127.0 + said.low).clamp(0.0, 127.0) as i8);
            let letters: u32 = l.scripts.iter().map(|n| *n as u32).sum();
            let own = l.scripts.get(main).copied().unwrap_or(0) as u32;
            set(Foreign, share((letters - own) as f32, letters as f32));
            set(Caseless, caseless);
            let sentences = l.ends >= 1 || l.commas >= 2;
            let prose = if l.units >= 9.0 && sentences {
                l.units.min(400.0)
            } else {
                0.0
            };
            self.prose.push(prose);
            self.phrase.push(said.score);
        }
    }

    /// Lines with the same words, before and after; near lines of like shape.
    fn alike(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        self.hashes.clear();
        self.hashes.extend(
            self.lines
                .iter()
                .enumerate()
                .map(|(i, l)| (l.hash, i as u32)),
        );
        self.hashes.sort_unstable();
        let mut start = 0;
        while start < n {
            let hash = self.hashes.get(start).map_or(0, |h| h.0);
            let same = self
                .hashes
                .iter()
                .skip(start)
                .take_while(|h| h.0 == hash)
                .count();
            if same > 1 && hash != 0 {
                for (k, (_, at)) in self.hashes.iter().skip(start).take(same).enumerate() {
                    page.set(SameBefore, *at as usize, octaves(k as f32));
                    page.set(SameAfter, *at as usize, octaves((same - 1 - k) as f32));
                }
            }
            start += same.max(1);
        }
        for i in 0..n {
            let (units, first, last) = (page.get(Units, i), page.get(First, i), page.get(Last, i));
            let word = self
                .lines
                .get(i)
                .and_then(|l| self.words(l).first().copied());
            let (mut rhythm, mut anaphora, mut ends) = (0, 0, 0);
            for j in [i.wrapping_sub(2), i.wrapping_sub(1), i + 1, i + 2] {
                let Some(other) = self.lines.get(j) else {
                    continue;
                };
                rhythm += ((page.get(Units, j) - units).abs() <= 2) as i8;
                anaphora += (word.is_some() && word == self.words(other).first().copied()) as i8;
                ends += (page.get(Last, j) == last && page.get(First, j) == first) as i8;
            }
            page.set(Rhythm, i, rhythm);
            page.set(Anaphora, i, anaphora);
            page.set(SameLast, i, ends);
        }
    }

    /// Words of a line that stand in prose, or in any line, elsewhere. A word counts once a line.
    fn topics(&mut self, page: &mut Page) {
        self.seen.clear();
        self.seen.resize(SLOTS, Seen::default());
        let Lines {
            lines,
            arena,
            prose,
            seen,
            ..
        } = self;
        let words = |l: &Line| {
            let all = arena
                .words
                .get(l.range.0 as usize..l.range.1 as usize)
                .unwrap_or(&[]);
            all.get(..all.len().min(TOPIC_WORDS)).unwrap_or(all)
        };
        for (i, (l, prose)) in lines.iter().zip(&*prose).enumerate() {
            for &w in words(l) {
                if let Some(s) = seen
                    .get_mut(w as usize % SLOTS)
                    .filter(|s| s.last != i as u32 + 1)
                {
                    s.last = i as u32 + 1;
                    s.lines = s.lines.saturating_add(1);
                    s.prose = s.prose.saturating_add((*prose > 0.0) as u16);
                }
            }
        }
        for (i, (l, prose)) in lines.iter().zip(&*prose).enumerate() {
            let (mut topic, mut echo) = (0, 0);
            let own = (*prose > 0.0) as u16;
            for &w in words(l) {
                let s = seen.get(w as usize % SLOTS).copied().unwrap_or_default();
                echo += (s.lines > 1) as u32;
                topic += (s.prose > own) as u32;
            }
            let all = words(l).len() as f32;
            page.set(Column::Topic, i, share(topic as f32, all));
            page.set(Column::Echo, i, share(echo as f32, all));
        }
    }

    fn around(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        let total_units: f32 = self.lines.iter().map(|l| l.units).sum();
        let total_prose: f32 = self.prose.iter().sum();
        let (mut units, mut prose, mut rights) = (0.0, 0.0, 0.0);
        let mut state = Near::default();
        for i in 0..n {
            let Some((l, &p)) = self.lines.get(i).zip(self.prose.get(i)) else {
                break;
            };
            page.set(Place, i, share(i as f32 + 0.5, n as f32));
            page.set(PlaceWords, i, share(units + l.units / 2.0, total_units));
            page.set(PlaceProse, i, share(prose + p / 2.0, total_prose));
            page.set(LinesBefore, i, octaves(i as f32));
            page.set(LinesAfter, i, octaves((n - 1 - i) as f32));
            page.set(RightsBefore, i, octaves(rights));
            state.write(
                page,
                i,
                [
                    NearBefore,
                    FarBefore,
                    ShortBefore,
                    PhraseBefore,
                    SinceProse,
                    LastProse,
                ],
            );
            state.pass(l, p, self.phrase.get(i).copied().unwrap_or(0.0));
            units += l.units;
            prose += p;
            rights += l.rights as f32;
        }
        state = Near::default();
        for i in (0..n).rev() {
            let Some((l, &p)) = self.lines.get(i).zip(self.prose.get(i)) else {
                break;
            };
            state.write(
                page,
                i,
                [
                    NearAfter,
                    FarAfter,
                    ShortAfter,
                    PhraseAfter,
                    UntilProse,
                    NextProse,
                ],
            );
            state.pass(l, p, self.phrase.get(i).copied().unwrap_or(0.0));
        }
        let dated = |j: usize| self.lines.get(j).is_some_and(|l| l.date & 6 != 0) as i32;
        for i in 0..n {
            let near: i32 = (i.saturating_sub(6)..=i + 6).map(dated).sum();
            page.set(DatesNear, i, octaves(near as f32));
        }
    }

    /// Runs of lines that are not prose, and the blocks of prose between long ones.
    fn blocks(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len();
        let mut i = 0;
        self.blocks.clear();
        self.block_mass.clear();
        let mut mass = 0.0;
        while i < n {
            let prose = self.prose.get(i).copied().unwrap_or(0.0);
            if prose > 0.0 {
                mass += prose;
                self.blocks.push(self.block_mass.len() as u32);
                i += 1;
                continue;
            }
            let run = self.prose.iter().skip(i).take_while(|p| **p == 0.0).count();
            let units: f32 = self.lines.iter().skip(i).take(run).map(|l| l.units).sum();
            for j in i..i + run {
                page.set(Run, j, octaves(run as f32));
                page.set(RunUnits, j, octaves(units));
                self.blocks.push(self.block_mass.len() as u32);
            }
            // Eight lines without a sentence are more than the headings and lists of most articles.
            if run >= 8 {
                self.block_mass.push(mass);
                mass = 0.0;
            }
            i += run;
        }
        self.block_mass.push(mass);
        let total: f32 = self.block_mass.iter().sum();
        let (largest, most) = self
            .block_mass
            .iter()
            .enumerate()
            .fold(
                (0, 0.0),
                |best, (b, &m)| {
                    if m > best.1 { (b, m) } else { best }
                },
            );
        let inside = |i: usize| {
            self.prose.get(i).is_some_and(|p| *p > 0.0)
                && self.blocks.get(i) == Some(&(largest as u32))
        };
        let start = (0..n).find(|&i| inside(i)).unwrap_or(0);
        let end = (0..n).rev().find(|&i| inside(i)).unwrap_or(0);
        for i in 0..n {
            let mass = self
                .blocks
                .get(i)
                .and_then(|b| self.block_mass.get(*b as usize))
                .copied()
                .unwrap_or(0.0);
            page.set(Block, i, octaves(mass));
            page.set(BlockShare, i, share(mass, total));
            page.set(LargestShare, i, share(most, total));
            page.set(ToLargest, i, signed(i, start, end));
        }
    }

    fn whole(&mut self, page: &mut Page) {
        use Column::*;
        let n = self.lines.len() as f32;
        let units: f32 = self.lines.iter().map(|l| l.units).sum();
        let prose: f32 = self.prose.iter().sum();
        let sentences = self.prose.iter().filter(|p| **p > 0.0).count() as f32;
        let phrase: f32 = self.phrase.iter().sum::<f32>() / n.max(1.0);
        let dates = self.lines.iter().filter(|l| l.date & 6 != 0).count() as f32;
        for (column, value) in [
            (PageLines, octaves(n)),
            (PageUnits, octaves(units)),
            (PageProse, share(prose, units)),
            (PageLine, octaves(units / n.max(1.0) * 4.0)),
            (PageProseLine, octaves(prose / sentences.max(1.0))),
            (PagePhrase, (64.0 + phrase).clamp(0.0, 127.0) as i8),
            (PageDates, octaves(dates)),
        ] {
            page.column(column).fill(value);
        }
    }
}

/// Lines to a stretch, in octaves around 64.
pub fn signed(i: usize, start: usize, end: usize) -> i8 {
    if i < start {
        64 - octaves((start - i) as f32).min(63)
    } else if i > end {
        64 + octaves((i - end) as f32).min(63)
    } else {
        64
    }
}

/// What has been passed, fading with the lines.
#[derive(Default)]
struct Near {
    near: f32,
    far: f32,
    short: f32,
    phrase: f32,
    since: f32,
    last: f32,
}

impl Near {
    fn write(
        &self,
        page: &mut Page,
        i: usize,
        [near, far, short, phrase, since, last]: [Column; 6],
    ) {
        page.set(near, i, octaves(self.near));
        page.set(far, i, octaves(self.far));
        page.set(short, i, octaves(self.short * 4.0));
        page.set(
            phrase,
            i,
            (64.0 + self.phrase * 0.25).clamp(0.0, 127.0) as i8,
        );
        page.set(since, i, octaves(self.since));
        page.set(last, i, octaves(self.last));
    }

    fn pass(&mut self, line: &Line, prose: f32, phrase: f32) {
        self.near = self.near * 0.7 + prose;
        self.far = self.far * 0.95 + prose;
        self.short = self.short * 0.8 + (line.units < 6.0) as u8 as f32;
        self.phrase = self.phrase * 0.7 + phrase * 0.3;
        if prose > 0.0 {
            self.since = 0.0;
            self.last = prose;
        } else {
            self.since += 1.0;
        }
    }
}
