//! What the file says of itself: how the model was trained and how text is cut.

use super::error::{Error, broken};
use super::reader::Reader;

/// The first four bytes of every model file of the reference implementation.
const MAGIC: i32 = 793_712_314;
/// The kind of model that labels text, among `cbow`, `sg` and this one.
const SUPERVISED: i32 = 3;
/// Longest n-gram that is believed, of letters or words. Released models use 6 or less; the bound keeps the work per
/// byte of text constant whatever a file says.
const MAX_NGRAM: usize = 64;

/// How probabilities come from scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LossName {
    HierarchicalSoftmax,
    NegativeSampling,
    Softmax,
    OneVsAll,
}

/// The settings that matter once a model is trained.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Length of a vector.
    pub dim: usize,
    /// Longest n-gram of words; 0 and 1 mean none.
    pub word_ngrams: usize,
    pub loss: LossName,
    /// Rows that n-grams are hashed to.
    pub buckets: u32,
    /// Shortest n-gram of letters.
    pub min_letters: usize,
    /// Longest n-gram of letters; 0 means none.
    pub max_letters: usize,
}

impl Header {
    pub(super) fn read(file: &mut Reader<'_>) -> Result<Header, Error> {
        if file.i32()? != MAGIC {
            return broken("it does not begin as one");
        }
        let version = file.i32()?;
        if version != 11 && version != 12 {
            return broken(format!(
                "version {version} of the format is unknown (11 and 12 are read)"
            ));
        }
        let dim = file.size32("dim")?;
        // Context window, epochs, lowest count of a word, negative samples: of use in training only.
        for _ in 0..4 {
            file.i32()?;
        }
        let word_ngrams = ngram(file, "wordNgrams")?;
        let loss = match file.i32()? {
            1 => LossName::HierarchicalSoftmax,
            2 => LossName::NegativeSampling,
            3 => LossName::Softmax,
            4 => LossName::OneVsAll,
            other => return broken(format!("loss {other} is unknown")),
        };
        let kind = file.i32()?;
        if kind != SUPERVISED {
            return broken(format!(
                "it holds word vectors and no labels (kind {kind}; a supervised model is kind {SUPERVISED})"
            ));
        }
        let buckets = file.size32("bucket")? as u32;
        let min_letters = ngram(file, "minn")?;
        let mut max_letters = ngram(file, "maxn")?;
        if version == 11 {
            // Version 11 wrote the numbers and did not use them in supervised models.
            max_letters = 0;
        }
        // Rate of updates and sampling threshold: of use in training only.
        file.i32()?;
        file.i64()?;
        let header = Header {
            dim,
            word_ngrams,
            loss,
            buckets,
            min_letters,
            max_letters,
        };
        if dim == 0 {
            return broken("its vectors have no length");
        }
        if header.hashes() && buckets == 0 {
            return broken("it has n-grams and no buckets for them");
        }
        Ok(header)
    }

    /// Whether n-grams, of letters or words, have rows.
    pub(super) fn hashes(&self) -> bool {
        self.max_letters > 0 || self.word_ngrams > 1
    }
}

fn ngram(file: &mut Reader<'_>, name: &str) -> Result<usize, Error> {
    let size = file.size32(name)?;
    if size > MAX_NGRAM {
        return broken(format!("{name} of {size} is more than {MAX_NGRAM}"));
    }
    Ok(size)
}
