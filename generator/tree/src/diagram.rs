//! Multi-valued decision diagrams: a condition as a shared graph that branches on the classes of each
//! question, in the order of the questions. Equal diagrams are the same number, so two situations with
//! the same future are recognised at once.

use std::collections::HashMap;

/// A diagram, by its number.
pub(crate) type Id = u32;

/// Truth at the leaves of a condition.
pub(crate) const FALSE: u64 = 0;
/// The condition holds.
pub(crate) const TRUE: u64 = 1;
/// Someone said « je ne sais pas ».
pub(crate) const UNKNOWN: u64 = 2;
/// A question was not asked.
pub(crate) const ABSENT: u64 = 3;

/// Set of outcomes at the leaves: the bit that says that no outcome is true.
pub(crate) const NO_OUTCOME: u64 = 1 << 63;

/// Most nodes made for one tree: beyond, the tree is refused.
const MAX_NODES: usize = 400_000;

/// The diagrams grew beyond the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exhausted;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Leaf(u64),
    /// The question, and one child for each class, then one for « not asked ».
    Branch(u32, Box<[Id]>),
}

/// How two leaves combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Op {
    And,
    Or,
    Not,
    /// Condition of the outcome of this index, then what comes after it.
    Else(u32),
    /// The same, keeping the outcomes whose condition read a question that was not asked.
    Blame(u32),
    Union,
}

impl Op {
    fn leaf(self, a: u64, b: u64) -> u64 {
        let weakest = |decided| {
            if a == decided || b == decided {
                decided
            } else if a == ABSENT || b == ABSENT {
                ABSENT
            } else if a == UNKNOWN || b == UNKNOWN {
                UNKNOWN
            } else {
                1 - decided
            }
        };
        match (self, a) {
            (Self::And, _) => weakest(FALSE),
            (Self::Or, _) => weakest(TRUE),
            (Self::Not, TRUE | FALSE) => 1 - a,
            (Self::Not, other) => other,
            (Self::Else(_) | Self::Blame(_), FALSE) | (Self::Blame(_), UNKNOWN) => b,
            (Self::Else(outcome), TRUE) => 1 << outcome,
            (Self::Else(outcome), _) => 1 << outcome | b,
            (Self::Blame(_), TRUE) => 0,
            (Self::Blame(outcome), _) => 1 << outcome | b,
            (Self::Union, _) => a | b,
        }
    }
}

/// All diagrams of a tree.
#[derive(Debug, Default)]
pub(crate) struct Diagrams {
    nodes: Vec<Node>,
    known: HashMap<Node, Id>,
    done: HashMap<(Op, Id, Id), Id>,
}

impl Diagrams {
    fn add(&mut self, node: Node) -> Result<Id, Exhausted> {
        if let Some(id) = self.known.get(&node) {
            return Ok(*id);
        }
        if self.nodes.len() >= MAX_NODES {
            return Err(Exhausted);
        }
        let id = Id::try_from(self.nodes.len()).map_err(|_| Exhausted)?;
        self.nodes.push(node.clone());
        self.known.insert(node, id);
        Ok(id)
    }

    /// A diagram of one leaf.
    pub(crate) fn leaf(&mut self, value: u64) -> Result<Id, Exhausted> {
        self.add(Node::Leaf(value))
    }

    /// A diagram that reads one question: a child for each class, then for « not asked ».
    pub(crate) fn branch(&mut self, question: usize, children: Vec<Id>) -> Result<Id, Exhausted> {
        if children.iter().all(|child| *child == children[0]) {
            return Ok(children[0]);
        }
        let question = u32::try_from(question).map_err(|_| Exhausted)?;
        self.add(Node::Branch(question, children.into_boxed_slice()))
    }

    /// Combines two diagrams leaf by leaf.
    pub(crate) fn apply(&mut self, op: Op, a: Id, b: Id) -> Result<Id, Exhausted> {
        if let Some(id) = self.done.get(&(op, a, b)) {
            return Ok(*id);
        }
        let id = match (&self.nodes[a as usize], &self.nodes[b as usize]) {
            (Node::Leaf(x), Node::Leaf(y)) => {
                let value = op.leaf(*x, *y);
                self.leaf(value)?
            }
            _ => self.apply_children(op, a, b)?,
        };
        if self.done.len() > 4 * MAX_NODES {
            return Err(Exhausted);
        }
        self.done.insert((op, a, b), id);
        Ok(id)
    }

    fn apply_children(&mut self, op: Op, a: Id, b: Id) -> Result<Id, Exhausted> {
        let (of_a, of_b) = (self.top(a), self.top(b));
        let question = of_a.unwrap_or(usize::MAX).min(of_b.unwrap_or(usize::MAX));
        let width = self.width(if of_a == Some(question) { a } else { b });
        let mut children = Vec::with_capacity(width);
        for class in 0..width {
            let (x, y) = (self.take(a, question, class), self.take(b, question, class));
            children.push(self.apply(op, x, y)?);
        }
        self.branch(question, children)
    }

    fn width(&self, id: Id) -> usize {
        match &self.nodes[id as usize] {
            Node::Leaf(_) => 0,
            Node::Branch(_, children) => children.len(),
        }
    }

    /// The first question that it reads.
    pub(crate) fn top(&self, id: Id) -> Option<usize> {
        match &self.nodes[id as usize] {
            Node::Leaf(_) => None,
            Node::Branch(question, _) => Some(*question as usize),
        }
    }

    /// What remains once a question, none before it being read, has an answer of this class.
    pub(crate) fn take(&self, id: Id, question: usize, class: usize) -> Id {
        match &self.nodes[id as usize] {
            Node::Branch(of, children) if *of as usize == question => children[class],
            _ => id,
        }
    }

    /// The leaf when no further question is asked.
    pub(crate) fn end(&self, mut id: Id) -> u64 {
        loop {
            match &self.nodes[id as usize] {
                Node::Leaf(value) => return *value,
                Node::Branch(_, children) => id = children[children.len() - 1],
            }
        }
    }

    /// The same diagram where « je ne sais pas » to the choices of some questions (`unknown` gives the
    /// class, the classes before it being the choices) leaves open all that each choice leaves open.
    pub(crate) fn complete(
        &mut self,
        id: Id,
        unknown: &[Option<usize>],
        seen: &mut HashMap<Id, Id>,
    ) -> Result<Id, Exhausted> {
        if let Some(done) = seen.get(&id) {
            return Ok(*done);
        }
        let done = match self.nodes[id as usize].clone() {
            Node::Leaf(_) => id,
            Node::Branch(question, children) => {
                let mut completed = Vec::with_capacity(children.len());
                for child in &children {
                    completed.push(self.complete(*child, unknown, seen)?);
                }
                if let Some(class) = unknown[question as usize] {
                    let mut all = completed[0];
                    for choice in completed[1..class].iter().copied() {
                        all = self.apply(Op::Union, all, choice)?;
                    }
                    completed[class] = all;
                }
                self.branch(question as usize, completed)?
            }
        };
        seen.insert(id, done);
        Ok(done)
    }
}
