//! All tables: grown and written, or grown and compared.

use std::path::{Path, PathBuf};

use super::cross::{Result, Work, held};
use super::data::Page;
use super::{export, fit, grow_kinds};

/// Grows what kinds are told by.
fn kinds_of(work: &Work) -> Result<grow_kinds::Tables> {
    let shared = PathBuf::from(std::env::var("CLEANFILTER_SHARED")?);
    let labels = super::labels::all(&shared.join("corpus/boilerplate"), &work.pages)?;
    let chosen: Vec<usize> = (0..work.pages.len())
        .filter(|i| (work.all || !held(&work.pages[*i])) && !work.pages[*i].made)
        .collect();
    let pages: Vec<&Page> = chosen.iter().map(|i| &work.pages[*i]).collect();
    let labels: Vec<&[_]> = chosen.iter().map(|i| &labels[*i][..]).collect();
    let measured = fit::measure(&pages, &work.functions, |_| &[]);
    let words = fit::line_words(&pages, &labels);
    let tables = grow_kinds::grow(&measured, &labels, &words, &work.plan.said, &work.functions);
    eprintln!("kinds {:?}", work.begin.elapsed());
    Ok(tables)
}

/// Grows and writes them alone.
pub fn kinds(work: &Work, folder: &Path) -> Result<()> {
    let tables = kinds_of(work)?;
    let files = export::files(&[("kind_words", &tables.words)], &tables.shapes);
    Ok(export::write(folder, &files)?)
}

/// Grows all tables and writes them.
pub fn write(work: &Work, folder: &Path) -> Result<()> {
    Ok(export::write(folder, &grow(work)?)?)
}

/// The tables' files, grown.
fn grow(work: &Work) -> Result<Vec<(String, Vec<u8>)>> {
    let chosen: Vec<usize> = (0..work.pages.len())
        .filter(|i| work.all || !held(&work.pages[*i]))
        .collect();
    let pages: Vec<&Page> = chosen.iter().map(|i| &work.pages[*i]).collect();
    let examples: Vec<&[_]> = chosen.iter().map(|i| &work.examples[*i][..]).collect();
    let kinds = kinds_of(work)?;
    let grown = fit::fit(&pages, &examples, &work.functions, &work.plan);
    let (first, second) = (export::forest(&grown.first), export::forest(&grown.second));
    eprintln!("{:?}", work.begin.elapsed());
    Ok(export::files(
        &[
            ("phrases", &grown.phrases),
            ("functions", &work.functions),
            ("first", &first),
            ("second", &second),
            ("kind_words", &kinds.words),
        ],
        &kinds.shapes,
    ))
}

/// Grows the tables again and compares them with those in the folder; nothing is written.
pub fn check(work: &Work, folder: &Path) -> Result<()> {
    let files = grow(work)?;
    let other = export::differing(folder, &files);
    if other.is_empty() {
        println!("{} files as they are in {}", files.len(), folder.display());
        return Ok(());
    }
    Err(format!(
        "grown otherwise than in {}: {}",
        folder.display(),
        other.join(", ")
    )
    .into())
}
