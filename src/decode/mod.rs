//! Bytes to text: any input has a reading.
//!
//! Witnesses are heard in the order of their worth, one file each: what the user states, a byte order mark, escape
//! sequences, strict UTF-8, the shape of UTF-16 and UTF-32, a declaration that the bytes bear out, statistics. Damage is
//! read line by line: a UTF-8 text with lines in a legacy encoding is read as both.
//!
//! ```
//! use cleanfilter::decode::{Settings, decode};
//!
//! let (text, reading) = decode(b"Zo\xeb et No\xebl sont all\xe9s au caf\xe9.", None, &Settings::default());
//! assert_eq!(text, "Zoë et Noël sont allés au café.");
//! assert_eq!(reading.encoding, "windows-1252");
//! ```

mod ascii;
mod binary;
mod classes;
pub(crate) mod codepage;
mod damaged;
mod declared;
mod encoding;
mod escape;
mod head;
mod hints;
mod ideographs;
mod johab;
mod likely;
mod lines;
mod losses;
mod mark;
mod model;
mod mojibake;
mod multi_byte;
mod owned;
mod pieces;
mod race;
mod readable;
mod readings;
mod sample;
mod settings;
mod shift;
mod signs;
mod single_byte;
mod statistics;
mod stream;
mod utf7;
mod utf8;
mod wide;

pub use binary::binary;
pub use mojibake::mojibake_lines;
pub use owned::into_string;
pub use settings::Settings;
pub use stream::Decoder;

use crate::document::Reading;

/// Reads bytes as text. Every input has a reading; bytes that mean nothing are U+FFFD in the text and counted.
///
/// `declared` is what somebody outside says of the encoding: the `Content-Type` of an HTTP answer, or its charset alone.
/// A byte order mark at the start is not part of the text.
pub fn decode(bytes: &[u8], declared: Option<&str>, settings: &Settings) -> (String, Reading) {
    match utf8::plain(bytes, settings) {
        Some(text) => (text.to_owned(), utf8::reading(bytes, declared)),
        None => read(bytes, declared, settings),
    }
}

/// [`decode`] for a buffer that the caller gives away: valid UTF-8 is not copied.
pub fn decode_owned(
    bytes: Vec<u8>,
    declared: Option<&str>,
    settings: &Settings,
) -> (String, Reading) {
    if utf8::plain(&bytes, settings).is_none() {
        return read(&bytes, declared, settings);
    }
    let reading = utf8::reading(&bytes, declared);
    match into_string(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            (text, reading)
        }
        Err(bytes) => read(&bytes, declared, settings),
    }
}

fn read(bytes: &[u8], declared: Option<&str>, settings: &Settings) -> (String, Reading) {
    let mut text = String::with_capacity(bytes.len());
    let mut decoder = Decoder::new(declared, settings);
    decoder.feed(bytes, true, &mut text);
    (text, decoder.reading())
}
