//! All tables: grown and written, or grown and compared.

use std::path::{Path, PathBuf};

use cleanfilter::judge::boilerplate::columns::Page as Measures;
use cleanfilter::judge::boilerplate::kinds::{Kind, Kinds, Run};
use cleanfilter::judge::boilerplate::page::{Knowledge, Lines};
use cleanfilter::judge::boilerplate::words::Weights;

use super::cross::{Result, Work, held};
use super::data::Page;
use super::{check, examples, export, fit, grow_kinds, measured};

/// The kinds that the pages' HTML names, of all pages.
fn labels(work: &Work) -> Result<Vec<Vec<Option<Kind>>>> {
    let shared = PathBuf::from(std::env::var("CLEANFILTER_SHARED")?);
    Ok(super::labels::all(
        &shared.join("corpus/boilerplate"),
        &work.pages,
    )?)
}

/// Grows what kinds are told by, from the pages of which `of` says so.
fn kinds_of(
    work: &Work,
    labels: &[Vec<Option<Kind>>],
    of: impl Fn(&Page) -> bool,
) -> grow_kinds::Tables {
    let chosen: Vec<usize> = (0..work.pages.len())
        .filter(|i| !work.pages[*i].made && of(&work.pages[*i]))
        .collect();
    let pages: Vec<&Page> = chosen.iter().map(|i| &work.pages[*i]).collect();
    let labels: Vec<&[_]> = chosen.iter().map(|i| &labels[*i][..]).collect();
    let measured = measured::measure(&pages, &work.functions, |_| [&[], &[]]);
    let words = examples::line_words(&pages, &labels);
    grow_kinds::grow(&measured, &labels, &words, &work.plan.said, &work.functions)
}

/// Kinds of the lines that are not wanted, grown from the other folds' sites, against those that the HTML names.
pub fn cross_kinds(work: &Work) -> Result<()> {
    let labels = labels(work)?;
    let mut board = check::Kinds::default();
    for fold in &work.folds {
        let test = |p: &Page| !held(p) && p.fold(5) == *fold;
        let tables = kinds_of(work, &labels, |p| !held(p) && !test(p));
        let kinds = Kinds::new(Weights::new(&tables.words), &tables.shapes, &tables.stay);
        eprintln!("{fold} {:?} {:?}", tables.stay, work.begin.elapsed());
        let (mut lines, mut measures) = (Lines::default(), Measures::default());
        let know = Knowledge {
            functions: Weights::new(&work.functions),
            ..Knowledge::default()
        };
        for (page, labels) in work.pages.iter().zip(&labels) {
            if page.made || !test(page) {
                continue;
            }
            lines.measure(&page.text, &page.lines, know, &mut measures);
            let mut run = Run::default();
            let mut said = vec![None; lines.lines.len()];
            let mut name = |i: usize, kind| said[i] = Some(kind);
            for i in 0..lines.lines.len() {
                if page.wanted[i] == Some(true) {
                    run.end(i, &mut name);
                } else {
                    let votes = kinds.votes(&measures, i, lines.features(i));
                    run.push(&votes, &kinds);
                }
            }
            run.end(lines.lines.len(), name);
            for (said, label) in said.iter().zip(labels) {
                board.add(*said, *label);
            }
        }
    }
    board.print();
    Ok(())
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
    let examples: Vec<_> = chosen.iter().map(|i| &work.examples[*i]).collect();
    let kinds = kinds_of(work, &labels(work)?, |p| work.all || !held(p));
    let grown = fit::fit(&pages, &examples, &work.functions, &work.plan);
    let (first, second) = (export::forest(&grown.first), export::forest(&grown.second));
    eprintln!("{:?}", work.begin.elapsed());
    Ok(export::files(
        &[
            ("phrases", &grown.phrases),
            ("follow", &grown.follow),
            ("functions", &work.functions),
            ("first", &first),
            ("second", &second),
            ("kind_words", &kinds.words),
        ],
        &kinds.shapes,
        &kinds.stay,
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
