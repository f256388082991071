//! Which language a posting is in. English words are never counted in another language's text.
//!
//! Function words decide first: they settle nearly every English posting for the price of a glance. Only where they
//! are scarce a trigram model (`whatlang`) is asked.

mod code;

use crate::lanes;
use crate::posting::Posting;
use crate::span::floor;
pub use code::name;

/// ISO 639-1 code of the language that the lexicon reads.
pub(crate) const ENGLISH: &str = "en";
/// Bytes looked at, from the middle of the text: headers and footers are often English everywhere.
const GLANCE: usize = 3_000;
/// Words that stand in every English text and hardly in another.
const FUNCTION_WORDS: &[&str] = &[
    "the", "and", "of", "to", "with", "for", "you", "our", "we", "is", "are", "will", "your", "that", "this",
    "as", "on", "be", "by", "an", "or",
];
/// Share of function words from which a text is English without further question.
const PLAINLY_ENGLISH: f64 = 0.14;
/// Words after which a text with twice that share needs no further look.
const SOON: u32 = 128;
/// Share below which a text is asked about although a model calls it English.
const HARDLY_ENGLISH: f64 = 0.04;
/// Below so many words a model that is unsure is not believed.
const FEWEST_TELLING: u32 = 40;
/// Fewer words than these say nothing about the language.
const FEWEST_WORDS: u32 = 12;

/// ISO 639-1 code of the posting's language; a text too short to tell counts as what the source says, else
/// as English. `None` when there is no text.
pub(crate) fn of(posting: &Posting) -> Option<String> {
    let part = posting.parts.iter().max_by_key(|part| part.text.len())?;
    let counts = Counts::of(&part.text);
    if counts.is_other_script() {
        return Some(by_script(&plain_sample(&part.text)));
    }
    if counts.words < FEWEST_WORDS {
        return match posting.language.as_deref().map(stated) {
            Some(code) if !code.is_empty() => Some(code),
            _ => Some(ENGLISH.to_owned()),
        };
    }
    let share = counts.share();
    if share >= PLAINLY_ENGLISH {
        return Some(ENGLISH.to_owned());
    }
    let Some(info) = whatlang::detect(&plain_sample(&part.text)) else { return Some(ENGLISH.to_owned()) };
    // Nobody hires in Latin: it fills templates that are not filled in. A list of a few terms has no words to tell by.
    let placeholder = info.lang() == whatlang::Lang::Lat;
    let terms = counts.words < FEWEST_TELLING && !info.is_reliable();
    if info.lang() == whatlang::Lang::Eng || placeholder || terms || (share >= 0.10 && !info.is_reliable()) {
        return Some(ENGLISH.to_owned());
    }
    if share < HARDLY_ENGLISH || info.is_reliable() {
        Some(code::of(info.lang()).to_owned())
    } else {
        Some(ENGLISH.to_owned())
    }
}

/// The code of a stated language such as `en-US`, `English`.
fn stated(language: &str) -> String {
    let lower = language.trim().to_lowercase();
    if lower.starts_with("english") {
        ENGLISH.to_owned()
    } else {
        lower.chars().take_while(char::is_ascii_alphabetic).take(2).collect()
    }
}

/// A stretch from the middle of the text, without tags, entities and addresses.
fn plain_sample(text: &str) -> String {
    let mut sample = String::with_capacity(GLANCE);
    let mut inside = false;
    for c in text[sample_start(text)..].chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                sample.push(' ');
            }
            _ if inside => {}
            '&' | '*' | '#' | '_' | '`' => sample.push(' '),
            _ => sample.push(c),
        }
        if sample.len() >= GLANCE {
            break;
        }
    }
    sample
}

fn sample_start(text: &str) -> usize {
    floor(text, text.len().saturating_sub(2 * GLANCE) / 2)
}

