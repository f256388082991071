//! Cuts a title into words and drops what does not name the job.
//!
//! Two steps: `read` cuts words, breaks and joints; `tidy` drops gender marks, levels,
//! places, pay, reference numbers, employers and asides. What is left is the core, which the patterns see.

use super::decode::decode;
use super::pattern::{ASIDE, BREAK, JOIN, Symbol, UNKNOWN};
use super::symbols::{Symbols, Traits};
use super::table::Tables;

/// A token: its number, and where a word stands in the lower-cased text.
#[derive(Clone, Copy, Debug)]
struct Token {
    symbol: Symbol,
    start: usize,
    end: usize,
    number: bool,
}

/// A title without its noise.
#[derive(Debug, Default)]
pub(super) struct Core {
    /// Numbers of the words, breaks and joints that are left.
    pub(super) symbols: Vec<Symbol>,
    /// The same in letters.
    pub(super) text: String,
    /// Whether a word is left that could name a job, or a level was dropped.
    pub(super) names_something: bool,
    /// Whether a word is left that a pattern may look for.
    pub(super) triggered: bool,
}

/// Reads and tidies `title`.
pub(super) fn core(title: &str, tables: &Tables) -> Core {
    let title = decode(title);
    let mut reader = Reader {
        tables,
        lower: String::with_capacity(title.len()),
        tokens: Vec::with_capacity(title.len() / 4 + 4),
        word: 0,
    };
    reader.read(&title);
    let Reader { lower, tokens, .. } = reader;
    tidy(&rewrite(tokens, &tables.symbols), &lower, &tables.symbols)
}

struct Reader<'t> {
    tables: &'t Tables,
    lower: String,
    tokens: Vec<Token>,
    /// Where the word being read begins in `lower`.
    word: usize,
}

impl Reader<'_> {
    fn read(&mut self, title: &str) {
        let mut chars = title.chars();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            match c {
                'a'..='z' | '0'..='9' => self.lower.push(c),
                'A'..='Z' => self.lower.push(c.to_ascii_lowercase()),
                ' ' => self.end_word(),
                _ => {
                    let rest = chars.as_str();
                    let tight = before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric);
                    if tight && matches!(c, '*' | ':' | '_' | '/') && self.is_gender_suffix(rest) {
                        chars.nth(rest[..word_length(rest)].chars().count() - 1);
                    } else {
                        self.read_mark(c, tight, rest);
                    }
                }
            }
            before = c;
        }
        self.end_word();
    }

    /// Reads a character that is no plain letter, digit or space; `tight` when it stands between two.
    fn read_mark(&mut self, c: char, tight: bool, rest: &str) {
        match c {
            '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            '\u{300}'..='\u{36f}' => self.lower.push(c),
            '.' if tight => self.lower.push(c),
            '&' if tight && self.lower.len() - self.word <= 2 && word_length(rest) <= 2 => self.lower.push(c),
            '-' | '‐' | '‑' if tight => self.end_word(),
            '-' | '‐' | '‑' | '–' | '—' | '|' | ':' | ';' | ',' | '(' | ')' | '[' | ']' | '{' | '}' | '!'
            | '?' | '•' | '·' | '→' | '~' | '，' | '、' | '（' | '）' | '【' | '】' | '：' | '｜' | '\n' =>
            {
                self.mark(BREAK);
            }
            '/' | '／' | '&' | '+' => self.mark(JOIN),
            '@' => {
                self.end_word();
                self.lower.push('@');
                self.end_word();
            }
            _ if c.is_alphanumeric() => self.lower.extend(c.to_lowercase()),
            _ => self.end_word(),
        }
    }

    fn is_gender_suffix(&self, rest: &str) -> bool {
        let word = &rest[..word_length(rest)];
        self.tables.gender_suffixes.iter().any(|suffix| suffix.eq_ignore_ascii_case(word))
    }

    fn mark(&mut self, symbol: Symbol) {
        self.end_word();
        let end = self.lower.len();
        self.tokens.push(Token { symbol, start: end, end, number: false });
    }

    fn end_word(&mut self) {
        let (start, end) = (self.word, self.lower.len());
        self.word = end;
        let word = &self.lower[start..end];
        if word.is_empty() {
            return;
        }
        let symbols = &self.tables.symbols;
        let symbol = symbols.get(word);
        let pieces = || word.split('.').map(|piece| symbols.get(piece));
        if symbol == UNKNOWN && word.contains('.') && pieces().all(|piece| piece != UNKNOWN) {
            self.tokens.extend(pieces().map(|symbol| Token { symbol, start, end, number: false }));
        } else {
            let number = symbol == UNKNOWN && (symbols.is_number(word) || symbols.is_reference(word));
            self.tokens.push(Token { symbol, start, end, number });
        }
    }
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// Writes abbreviations out and marks asides.
fn rewrite(tokens: Vec<Token>, symbols: &Symbols) -> Vec<Token> {
    if tokens.iter().all(|token| symbols.rewrites(token.symbol).is_empty()) {
        return tokens;
    }
    let mut out = Vec::with_capacity(tokens.len() + 4);
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        let rest = &tokens[at..];
        let found = symbols.rewrites(token.symbol).iter().find(|(from, _)| {
            from.len() <= rest.len() && from.iter().zip(rest).all(|(symbol, token)| *symbol == token.symbol)
        });
        if let Some((from, to)) = found {
            out.extend(to.iter().map(|&symbol| Token { symbol, ..token }));
            at += from.len();
        } else {
            out.push(token);
            at += 1;
        }
    }
    out
}

