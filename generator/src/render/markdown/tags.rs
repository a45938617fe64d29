//! The tags of blocks and of words.

use super::state::State;
use super::{Writer, link};
use crate::body::level_number;
use crate::render::words::escape;
use pulldown_cmark::{Alignment, CodeBlockKind, Tag, TagEnd};

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: &Tag, out: &mut State) {
        match tag {
            Tag::Paragraph => out.block("<p>"),
            Tag::Heading { level, id, .. } => {
                let level = level_number(*level).max(out.floor).min(6);
                out.level = level;
                let id = id.as_deref().unwrap_or_default();
                out.block(&format!("<h{level} id=\"{id}\">"));
                out.bare += 1;
            }
            Tag::BlockQuote(_) => out.block("<blockquote>\n"),
            Tag::CodeBlock(kind) => {
                out.code = true;
                let class = match kind {
                    CodeBlockKind::Fenced(words) => words.split_whitespace().next(),
                    CodeBlockKind::Indented => None,
                };
                let class = class.map_or_else(String::new, |language| {
                    format!(" class=\"language-{}\"", escape(language))
                });
                out.block(&format!("<pre><code{class}>"));
            }
            Tag::List(None) => out.block("<ul>\n"),
            Tag::List(Some(1)) => out.block("<ol>\n"),
            Tag::List(Some(first)) => out.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => out.block("<li>"),
            Tag::Table(alignments) => out.table = Some((alignments.clone(), 0, false)),
            Tag::TableHead => {
                out.table = out.table.take().map(|(alignments, _, _)| (alignments, 0, true));
                out.block("<thead>\n<tr>\n");
                out.bare += 1;
            }
            Tag::TableRow => {
                out.table = out.table.take().map(|(alignments, _, _)| (alignments, 0, false));
                out.block("<tr>\n");
            }
            Tag::TableCell => cell(out),
            Tag::Emphasis | Tag::Strong if out.in_image() => {}
            Tag::Emphasis => out.tag("<em>"),
            Tag::Strong => out.tag("<strong>"),
            Tag::Image { dest_url, .. } => {
                if !out.in_image() {
                    let address = link::href(&self.host.image(dest_url));
                    out.tag(&format!(
                        "<img class=\"fr-responsive-img\" src=\"{address}\" alt=\""
                    ));
                }
                out.images += 1;
            }
            _ => {}
        }
    }

    pub(super) fn end(end: TagEnd, out: &mut State) {
        match end {
            TagEnd::Paragraph => out.block("</p>\n"),
            TagEnd::Heading(_) => {
                let level = out.level;
                out.block(&format!("</h{level}>\n"));
                out.bare -= 1;
            }
            TagEnd::BlockQuote(_) => out.block("</blockquote>\n"),
            TagEnd::CodeBlock => {
                out.code = false;
                out.block("</code></pre>\n");
            }
            TagEnd::List(ordered) => out.block(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => out.block("</li>\n"),
            TagEnd::Table => {
                out.table = None;
                out.block("</tbody>\n");
            }
            TagEnd::TableHead => {
                out.block("</tr>\n</thead>\n<tbody>\n");
                out.bare -= 1;
            }
            TagEnd::TableRow => out.block("</tr>\n"),
            TagEnd::TableCell => {
                let head = out.table.as_ref().is_some_and(|(_, _, head)| *head);
                out.block(if head { "</th>\n" } else { "</td>\n" });
            }
            TagEnd::Emphasis | TagEnd::Strong if out.in_image() => {}
            TagEnd::Emphasis => out.tag("</em>"),
            TagEnd::Strong => out.tag("</strong>"),
            TagEnd::Link => {
                if !out.in_image() {
                    out.tag("</a>");
                }
                out.bare -= 1;
            }
            TagEnd::Image => {
                out.images -= 1;
                if !out.in_image() {
                    out.tag("\">");
                }
            }
            _ => {}
        }
    }
}

fn cell(out: &mut State) {
    let Some((alignments, index, head)) = &mut out.table else {
        return;
    };
    let class = match alignments.get(*index) {
        Some(Alignment::Right) => " class=\"fr-cell--right\"",
        Some(Alignment::Center) => " class=\"fr-cell--center\"",
        _ => "",
    };
    *index += 1;
    let tag = if *head {
        format!("<th scope=\"col\"{class}>")
    } else {
        format!("<td{class}>")
    };
    out.block(&tag);
}
