//! What the words of a text say for every language of a script: votes for the whole of it, and the best stretch of each.
//!
//! Words are added in small numbers, many languages at a time, and settled into large ones before the small can be full.

use crate::identify::ngram::{Label, Ngram, WordEvidence};

use super::prior::Rarity;
use super::weigh::{MAX_NATS, Scale};

/// The most that one word may say for a document's or paragraph's language, in nats: about what a frequent word of a
/// language of few cognates says, so that words count and their oddity does not.
pub(super) const MAX_VOTE: f32 = 2.5;

/// Languages that are counted at once.
const BLOCK: usize = 16;

/// Small numbers, one a language.
pub(super) type Small = [[i16; BLOCK]; 256 / BLOCK];

/// Large numbers, one a language.
type Large = [[i32; BLOCK]; 256 / BLOCK];

/// What a word says for each language of its script, in steps.
pub(super) fn said<'w>(word: &'w WordEvidence<'_>) -> &'w Small {
    let (blocks, _) = word.sums().as_chunks();
    blocks.try_into().unwrap_or(&NOTHING)
}

static NOTHING: Small = [[0; BLOCK]; 256 / BLOCK];

/// What small numbers hold in any order of adding.
const ROOM: i32 = 32_000;

fn blocks(languages: usize) -> usize {
    languages.div_ceil(BLOCK)
}

/// For each language, what the words of a text say for it: each within bounds, so that a few long ones do not decide.
#[derive(Clone)]
pub(super) struct Votes {
    /// The script.
    pub group: u8,
    /// Nats a step.
    pub step: f32,
    /// Languages of the script.
    pub count: usize,
    /// Letters that voted.
    pub letters: usize,
    /// Words that voted.
    pub words: usize,
    sums: Large,
    recent: Small,
    used: i32,
}

impl Votes {
    /// None, for words of a script.
    pub fn new(group: u8, word: &WordEvidence<'_>) -> Votes {
        let mut votes = Votes {
            group,
            step: 1.0,
            count: 0,
            letters: 0,
            words: 0,
            sums: [[0; BLOCK]; 256 / BLOCK],
            recent: [[0; BLOCK]; 256 / BLOCK],
            used: 0,
        };
        votes.begin(group, word);
        votes
    }

    /// None again, where all were settled.
    fn begin(&mut self, group: u8, word: &WordEvidence<'_>) {
        self.sums[..blocks(self.count)].fill([0; BLOCK]);
        self.group = group;
        // The table of a script with one language weighs nothing; any step will do there.
        self.step = if word.step() > 0.0 { word.step() } else { 1.0 };
        self.count = word.count;
        self.letters = 0;
        self.words = 0;
    }

    /// Adds a word and what it says.
    pub fn add(&mut self, word: &WordEvidence<'_>, said: &Small) {
        let most = ((MAX_VOTE / self.step) as i32).min(ROOM) as i16;
        // A Han character or a syllable says as much as two letters.
        self.letters += if word.dense() {
            2 * word.units
        } else {
            word.units
        };
        self.words += 1;
        if self.used + i32::from(most) > ROOM {
            self.settle();
        }
        self.used += i32::from(most);
        let lanes = self.recent.iter_mut().zip(said);
        for (recent, said) in lanes.take(blocks(self.count)) {
            for (r, s) in recent.iter_mut().zip(said) {
                *r += (*s).max(-most).min(most);
            }
        }
    }

    /// Counts the words added so far; what follows reads only those.
    pub fn settle(&mut self) {
        self.used = 0;
        let lanes = self.sums.iter_mut().zip(&mut self.recent);
        for (sums, recent) in lanes.take(blocks(self.count)) {
            for (sum, r) in sums.iter_mut().zip(recent) {
                *sum += i32::from(std::mem::take(r));
            }
        }
    }

    /// Adds other settled votes.
    pub fn merge(&mut self, other: &Votes) {
        self.letters += other.letters;
        self.words += other.words;
        let lanes = self.sums.iter_mut().zip(&other.sums);
        for (sums, others) in lanes.take(blocks(self.count)) {
            for (sum, s) in sums.iter_mut().zip(others) {
                *sum += s;
            }
        }
    }

