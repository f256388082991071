//! A sketch of a text, 32 bytes, by which copies know one another: how alike two sketches are tells how much text the
//! two have in common.
//!
//! A posting is sketched as it reads, so that markup does not count, and without what an employer puts under every job
//! of its own: what it says of itself, of its benefits, of the law and of how to apply. Where little is left then, all
//! of it is sketched.
//!
//! Every three words in a row are hashed (case, white space and punctuation do not count, and of a word its first
//! eight bytes do). The hashes fall into 64 bins, of each bin the least stays, and four bits of it are kept
//! (`MinHash` in one permutation, b bits). Two texts agree in a bin with about the share of word triples they share.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Document;
use crate::vocabulary::Zone;

/// Bins of a sketch.
const BINS: usize = 64;

/// Values that a bin can have; 0 is a bin that no words fell into.
const VALUES: u32 = 15;

/// Bins that together find a candidate.
const BAND: usize = 5;

/// How many such groups there are.
const BANDS: usize = BINS / BAND;

/// Bits of a band: four for each of its bins.
pub(crate) const BAND_BITS: u32 = 20;
const _: () = assert!(BAND_BITS as usize == 4 * BAND, "a band is as wide as its bins");

/// Bins that must be filled before likeness means anything: some thirty words.
const FEWEST: u32 = 24;

/// Odd numbers that spread bits.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
const SPREAD: u64 = 0xD6E8_FEB8_6659_FD93;

/// A text in 32 bytes. As JSON it is 64 hexadecimal digits, a bin each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sketch([u8; BINS / 2]);

impl Sketch {
    /// The sketch of a posting as it reads.
    #[must_use]
    pub fn of_document(document: &Document) -> Self {
        let slices = |keep: fn(Zone) -> bool| {
            document
                .clauses()
                .iter()
                .filter(move |clause| keep(clause.zone))
                .map(|clause| clause.span.slice(document.text()))
        };
        let of_the_job = Self::of(slices(|zone| {
            !matches!(zone, Zone::Company | Zone::Benefits | Zone::Legal | Zone::Process)
        }));
        if of_the_job.is_short() { Self::of(slices(|_| true)) } else { of_the_job }
    }

    /// The sketch of a text in parts.
    ///
    /// ```
    /// use rolecall::sketch::Sketch;
    ///
    /// let text = "Own the roadmap of our billing suite, talk to customers every week and decide with the engineers \
    ///             what is built next. Write the requirements, rank the backlog, and measure whether a release did \
    ///             what it was meant to do.";
    /// let here = Sketch::of([text]);
    /// assert_eq!(here.likeness(&Sketch::of([text.to_uppercase().as_str()])), Some(1.0));
    /// assert!(here.likeness(&Sketch::of(["Something else altogether"])).is_none());
    /// ```
    #[must_use]
    pub fn of<'t>(parts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut least = [u32::MAX; BINS];
        let (mut first, mut second) = (0, 0);
        for part in parts {
            words(part.as_bytes(), |word| {
                let mixed = word.wrapping_mul(MIX);
                let third = mixed ^ (mixed >> 29);
                let triple: u64 = (first ^ second ^ third).wrapping_mul(SPREAD);
                // The top bits choose the bin, the next ones compete in it.
                let [.., a, b, c, d, bin] = triple.to_le_bytes();
                let bin = &mut least[usize::from(bin >> 2)];
                *bin = (*bin).min(u32::from_le_bytes([a, b, c, d]));
                first = second.rotate_left(21);
                second = third.rotate_left(21);
            });
        }
        let mut bins = [0; BINS / 2];
        for (pair, byte) in least.chunks_exact(2).zip(&mut bins) {
            *byte = value(pair[0]) << 4 | value(pair[1]);
        }
        Self(bins)
    }

    /// How much text two sketches share, from 0 to 1, in hundredths; `None` where one of them has too little to tell.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<f64> {
        if self.filled() < FEWEST || other.filled() < FEWEST {
            return None;
        }
        let (mut equal, mut either) = (0_u32, 0_u32);
        for (mine, theirs) in self.words().zip(other.words()) {
            let any = nibbles(mine | theirs);
            either += any.count_ones();
            equal += (any & !nibbles(mine ^ theirs)).count_ones();
        }
        // Bins that hold other words still agree one time in fifteen.
        let by_chance = 1.0 / f64::from(VALUES);
        let share = (f64::from(equal) / f64::from(either) - by_chance) / (1.0 - by_chance);
        Some((share.max(0.0) * 100.0).round() / 100.0)
    }

    /// Whether the text is too short for [`likeness`](Self::likeness).
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.filled() < FEWEST
    }

    /// Keys by which alike texts find each other: two texts that share nine tenths have one in common almost surely, two
    /// that share half in one of three cases.
    pub(crate) fn bands(&self) -> [u32; BANDS] {
        let bin = |at: usize| u32::from(self.0[at / 2] >> (4 * (1 - at % 2)) & 0xF);
        std::array::from_fn(|band| (0..BAND).fold(0, |key, at| key << 4 | bin(band * BAND + at)))
    }

    fn filled(&self) -> u32 {
        self.words().map(|word| nibbles(word).count_ones()).sum()
    }

    fn words(&self) -> impl Iterator<Item = u64> {
        (0..self.0.len()).step_by(8).map(|at| load(&self.0, at))
    }
}

