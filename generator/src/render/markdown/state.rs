//! What is being written.

use pulldown_cmark::Alignment;

pub(super) struct State {
    pub(super) html: String,
    /// Level of the last heading.
    pub(super) level: u8,
    /// Headings written inside a titled directive are at least this deep.
    pub(super) floor: u8,
    /// Alignments of the open table, the index of its open cell, and whether its head is open.
    pub(super) table: Option<(Vec<Alignment>, usize, bool)>,
    pub(super) code: bool,
    /// How many images are open: their words are the alternative text of the first.
    pub(super) images: usize,
    /// How many elements are open whose words never bear a link: headings, links, heads of tables.
    pub(super) bare: usize,
    /// The last character written on this line, for typography.
    pub(super) last: Option<char>,
}

impl State {
    pub(super) fn new(level: u8) -> Self {
        Self {
            html: String::new(),
            level,
            floor: level + 1,
            table: None,
            code: false,
            images: 0,
            bare: 0,
            last: None,
        }
    }

    /// Whether words go into the alternative text of an image, where no tag may stand.
    pub(super) fn in_image(&self) -> bool {
        self.images > 0
    }

    pub(super) fn tag(&mut self, text: &str) {
        self.html.push_str(text);
    }

    pub(super) fn block(&mut self, text: &str) {
        self.html.push_str(text);
        self.last = None;
    }
}
