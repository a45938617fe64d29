//! A placed drawing as SVG: an image with a title and a description, whose colours are the page's.

use super::layout::{Entry, LINE, Layout, PAD, Row, Shape};
use crate::render::words::escape;
use std::fmt::Write;

/// What those who do not see it are told; the list that follows says all of it.
const DESCRIPTION: &str = "Les questions sont dans des rectangles, de haut en bas, dans l’ordre où elles sont posées. Les conclusions sont dans des rectangles arrondis, à droite. Chaque ligne porte les réponses qui mènent d’une question à une autre ou à une conclusion. La liste « Tous les chemins », plus bas, dit la même chose en texte.";

/// Writes the drawing. Writing into a string cannot fail.
pub(super) fn draw(layout: &Layout, title: &str) -> String {
    let (width, height) = (layout.width, layout.height);
    let mut svg = format!(
        "<svg class=\"ml-drawing\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"dessin-titre dessin-description\" font-size=\"13\">\n<title id=\"dessin-titre\">{}</title>\n<desc id=\"dessin-description\">{DESCRIPTION}</desc>\n",
        escape(title)
    );
    svg.push_str("<g class=\"ml-drawing__lines\" fill=\"none\" stroke=\"currentColor\">\n");
    layout.entries.iter().for_each(|one| entry(one, &mut svg));
    layout.rows.iter().for_each(|one| row(one, &mut svg));
    svg.push_str("</g>\n<g class=\"ml-drawing__ends\" fill=\"currentColor\">\n");
    for one in &layout.rows {
        let _ = writeln!(svg, "<circle cx=\"{}\" cy=\"{}\" r=\"3\"/>", one.lane, one.y);
    }
    layout.entries.iter().for_each(|one| arrow(one, &mut svg));
    svg.push_str("</g>\n");
    for one in &layout.questions {
        shape(one, "question", 0, &mut svg);
    }
    for one in &layout.ends {
        shape(one, "end", 16, &mut svg);
    }
    for one in &layout.rows {
        words(&one.lines, one.words, "ml-drawing__answer", &mut svg);
    }
    svg.push_str("</svg>");
    svg
}

fn entry(one: &Entry, svg: &mut String) {
    let _ = writeln!(
        svg,
        "<path d=\"M{} {}V{}M{} {}H{}\"/>",
        one.lane, one.top, one.bottom, one.lane, one.y, one.to
    );
}

fn row(one: &Row, svg: &mut String) {
    let dashes = if one.always {
        ""
    } else {
        " stroke-dasharray=\"5 4\""
    };
    let _ = writeln!(svg, "<path d=\"M{} {}H{}\"{dashes}/>", one.from, one.y, one.lane);
}

/// Lines come to a box from its left.
fn arrow(one: &Entry, svg: &mut String) {
    let (x, y) = (one.to, one.y);
    let _ = writeln!(svg, "<path d=\"M{x} {y}l-8 -4v8z\"/>");
}

fn shape(one: &Shape, kind: &str, radius: i32, svg: &mut String) {
    let _ = writeln!(
        svg,
        "<rect class=\"ml-drawing__{kind}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\" fill=\"none\" stroke=\"currentColor\"/>",
        one.x, one.y, one.width, one.height
    );
    words(
        &one.lines,
        (one.x + PAD, one.y + PAD + LINE - 4),
        &format!("ml-drawing__{kind}-words"),
        svg,
    );
}

fn words(lines: &[String], (x, y): (i32, i32), class: &str, svg: &mut String) {
    let _ = write!(
        svg,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" fill=\"currentColor\">"
    );
    for (index, line) in lines.iter().enumerate() {
        let down = if index == 0 { 0 } else { LINE };
        let _ = write!(svg, "<tspan x=\"{x}\" dy=\"{down}\">{}</tspan>", escape(line));
    }
    svg.push_str("</text>\n");
}
