//! Text on a terminal, with its control characters made visible: a page of the web must not steer the terminal.

/// Appends text. Tab and line feed stay; `\r\n` is a line end; all other control characters stand as the pictures that
/// Unicode has for them (U+2400 ...), or as U+FFFD.
pub fn push(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_control() && c != '\n' && c != '\t') {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let mut chars = tail.chars();
        match chars.next() {
            Some('\r') if chars.as_str().starts_with('\n') => {}
            // A lone carriage return would let the line be written over.
            Some('\r') => out.push_str("␍\n"),
            Some('\u{7f}') => out.push('␡'),
            Some(c) => out.push(picture(c)),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// The picture of a control character of ASCII; the later ones (U+0080 ...) have none.
fn picture(c: char) -> char {
    char::from_u32(0x2400 + u32::from(c))
        .filter(|_| c < ' ')
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_control_character_but_tab_and_line_feed_comes_out() {
        let all: String = (0..0xA1)
            .filter_map(char::from_u32)
            .chain("\r\n字".chars())
            .collect();
        let mut out = String::new();
        super::push(&all, &mut out);
        assert!(
            out.chars()
                .all(|c| !c.is_control() || c == '\n' || c == '\t'),
            "{out:?}"
        );
        assert!(
            out.starts_with("␀␁␂") && out.contains("␌␍\n␎") && out.ends_with("\u{a0}\n字"),
            "{out:?}"
        );
    }
}
