//! Sentences that give the hire work in words that name no kind of work: "couriers deliver parcels", "you will spend
//! your days with our oldest customers". Whose work it is stays open; that there is some tells a posting from a teaser.

use crate::actor::OwnTitle;
use crate::document::{Clause, Document};
use crate::grammar::Sentence;
use crate::vocabulary::Zone;

/// How many sentences of the document give work by such words, counted to `most`. `title` is the posting's own.
pub(crate) fn sentences(document: &Document, title: Option<&str>, most: usize) -> usize {
    // "Mesa | Analyst | Leeds" begins with a company.
    let title = title.filter(|title| !title.contains('|')).map(OwnTitle::new);
    let trade = title.as_ref().map(OwnTitle::trade).filter(|trade| trade.len() > 2);
    let told = document.clauses().iter().enumerate().filter(|(index, clause)| {
        let may = matches!(clause.zone, Zone::Intro | Zone::Duties | Zone::Company) && !clause.heading;
        may && gives(document, *index, clause, trade)
    });
    told.take(most).count()
}

fn gives(document: &Document, index: usize, clause: &Clause, trade: Option<&str>) -> bool {
    let text = document.text();
    if clause.span.slice(text).trim_end().ends_with('?') {
        return false;
    }
    let sentence = Sentence::new(text, document.run(index).tokens);
    sentence.is_answerable()
        || sentence.lists()
        || sentence.aims()
        || sentence.seeks()
        || sentence.addresses()
        || trade.is_some_and(|trade| sentence.tells_of(trade))
}
