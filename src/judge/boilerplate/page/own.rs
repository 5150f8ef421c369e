//! Each line by itself.

use super::{Knowledge, Lines};
use crate::judge::boilerplate::chars::SCRIPTS;
use crate::judge::boilerplate::columns::{Column, Page, leaning, octaves, share};
use crate::judge::boilerplate::words::{self, finish};

/// Words of a line that are looked at for function words.
const FUNCTION_WORDS: usize = 24;

/// Words of a line that may say what follows are fewer.
pub const SHORT: f32 = 9.0;

impl Lines {
    /// The measures that a line has by itself.
    pub(super) fn own(&mut self, know: Knowledge, page: &mut Page) {
        use Column::*;
        self.prose.clear();
        self.phrase.clear();
        self.follow.clear();
        self.lead.clear();
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
            set(Phrase, leaning(said.score * 0.25));
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
            // A heading, a label: what it says is of the lines after it, and of those before it.
            let [follow, lead] = if l.units < SHORT && l.visible > 0 {
                [know.follow, know.lead].map(|table| words::say(l, words, table).score)
            } else {
                [0.0; 2]
            };
            page.set(Follow, i, leaning(follow * 0.5));
            page.set(Lead, i, leaning(lead * 0.5));
            self.follow.push(follow);
            self.lead.push(lead);
            self.prose.push(prose);
            self.phrase.push(said.score);
        }
    }
}
