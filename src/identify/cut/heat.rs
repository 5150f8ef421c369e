//! For every language of a script the best stretch of a text: the memory that paragraphs are looked at with.

use multiversion::multiversion;

use crate::identify::ngram::{Label, WordEvidence};

use super::votes::{BLOCK, Large, ROOM, Small, Votes, blocks};
use super::weigh::{MAX_NATS, Scale};

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
            if self.used == self.heats.len() {
                self.heats.push(Box::default());
            }
            self.heats[self.used].begin(group, word);
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
#[derive(Default)]
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
#[derive(Default)]
struct Recent {
    /// What all of them say.
    sum: Small,
    /// The least and the most that stood there.
    low: Small,
    high: Small,
    /// The best stretch that begins among them.
    rise: Small,
}

impl Heat {
    /// Before the first word of a text; what it holds of another is settled.
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
        let bounds = Bounds {
            less: small(less),
            least: small(least),
            most: small(most),
            add: small(add),
        };
        rise(&mut self.recent, said, blocks(self.votes.count), &bounds);
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

/// A word's scale, in steps.
struct Bounds {
    less: i16,
    least: i16,
    most: i16,
    add: i16,
}

/// Adds what a word says for the languages of so many blocks.
#[multiversion(targets("x86_64+avx2"))]
fn rise(recent: &mut Recent, said: &Small, blocks: usize, bounds: &Bounds) {
    let Recent {
        sum,
        low,
        high,
        rise,
    } = recent;
    for b in 0..blocks.min(said.len()) {
        let (sum, low) = (&mut sum[b], &mut low[b]);
        let (high, rise) = (&mut high[b], &mut rise[b]);
        for i in 0..BLOCK {
            let says = said[b][i].saturating_sub(bounds.less);
            sum[i] += says.max(bounds.least).min(bounds.most) + bounds.add;
            low[i] = low[i].min(sum[i]);
            high[i] = high[i].max(sum[i]);
            rise[i] = rise[i].max(sum[i] - low[i]);
        }
    }
}

fn small(steps: i32) -> i16 {
    steps.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}