/// What the sample of a text is made of.
#[derive(Debug, Default)]
struct Counts {
    /// Words.
    words: u32,
    /// Words that are English function words.
    english: u32,
    /// Letters.
    letters: usize,
    /// Letters of the Latin script.
    latin: usize,
}

impl Counts {
    /// Counts in the sample without making it, or as much of it as tells enough.
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        let mut word = Word::default();
        let bytes = text.as_bytes();
        let mut at = sample_start(text);
        let mut room = GLANCE;
        while let (Some(&byte), 1..) = (bytes.get(at), room) {
            if byte == b' ' && word.length == 0 {
                (at, room) = (at + 1, room - 1);
                continue;
            }
            // Nearly every word is a short one of plain letters, with a space or a mark behind.
            if byte.is_ascii_alphabetic()
                && word.length == 0
                && let Some((length, letters)) = lanes::letter_run(bytes, at)
                && length < room
            {
                counts.words += 1;
                counts.english += u32::from(is_function_word(length, start(letters, length)));
                counts.letters += length;
                counts.latin += length;
                (at, room) = (at + length, room - length);
                if counts.words == SOON
                    && counts.share() >= 2.0 * PLAINLY_ENGLISH
                    && !counts.is_other_script()
                {
                    break;
                }
                continue;
            }
            let mut taken = 1;
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' => {
                    taken = lanes::count_letters(bytes, at).min(room);
                    match lanes::load(bytes, at) {
                        Some(eight) if word.length == 0 => word = Word::of(eight, taken),
                        _ => word.add(&bytes[at..at + taken]),
                    }
                    if taken < room && bytes.get(at + taken).is_some_and(u8::is_ascii) {
                        counts.end(&mut word);
                    }
                    counts.letters += taken;
                    counts.latin += taken;
                }
                b'<' => {
                    // The tag itself takes no room, only the space in its place.
                    let Some(end) = memchr::memchr(b'>', &bytes[at..]) else { break };
                    at += end;
                    counts.end(&mut word);
                }
                0x80.. => {
                    let c = text[at..].chars().next().unwrap_or_default();
                    taken = c.len_utf8();
                    // Dashes and quotes are plainly none.
                    if !('\u{2000}'..='\u{203F}').contains(&c) && c.is_alphabetic() {
                        word.add(&bytes[at..at + taken]);
                        counts.letters += 1;
                        counts.latin += usize::from((c as u32) < 0x250);
                    } else {
                        counts.end(&mut word);
                    }
                }
                _ => counts.end(&mut word),
            }
            at += taken;
            room = room.saturating_sub(taken);
        }
        counts.end(&mut word);
        counts
    }

    fn end(&mut self, word: &mut Word) {
        if word.length > 0 {
            self.words += 1;
            self.english += u32::from(is_function_word(word.length, word.start));
            *word = Word::default();
        }
    }

    /// Share of the words that are English function words.
    fn share(&self) -> f64 {
        f64::from(self.english) / f64::from(self.words.max(1))
    }

    /// Whether a good part of the letters are of another script: such texts hold few words between spaces, and many
    /// of those are English names.
    fn is_other_script(&self) -> bool {
        self.letters > 20 && self.latin * 100 < self.letters * 89
    }
}

/// A word being read.
#[derive(Debug, Default)]
struct Word {
    length: usize,
    /// Its first four bytes in lower case, the first in the lowest place.
    start: u32,
}

impl Word {
    /// The word of so many letters that `eight` bytes begin with.
    fn of(eight: u64, length: usize) -> Self {
        Self { length, start: start(lanes::lower(eight), length) }
    }

    fn add(&mut self, letters: &[u8]) {
        for (place, letter) in (self.length..4).zip(letters) {
            self.start |= u32::from(letter.to_ascii_lowercase()) << (8 * place);
        }
        self.length += letters.len();
    }
}

/// The first four letters of a word of so many that `eight` bytes in lower case begin with.
fn start(eight: u64, length: usize) -> u32 {
    let [a, b, c, d, ..] = eight.to_le_bytes();
    let known = if length < 4 { (1 << (8 * length)) - 1 } else { u32::MAX };
    u32::from_le_bytes([a, b, c, d]) & known
}

