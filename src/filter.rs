//! The river: decode -> segment -> identify -> judge. The one file that knows the order.

use crate::document::{Document, Reading};
use crate::identify::{self, Identify, Language};
use crate::judge::{self, Rule};
use crate::settings::Settings;
use crate::{decode, segment};

/// Reads documents and marks what is not for the reader.
///
/// A filter is immutable: one serves all threads.
pub struct Filter {
    settings: Settings,
    identifier: Box<dyn Identify>,
    languages: Vec<Language>,
    rules: Vec<Box<dyn Rule>>,
}

impl Filter {
    /// A filter with these settings.
    ///
    /// # Errors
    /// One line that names the setting, the cause and the cure: a rule, language, encoding or identifier that is not
    /// known, a learnt file that cannot be read.
    pub fn new(settings: Settings) -> Result<Filter, String> {
        let identifier = identify::enrolled(&settings.identify)?;
        Filter::with_identifier(settings, identifier)
    }

    /// A filter that names languages by an identifier of yours.
    ///
    /// # Errors
    /// As [`Filter::new`].
    pub fn with_identifier(
        mut settings: Settings,
        identifier: Box<dyn Identify>,
    ) -> Result<Filter, String> {
        settings.decode.check()?;
        settings.judge.repeated.load()?;
        let languages =
            identify::parse_languages(&settings.judge.languages, &identifier.languages())?;
        let rules = settings.judge.enrolled()?;
        Ok(Filter {
            settings,
            identifier,
            languages,
            rules,
        })
    }

    /// Adds a rule of yours; it speaks after the others.
    pub fn add_rule(&mut self, rule: Box<dyn Rule>) {
        self.rules.push(rule);
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The identifier that names its languages.
    pub fn identifier(&self) -> &dyn Identify {
        &*self.identifier
    }

    /// The rules that speak, in order.
    pub fn rules(&self) -> &[Box<dyn Rule>] {
        &self.rules
    }

    /// Reads one document. Cannot fail: bytes always have a reading.
    pub fn read(&self, bytes: &[u8]) -> Document {
        let (text, reading) = decode::decode(bytes, None, &self.settings.decode);
        self.read_decoded(text, reading)
    }

    /// Reads one document of text.
    pub fn read_text(&self, text: String) -> Document {
        self.read_decoded(text, Reading::default())
    }

    /// Reads one document whose bytes were decoded before, by [`decode`](crate::decode).
    pub fn read_decoded(&self, text: String, reading: Reading) -> Document {
        self.read_from(None, text, reading)
    }

    /// Reads one document as [`Filter::read_decoded`] does, with the address that it came from: what was learnt of a
    /// corpus ([`learn`](crate::learn)) is known site by site.
    pub fn read_from(&self, url: Option<&str>, text: String, reading: Reading) -> Document {
        let mut document = self.name_languages(text, reading);
        self.judge(url, &mut document);
        document
    }

    /// The first half of [`Filter::read_from`]: paragraphs and languages. Nothing is judged yet.
    ///
    /// Of many small documents it is faster to have the languages of some hundred kilobytes named first and to
    /// [`Filter::judge`] them then: what each half looks things up in stays in the processor's caches.
    pub fn name_languages(&self, text: String, reading: Reading) -> Document {
        let spans = segment::paragraphs(&text, &self.settings.segment);
        let found = identify::languages(&text, spans, &*self.identifier, &self.languages);
        Document {
            text,
            reading,
            language: found.document,
            paragraphs: found.paragraphs,
            fragments: found.fragments,
        }
    }

    /// The second half of [`Filter::read_from`]: the rules' verdicts on a document whose languages were named.
    pub fn judge(&self, url: Option<&str>, document: &mut Document) {
        judge::judge(document, &self.languages, url, &self.rules);
    }
}
