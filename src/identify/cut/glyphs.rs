//! What characters and runs of them are: marks that end, pause, open and close; addresses; the case of letters.

/// The case of a token's letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    /// No letters, or of a script without case.
    None,
    /// The first is small, and there are more than four.
    Small,
    /// The first is small, and there are at most four: articles, prepositions.
    Short,
    /// The first is a capital.
    Capital,
    /// All are capitals, and there are several.
    Capitals,
}

impl Case {
    /// Of a token.
    pub fn of(token: &str) -> Case {
        let mut letters = token.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else {
            return Case::None;
        };
        let (mut count, mut small) = (1, first.is_lowercase());
        for c in letters {
            count += 1;
            small |= c.is_lowercase();
        }
        match (first.is_uppercase(), first.is_lowercase()) {
            (true, _) if small || count == 1 => Case::Capital,
            (true, _) => Case::Capitals,
            (_, true) if count <= 4 => Case::Short,
            (_, true) => Case::Small,
            _ => Case::None,
        }
    }
}

/// Addresses, tags, identifiers, assignments.
pub(super) fn is_address(token: &str) -> bool {
    token.contains("://")
        || token.contains("www.")
        || token.contains(['@', '<', '=', '{', '}', '\\', '_', '`'])
        || token.contains("()")
        || token.contains("::")
        || token.starts_with('/') && token.len() > 2
        || token.starts_with('-') && token.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase)
        || is_domain(token)
}

/// `example.com`, `notes.txt,`: a dot between ASCII letters or digits, a few small letters after the last one.
fn is_domain(token: &str) -> bool {
    let token = token.trim_matches(|c: char| c.is_ascii_punctuation());
    token.rsplit_once('.').is_some_and(|(name, end)| {
        token.is_ascii()
            && name.len() >= 2
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/'))
            && (2..=4).contains(&end.len())
            && end.bytes().all(|b| b.is_ascii_lowercase())
    })
}

/// Ends a sentence.
pub(super) fn is_stop(c: char) -> bool {
    ".!?…。！？।॥؟۔։።‼⁉".contains(c)
}

/// Ends a part of a sentence, or stands between items.
pub(super) fn is_pause(c: char) -> bool {
    ",;:–—-|•·/>»、，；：｜،؛›■►".contains(c)
}

/// Stands before an item.
pub(super) fn is_bullet(c: char) -> bool {
    "–—-|•·/>›■►&+".contains(c)
}

/// Punctuation of scripts without spaces, after which a token ends.
pub(super) fn is_wide_stop(c: char) -> bool {
    "。！？、，；：．｜".contains(c)
}

/// Opens a quotation, a bracket or a sentence.
pub(super) fn is_opening(c: char) -> bool {
    "([{\"“„«‹「『《〈（【‘¿¡".contains(c)
}

/// Closes a quotation or a bracket.
pub(super) fn is_closing(c: char) -> bool {
    "\"”’»)]}」』》〉）】'›“".contains(c)
}
