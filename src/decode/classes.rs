//! Characters in classes, as the statistics of decoding see them: letters of a language's alphabet one by one, everything
//! else by what it does. Shared with the command that grows the statistics.

/// White space and the ends of the text.
pub const BLANK: u8 = 0;
/// ASCII digits.
pub const DIGIT: u8 = 1;
/// ASCII punctuation but for the next two.
pub const MARK: u8 = 2;
/// Apostrophes, straight and curly.
pub const APOSTROPHE: u8 = 3;
/// The hyphen.
pub const HYPHEN: u8 = 4;
/// Quotation marks beyond ASCII.
pub const QUOTE: u8 = 5;
/// Dashes, ellipsis, bullets.
pub const DASH: u8 = 6;
/// Other symbols.
pub const SYMBOL: u8 = 7;
/// No-break space.
pub const NO_BREAK: u8 = 8;
/// Letters and marks that are not of the alphabet.
pub const FOREIGN: u8 = 9;
/// What texts do not hold: controls, private use, noncharacters.
pub const WRONG: u8 = 10;
/// The first letter of an alphabet.
pub const LETTERS: u8 = 11;

/// The class of a character that is no letter of the alphabet.
pub fn class(c: char) -> u8 {
    match c {
        c if is_blank(c) => BLANK,
        '0'..='9' => DIGIT,
        '\'' | '’' | 'ʼ' => APOSTROPHE,
        '-' => HYPHEN,
        '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' => MARK,
        'A'..='Z' | 'a'..='z' => FOREIGN,
        '\0'..='\u{9f}' => WRONG,
        '\u{a0}' => NO_BREAK,
        '“' | '”' | '„' | '‚' | '‘' | '«' | '»' | '‹' | '›' => QUOTE,
        '–' | '—' | '…' | '•' | '―' => DASH,
        'ª' | 'º' | 'µ' => SYMBOL,
        // Marks, digits and punctuation of scripts of their own, and the joiners that stand between letters.
        '\u{200c}'
        | '\u{200d}'
        | '\u{300}'..='\u{36f}'
        | '\u{590}'..='\u{6ff}'
        | '\u{e00}'..='\u{e7f}' => FOREIGN,
        '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{f0000}'.. => WRONG,
        c if is_east_asian(c) || c.is_alphabetic() => FOREIGN,
        _ => SYMBOL,
    }
}

/// Whether it is of class [`BLANK`].
pub fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' ' | '\u{c}')
}

/// Whether texts do not hold it: class [`WRONG`], without a look at anything else.
#[inline]
pub fn is_wrong(c: char) -> bool {
    matches!(c, '\0'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{f0000}'..)
        && class(c) == WRONG
}

/// Kana, unified ideographs and Hangul, which are letters without case: the standard library finds that out slowly.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The lower case of a character, where that is one character.
pub fn fold(c: char) -> char {
    if is_east_asian(c) {
        return c;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        // İ, whose lower case is two characters, is the capital of i.
        (Some(first), Some(_)) => first,
        _ => c,
    }
}

/// Whether a character is a small letter, a capital or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    None,
    Lower,
    Upper,
}

impl Kind {
    /// The kind of `c`.
    pub fn of(c: char) -> Kind {
        match c {
            'a'..='z' => Kind::Lower,
            'A'..='Z' => Kind::Upper,
            c if c.is_ascii() || is_east_asian(c) => Kind::None,
            c if c.is_lowercase() => Kind::Lower,
            c if c.is_uppercase() => Kind::Upper,
            _ => Kind::None,
        }
    }
}

/// How capitals stand: what was before in the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Nothing, or a character without case.
    None,
    Lower,
    /// One capital.
    Upper,
    /// Two capitals and more.
    Uppers,
}

impl Case {
    /// The case after a character of that kind.
    #[inline]
    pub fn after(self, kind: Kind) -> Case {
        match (kind, self) {
            (Kind::None, _) => Case::None,
            (Kind::Lower, _) => Case::Lower,
            (Kind::Upper, Case::Upper | Case::Uppers) => Case::Uppers,
            (Kind::Upper, _) => Case::Upper,
        }
    }
}
