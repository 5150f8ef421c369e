//! Writes small models in the format of the reference implementation: five words, three labels, vectors of four.

const WORDS: [&str; 5] = ["</s>", "red", "green", "blue", "ähre"];
const LABELS: [&str; 3] = ["__label__eng_Latn", "__label__deu_Latn", "__label__und"];
const DIM: i32 = 4;
const BUCKETS: i32 = 20;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Loss {
    Tree = 1,
    Negative = 2,
    #[default]
    Softmax = 3,
    OneVsAll = 4,
}

/// What a model is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kind {
    pub loss: Loss,
    pub quantised: bool,
    pub pruned: bool,
    pub norms: bool,
    pub quantised_output: bool,
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn i32(&mut self, number: i32) {
        self.0.extend(number.to_le_bytes());
    }

    fn i64(&mut self, number: i64) {
        self.0.extend(number.to_le_bytes());
    }

    fn f32(&mut self, number: f32) {
        self.0.extend(number.to_le_bytes());
    }

    fn flag(&mut self, flag: bool) {
        self.0.push(flag.into());
    }

    fn header(&mut self, loss: Loss, kept: i64, words: &[&str]) {
        self.i32(793_712_314);
        self.i32(12);
        // dim, ws, epoch, minCount, neg, wordNgrams, loss, supervised, bucket, minn, maxn, lrUpdateRate
        for number in [DIM, 5, 5, 1, 5, 2, loss as i32, 3, BUCKETS, 2, 4, 100] {
            self.i32(number);
        }
        self.0.extend(1e-4_f64.to_le_bytes());
        let counts = (words.len() as i32, LABELS.len() as i32);
        for number in [counts.0 + counts.1, counts.0, counts.1] {
            self.i32(number);
        }
        self.i64(100);
        self.i64(kept);
        let entries = words
            .iter()
            .map(|word| (word, 0))
            .chain(LABELS.iter().map(|label| (label, 1)));
        for (i, (text, kind)) in entries.enumerate() {
            self.0.extend(text.bytes());
            self.0.push(0);
            self.i64(20 - i as i64);
            self.0.push(kind);
        }
    }

    fn dense(&mut self, rows: i32, number: impl Fn(i32, i32) -> f32) {
        self.i64(rows.into());
        self.i64(DIM.into());
        for row in 0..rows {
            for column in 0..DIM {
                self.f32(number(row, column));
            }
        }
    }

    /// Row `r` has code `r` in each piece.
    fn quantised(&mut self, rows: i32, norms: bool, number: impl Fn(i32, i32) -> f32) {
        self.flag(norms);
        self.i64(rows.into());
        self.i64(DIM.into());
        self.i32(rows * 2);
        for row in 0..rows {
            self.0.extend([row as u8; 2]);
        }
        // Pieces of three columns and of one.
        self.codebook(&[3, 1], number);
        if norms {
            self.0.extend((0..rows).map(|row| row as u8));
            self.codebook(&[1], |row, _| 1.0 + row as f32 / 256.0);
        }
    }

    /// The codebooks of pieces of these widths.
    fn codebook(&mut self, widths: &[i32], number: impl Fn(i32, i32) -> f32) {
        self.i32(widths.iter().sum());
        self.i32(widths.len() as i32);
        self.i32(widths[0]);
        self.i32(widths[widths.len() - 1]);
        let mut first = 0;
        for width in widths {
            for code in 0..256 {
                for column in first..first + width {
                    self.f32(number(code, column));
                }
            }
            first += width;
        }
    }
}

/// Weights: the word `red` and the label `eng_Latn` go together.
fn input(row: i32, column: i32) -> f32 {
    if row == 1 {
        if column == 0 { 9.0 } else { 0.0 }
    } else {
        ((row * 7 + column * 3) % 5) as f32 / 50.0
    }
}

fn output(tree: bool) -> impl Fn(i32, i32) -> f32 {
    move |row, column| match (tree, column) {
        // The rows of a tree are its inner nodes. The root is the last, the second here; the first label, which is the
        // most frequent, is on its left.
        (true, 0) => [2.0, -2.0, 0.0][row.clamp(0, 2) as usize],
        (false, 0) => [2.0, -2.0, -1.0][row.clamp(0, 2) as usize],
        _ => 0.01 * (row + column) as f32,
    }
}

/// A whole model of this kind.
pub fn model(kind: Kind) -> Vec<u8> {
    let mut file = Writer::default();
    let kept = if kind.pruned { 6 } else { -1 };
    file.header(kind.loss, kept, &WORDS);
    if kind.pruned {
        for row in 0..6 {
            file.i32(row * 3);
            file.i32(row);
        }
    }
    let rows = WORDS.len() as i32 + if kind.pruned { 6 } else { BUCKETS };
    file.flag(kind.quantised);
    if kind.quantised {
        file.quantised(rows, kind.norms, input);
    } else {
        file.dense(rows, input);
    }
    file.flag(kind.quantised_output);
    let labels = LABELS.len() as i32;
    if kind.quantised_output {
        file.quantised(labels, kind.norms, output(kind.loss == Loss::Tree));
    } else {
        file.dense(labels, output(kind.loss == Loss::Tree));
    }
    file.0
}

/// A model that was pruned to these buckets; it ends after them.
pub fn with_kept_buckets(buckets: impl ExactSizeIterator<Item = i32>) -> Vec<u8> {
    let mut file = Writer::default();
    file.header(Loss::Softmax, buckets.len() as i64, &WORDS);
    for bucket in buckets {
        file.i32(bucket);
        file.i32(0);
    }
    file.0
}

/// A model with these words; it ends after its dictionary.
pub fn with_words(words: &[&str]) -> Vec<u8> {
    let mut file = Writer::default();
    file.header(Loss::Softmax, -1, words);
    file.0
}