fn tidy(tokens: &[Token], lower: &str, symbols: &Symbols) -> Core {
    let traits = |token: &Token| symbols.traits(token.symbol);
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len() + 1);
    let mut leveled = false;
    for part in tokens.split(|token| token.symbol == BREAK) {
        let start = kept.len();
        leveled |= tidy_part(part, &mut kept, symbols);
        if kept.len() > start && start > 0 {
            // "Product- and Marketing Manager", "Engineer (Web) & Designer": the joint outlives the break before it.
            let symbol = if part.first().is_some_and(|token| token.symbol == JOIN) { JOIN } else { BREAK };
            kept.insert(start, Token { symbol, start: 0, end: 0, number: false });
        }
    }
    drop_employers(&mut kept, symbols);

    let nameless = Traits::VOID.or(Traits::ALONE).or(Traits::BESIDE);
    let mut core = Core { names_something: leveled, ..Core::default() };
    core.symbols.reserve(kept.len());
    core.text.reserve(lower.len());
    for token in &kept {
        let of = traits(token);
        core.names_something |= token.symbol != JOIN && token.symbol != BREAK && !of.any(nameless);
        core.triggered |= of.any(Traits::TRIGGER);
        core.symbols.push(token.symbol);
        if !core.text.is_empty() && token.symbol != BREAK {
            core.text.push(' ');
        }
        core.text.push_str(match token.symbol {
            UNKNOWN => &lower[token.start..token.end],
            symbol => symbols.word(symbol),
        });
    }
    core
}

