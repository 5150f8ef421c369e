//! `boilerplate`: what a page says around its text.

use serde::{Deserialize, Serialize};

use super::{About, Objections, Page, Rule};

/// Drops link lists, share lines, cookie notices and copyright lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Boilerplate {
    /// A line with at least this many links between separators (`Home | News | Sport`) is a link list.
    pub min_links: usize,
    /// Lines longer than this many characters are never boilerplate.
    pub max_chars: usize,
}

impl Default for Boilerplate {
    fn default() -> Self {
        Boilerplate {
            min_links: 3,
            max_chars: 300,
        }
    }
}

impl Boilerplate {
    pub(super) const ABOUT: About = About {
        name: "boilerplate",
        drops: "link lists, share lines, cookie notices, copyright lines",
        measures: "what was counted: links, networks, notices",
        page: include_str!("../../docs/rules/boilerplate.md"),
        default: true,
    };
}

const NETWORKS: [&str; 12] = [
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "pinterest",
    "telegram",
    "reddit",
    "instagram",
    "youtube",
    "e-mail",
    "email",
    "tumblr",
];

impl Rule for Boilerplate {
    fn about(&self) -> &'static About {
        &Self::ABOUT
    }

    fn judge(&self, page: &Page<'_>, objections: &mut Objections) {
        for (i, paragraph) in page.document.paragraphs.iter().enumerate() {
            let text = &page.document.text[paragraph.span.clone()];
            let chars = text.chars().count();
            if chars > self.max_chars {
                continue;
            }
            if let Some((rule, measured)) = self.kind(&text.to_lowercase(), chars) {
                objections.drop_paragraph(page, i, rule, measured);
            }
        }
    }
}

impl Boilerplate {
    fn kind(&self, text: &str, chars: usize) -> Option<(&'static str, f32)> {
        let links = text
            .split(['|', '·', '›', '»', '•', '>'])
            .filter(|part| (1..=30).contains(&part.trim().chars().count()))
            .count();
        if links >= self.min_links && chars / links <= 25 {
            return Some(("boilerplate/navigation", links as f32));
        }
        let networks = NETWORKS.iter().filter(|name| text.contains(*name)).count();
        if networks >= 2 && chars < 30 * networks {
            return Some(("boilerplate/share", networks as f32));
        }
        if (text.contains('©') || text.starts_with("copyright") || text.starts_with("(c) "))
            && chars <= 200
        {
            return Some(("boilerplate/legal", 1.0));
        }
        let cookies = text.matches("cookie").count();
        (cookies > 0
            && [
                "accept", "use", "acept", "akzept", "accett", "utilis", "verwend", "usa", "政策",
                "файл",
            ]
            .iter()
            .any(|w| text.contains(w)))
        .then_some(("boilerplate/cookies", cookies as f32))
    }
}
