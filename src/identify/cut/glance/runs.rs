//! The best run of tokens for each lane, as the search would weigh it.

use super::super::path::{PRICE, cost};
use super::super::stretch::MIN_WORDS;
use super::super::token::Border;
use super::super::weigh::LATIN_LEAST;
use super::panel::{Lanes, NEVER, each};
use super::scan::Between;

/// Tokens of the shortest stretch.
pub const LEAST_TOKENS: usize = MIN_WORDS.ceil() as usize;

/// What the search pays, in steps, rounded in its favour.
#[derive(Clone, Copy)]
pub struct Prices {
    edge: i16,
    /// By what stands before a word, and whether that begins with a small letter.
    border: [[i16; 2]; 8],
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
        let mut border = [[steps(cost(Border::Sentence)); 2]; 8];
        border[Between::Gap as usize] = [Border::Capital, Border::Gap].map(|b| steps(cost(b)));
        border[Between::Clause as usize] = [steps(cost(Border::Clause)); 2];
        Prices {
            edge: steps(cost(Border::Edge)),
            border,
            script: steps(cost(Border::Script)),
            token: steps(PRICE),
            stranger: steps(LATIN_LEAST) + 1,
        }
    }

    #[inline(always)]
    fn border(&self, between: Between, small: bool) -> i16 {
        self.border[between as usize & 7][usize::from(small)]
    }
}

/// Words after which the sums begin anew: so many cannot fill them.
const ANEW: u32 = 16;

/// For each lane, the best run of tokens so far. A run is told by what all tokens up to its end say, less what those
/// before its begin say: so a token costs the same however many runs it may belong to.
pub struct Runs<const L: usize> {
    prices: Prices,
    /// What the tokens so far say.
    sum: Lanes<L>,
    /// The same before each of the last tokens, the price of a run that begins there paid.
    before: [Lanes<L>; LEAST_TOKENS],
    /// The least that stands before a run of enough tokens.
    least: Lanes<L>,
    /// The best run of enough tokens, the price of leaving it paid.
    peak: Lanes<L>,
    /// What the token at hand took: it is given back where it may be none.
    taken: Lanes<L>,
    /// The price of a run that begins at the token at hand.
    start: i16,
    tokens: usize,
    words: u32,
    /// Whether the last word was of a script that the host does not write.
    strange: bool,
}

impl<const L: usize> Runs<L> {
    /// At a paragraph's begin.
    pub fn new(prices: Prices) -> Self {
        Runs {
            prices,
            sum: [0; L],
            before: [[0; L]; LEAST_TOKENS],
            least: [i16::MAX; L],
            peak: [NEVER; L],
            taken: [0; L],
            start: prices.edge,
            tokens: 0,
            words: 0,
            strange: false,
        }
    }

    /// A word with what it says, what stands before it, and how many numbers stand there.
    #[inline(always)]
    pub fn word(&mut self, between: Between, numbers: u32, small: bool, delta: &Lanes<L>) {
        self.words += 1;
        if self.words.is_multiple_of(ANEW) {
            self.anew();
        }
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
        self.anew();
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
        self.begin();
        for _ in 0..numbers.min(LEAST_TOKENS as u32) {
            self.begin();
        }
    }

    /// The end, and what stands before it; gives the best run of each lane, [`NEVER`] where the tokens are too few.
    pub fn end(mut self, behind: Between, numbers: u32) -> Lanes<L> {
        if behind == Between::Odd {
            self.give_back();
        }
        self.border(0);
        for _ in 0..numbers.min(LEAST_TOKENS as u32) {
            self.begin();
            self.border(0);
        }
        self.peak
    }

    /// Runs end here, or begin.
    #[inline(always)]
    fn border(&mut self, cost: i16) {
        if self.tokens >= LEAST_TOKENS {
            each::<L>(|i| {
                let run = self.sum[i].saturating_sub(self.least[i]);
                self.peak[i] = self.peak[i].max(run.saturating_sub(cost));
            });
        }
        self.start = cost;
    }

    /// A token begins, and with it a run.
    #[inline(always)]
    fn begin(&mut self) {
        let now = self.tokens % LEAST_TOKENS;
        let before = &mut self.before[now];
        each::<L>(|i| before[i] = self.sum[i].saturating_add(self.start));
        self.tokens += 1;
        if self.tokens >= LEAST_TOKENS {
            let first = &self.before[self.tokens % LEAST_TOKENS];
            each::<L>(|i| self.least[i] = self.least[i].min(first[i]));
        }
    }

    /// What a word adds, less the price of its token.
    #[inline(always)]
    fn add(&mut self, delta: &Lanes<L>) {
        let price = self.prices.token;
        let mut taken = *delta;
        each::<L>(|i| taken[i] -= price);
        each::<L>(|i| self.sum[i] = self.sum[i].saturating_add(taken[i]));
        self.taken = taken;
    }

    /// What a word adds that may be none: it can only add.
    #[inline(never)]
    pub fn gain(&mut self, delta: &Lanes<L>) {
        for (sum, d) in self.sum.iter_mut().zip(delta) {
            *sum = sum.saturating_add((*d).max(0));
        }
    }

    #[inline(never)]
    fn give_back(&mut self) {
        for (sum, d) in self.sum.iter_mut().zip(&mut self.taken) {
            *sum = sum.saturating_sub(std::mem::take(d).min(0));
        }
    }

    /// Counts the sums from here on.
    #[inline(never)]
    fn anew(&mut self) {
        let less = |lanes: &mut Lanes<L>| {
            for (lane, sum) in lanes.iter_mut().zip(&self.sum) {
                *lane = lane.saturating_sub(*sum);
            }
        };
        self.before.iter_mut().for_each(less);
        if self.tokens >= LEAST_TOKENS {
            less(&mut self.least);
        }
        self.sum = [0; L];
    }
}
