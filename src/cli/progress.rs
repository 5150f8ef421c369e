//! The progress bar, on a terminal only.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::summary::Summary;

/// A bar, or nothing.
#[derive(Debug)]
pub struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar; with a length where the inputs are files that tell theirs.
    pub fn new(show: bool, paths: &[PathBuf]) -> Bar {
        if !show {
            return Bar(None);
        }
        let sizes = paths.iter().map(|path| {
            std::fs::metadata(path)
                .ok()
                .filter(|m| m.is_file() && !is_packed(path))
                .map(|m| m.len())
        });
        let total: Option<u64> = sizes.sum();
        let bar = match total.filter(|n| *n > 0) {
            Some(total) => ProgressBar::new(total).with_style(style(
                "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} {msg}",
            )),
            None => ProgressBar::new_spinner()
                .with_style(style("{spinner} {bytes} {bytes_per_sec} {msg}")),
        };
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar(Some(bar))
    }

    /// Counts what was done.
    pub fn add(&self, done: &Summary) {
        if let Some(bar) = &self.0 {
            bar.inc(done.input_bytes);
        }
    }

    /// Says something without tearing the bar.
    pub fn above(&self, say: impl FnOnce()) {
        match &self.0 {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn is_packed(path: &std::path::Path) -> bool {
    path.extension()
        .is_some_and(|e| ["gz", "zst", "bz2", "xz"].iter().any(|packed| e == *packed))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