    /// Nats for a language.
    pub fn nats(&self, label: Label) -> f32 {
        let sum = self.sums.as_flattened().get(label.index as usize);
        sum.map_or(0.0, |s| *s as f32 * self.step)
    }

    /// The language that has most, rarity counted against it; of equals the first.
    pub fn best(&self, ngram: &Ngram) -> Option<(Label, f32)> {
        let rarity = Rarity::of(ngram);
        let mut best: Option<(Label, f32)> = None;
        for (i, sum) in self.sums.as_flattened().iter().enumerate().take(self.count) {
            let nats = *sum as f32 * self.step;
            // Rarity only takes away.
            if best.is_some_and(|b| nats <= b.1) {
                continue;
            }
            let label = self.label(i);
            let worth = nats - rarity.nats(label);
            if best.is_none_or(|b| worth > b.1) {
                best = Some((label, worth));
            }
        }
        best
    }

    fn label(&self, index: usize) -> Label {
        Label {
            group: self.group,
            index: index as u8,
        }
    }

    /// All languages, those that have most first.
    pub fn ranked(&self, ngram: &Ngram) -> Vec<(Label, f32)> {
        let mut all: Vec<(Label, f32)> = self.all(ngram).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.index.cmp(&b.0.index)));
        all
    }

    fn all(&self, ngram: &Ngram) -> impl Iterator<Item = (Label, f32)> + '_ {
        let rarity = Rarity::of(ngram);
        (0..self.count).map(move |i| {
            let label = self.label(i);
            (label, self.nats(label) - rarity.nats(label))
        })
    }
}

/// What paragraphs are looked at with: memory that is used again, and the votes of all of them.
#[derive(Default)]
pub(super) struct Room {
    /// By script.
    pub votes: Vec<Votes>,
    heats: Vec<Box<Heat>>,
    used: usize,
}

impl Room {
    /// For a paragraph.
    pub fn clear(&mut self) {
        self.used = 0;
    }

    /// The scripts of the paragraph so far.
    pub fn heats(&mut self) -> &mut [Box<Heat>] {
        &mut self.heats[..self.used]
    }

    /// The place of a word's script.
    pub fn at(&mut self, group: u8, word: &WordEvidence<'_>) -> usize {
        let known = self.heats().iter().position(|h| h.votes.group == group);
        known.unwrap_or_else(|| {
            match self.heats.get_mut(self.used) {
                Some(heat) => heat.begin(group, word),
                None => self.heats.push(Box::new(Heat::new(group, word))),
            }
            self.used += 1;
            self.used - 1
        })
    }

    /// Adds settled votes.
    pub fn cast(&mut self, votes: &Votes) {
        cast(&mut self.votes, votes);
    }

    /// Adds the votes of all words of the paragraph.
    pub fn cast_all(&mut self) {
        for heat in &self.heats[..self.used] {
            cast(&mut self.votes, &heat.votes);
        }
    }
}

fn cast(all: &mut Vec<Votes>, votes: &Votes) {
    match all.iter_mut().find(|v| v.group == votes.group) {
        Some(v) => v.merge(votes),
        None => all.push(votes.clone()),
    }
}

/// For one script, the best stretch of every language so far, in steps of the script's table.
pub(super) struct Heat {
    /// What its words say as a whole.
    pub votes: Votes,
    /// The best stretch that ends here.
    now: Large,
    most: Large,
    recent: Recent,
    used: i32,
    /// Words of the hosts since the last word here.
    cold: i32,
}

/// The words that are not settled yet.
struct Recent {
    /// What all of them say.
    sum: Small,
    /// The least and the most that stood there.
    low: Small,
    high: Small,
    /// The best stretch that begins among them.
    rise: Small,
}

impl Recent {
    fn new() -> Recent {
        let none = [[0; BLOCK]; 256 / BLOCK];
        Recent {
            sum: none,
            low: none,
            high: none,
            rise: none,
        }
    }
}

