//! Where everything stands, in pixels: questions in the middle, from top to bottom; answers that lead to another
//! question on their left, answers that lead to a conclusion on their right.

use super::{Edge, Graph, To, lanes};

/// Height of a line of words.
pub(super) const LINE: i32 = 16;
/// Space between words and what is around them.
pub(super) const PAD: i32 = 8;
/// Widths of the boxes, of the labels and between two lanes.
const BOX: i32 = 248;
const LABEL: i32 = 232;
const LANE: i32 = 14;
/// Space between two boxes.
const GAP: i32 = 24;
const MARGIN: i32 = 16;
/// Width of an average letter.
const LETTER: i32 = 7;
/// Most lines of a label.
const MOST_LINES: usize = 4;

/// A box with its words.
pub(super) struct Shape {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) lines: Vec<String>,
}

/// An answer: from the side of a question to a lane.
pub(super) struct Row {
    /// Side of the question.
    pub(super) from: i32,
    pub(super) lane: i32,
    pub(super) y: i32,
    /// Where its words begin, above the line.
    pub(super) words: (i32, i32),
    pub(super) lines: Vec<String>,
    pub(super) always: bool,
}

/// The end of a lane: from the lane to the box.
pub(super) struct Entry {
    pub(super) lane: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    pub(super) to: i32,
    pub(super) y: i32,
}

/// A placed drawing.
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) questions: Vec<Shape>,
    pub(super) ends: Vec<Shape>,
    pub(super) rows: Vec<Row>,
    pub(super) entries: Vec<Entry>,
}

/// A row before lanes are known.
struct Pending<'a> {
    edge: &'a Edge,
    y: i32,
    lines: Vec<String>,
}

/// Places a graph.
pub(super) fn place(graph: &Graph) -> Layout {
    let mut questions = Vec::new();
    let mut pending: Vec<Pending> = Vec::new();
    let mut y = MARGIN;
    for (index, words) in graph.questions.iter().enumerate() {
        let lines = wrap(words, BOX - 2 * PAD, usize::MAX);
        // On the left, the first line is for what comes in.
        let left = rows(
            graph,
            index,
            y + LINE + PAD,
            |to| matches!(to, To::Question(_)),
            &mut pending,
        );
        let right = rows(graph, index, y, |to| matches!(to, To::End(_)), &mut pending);
        let height = text_height(&lines)
            .max(left - y)
            .max(right - y)
            .max(2 * LINE + PAD);
        questions.push(Shape {
            x: 0,
            y,
            width: BOX,
            height,
            lines,
        });
        y += height + GAP;
    }
    let mut ends = ends(graph, &pending);
    let bottom = ends.iter().map(|end| end.y + end.height).max().unwrap_or(0);
    let mut layout = Layout {
        width: 0,
        height: (y - GAP).max(bottom) + MARGIN,
        questions,
        ends: Vec::new(),
        rows: Vec::new(),
        entries: Vec::new(),
    };
    let left = targets(&pending, graph.questions.len(), To::Question, |index| {
        layout.questions[index].y + LINE - 4
    });
    let right = targets(&pending, graph.ends.len(), To::End, |index| middle(&ends[index]));
    let left_lanes = count(&left) * LANE;
    let x = MARGIN + left_lanes + LABEL;
    let side = x + BOX + LABEL;
    let far = side + count(&right) * LANE + GAP;
    layout.questions.iter_mut().for_each(|shape| shape.x = x);
    ends.iter_mut().for_each(|shape| shape.x = far);
    layout.ends = ends;
    layout.width = far + BOX + MARGIN;
    let left_lane = |target: &Target| MARGIN + left_lanes - LANE * target.lane;
    let right_lane = |target: &Target| side + LANE * target.lane;
    for row in pending {
        let (from, lane, words) = match row.edge.to {
            To::Question(index) => (x, left_lane(&left[index]), x - LABEL + PAD),
            To::End(index) => (x + BOX, right_lane(&right[index]), x + BOX + PAD),
        };
        let height = LINE * i32::try_from(row.lines.len()).unwrap_or(0);
        layout.rows.push(Row {
            from,
            lane,
            y: row.y,
            words: (words, row.y - height + LINE - 6),
            lines: row.lines,
            always: row.edge.always,
        });
    }
    let entry = |target: &Target, lane, to| Entry {
        lane,
        top: target.top,
        bottom: target.bottom,
        to,
        y: target.y,
    };
    let reached = |target: &&Target| target.reached;
    layout
        .entries
        .extend(left.iter().filter(reached).map(|t| entry(t, left_lane(t), x)));
    layout
        .entries
        .extend(right.iter().filter(reached).map(|t| entry(t, right_lane(t), far)));
    layout
}