/// Four bits of the least hash of a bin.
fn value(least: u32) -> u8 {
    if least == u32::MAX { 0 } else { u8::try_from(1 + least % VALUES).unwrap_or(0) }
}

/// The lowest bit of each nibble that is not zero.
fn nibbles(word: u64) -> u64 {
    let pairs = word | word >> 1;
    (pairs | pairs >> 2) & 0x1111_1111_1111_1111
}

/// Eight bytes from here on; past the end there are zeros.
#[inline]
fn load(text: &[u8], at: usize) -> u64 {
    if let Some(eight) = text.get(at..at + 8) {
        return eight.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    }
    text[at..].iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// The high bit of each byte that may stand in a word: letters, digits, and whatever is not ASCII.
#[inline]
fn inside(bytes: u64) -> u64 {
    // What lies at or above a byte: with the high bit of each byte clear, no sum carries into the next one.
    let from = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * 0x0101_0101_0101_0101;
    let ascii = bytes & 0x7F7F_7F7F_7F7F_7F7F;
    let lower = ascii | 0x2020_2020_2020_2020;
    let digits = from(ascii, b'0') & !from(ascii, b'9' + 1);
    let letters = from(lower, b'a') & !from(lower, b'z' + 1);
    (digits | letters | bytes) & 0x8080_8080_8080_8080
}

/// Whether a word is a mark in three bytes, such as a bullet, a dash or a quotation mark.
#[inline]
fn is_mark(word: u64) -> bool {
    word >> 24 == 0 && word & 0xFF == 0xE2
}

/// Gives the first eight bytes of each word, in lower case; eight bytes of text are looked at at a time.
#[inline]
fn words(text: &[u8], mut word: impl FnMut(u64)) {
    let (whole, rest) = text.as_chunks::<8>();
    let rest = (!rest.is_empty()).then(|| load(text, text.len() - rest.len()));
    let mut before = 0;
    let mut at = 0;
    for eight in whole.iter().map(|eight| u64::from_le_bytes(*eight)).chain(rest) {
        let inner = inside(eight);
        let mut starts = inner & !(inner << 8 | before);
        before = inner >> 56;
        while starts != 0 {
            let bytes = load(text, at + starts.trailing_zeros() as usize / 8);
            starts &= starts - 1;
            let outer = !inside(bytes) & 0x8080_8080_8080_8080;
            let kept = if outer == 0 { u64::MAX } else { (1 << (outer.trailing_zeros() - 7)) - 1 };
            let found = (bytes | 0x2020_2020_2020_2020) & kept;
            if !is_mark(found) {
                word(found);
            }
        }
        at += 8;
    }
}

impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sketch({self})")
    }
}

impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digits: [u8; BINS] =
            std::array::from_fn(|at| DIGITS[usize::from(self.0[at / 2] >> (4 * (1 - at % 2)) & 0xF)]);
        serializer.serialize_str(std::str::from_utf8(&digits).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let mut bins = [0; BINS / 2];
        if text.len() != BINS {
            return Err(D::Error::custom("a sketch has 64 hexadecimal digits"));
        }
        for (byte, pair) in bins.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(D::Error::custom)?;
            *byte = u8::from_str_radix(pair, 16).map_err(D::Error::custom)?;
        }
        Ok(Self(bins))
    }
}

impl JsonSchema for Sketch {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sketch".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text in 64 hexadecimal digits: two texts agree in the more of them the more text they share.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text.as_bytes(), |word| {
            let bytes = word.to_le_bytes();
            all.push(String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned());
        });
        all
    }

    /// A text of so many made-up words, other ones for another seed.
    fn text(seed: u64, words: u64) -> String {
        let word = |word: u64| format!("w{:x}", (seed * 100_000 + word).wrapping_mul(MIX) >> 40);
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_begin_after_what_is_no_letter_and_lose_case_and_tails() {
        const CASES: &[(&str, &[&str])] = &[
            ("Own the road-map, now", &["own", "the", "road", "map", "now"]),
            ("\r\n  two\tlines\n", &["two", "lines"]),
            ("responsibilities", &["responsi"]),
            ("12345678 a", &["12345678", "a"]),
            ("seven77 eight888 nine", &["seven77", "eight888", "nine"]),
            ("** - (...)", &[]),
            ("• Own \u{2013} [plan]: `ship`_it_ {now}", &["own", "plan", "ship", "it", "now"]),
            ("<b>Bold</b> a@b.io", &["b", "bold", "b", "a", "b", "io"]),
            ("", &[]),
        ];
        for (text, expected) in CASES {
            assert_eq!(gathered(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn likeness_is_about_the_share_of_text_in_common() {
        let whole = text(1, 600);
        for (kept, expected) in [(600, 1.0), (580, 0.93), (540, 0.81), (450, 0.6), (300, 0.33), (0, 0.0)] {
            let other = text(1, kept) + &text(2, 600 - kept);
            let likeness = Sketch::of([&*whole]).likeness(&Sketch::of([&*other])).unwrap();
            assert!((likeness - expected).abs() < 0.16, "{kept} of 600 words: {likeness}");
        }
    }

    #[test]
    fn how_a_text_is_laid_out_does_not_count() {
        let whole = text(3, 200);
        let other = whole.to_uppercase().replace(' ', ",\r\n  * ");
        assert_eq!(Sketch::of([&*whole]), Sketch::of([&*other]));
        let (head, tail) = whole.split_at(whole[..500].rfind(' ').unwrap());
        assert_eq!(Sketch::of([&*whole]), Sketch::of([head, tail]));
    }

    #[test]
    fn alike_texts_share_a_band_and_others_rarely_do() {
        let share = |a: &str, b: &str| {
            let (a, b) = (Sketch::of([a]).bands(), Sketch::of([b]).bands());
            a.iter().zip(b).any(|(a, b)| *a == b)
        };
        let found = |seed: u64, kept: u64| {
            share(&text(seed, 400), &(text(seed, kept) + &text(seed + 500, 400 - kept)))
        };
        assert!((1..100).all(|seed| found(seed, 390)));
        assert!((1..100).filter(|&seed| found(seed, 0)).count() < 3);
    }

    #[test]
    fn a_short_text_is_not_alike_to_anything() {
        let short = Sketch::of(["See our website for the duties of this job"]);
        assert!(short.is_short());
        assert_eq!(short.likeness(&short), None);
    }

    #[test]
    fn a_sketch_reads_back() {
        let sketch = Sketch::of([&*text(5, 300)]);
        let json = serde_json::to_string(&sketch).unwrap();
        assert_eq!(json, format!("\"{sketch}\""));
        assert_eq!(serde_json::from_str::<Sketch>(&json).unwrap(), sketch);
        assert!(serde_json::from_str::<Sketch>("\"12\"").is_err());
        assert!(serde_json::from_str::<Sketch>(&json.replace('a', "x").replace('b', "é")).is_err());
    }
}
