//! The published recipes, rule by rule: C4 (Raffel et al. 2020), Gopher (Rae et al. 2021), FineWeb (Penedo et al. 2024).
//!
//! They were made for English, and are here so that a known recipe can be run and explained: all are off by default,
//! `--preset c4|gopher|fineweb` switches one on. `docs/recipes.md` tells how far the verdicts are the published ones.

pub mod c4;
mod characters;
mod contractions;
pub mod fineweb;
pub mod gopher;
mod repetition;
mod words;

pub use self::c4::C4;
pub use self::fineweb::FineWeb;
pub use self::gopher::Gopher;
pub(super) use self::words::words;
use super::{About, Objections, Page, Rule};

/// A recipe's settings can be enrolled: which of its rules are on.
pub(super) type On<'a> = &'a dyn Fn(&About) -> bool;

/// What a rule of documents found: the kind with the rule's name before it, and the number.
type Found = Option<(&'static str, f32)>;
type Measure = Box<dyn Fn(&Page<'_>) -> Found + Send + Sync>;

/// A rule that judges a document as a whole: all of it stays or goes.
struct OfDocument {
    about: &'static About,
    measure: Measure,
}

impl OfDocument {
    fn boxed(
        about: &'static About,
        measure: impl Fn(&Page<'_>) -> Found + Send + Sync + 'static,
    ) -> Box<dyn Rule> {
        let measure: Measure = Box::new(measure);
        Box::new(OfDocument { about, measure })
    }
}

impl Rule for OfDocument {
    fn about(&self) -> &'static About {
        self.about
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        if page.document.fragments.is_empty() {
            return;
        }
        if let Some((name, measured)) = (self.measure)(page) {
            (0..page.document.fragments.len())
                .for_each(|fragment| objections.drop(fragment, name, measured));
        }
    }
}

/// A share, 0 where there is nothing to share.
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        return 0.0;
    }
    // By way of 64 bits, so that 3 of 25 is the 0.12 that a threshold of 0.12 is.
    (part as f64 / whole as f64) as f32
}

/// Declares the settings of a recipe's rules: a table of thresholds for each.
macro_rules! thresholds {
    ($($(#[$doc:meta])* $rule:ident { $($(#[$note:meta])* $key:ident: $kind:ty = $value:expr,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $rule {
            $($(#[$note])* pub $key: $kind,)*
        }

        impl Default for $rule {
            fn default() -> Self {
                $rule { $($key: $value,)* }
            }
        }
    )*};
}

/// Declares what is told of a recipe's rules, which share a page and are off by default.
macro_rules! abouts {
    ($page:literal: $($(#[$doc:meta])* $id:ident = $name:literal, drops $drops:literal, measures $measures:literal;)*) => {
        $($(#[$doc])* static $id: About = About {
            name: $name,
            drops: $drops,
            measures: $measures,
            page: include_str!(concat!("../../../docs/rules/", $page, ".md")),
            default: false,
        };)*

        /// What is told of the recipe's rules, in the order in which they speak.
        pub(in crate::judge) const ABOUTS: &[&About] = &[$(&$id),*];
    };
}

use {abouts, thresholds};
