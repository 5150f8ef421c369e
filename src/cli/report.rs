//! `--report FILE.html`: one page to look at, whole in itself: no script, no font, no address outside.

use std::fmt::Write as _;

use super::figures::{bytes, count, counted, measured, percent};
use super::samples::Sample;
use super::summary::{Share, Summary, largest_first, tag};

const STYLE: &str = include_str!("report.css");

/// Rows of the tables of languages; the rest is summed up in one row. More than anybody reads, and a page stays small.
const MAX_ROWS: usize = 100;

/// The page.
pub fn html(summary: &Summary) -> String {
    let mut page = String::new();
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>cleanfilter: {} of {} kept</title>\n<style>\n{STYLE}</style>\n<h1>cleanfilter</h1>\n",
        percent(summary.kept_bytes(), summary.bytes),
        bytes(summary.bytes)
    );
    totals(&mut page, summary);
    rules(&mut page, summary);
    for (rule, _) in largest_first(&summary.rules, |dropped| dropped.bytes) {
        samples(&mut page, rule, &summary.samples.of(rule));
    }
    let languages = largest_first(&summary.languages, |share| share.bytes);
    shares(
        &mut page,
        "Languages",
        languages
            .iter()
            .map(|(language, share)| (tag(*language), *share)),
        summary.bytes,
    );
    let encodings = largest_first(&summary.encodings, |share| share.bytes);
    shares(
        &mut page,
        "Encodings",
        encodings
            .iter()
            .map(|(name, share)| ((*name).to_owned(), *share)),
        summary.bytes,
    );
    page
}

fn totals(page: &mut String, summary: &Summary) {
    let (kept, dropped) = (summary.kept_bytes(), summary.dropped_bytes);
    page.push_str("<dl>\n");
    let mut entry = |name: &str, text: String| {
        let _ = writeln!(page, "<dt>{name}<dd>{}", escaped(&text));
    };
    entry("documents", count(summary.documents));
    entry("text", bytes(summary.bytes));
    entry(
        "kept",
        format!("{} ({})", bytes(kept), percent(kept, summary.bytes)),
    );
    entry(
        "dropped",
        format!("{} ({})", bytes(dropped), percent(dropped, summary.bytes)),
    );
    entry(
        "documents that lost text",
        format!(
            "{} ({})",
            count(summary.changed),
            percent(summary.changed, summary.documents)
        ),
    );
    entry("documents dropped whole", count(summary.emptied));
    if summary.parts > 0 {
        entry(
            "parts of documents that were too long",
            count(summary.parts),
        );
    }
    if summary.replaced_bytes > 0 {
        let documents = counted(summary.replaced_documents, "document");
        entry(
            "undecodable",
            format!("{} in {documents}", counted(summary.replaced_bytes, "byte")),
        );
    }
    if summary.malformed > 0 {
        entry("malformed", counted(summary.malformed, "record"));
    }
    if summary.unreadable > 0 {
        entry("unreadable", counted(summary.unreadable, "file"));
    }
    for (what, number) in &summary.skipped {
        entry("passed over", counted(*number, what));
    }
    page.push_str("</dl>\n");
}

fn rules(page: &mut String, summary: &Summary) {
    page.push_str("<h2>What was dropped</h2>\n");
    if summary.rules.is_empty() {
        page.push_str("<p>Nothing.\n");
        return;
    }
    head(
        page,
        &["rule", "documents", "fragments", "bytes", "of all text"],
    );
    for (rule, dropped) in largest_first(&summary.rules, |dropped| dropped.bytes) {
        let _ = write!(page, "<tr><th><a href=\"#{0}\">{0}</a>", escaped(rule));
        numbers(
            page,
            &[
                count(dropped.documents),
                count(dropped.fragments),
                bytes(dropped.bytes),
            ],
        );
        bar(page, dropped.bytes, summary.bytes);
    }
    page.push_str("</table>\n");
}

