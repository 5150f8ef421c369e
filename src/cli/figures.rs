//! Numbers for people.

/// `1,234,567`
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 document`, `2,000 documents`
pub fn counted(number: u64, noun: &str) -> String {
    format!(
        "{} {noun}{}",
        count(number),
        if number == 1 { "" } else { "s" }
    )
}

/// Bytes in decimal units: `812 B`, `1.5 kB`, `20.0 GB`.
pub fn bytes(number: u64) -> String {
    if number < 1000 {
        return format!("{number} B");
    }
    let mut value = number as f64 / 1000.0;
    let mut units = ["kB", "MB", "GB", "TB", "PB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    for larger in units {
        // What would be rounded to 1000.0 is 1.0 of the larger unit.
        if value < 999.95 {
            break;
        }
        value /= 1000.0;
        unit = larger;
    }
    format!("{value:.1} {unit}")
}

/// A part of a whole in percent: `12.3%`; `0%` and `100%` only where nothing or all is meant.
pub fn percent(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0%".to_owned();
    }
    if part == whole {
        return "100%".to_owned();
    }
    let share = 100.0 * part as f64 / whole as f64;
    match share {
        ..0.1 => "<0.1%".to_owned(),
        99.9.. => ">99.9%".to_owned(),
        _ => format!("{share:.1}%"),
    }
}

/// A measured number with three significant digits or all that stand before the point: `2`, `12.3`, `0.954`, `1234`.
pub fn measured(number: f32) -> String {
    let digits = match number.abs() {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    let text = format!("{number:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(count),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(
            [999, 1000, 999_949, 999_950, 20_000_000_000].map(bytes),
            ["999 B", "1.0 kB", "999.9 kB", "1.0 MB", "20.0 GB"]
        );
        let shares = [(0, 0), (0, 9), (9, 9), (1, 9_999), (9_998, 9_999), (1, 8)]
            .map(|(part, whole)| percent(part, whole));
        assert_eq!(shares, ["0%", "0%", "100%", "<0.1%", ">99.9%", "12.5%"]);
        assert_eq!(
            [2.0, 12.34, 0.95, 0.0, 1234.5, f32::NAN, -3.0].map(measured),
            ["2", "12.3", "0.95", "0", "1234", "NaN", "-3"]
        );
    }
}
