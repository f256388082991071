//! Follows the rules of a dialect through one record.

use rustc_hash::FxHashSet;

use super::around::Around;
use super::dialect::{Dialect, Rule};
use super::field::{Field, Mapping, Slot};
use super::gather::Gathered;
use super::site::first_step;
use super::value::Value;
use crate::posting::{Markup, Part};
use crate::vocabulary::Zone;

/// The posting in a record of this dialect; `None` when nothing of one is in it.
///
/// Names that the user mapped win over the dialect.
pub(crate) fn read(
    dialect: &Dialect,
    record: &Value,
    around: &Around,
    mapping: &Mapping,
) -> Option<Gathered> {
    let mut reading =
        Reading { dialect, record, around, gathered: Gathered::default(), rank: 0, translated: false };
    for rule in dialect.rules {
        reading.follow(rule);
    }
    let mut gathered = reading.gathered;
    if !gathered.has_title_text() && !gathered.has_parts() {
        return None;
    }
    gathered.dialect_read(dialect.truncated);
    gathered.override_mapped(record, mapping);
    Some(gathered)
}

/// The place in a record that a rule finds its field at; for showing it.
pub(crate) fn places(dialect: &Dialect, record: &Value, around: &Around) -> Vec<(Field, String)> {
    let reading =
        Reading { dialect, record, around, gathered: Gathered::default(), rank: 0, translated: false };
    let mut found = Vec::new();
    reading.places(dialect.rules, &mut found);
    found
}

struct Reading<'r> {
    dialect: &'r Dialect,
    record: &'r Value,
    around: &'r Around,
    gathered: Gathered,
    /// Earlier rules win.
    rank: u8,
    /// Whether a translation gave the body: the record's own is then the same, or in another language.
    translated: bool,
}

