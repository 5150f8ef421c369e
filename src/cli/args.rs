//! Arguments: what may be said, parsed without looking at the disk.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Colours of the help, as cargo's.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_STATUS: &str = "Exit status:
  0  all was read and written
  1  finished, but something was damaged, malformed or unreadable and was passed over
  2  wrong usage, or the output could not be written
  3  no input was found";

/// Passes on the text that a reader came for: boilerplate and off-language fragments are left out, with the reason.
#[derive(Debug, Parser)]
#[command(name = "cleanfilter", version, styles = STYLES, after_help = EXIT_STATUS, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub filter: FilterArguments,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Put back what was dropped: the decoded input, byte for byte
    Restore(RestoreArguments),
    /// Learn what a corpus repeats, for --repeated FILE
    Learn(LearnArguments),
    /// List the languages that the identifier can name
    Languages(ListArguments),
    /// List the rules that can object
    Rules(ListArguments),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page (roff)
    Man,
}

#[derive(Debug, Args)]
pub struct FilterArguments {
    /// Files and folders to read; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// How documents lie in the input; auto: by name and first bytes
    #[arg(short, long, value_enum, default_value_t = InputFormat::Auto, value_name = "FORMAT", help_heading = "Input")]
    pub format: InputFormat,
    /// jsonl, parquet: the field that holds the text; a dotted path reaches inside
    #[arg(
        long,
        value_name = "NAME",
        default_value = "text",
        help_heading = "Input"
    )]
    pub text_field: String,
    /// Do not detect the encoding
    #[arg(long, value_name = "LABEL", help_heading = "Input")]
    pub encoding: Option<String>,
    /// Read text that was decoded wrongly and encoded again as it was meant
    #[arg(long, value_enum, value_name = "DAMAGE", help_heading = "Input")]
    pub repair: Vec<Repair>,
    /// What becomes of a record that cannot be read
    #[arg(long, value_enum, default_value_t = Malformed::Skip, value_name = "WHAT", help_heading = "Input")]
    pub malformed: Malformed,
    /// Cut longer documents at a paragraph's end; K, M and G are powers of 1024 [default: 4M of plain text and lines, 64M
    /// of others]
    #[arg(long, value_name = "N", value_parser = size, help_heading = "Input")]
    pub max_document_bytes: Option<usize>,
    /// Read files that ignore files (.gitignore and the like) name
    #[arg(long, help_heading = "Input")]
    pub no_ignore: bool,
    /// Read hidden files and folders
    #[arg(long, help_heading = "Input")]
    pub hidden: bool,

    /// Languages to keep, separated by commas: BCP 47 (es) or ISO 639-3 (spa)
    #[arg(
        short,
        long,
        value_name = "LIST",
        value_delimiter = ',',
        help_heading = "Judgement"
    )]
    pub language: Vec<String>,
    /// Drop other languages inside quotations as well
    #[arg(long, help_heading = "Judgement")]
    pub strict_language: bool,
    /// Which rules speak: none, default, or names; +name and -name change the default
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        allow_hyphen_values = true,
        help_heading = "Judgement"
    )]
    pub rules: Vec<String>,
    /// Settings under a name: careful, balanced, thorough; published recipes: c4, gopher, fineweb
    #[arg(long, value_name = "NAME", help_heading = "Judgement")]
    pub preset: Option<String>,
    /// How readily boilerplate goes
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "Judgement")]
    pub boilerplate: Option<BoilerplateLevel>,
    /// What names languages: ngram (the built-in one), whatlang, fasttext:FILE
    #[arg(long, value_name = "NAME", help_heading = "Judgement")]
    pub identifier: Option<String>,
    /// The only languages that the identifier may answer
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        help_heading = "Judgement"
    )]
    pub candidates: Vec<String>,
    /// Drop what stands in many documents, as `cleanfilter learn` counted
    #[arg(long, value_name = "FILE", help_heading = "Judgement")]
    pub repeated: Option<PathBuf>,
    /// Settings in TOML
    #[arg(long, value_name = "FILE", help_heading = "Judgement")]
    pub config: Option<PathBuf>,
    /// Print the settings that hold, as TOML, and stop
    #[arg(long, help_heading = "Judgement")]
    pub print_config: bool,

    /// Write to a file; compressed if its name ends in .gz, .zst, .bz2 or .xz
    #[arg(
        short,
        long,
        value_name = "FILE",
        conflicts_with = "output_dir",
        help_heading = "Output"
    )]
    pub output: Option<PathBuf>,
    /// Write each file to the same relative path below this folder
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub output_dir: Option<PathBuf>,
    /// Go on where a run into --output-dir stopped
    #[arg(long, requires = "output_dir", help_heading = "Output")]
    pub resume: bool,
    /// How documents are written; same: as the input lay
    #[arg(short = 'O', long, value_enum, default_value_t = OutputForm::Same, value_name = "FORMAT", help_heading = "Output")]
    pub output_format: OutputForm,
    /// Instead of text, print a record for each document and fragment
    #[arg(long, conflicts_with_all = ["output_format", "explain", "show", "output_dir"], help_heading = "Output")]
    pub json: bool,
    /// Print the documents in colour, what goes struck out, with rule and number
    #[arg(long, conflicts_with_all = ["output_format", "show", "output_dir"], help_heading = "Output")]
    pub explain: bool,
    /// Print what one stage sees
    #[arg(long, value_enum, value_name = "STAGE", conflicts_with_all = ["output_format", "output_dir"], help_heading = "Output")]
    pub show: Option<Stage>,
    /// Write what was dropped, so that `restore` can put it back (JSONL)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub ledger: Option<PathBuf>,
    /// Write the figures of the run (JSON)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub summary: Option<PathBuf>,
    /// Write a page to look at
    #[arg(long, value_name = "FILE.html", help_heading = "Output")]
    pub report: Option<PathBuf>,

    /// Worker threads; 0: one per core
    #[arg(
        short = 'j',
        long,
        value_name = "N",
        default_value_t = 0,
        help_heading = "Run"
    )]
    pub threads: usize,
    /// A progress bar; auto: on a terminal
    #[arg(long, value_enum, default_value_t = Progress::Auto, value_name = "WHEN", help_heading = "Run")]
    pub progress: Progress,
    /// No summary and no progress; errors are still told
    #[arg(short, long, help_heading = "Run")]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// What the run with --ledger wrote
    #[arg(long, value_name = "FILE")]
    pub ledger: PathBuf,
    /// The cleaned output; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How documents lie in it
    #[arg(short, long, value_enum, default_value_t = InputFormat::Auto, value_name = "FORMAT")]
    pub format: InputFormat,
    /// jsonl, parquet: the field that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_field: String,
    /// Write to a file
    #[arg(short, long, value_name = "FILE", conflicts_with = "output_dir")]
    pub output: Option<PathBuf>,
    /// Write each file to the same relative path below this folder
    #[arg(long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct LearnArguments {
    /// Files and folders to read, with --merge files that were learnt; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write what was learnt to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Join files that were learnt: counts add up
    #[arg(long, requires = "paths", conflicts_with_all = ["global", "memory", "config", "format", "text_field"])]
    pub merge: bool,
    /// Count over all documents; without it each site's documents by themselves, where records have a URL
    #[arg(long)]
    pub global: bool,
    /// Leave out what stands in fewer documents; 1 for parts that are to be merged
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub min_documents: u32,
    /// Memory for counting; what does not fit lies in temporary files beside the output; K, M and G are powers of 1024
    #[arg(long, value_name = "N", default_value = "256M", value_parser = memory)]
    pub memory: usize,
    /// How documents lie in the input; auto: by name and first bytes
    #[arg(short, long, value_enum, default_value_t = InputFormat::Auto, value_name = "FORMAT")]
    pub format: InputFormat,
    /// jsonl, parquet: the field that holds the text; a dotted path reaches inside
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_field: String,
    /// Cut longer documents at a paragraph's end, as the filter will [default: 4M of plain text and lines, 64M of others]
    #[arg(long, value_name = "N", value_parser = size)]
    pub max_document_bytes: Option<usize>,
    /// Read files that ignore files (.gitignore and the like) name
    #[arg(long)]
    pub no_ignore: bool,
    /// Read hidden files and folders
    #[arg(long)]
    pub hidden: bool,
    /// Settings in TOML: how bytes are decoded and paragraphs found
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Worker threads; 0: one per core
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// A progress bar; auto: on a terminal
    #[arg(long, value_enum, default_value_t = Progress::Auto, value_name = "WHEN")]
    pub progress: Progress,
    /// No figures and no progress; errors are still told
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub struct ListArguments {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum InputFormat {
    /// By name and first bytes; standard input is plain
    Auto,
    /// A file is a document
    Plain,
    /// A line is a document
    Lines,
    /// A line is a JSON object with a text in it
    Jsonl,
    /// Web archives of Common Crawl: WARC, WET
    Warc,
    /// A row of a table is a document, one of whose columns is its text
    Parquet,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum OutputForm {
    /// As the input lay
    Same,
    /// The text alone
    Text,
    /// A JSON object a document
    Jsonl,
    /// A fragment a line, for awk
    Tsv,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Repair {
    /// UTF-8 that was read as a legacy encoding and written again
    Mojibake,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum BoilerplateLevel {
    /// When in doubt, keep
    Careful,
    /// The best of both, on average
    Balanced,
    /// When in doubt, drop
    Thorough,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Malformed {
    /// Pass it over
    Skip,
    /// Pass it through as it is
    Pass,
    /// End the run
    Stop,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Stage {
    /// Paragraphs
    Paragraphs,
    /// Fragments with their language
    Languages,
    /// Fragments with their verdict
    Verdicts,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum Progress {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Bytes of a document.
fn size(text: &str) -> Result<usize, String> {
    at_least(MIN_DOCUMENT_BYTES, text).map_err(|few| {
        few.unwrap_or_else(|| {
            format!("a document has room for {MIN_DOCUMENT_BYTES} bytes at least")
        })
    })
}

/// Bytes of memory.
fn memory(text: &str) -> Result<usize, String> {
    at_least(MIN_MEMORY_BYTES, text).map_err(|few| {
        few.unwrap_or_else(|| format!("counting takes {MIN_MEMORY_BYTES} bytes at least"))
    })
}

/// Bytes: a number, or one with K, M or G. The error is none where they are too few, or too many to count.
fn at_least(min: usize, text: &str) -> Result<usize, Option<String>> {
    let (digits, unit) = match text.trim_end_matches(['i', 'B', 'b']).char_indices().last() {
        Some((at, c)) if c.is_ascii_alphabetic() => (&text[..at], c.to_ascii_uppercase()),
        _ => (text, ' '),
    };
    let shift = match unit {
        ' ' => 0,
        'K' => 10,
        'M' => 20,
        'G' => 30,
        _ => {
            return Err(Some(
                "a size is a number, or one with K, M or G behind it".to_owned(),
            ));
        }
    };
    let number: usize = digits
        .parse()
        .map_err(|_| Some("a size is a number, or one with K, M or G behind it".to_owned()))?;
    number
        .checked_mul(1 << shift)
        .filter(|n| *n >= min)
        .ok_or(None)
}

/// Below this a part would be shorter than the paragraphs that it is cut between.
const MIN_DOCUMENT_BYTES: usize = 1024;

/// Below this a run would be smaller than the buffer that it is read through.
const MIN_MEMORY_BYTES: usize = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn sizes() {
        assert_eq!(size("64M"), Ok(64 << 20));
        assert_eq!(size("2GiB"), Ok(2 << 30));
        assert_eq!(size("4096"), Ok(4096));
        assert_eq!(memory("64K"), Ok(64 << 10));
        assert!(memory("63K").is_err_and(|e| e.contains("65536 bytes at least")));
        assert!(
            size("12").is_err()
                && size("3X").is_err()
                && size("99999999999G").is_err()
                && size("").is_err()
        );
    }
}