/// Pushes what a part says of the job onto `kept`; whether a level was dropped.
fn tidy_part(part: &[Token], kept: &mut Vec<Token>, symbols: &Symbols) -> bool {
    let traits = |token: &Token| symbols.traits(token.symbol);
    let start = kept.len();
    let first = start == 0;
    let part = match part {
        [token, rest @ ..] if first && token.symbol == ASIDE => rest,
        part => part,
    };
    let part = part.split(|token| token.symbol == ASIDE).next().unwrap_or_default();
    if !first && part.iter().any(|token| traits(token).any(Traits::ASIDE_WORD)) {
        return false;
    }
    let mut leveled = false;
    let mut after_number = false;
    for (at, token) in part.iter().enumerate() {
        let of = traits(token);
        let last = kept[start..].last();
        let leading = at + 1 < part.len() && kept[start..].iter().all(|token| token.symbol == JOIN);
        let level = of.any(Traits::LEVEL) || leading && of.any(Traits::LEADING);
        let dropped = level
            || token.number
            || of.any(Traits::NOISE)
            || after_number && of.any(Traits::AFTER_NUMBER)
            || of.any(Traits::TRAILING) && (at > 0 || !first)
            || token.symbol == JOIN && last.is_none_or(|last| last.symbol == JOIN);
        leveled |= level;
        after_number = token.number;
        if !dropped {
            kept.push(*token);
        }
    }
    while kept.len() > start && kept.last().is_some_and(|last| last.symbol == JOIN) {
        kept.pop();
    }
    let alone = Traits::ALONE.or(Traits::BESIDE);
    if kept[start..].iter().all(|token| token.symbol == JOIN || traits(token).any(alone))
        && kept[start..].iter().any(|token| traits(token).any(Traits::ALONE))
    {
        kept.truncate(start);
    }
    leveled
}

/// Drops parts that name an employer, as long as another part is left.
fn drop_employers(kept: &mut Vec<Token>, symbols: &Symbols) {
    let traits = |token: &Token| symbols.traits(token.symbol);
    if !kept.iter().any(|token| traits(token).any(Traits::COMPANY)) {
        return;
    }
    let is_employer = |part: &&[Token]| {
        part.last().is_some_and(|token| traits(token).any(Traits::COMPANY))
            && !part.iter().any(|token| traits(token).any(Traits::TRIGGER))
    };
    let others = kept.split(|token| token.symbol == BREAK).filter(|part| !is_employer(part));
    let joined = others.collect::<Vec<_>>().join(&Token { symbol: BREAK, start: 0, end: 0, number: false });
    if !joined.is_empty() {
        *kept = joined;
    }
}
#[cfg(test)]
mod tests {
    use super::super::Titles;
    use super::*;

    #[test]
    fn what_does_not_name_the_job_is_dropped() {
        const CASES: &[(&str, &str, &str)] = &[
            ("levels", "Sr. Staff Product Manager III", "product manager"),
            ("joined levels", "Senior/Lead Product Manager", "product manager"),
            ("a lead that leads", "Lead, Product", "lead, product"),
            ("gender marks", "Product Manager*in (w/m/d)", "product manager"),
            ("gender marks with bars", "Product Manager (m|f|x)", "product manager"),
            ("places and terms", "Product Manager – Remote (Berlin, Germany)", "product manager"),
            ("an unknown place stays", "Product Manager, Kleinstadt", "product manager, kleinstadt"),
            ("an employer after at", "Product Manager at Acme", "product manager"),
            ("an employer by its form", "Acme GmbH - Product Manager", "product manager"),
            ("an employer alone stays", "Acme GmbH", "acme gmbh"),
            ("pay", "Product Manager £65,000 - £75k + bonus", "product manager"),
            ("references", "[2024-118] Product Manager REQ8812", "product manager"),
            ("times", "Cashier 9am-5 pm", "cashier"),
            ("pictures", "🚀 Product Manager 🚀", "product manager"),
            ("entities", "Product Manager &#8211; Search &amp; Maps", "product manager, search & maps"),
            ("entities of entities", "Search &amp;amp; Maps", "search & maps"),
            ("tags", "<b>Product</b> Manager <a href='x'>", "product manager"),
            ("no tag", "Product Manager <3 maps", "product manager maps"),
            ("short joints stay words", "R&D Engineer, FP&A", "r&d engineer, fp&a"),
            ("short forms", "Sr Mgr Prod Mgmt", "manager product management"),
            ("a suspended hyphen", "Product- and Project Manager", "product & project manager"),
            ("asides", "Product Manager (sales background a plus)", "product manager"),
            ("only levels", "Intern (m/w/d)", ""),
            ("nothing", "", ""),
        ];
        let titles = Titles::built_in();
        for (name, title, expected) in CASES {
            assert_eq!(core(title, &titles.tables).text, *expected, "{name}: {title}");
        }
    }
}