fn samples(page: &mut String, rule: &str, samples: &[&Sample]) {
    let rule = escaped(rule);
    let _ = write!(
        page,
        "<details id=\"{rule}\" open><summary>{rule}</summary>\n<ul>\n"
    );
    for sample in samples {
        let more = if sample.cut { " …" } else { "" };
        let (before, text, after) = (
            escaped(&sample.before),
            escaped(&sample.text),
            escaped(&sample.after),
        );
        let _ = write!(
            page,
            "<li><p dir=\"auto\">{before}<del>{text}{more}</del>{after}</p><small>{}",
            measured(sample.measured)
        );
        if let Some(guess) = sample.language {
            let _ = write!(
                page,
                " · {} {:.2}",
                tag(Some(guess.language)),
                guess.confidence
            );
        }
        if sample.count > 1 {
            let _ = write!(page, " · {} times", count(sample.count));
        }
        let _ = writeln!(page, " · {}</small>", escaped(&sample.path));
    }
    page.push_str("</ul></details>\n");
}

fn shares(
    page: &mut String,
    title: &str,
    rows: impl ExactSizeIterator<Item = (String, Share)>,
    all: u64,
) {
    if rows.len() == 0 {
        return;
    }
    let left = rows.len().saturating_sub(MAX_ROWS);
    let mut rest = Share::default();
    let _ = writeln!(page, "<h2>{title}</h2>");
    head(page, &["", "documents", "bytes", "of all text"]);
    let mut row = |name: &str, share: Share| {
        let _ = write!(page, "<tr><th>{}", escaped(name));
        numbers(page, &[count(share.documents), bytes(share.bytes)]);
        bar(page, share.bytes, all);
    };
    for (i, (name, share)) in rows.enumerate() {
        if i < MAX_ROWS {
            row(&name, share);
        } else {
            rest.documents += share.documents;
            rest.bytes += share.bytes;
        }
    }
    if left > 0 {
        row(&format!("{left} more"), rest);
    }
    page.push_str("</table>\n");
}

fn head(page: &mut String, columns: &[&str]) {
    page.push_str("<table>\n<tr>");
    for column in columns {
        let _ = write!(page, "<th>{column}");
    }
    page.push('\n');
}

fn numbers(page: &mut String, cells: &[String]) {
    for cell in cells {
        let _ = write!(page, "<td>{cell}");
    }
}

/// A share in percent, with a bar as long.
fn bar(page: &mut String, part: u64, whole: u64) {
    let width = 100.0 * part as f64 / whole.max(1) as f64;
    let _ = writeln!(
        page,
        "<td>{}<td><i style=\"width:{width:.1}%\"></i>",
        percent(part, whole)
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    );
}

/// Text as HTML. Control characters but tab and line end are no part of HTML and are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleanfilter::ledger::Origin;
    use cleanfilter::{Filter, Settings};

    fn page(text: &str) -> String {
        let mut summary = Summary::default();
        let document = Filter::new(Settings::default())
            .unwrap()
            .read(text.as_bytes());
        summary.add(
            &Origin {
                path: "<b>.txt",
                ..Origin::default()
            },
            &document,
            0,
            true,
        );
        html(&summary)
    }

    #[test]
    fn what_a_page_of_the_web_says_stays_text() {
        let title = "<script>alert(\"The ferry is late\")</script> & more";
        let page = page(&format!(
            "{title}\n\n{title}\n\nIt waits for the fog to lift, the harbour says.\n"
        ));
        assert!(page.contains("<del>&lt;script&gt;alert(&quot;The ferry is late&quot;)&lt;/script&gt; &amp; more</del>"), "{page}");
        assert!(page.contains("&lt;b&gt;.txt"));
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("http"));
        assert!(
            page.contains("<a href=\"#repeated\">repeated</a>")
                && page.contains("<details id=\"repeated\"")
        );
    }

    #[test]
    fn an_empty_run_has_a_page() {
        let page = html(&Summary::default());
        assert!(
            page.contains("<p>Nothing.") && !page.contains("NaN"),
            "{page}"
        );
    }
}