/// Puts the rows of one side of a question below each other; gives back the bottom.
fn rows<'a>(
    graph: &'a Graph,
    question: usize,
    top: i32,
    side: impl Fn(To) -> bool,
    pending: &mut Vec<Pending<'a>>,
) -> i32 {
    let mut y = top;
    for edge in graph
        .edges
        .iter()
        .filter(|edge| edge.from == question && side(edge.to))
    {
        let lines = wrap(&edge.label, LABEL - 2 * PAD, MOST_LINES);
        y += LINE * i32::try_from(lines.len()).unwrap_or(0) + 6;
        // Rows are on multiples of four, arrivals of conclusions between them: they never run over each other.
        y += (4 - y.rem_euclid(4)) % 4;
        pending.push(Pending { edge, y, lines });
        y += 6;
    }
    y + 2
}

/// The conclusions, each as near as may be to the middle of its answers.
fn ends(graph: &Graph, pending: &[Pending]) -> Vec<Shape> {
    let wanted = |end: usize| {
        let ys: Vec<i32> = pending
            .iter()
            .filter(|row| row.edge.to == To::End(end))
            .map(|row| row.y)
            .collect();
        ys.iter().sum::<i32>() / i32::try_from(ys.len().max(1)).unwrap_or(1)
    };
    let mut order: Vec<usize> = (0..graph.ends.len()).collect();
    order.sort_by_key(|end| (wanted(*end), *end));
    let mut shapes: Vec<Option<Shape>> = graph.ends.iter().map(|_| None).collect();
    let mut y = MARGIN;
    for end in order {
        let lines = wrap(&graph.ends[end], BOX - 2 * PAD, usize::MAX);
        let height = text_height(&lines);
        let top = (wanted(end) - height / 2).max(y);
        y = top + height + GAP / 2;
        shapes[end] = Some(Shape {
            x: 0,
            y: top,
            width: BOX,
            height,
            lines,
        });
    }
    shapes.into_iter().flatten().collect()
}

/// Where lines come to, and by which lane.
struct Target {
    y: i32,
    top: i32,
    bottom: i32,
    lane: i32,
    reached: bool,
}

fn targets(
    pending: &[Pending],
    count: usize,
    to: impl Fn(usize) -> To,
    at: impl Fn(usize) -> i32,
) -> Vec<Target> {
    let span = |index: usize| {
        let y = at(index);
        let ys = pending
            .iter()
            .filter(|row| row.edge.to == to(index))
            .map(|row| row.y);
        ys.fold((y, y), |(top, bottom), y| (top.min(y), bottom.max(y)))
    };
    let spans: Vec<(i32, i32)> = (0..count).map(span).collect();
    let lanes = lanes::assign(&spans, 4);
    let target = |index: usize| Target {
        y: at(index),
        top: spans[index].0,
        bottom: spans[index].1,
        lane: i32::try_from(lanes[index]).unwrap_or(0),
        reached: pending.iter().any(|row| row.edge.to == to(index)),
    };
    (0..count).map(target).collect()
}

fn count(targets: &[Target]) -> i32 {
    targets.iter().map(|target| target.lane + 1).max().unwrap_or(0)
}

fn middle(shape: &Shape) -> i32 {
    (shape.y + shape.height / 2) / 4 * 4 + 2
}

fn text_height(lines: &[String]) -> i32 {
    LINE * i32::try_from(lines.len()).unwrap_or(0) + 2 * PAD
}

/// Words on lines of a width in pixels; beyond `most` lines, the last one ends with « … ».
fn wrap(words: &str, width: i32, most: usize) -> Vec<String> {
    let letters = usize::try_from(width / LETTER).unwrap_or(1).max(1);
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push_str(" …");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Graph {
        let edge = |from, to, label: &str| Edge {
            from,
            to,
            label: label.to_owned(),
            always: true,
        };
        Graph {
            questions: vec![
                "Une question assez longue pour aller à la ligne ?".to_owned(),
                "Deux ?".to_owned(),
            ],
            ends: vec!["Fin".to_owned(), "Autre fin".to_owned()],
            edges: vec![
                edge(0, To::Question(1), "« Oui »"),
                edge(0, To::End(0), "« Non »"),
                edge(1, To::End(0), "« Oui » ou « Peut-être » ou « Un jour »"),
                edge(1, To::End(1), "« Non »"),
            ],
        }
    }

    #[test]
    fn boxes_do_not_overlap_and_stay_inside() {
        let layout = place(&graph());
        for list in [&layout.questions, &layout.ends] {
            let mut bottom = 0;
            for shape in list {
                assert!(shape.y >= bottom, "{}", shape.y);
                bottom = shape.y + shape.height;
                assert!(bottom <= layout.height && shape.x + shape.width <= layout.width);
            }
        }
        assert_eq!(layout.questions[0].lines.len(), 2);
    }

    #[test]
    fn rows_and_arrivals_never_run_over_each_other() {
        let layout = place(&graph());
        for row in &layout.rows {
            assert!(layout.entries.iter().all(|entry| entry.y != row.y));
            assert!(
                layout
                    .entries
                    .iter()
                    .any(|entry| entry.lane == row.lane && (entry.top..=entry.bottom).contains(&row.y))
            );
        }
    }

    #[test]
    fn long_words_are_cut_with_a_mark() {
        let lines = wrap("un deux trois quatre cinq six", 35, 2);
        assert_eq!(lines, ["un", "deux …"]);
    }
}
