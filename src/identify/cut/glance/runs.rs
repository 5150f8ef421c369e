//! The best run of tokens for each lane, as the search would weigh it.

use super::super::path::{PRICE, cost};
use super::super::stretch::MIN_WORDS;
use super::super::token::Border;
use super::super::weigh::LATIN_LEAST;
use super::panel::{Lanes, NEVER};
use super::scan::Between;

/// Tokens of the shortest stretch.
pub const LEAST_TOKENS: usize = MIN_WORDS.ceil() as usize;

/// What the search pays, in steps, rounded in its favour.
#[derive(Clone, Copy)]
pub struct Prices {
    edge: i16,
    gap: i16,
    capital: i16,
    clause: i16,
    sentence: i16,
    /// Where the script changes.
    script: i16,
    token: i16,
    /// What a word of another script says for a language of the host's.
    stranger: i16,
}

impl Prices {
    /// In steps of so many nats.
    pub fn of(step: f32) -> Prices {
        let steps = |nats: f32| (nats / step).clamp(0.0, f32::from(i16::MAX / 4)) as i16;
        Prices {
            edge: steps(cost(Border::Edge)),
            gap: steps(cost(Border::Gap)),
            capital: steps(cost(Border::Capital)),
            clause: steps(cost(Border::Clause)),
            sentence: steps(cost(Border::Sentence)),
            script: steps(cost(Border::Script)),
            token: steps(PRICE),
            stranger: steps(LATIN_LEAST) + 1,
        }
    }

    #[inline(always)]
    fn border(&self, between: Between, small: bool) -> i16 {
        match between {
            Between::Gap if small => self.gap,
            Between::Gap => self.capital,
            Between::Clause => self.clause,
            _ => self.sentence,
        }
    }
}

/// For each lane, the best run of tokens so far: of one token, of two, of three, of four and more.
pub struct Runs<const L: usize> {
    prices: Prices,
    start: i16,
    of: [Lanes<L>; LEAST_TOKENS],
    /// The best run of enough tokens, the price of leaving it paid.
    peak: Lanes<L>,
    /// What the token at hand took: it is given back where it may be none.
    taken: Lanes<L>,
    tokens: u32,
    /// Whether the last word was of a script that the host does not write.
    strange: bool,
}

impl<const L: usize> Runs<L> {
    /// At a paragraph's begin.
    pub fn new(prices: Prices) -> Self {
        Runs {
            prices,
            start: -prices.edge,
            of: [[NEVER; L]; LEAST_TOKENS],
            peak: [NEVER; L],
            taken: [0; L],
            tokens: 0,
            strange: false,
        }
    }

    /// A word with what it says, what stands before it, and how many numbers stand there.
    #[inline(always)]
    pub fn word(&mut self, between: Between, numbers: u32, small: bool, delta: &Lanes<L>) {
        if matches!(between, Between::Glue | Between::Odd) {
            self.give_back();
        }
        if between == Between::Glue && self.tokens > 0 {
            self.gain(delta);
            return;
        }
        let cost = self.prices.border(between, small);
        let strange = std::mem::take(&mut self.strange);
        self.token(
            if strange {
                cost.min(self.prices.script)
            } else {
                cost
            },
            numbers,
        );
        if between == Between::Odd {
            self.gain(delta);
        } else {
            self.add(delta);
        }
    }

    /// A word of a script that the host does not write, which says as much for any language that does not either.
    #[inline(never)]
    pub fn stranger(&mut self, between: Between, numbers: u32) {
        if matches!(between, Between::Glue | Between::Odd) {
            self.give_back();
        }
        if between != Between::Glue || self.tokens == 0 {
            let cost = self.prices.border(between, false);
            self.token(cost.min(self.prices.script), numbers);
        }
        self.strange = true;
        self.gain(&[self.prices.stranger; L]);
    }

    /// A token more, with the numbers before it.
    #[inline(always)]
    fn token(&mut self, cost: i16, numbers: u32) {
        if self.tokens > 0 {
            self.border(cost);
        }
        for _ in 0..=numbers.min(LEAST_TOKENS as u32) {
            self.lengthen();
        }
        self.tokens += numbers + 1;
    }

    /// The end, and what stands before it; gives the best run of each lane, [`NEVER`] where the tokens are too few.
    pub fn end(mut self, behind: Between, numbers: u32) -> Lanes<L> {
        if behind == Between::Odd {
            self.give_back();
        }
        self.border(0);
        for _ in 0..numbers.min(LEAST_TOKENS as u32) {
            self.lengthen();
            self.border(0);
        }
        if self.tokens + numbers < LEAST_TOKENS as u32 {
            return [NEVER; L];
        }
        self.peak
    }

    /// Runs end here, or begin.
    #[inline(always)]
    fn border(&mut self, cost: i16) {
        let long = &self.of[LEAST_TOKENS - 1];
        for (peak, long) in self.peak.iter_mut().zip(long) {
            *peak = (*peak).max(long.saturating_sub(cost));
        }
        self.start = -cost;
    }

    /// A token more.
    #[inline(always)]
    fn lengthen(&mut self) {
        let [one, two, three, more] = &mut self.of;
        for i in 0..L {
            more[i] = more[i].max(three[i]);
            three[i] = two[i];
            two[i] = one[i];
            one[i] = self.start;
        }
    }

    /// What a word adds, less the price of its token.
    #[inline(always)]
    fn add(&mut self, delta: &Lanes<L>) {
        let price = self.prices.token;
        for i in 0..L {
            let d = delta[i] - price;
            self.taken[i] = (-d).max(0);
            for run in &mut self.of {
                run[i] = run[i].saturating_add(d);
            }
        }
    }

    /// What a word adds that may be none: it can only add.
    #[inline(never)]
    pub fn gain(&mut self, delta: &Lanes<L>) {
        for i in 0..L {
            for run in &mut self.of {
                run[i] = run[i].saturating_add(delta[i].max(0));
            }
        }
    }

    #[inline(never)]
    fn give_back(&mut self) {
        for i in 0..L {
            for run in &mut self.of {
                run[i] = run[i].saturating_add(self.taken[i]);
            }
            self.taken[i] = 0;
        }
    }
}