impl Reading<'_> {
    /// The places at which these rules find their fields.
    fn places(&self, rules: &[Rule], found: &mut Vec<(Field, String)>) {
        for rule in rules {
            match rule {
                Rule::Take(field, places) | Rule::Last(field, places) => {
                    found.extend(self.first(*field, places).map(|(place, _)| (*field, place.to_owned())));
                }
                Rule::Join(field, places) | Rule::All(field, places) => {
                    let there = places.iter().filter(|place| self.text(*field, place).is_some());
                    found.extend(there.map(|place| (*field, (*place).to_owned())));
                }
                Rule::Site(place, _) => {
                    found.extend(self.text(Field::Url, place).map(|_| (Field::Company, (*place).to_owned())));
                }
                Rule::Part { zone, text, .. } => {
                    let field = zone.map_or(Field::Body, Field::Section);
                    found.extend(self.first(field, text).map(|(place, _)| (field, place.to_owned())));
                }
                Rule::Parts { list, text, .. } => {
                    let field = Field::Body;
                    if self.text(field, &format!("{list}.{text}")).is_some() {
                        found.push((field, format!("{list}[].{text}")));
                    }
                }
                Rule::Else(rules) => {
                    if !found.iter().any(|(field, _)| matches!(field, Field::Body | Field::Section(_))) {
                        self.places(rules, found);
                    }
                }
                Rule::Translations(place) => {
                    if !self.record.all_at(place).is_empty() {
                        found.push((Field::Language, (*place).to_owned()));
                    }
                }
            }
        }
    }

    fn follow(&mut self, rule: &Rule) {
        match *rule {
            Rule::Take(field, places) => {
                if let Some((place, text)) = self.first(field, places) {
                    self.put(field, place, text);
                }
            }
            Rule::Join(field, places) => self.join(field, places, ", "),
            Rule::All(field, places) => self.join(field, places, "; "),
            Rule::Last(field, places) => {
                if let Some((place, url)) = self.first(field, places)
                    && let Some(step) = url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next())
                    && !step.is_empty()
                {
                    self.put(field, place, step.to_owned());
                }
            }
            Rule::Site(place, host) => {
                if let Some(site) = self.text(Field::Url, place).and_then(|url| first_step(&url, host)) {
                    self.put(Field::Company, place, site);
                }
            }
            Rule::Part { .. } if self.translated => {}
            Rule::Part { zone, heading, text } => {
                if let Some((place, text)) = self.first(Field::Body, text) {
                    let heading = self.text(Field::Title, heading).map(|text| (heading.to_owned(), text));
                    self.part(zone, heading, place.to_owned(), text);
                }
            }
            Rule::Parts { list, heading, text } => self.parts(list, heading, text),
            Rule::Else(_) if self.gathered.has_parts() => {}
            Rule::Else(rules) => {
                for rule in rules {
                    self.follow(rule);
                }
            }
            Rule::Translations(place) => self.translation(place),
        }
        self.rank = self.rank.saturating_add(1);
    }

    fn join(&mut self, field: Field, places: &[&str], separator: &str) {
        let texts: Vec<_> = places.iter().filter_map(|place| self.text(field, place)).collect();
        if !texts.is_empty() {
            self.put(field, places[0], distinct(texts).join(separator));
        }
    }

    fn parts(&mut self, list: &str, heading: &str, text: &str) {
        let lists = self.record.all_at(list);
        let items = lists.into_iter().flat_map(|value| match value {
            Value::List(items) => items.iter().collect(),
            other => vec![other],
        });
        for (index, item) in items.enumerate() {
            let take =
                |name: &str| item.all_at(name).first().and_then(|value| (*value).clone().into_text("\n"));
            if let Some(body) = take(text) {
                let heading = take(heading).map(|text| (format!("{list}[{index}].{heading}"), text));
                self.part(None, heading, format!("{list}[{index}].{text}"), body);
            }
        }
    }

    fn translation(&mut self, place: &str) {
        let Some(Value::Object(members)) = self.record.all_at(place).first().copied() else { return };
        let title = self.text(Field::Title, "title");
        let titled =
            |value: &Value| value.all_at("title").first().and_then(|value| (*value).clone().into_text(" "));
        let english = members.iter().find(|(language, _)| language.starts_with("en"));
        let same = members.iter().find(|(_, value)| title.is_some() && titled(value) == title);
        let Some((language, value)) = english.or(same).or(members.first()) else { return };
        if let Some(title) = titled(value) {
            self.put(Field::Title, "title", title);
        }
        self.put(Field::Language, place, language.clone());
        for (name, zone) in [("description", None), ("requirements", Some(Zone::Requirements))] {
            let text = value.all_at(name).first().and_then(|value| (*value).clone().into_text("\n"));
            if let Some(text) = text {
                self.part(zone, None, format!("{place}.{language}.{name}"), text);
                self.translated = true;
            }
        }
    }

    /// The first of the places that holds text.
    fn first<'p>(&self, field: Field, places: &[&'p str]) -> Option<(&'p str, String)> {
        places.iter().find_map(|place| Some((*place, self.text(field, place)?)))
    }

    fn text(&self, field: Field, place: &str) -> Option<String> {
        if let Some(name) = place.strip_prefix('^') {
            return self.around.string(name).map(str::to_owned);
        }
        let found = self.record.all_at(place);
        let separator = if field == Field::Body { "\n" } else { "; " };
        let texts: Vec<_> = found
            .into_iter()
            .filter_map(|value| match (field, value) {
                (Field::Listed, Value::Truth(truth)) => Some(truth.to_string()),
                (Field::Id | Field::Url | Field::Language, Value::Object(_)) => None,
                (_, value) => value.clone().into_text(separator),
            })
            .collect();
        let one = matches!(field, Field::Id | Field::Url | Field::Language | Field::Title);
        let text = if one { texts.into_iter().next()? } else { distinct(texts).join(separator) };
        (!text.trim().is_empty()).then_some(text)
    }

    fn put(&mut self, field: Field, name: &str, text: String) {
        self.gathered.put(Slot { field, rank: self.rank }, name, Some(text));
    }

    fn part(&mut self, zone: Option<Zone>, heading: Option<(String, String)>, name: String, text: String) {
        /// How many stretches are compared with each other; no posting has more.
        const COMPARED: usize = 64;
        let text = self.dialect.layers.off(text);
        let known = self.gathered.parts();
        // Some sources repeat in a place of its own what the body already says.
        let said = known.len() < COMPARED && known.iter().any(|part| part.text.contains(text.trim()));
        if said || text.trim().is_empty() {
            return;
        }
        if let Some((name, text)) = heading {
            let part = Part { field: Some(name.into()), zone, markup: Markup::Heading, text };
            self.gathered.push_part(part);
        }
        self.gathered.push_part(Part { field: Some(name.into()), zone, markup: Markup::Detect, text });
    }
}

fn distinct(mut texts: Vec<String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    texts.retain(|text| seen.insert(text.clone()));
    texts
}
