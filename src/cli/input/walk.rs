//! Folders, walked as ripgrep walks them.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// What is walked into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Hidden files and folders too.
    pub hidden: bool,
    /// What `.gitignore`, `.ignore` and git's own settings leave out too.
    pub ignored: bool,
}

/// A path that could not be walked. The walk goes on behind it.
#[derive(Debug)]
pub struct WalkError {
    /// Where, as far as it is known.
    pub path: Option<PathBuf>,
    /// What is wrong, in lower case.
    pub cause: String,
}

impl Walk {
    /// The files under a folder, or the file itself.
    ///
    /// Each folder's entries come in the order of their names' bytes, so the order is the same on every run and every
    /// machine. Paths begin with `root`. One folder of names is held at a time for each level. Links inside are not
    /// followed, so there are no loops; `root` itself may be one. Pipes, sockets and devices inside are passed over.
    pub fn files(self, root: &Path) -> impl Iterator<Item = Result<PathBuf, WalkError>> + use<> {
        let walk = WalkBuilder::new(root)
            .hidden(!self.hidden)
            .ignore(!self.ignored)
            .git_ignore(!self.ignored)
            .git_global(!self.ignored)
            .git_exclude(!self.ignored)
            .parents(!self.ignored)
            .follow_links(false)
            .sort_by_file_name(|a, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()))
            .build();
        walk.flat_map(|entry| {
            let (file, error) = match entry {
                // An entry can come with an error of its folder's ignore file.
                Ok(entry) => {
                    let error = entry.error().map(WalkError::from);
                    // The root may be a link to a file or a pipe that the user named.
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file())
                        || entry.depth() == 0 && !entry.path().is_dir();
                    (is_file.then(|| entry.into_path()), error)
                }
                Err(error) => (None, Some(WalkError::from(&error))),
            };
            [error.map(Err), file.map(Ok)].into_iter().flatten()
        })
    }
}

impl From<&ignore::Error> for WalkError {
    fn from(error: &ignore::Error) -> Self {
        use ignore::Error::{Io, Loop, Partial, WithDepth, WithLineNumber, WithPath};
        match error {
            WithPath { path, err } => {
                let inner = WalkError::from(err.as_ref());
                WalkError {
                    path: Some(path.clone()),
                    ..inner
                }
            }
            WithDepth { err, .. } => WalkError::from(err.as_ref()),
            WithLineNumber { line, err } => {
                let inner = WalkError::from(err.as_ref());
                WalkError {
                    cause: format!("line {line}: {}", inner.cause),
                    ..inner
                }
            }
            Partial(errors) if errors.len() == 1 => WalkError::from(&errors[0]),
            Loop { child, .. } => WalkError {
                path: Some(child.clone()),
                cause: "a link to its own folder".into(),
            },
            Io(error) => WalkError {
                path: None,
                cause: told(error),
            },
            other => WalkError {
                path: None,
                cause: other.to_string(),
            },
        }
    }
}

/// The system's words, without its number and without what the walker says around them.
fn told(error: &io::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let told = innermost.to_string();
    told.split(" (os error")
        .next()
        .unwrap_or(&told)
        .to_lowercase()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may fail
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "secret*\n").unwrap();
        }
        dir
    }

    fn found(walk: Walk, root: &Path) -> Vec<String> {
        walk.files(root)
            .map(|file| match file {
                Ok(path) => path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                Err(error) => format!("error: {}", error.cause),
            })
            .collect()
    }

    #[test]
    fn order_is_that_of_bytes() {
        let dir = tree(&["b", "a/z", "a/B", "a/b/c", "a.txt", "ä", "Z"]);
        assert_eq!(
            found(Walk::default(), dir.path()),
            ["Z", "a/B", "a/b/c", "a/z", "a.txt", "b", "ä"]
        );
    }

    #[test]
    fn hidden_and_ignored_files_stay_out_unless_asked_for() {
        let dir = tree(&[
            "a",
            ".hidden",
            ".ignore",
            "secret",
            "b/secret.txt",
            "b/.c/d",
        ]);
        let cases = [
            (false, false, vec!["a"]),
            (true, false, vec![".hidden", ".ignore", "a", "b/.c/d"]),
            (false, true, vec!["a", "b/secret.txt", "secret"]),
            (
                true,
                true,
                vec![
                    ".hidden",
                    ".ignore",
                    "a",
                    "b/.c/d",
                    "b/secret.txt",
                    "secret",
                ],
            ),
        ];
        for (hidden, ignored, expected) in cases {
            assert_eq!(
                found(Walk { hidden, ignored }, dir.path()),
                expected,
                "{hidden} {ignored}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_make_no_loops() {
        let dir = tree(&["a/b"]);
        std::os::unix::fs::symlink("..", dir.path().join("a/up")).unwrap();
        std::os::unix::fs::symlink("b", dir.path().join("a/file")).unwrap();
        assert_eq!(found(Walk::default(), dir.path()), ["a/b"]);
        let link = dir.path().join("link");
        std::os::unix::fs::symlink("a", &link).unwrap();
        assert_eq!(found(Walk::default(), &link), ["b"]);
    }

    #[test]
    fn a_path_that_is_not_there_is_told() {
        let dir = tree(&["a"]);
        let missing = dir.path().join("missing");
        let errors: Vec<_> = Walk::default().files(&missing).collect();
        let [Err(error)] = errors.as_slice() else {
            panic!("{errors:?}")
        };
        assert_eq!(error.path.as_deref(), Some(missing.as_path()));
        assert_eq!(error.cause, "no such file or directory");
    }
}
