//! What a stretch holds: running text of its language, or names, terms and titles.

use super::glyphs::Case;
use super::prior::STEP;
use super::token::Token;

/// What a stretch holds.
pub(super) struct Seen {
    pub words: f32,
    /// Words of a script that no host is written in.
    aliens: f32,
    /// Nats for its language and against the hosts.
    pub nats: f32,
    /// Words that are frequent in the language and speak for it.
    spoken: usize,
    /// Tokens that end in a comma.
    commas: usize,
    addresses: usize,
    /// Words of more than four letters that begin small.
    small: usize,
    tokens: usize,
    /// Whether most of it is in Latin letters.
    latin: bool,
    /// Whether most of it is in a script without spaces.
    unspaced: bool,
}

/// Nats of a word that speaks for its language.
const SPEAKS: f32 = 1.5;

/// Words from which on a stretch is long.
const LONG: f32 = 8.0;

impl Seen {
    /// What the tokens hold for a state.
    pub fn of(inside: &[Token], state: usize) -> Seen {
        let mut seen = Seen {
            words: 0.0,
            aliens: 0.0,
            nats: 0.0,
            spoken: 0,
            commas: 0,
            addresses: 0,
            small: 0,
            tokens: 0,
            latin: false,
            unspaced: false,
        };
        let (mut latin, mut unspaced) = (0, 0);
        for t in inside {
            let nats = t.nats.get(state).copied().unwrap_or(0.0);
            seen.words += t.words;
            seen.aliens += if t.alien { t.words } else { 0.0 };
            seen.nats += nats;
            seen.spoken += usize::from(t.listed && nats >= SPEAKS);
            seen.commas += usize::from(t.comma);
            seen.tokens += usize::from(t.words > 0.0);
            seen.small += usize::from(t.case == Case::Small);
            seen.addresses += usize::from(t.address);
            latin += usize::from(t.latin);
            unspaced += usize::from(t.unspaced);
        }
        seen.latin = latin * 2 > inside.len();
        seen.unspaced = unspaced * 2 > inside.len();
        seen
    }

    /// Whether it is running text of its language rather than names, terms or a list of them: words that are frequent
    /// in the language, or at the least every word strange to the hosts. The rarer the language, the more it takes.
    pub fn is_text(&self, rarity: f32, loose: bool) -> bool {
        let mean = self.nats / self.words.max(1.0);
        if self.addresses * 5 >= self.tokens {
            return false;
        }
        if self.aliens * 2.0 >= self.words {
            let running = self.spoken >= 1 || self.small >= 2;
            return !self.latin || self.spoken >= 2 || running && mean >= 1.5;
        }
        if self.unspaced {
            return mean >= 1.2;
        }
        let list = self.commas * 5 >= self.tokens * 2;
        let dense_alone = match (rarity > STEP, rarity > 0.0, loose) {
            (true, ..) | (_, _, true) => f32::MAX,
            (_, true, _) => 3.3,
            _ if self.words >= LONG => 2.0,
            _ => 2.5,
        };
        let (enough, dense) = match (rarity > STEP, rarity > 0.0) {
            (true, _) => (3, 2.0),
            (_, true) => (2, 2.0),
            _ => (2, 1.0),
        };
        let enough = if list { enough + 2 } else { enough };
        self.spoken >= enough && mean >= dense || !list && mean >= dense_alone
    }
}

/// Capitals throughout, but for the shortest words: a title or a name.
pub(super) fn titled(inside: &[Token]) -> bool {
    let count = |case: Case| inside.iter().filter(|t| t.case == case).count();
    count(Case::Small) == 0 && count(Case::Capital) >= 2
}