/// Whether a word of this length with this start is a function word.
fn is_function_word(length: usize, start: u32) -> bool {
    length <= 4 && FUNCTION_STARTS[function_place(start)] == start
}

/// The function words as integers, each at its place.
const FUNCTION_STARTS: [u32; 1 << FUNCTION_BITS] = {
    let mut starts = [0; 1 << FUNCTION_BITS];
    let mut index = 0;
    while index < FUNCTION_WORDS.len() {
        let letters = FUNCTION_WORDS[index].as_bytes();
        let mut start = 0;
        let mut at = 0;
        while at < letters.len() {
            start |= (letters[at] as u32) << (8 * at);
            at += 1;
        }
        let place = function_place(start);
        assert!(starts[place] == 0, "two function words share a place: take another multiplier");
        starts[place] = start;
        index += 1;
    }
    starts
};

/// Bits of a place in the table of function words.
const FUNCTION_BITS: u32 = 6;

/// Where a word is looked for.
const fn function_place(start: u32) -> usize {
    (start.wrapping_mul(0x8F9F_6A61) >> (32 - FUNCTION_BITS)) as usize
}

/// The language of a text in another script: told by the script itself where one language owns it.
fn by_script(sample: &str) -> String {
    let count = |of: fn(u32) -> bool| sample.chars().filter(|&c| of(c as u32)).count();
    let kana = count(|c| (0x3040..0x3100).contains(&c));
    let hangul = count(|c| (0xAC00..0xD7B0).contains(&c));
    let han = count(|c| (0x4E00..0xA000).contains(&c));
    if kana > 5 {
        "ja".to_owned()
    } else if hangul > han {
        "ko".to_owned()
    } else if han > 0 {
        "zh".to_owned()
    } else {
        let found = whatlang::detect_lang(sample).filter(|&language| language != whatlang::Lang::Eng);
        found.map_or("und", code::of).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_and_tags_do_not_count() {
        const CASES: &[(&str, Option<&str>)] = &[
            (
                "<p>You will own the roadmap of our payments product and work with the engineers who build it every day.</p>",
                Some("en"),
            ),
            (
                "<p>Sie verantworten die Roadmap unseres Produkts und arbeiten eng mit der Entwicklung und dem Vertrieb zusammen, damit neue Funktionen rechtzeitig erscheinen.</p>",
                Some("de"),
            ),
            (
                "Vous définissez la feuille de route du produit et vous travaillez avec les équipes techniques afin de livrer les fonctionnalités attendues par nos clients.",
                Some("fr"),
            ),
            (
                "\u{88fd}\u{54c1}\u{306e}\u{30ed}\u{30fc}\u{30c9}\u{30de}\u{30c3}\u{30d7}\u{3092}\u{7b56}\u{5b9a}\u{3057}\u{3001}\u{958b}\u{767a}\u{30c1}\u{30fc}\u{30e0}\u{3068}\u{5354}\u{529b}\u{3057}\u{307e}\u{3059}\u{3002}",
                Some("ja"),
            ),
            ("Own the backlog", Some("en")),
        ];
        for (text, expected) in CASES {
            assert_eq!(of(&Posting::new("Role", text)).as_deref(), *expected, "{text}");
        }
    }

    #[test]
    fn a_language_is_called_by_its_name() {
        assert_eq!((name("de"), name("zh"), name("und")), (Some("German"), Some("Chinese"), None));
    }

    #[test]
    fn every_language_has_a_code_of_two_letters_and_its_own() {
        let codes: std::collections::BTreeSet<&str> =
            whatlang::Lang::all().iter().map(|&lang| code::of(lang)).collect();
        assert!(codes.iter().all(|code| code.len() == 2), "{codes:?}");
        assert_eq!(codes.len(), whatlang::Lang::all().len());
    }
}
