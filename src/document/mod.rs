//! A posting made readable: text without markup, cut into clauses, each in its zone.

mod bullet;
mod cut;
mod entity;
mod glue;
pub(crate) mod head;
mod heading;
mod label;
mod lines;
mod lost;
mod markup;
mod misnamed;
mod nesting;
mod newline;
mod settle;
mod sides;
mod tag;
mod text;
mod third;
mod unsaid;
mod viterbi;
mod zoning;

use std::ops::Range;

use lost::Begins;
pub use text::{Block, Cell, ReadableText, Shape};

use crate::lexicon::Lexicon;
use crate::lexicon::pattern::WordRun;
use crate::lexicon::tape::Tape;
use crate::posting::Posting;
use crate::span::Span;
use crate::vocabulary::Zone;

/// What the heading above a clause says of the lines below it, whatever their zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Under {
    /// Nothing of the kind.
    #[default]
    Plain,
    /// That they are figures by which the hire is measured.
    Figures,
    /// By when they are to be reached, as duties.
    Term,
}

/// The smallest unit that assigns work: an item, a sentence, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Place in the readable text.
    pub span: Span,
    /// What the block, or the item inside a line, is.
    pub shape: Shape,
    /// What the stretch around it is for.
    pub zone: Zone,
    /// Whether it is a heading.
    pub heading: bool,
    /// Whether it begins as an order does: with what is to be done.
    pub orders: bool,
    /// What the heading above it says of it.
    pub under: Under,
    /// How deep in lists its block stands; see [`Block::depth`].
    pub depth: u8,
    /// Index of its block.
    pub block: usize,
}

/// A posting as clauses with zones and places.
#[derive(Clone, Debug)]
pub struct Document {
    readable: ReadableText,
    clauses: Vec<Clause>,
    words: Tape,
    /// The words of each clause.
    runs: Vec<Range<usize>>,
}

impl Document {
    /// Reads the body of a posting.
    #[must_use]
    pub fn read(posting: &Posting, lexicon: &Lexicon) -> Self {
        let readable = markup::read(&posting.parts);
        let mut pieces = Vec::new();
        let (mut words, mut found) = (Tape::default(), Vec::new());
        let mut knows = |span: Span| {
            words.clear();
            let range = words.read(&readable.text, span, lexicon.dictionary());
            heading::begins(lexicon.zoning(), &readable.text, &words.run(range), &mut found)
        };
        let small = cut::begins_small(&readable.text);
        for numbered in readable.blocks.iter().enumerate() {
            cut::pieces(&readable.text, numbered, small, &mut knows, &mut pieces);
        }
        let given: Vec<Option<Zone>> = readable
            .blocks
            .iter()
            .map(|block| posting.parts.get(block.part).and_then(|part| part.zone))
            .collect();
        words.clear();
        words.reserve(readable.text.len() / 6);
        let runs: Vec<Range<usize>> =
            pieces.iter().map(|piece| words.read(&readable.text, piece.span, lexicon.dictionary())).collect();
        let mut readings: Vec<zoning::Reading> = pieces
            .iter()
            .zip(&runs)
            .enumerate()
            .map(|(index, (piece, run))| {
                let run = words.run(run.clone());
                let around = settle::around(&readable, &pieces, index);
                zoning::read(lexicon.zoning(), piece, around, &readable.text, &run, &mut found)
            })
            .collect();
        settle::labels(
            &readable,
            &pieces,
            &mut readings,
            |index| words.run(runs[index].clone()),
            |index| {
                let run = words.run(runs[index].clone());
                zoning::read_line(lexicon.zoning(), &pieces[index], &readable.text, &run, &mut found)
            },
        );
        let others = sides::tell(
            lexicon.zoning(),
            &readable,
            &pieces,
            &mut readings,
            |index| words.run(runs[index].clone()),
            &mut found,
        );
        third::read(&readable.text, &mut readings, |index| words.run(runs[index].clone()));
        misnamed::open(&readable.text, &mut readings, |index| words.run(runs[index].clone()));
        let by_when = settle::reached(&readable.text, &mut readings, |index| words.run(runs[index].clone()));
        let zones = viterbi::decide(&readable, &pieces, &readings, &given);
        let mut measured = false;
        // The line that a label inside it speaks for: "KPIs: win rate, share of voice".
        let mut line = None;
        let mut clauses: Vec<Clause> = pieces
            .iter()
            .enumerate()
            .zip(&readings)
            .zip(zones)
            .map(|(((index, piece), reading), zone)| {
                if line.is_some_and(|block| block != piece.block) {
                    (line, measured) = (None, false);
                }
                if reading.opens_section() {
                    // "NPS" on a line of its own, in capitals, ends no figures.
                    let plain = piece.shape == Shape::Paragraph && !piece.bold;
                    let figure = measured && plain && reading.zone_opened().is_none();
                    measured = figure || reading.measures();
                    let labels = pieces.get(index + 1).is_some_and(|next| next.block == piece.block);
                    line = (measured && labels).then_some(piece.block);
                }
                let under = match (measured, by_when[index]) {
                    (true, _) => Under::Figures,
                    (false, true) => Under::Term,
                    (false, false) => Under::Plain,
                };
                let zone = if others.get(index) == Some(&true) { Zone::Other } else { zone };
                Clause {
                    span: piece.span,
                    shape: piece.shape,
                    zone,
                    heading: reading.is_heading(),
                    orders: reading.orders(),
                    under,
                    depth: readable.blocks[piece.block].depth,
                    block: piece.block,
                }
            })
            .collect();
        unsaid::set_apart(&readable.text, &mut clauses);
        Self { readable, clauses, words, runs }
    }

    /// Whether a text is nothing but the heading of a section, such as "About us", as far as the lexicon knows.
    #[must_use]
    pub fn is_section(text: &str, lexicon: &Lexicon) -> bool {
        let (mut words, mut found) = (Tape::default(), Vec::new());
        let range = words.read(text, Span::new(0, text.len()), lexicon.dictionary());
        matches!(
            heading::begins(lexicon.zoning(), text, &words.run(range), &mut found),
            Begins::Section(_) | Begins::NoWork
        )
    }

    /// The text without markup.
    #[must_use]
    pub fn text(&self) -> &str {
        self.readable.text()
    }

    /// The way from the text back to the body as written.
    #[must_use]
    pub fn readable(&self) -> &ReadableText {
        &self.readable
    }

    /// The clauses in reading order.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The words of the clause with this index.
    pub(crate) fn run(&self, clause: usize) -> WordRun<'_> {
        self.words.run(self.runs[clause].clone())
    }

    /// The posting's part that a clause stands in.
    #[must_use]
    pub fn part_of(&self, clause: &Clause) -> usize {
        self.readable.blocks.get(clause.block).map_or(0, |block| block.part)
    }
}