impl Heat {
    /// Before the first word.
    pub fn new(group: u8, word: &WordEvidence<'_>) -> Heat {
        Heat {
            votes: Votes::new(group, word),
            now: [[0; BLOCK]; 256 / BLOCK],
            most: [[0; BLOCK]; 256 / BLOCK],
            recent: Recent::new(),
            used: 0,
            cold: 0,
        }
    }

    /// Before the first word of another text, where all were settled.
    fn begin(&mut self, group: u8, word: &WordEvidence<'_>) {
        let used = ..blocks(self.votes.count);
        self.now[used].fill([0; BLOCK]);
        self.most[used].fill([0; BLOCK]);
        self.votes.begin(group, word);
        self.cold = 0;
    }

    /// A word of the script: for each language, the best stretch that ends here.
    pub fn add(&mut self, word: &WordEvidence<'_>, said: &Small, scale: &Scale) {
        self.votes.add(word, said);
        let steps = |nats: f32| (nats / self.votes.step) as i32;
        let (less, add) = (steps(scale.less), steps(scale.add));
        let (least, most) = (steps(scale.least), steps(scale.most));
        let weight = least.abs().max(most.abs()) + add.abs();
        if self.cold > 0 {
            self.settle();
            let steps = (MAX_NATS / self.votes.step) as i32;
            let colder = std::mem::take(&mut self.cold).saturating_mul(steps);
            self.each(|now, _| now.saturating_sub(colder), said);
        }
        if self.used + weight > ROOM {
            self.settle();
        }
        if weight > ROOM {
            // A run of many hundred characters of a script without spaces.
            self.each(
                |now, said| *now + (i32::from(said) - less).clamp(least, most) + add,
                said,
            );
            return;
        }
        self.used += weight;
        let (less, add) = (small(less), small(add));
        let (least, most) = (small(least), small(most));
        let Recent {
            sum,
            low,
            high,
            rise,
        } = &mut self.recent;
        for b in 0..blocks(self.votes.count) {
            let (sum, low) = (&mut sum[b], &mut low[b]);
            let (high, rise) = (&mut high[b], &mut rise[b]);
            for i in 0..BLOCK {
                let says = said[b][i].saturating_sub(less).max(least).min(most);
                sum[i] += says + add;
                low[i] = low[i].min(sum[i]);
                high[i] = high[i].max(sum[i]);
                rise[i] = rise[i].max(sum[i] - low[i]);
            }
        }
    }

    /// A word of the hosts, in another script.
    pub fn cool(&mut self) {
        self.cold += 1;
    }

    /// Settled, and for each language its best stretch one word further.
    fn each(&mut self, further: impl Fn(&i32, i16) -> i32, said: &Small) {
        let languages = self.now.iter_mut().zip(&mut self.most).zip(said);
        for ((now, most), said) in languages.take(blocks(self.votes.count)) {
            for ((now, most), said) in now.iter_mut().zip(most).zip(said) {
                *now = further(now, *said).max(0);
                *most = (*most).max(*now);
            }
        }
    }

    /// Counts the words added so far; what follows reads only those.
    pub fn settle(&mut self) {
        self.votes.settle();
        if self.used == 0 {
            return;
        }
        self.used = 0;
        let recent = &mut self.recent;
        for b in 0..blocks(self.votes.count) {
            for i in 0..BLOCK {
                let take = |small: &mut Small| i32::from(std::mem::take(&mut small[b][i]));
                let (sum, low) = (take(&mut recent.sum), take(&mut recent.low));
                let (high, rise) = (take(&mut recent.high), take(&mut recent.rise));
                let now = &mut self.now[b][i];
                let most = &mut self.most[b][i];
                *most = (*most).max(*now + high).max(rise);
                *now = (*now + sum).max(sum - low);
            }
        }
    }

    /// For each language of the script the nats of its best stretch.
    pub fn stretches(&self) -> impl Iterator<Item = (Label, f32)> + '_ {
        let most = self.most.as_flattened().iter().take(self.votes.count);
        most.enumerate()
            .map(|(i, most)| (self.votes.label(i), *most as f32 * self.votes.step))
    }
}

fn small(steps: i32) -> i16 {
    steps.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}
