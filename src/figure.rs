//! Figures as records and reports hold them.

/// Quantile of the normal distribution for an interval that holds 95 times in 100.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// The figure to four decimals, as every number of the reports.
pub(crate) fn rounded(figure: f64) -> f64 {
    (figure * 1e4).round() / 1e4
}
