//! Bars: shares of a whole as stretches in percent of a width.

/// A bar of several stretches.
pub(super) struct Bar {
    pub(super) parts: Vec<Part>,
    /// What the bar shows, in words.
    pub(super) label: String,
}

/// One stretch.
pub(super) struct Part {
    pub(super) class: &'static str,
    pub(super) name: &'static str,
    pub(super) count: u64,
    pub(super) x: String,
    pub(super) width: String,
}

impl Bar {
    /// A bar of the counts that are not 0.
    #[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
    pub(super) fn new(counts: &[(&'static str, &'static str, u64)]) -> Self {
        let whole: u64 = counts.iter().map(|(_, _, count)| count).sum();
        let mut before = 0;
        let mut parts = Vec::new();
        for &(class, name, count) in counts.iter().filter(|(_, _, count)| *count > 0) {
            let share = |count: u64| percent(count as f64 / whole as f64);
            parts.push(Part { class, name, count, x: share(before), width: share(count) });
            before += count;
        }
        let label: Vec<String> = parts.iter().map(|part| format!("{} {}", part.count, part.name)).collect();
        let label = if label.is_empty() { "none".to_owned() } else { label.join(", ") };
        Self { parts, label }
    }
}

/// A share as a percentage for an attribute.
pub(super) fn percent(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_follow_one_another() {
        let bar = Bar::new(&[
            ("pm", "product management", 1),
            ("pmm", "product marketing", 0),
            ("other", "other", 3),
        ]);
        assert_eq!(bar.label, "1 product management, 3 other");
        assert_eq!((bar.parts[1].x.as_str(), bar.parts[1].width.as_str()), ("25.00%", "75.00%"));
        assert_eq!(Bar::new(&[]).label, "none");
    }
}
