//! Fits a multinomial logistic to examples, every weight pulled towards the one it starts from.
//!
//! The loss is convex, so Newton's steps, each solved by conjugate gradients, lead to the one minimum. Sums run in
//! the order of the examples on one thread: the same examples give the same weights, bit by bit.

use super::example::Example;
use crate::score::logistic;

/// One row of weights: what one unit of a feature adds to the log-odds of each description.
pub(super) type Row = [f64; 4];

/// Newton steps at most; ten do as a rule.
const STEPS: usize = 60;
/// Steps of conjugate gradients within one Newton step.
const INNER: usize = 120;
/// Halvings of a step that goes too far.
const HALVINGS: usize = 40;
/// Gradient by example and weight at which the minimum is reached.
const REACHED: f64 = 1e-7;

/// The weights that fit the examples best, `ridge` pulling each towards `from`.
pub(super) fn fit(examples: &[&Example], from: &[Row], ridge: f64) -> Vec<Row> {
    let start: Vec<Row> = examples.iter().map(|example| example.odds(from)).collect();
    let problem = Problem { examples, start, ridge };
    let mut moved = vec![[0.0; 4]; from.len()];
    let (mut loss, mut found) = problem.loss(&moved);
    #[expect(clippy::cast_precision_loss, reason = "no run fits 2^52 postings")]
    let enough = REACHED * (examples.len() as f64 + 1.0);
    for _ in 0..STEPS {
        let slope = problem.gradient(&moved, &found);
        if slope.iter().flatten().all(|part| part.abs() <= enough) {
            break;
        }
        let step = problem.newton(&slope, &found);
        let gain = -dot(&slope, &step);
        let mut length = 1.0;
        let better = (0..HALVINGS).find_map(|_| {
            let tried = plus(&moved, length, &step);
            let (tried_loss, tried_found) = problem.loss(&tried);
            let enough_gain = tried_loss <= loss - 1e-4 * length * gain;
            length /= 2.0;
            (enough_gain && tried_loss < loss).then_some((tried, tried_loss, tried_found))
        });
        let Some(better) = better else { break };
        (moved, loss, found) = better;
    }
    plus(from, 1.0, &moved)
}

/// What is minimised: the log loss of the examples and the ridge on how far the weights moved.
struct Problem<'e> {
    examples: &'e [&'e Example],
    /// Log-odds of each example before any weight moves.
    start: Vec<Row>,
    ridge: f64,
}

impl Problem<'_> {
    /// The loss, and the probabilities of each example.
    fn loss(&self, moved: &[Row]) -> (f64, Vec<Row>) {
        let mut loss = 0.5 * self.ridge * dot(moved, moved);
        let mut found = Vec::with_capacity(self.examples.len());
        for (example, start) in self.examples.iter().zip(&self.start) {
            let mut odds = example.odds(moved);
            for (sum, before) in odds.iter_mut().zip(start) {
                *sum += before;
            }
            let probabilities = logistic(odds);
            loss -= probabilities[example.class].max(f64::MIN_POSITIVE).ln();
            found.push(probabilities);
        }
        (loss, found)
    }

    fn gradient(&self, moved: &[Row], found: &[Row]) -> Vec<Row> {
        let mut slope: Vec<Row> = moved.iter().map(|row| row.map(|weight| self.ridge * weight)).collect();
        for (example, probabilities) in self.examples.iter().zip(found) {
            let mut error = *probabilities;
            error[example.class] -= 1.0;
            example.add_to(&mut slope, error);
        }
        slope
    }

    /// The second derivative times `along`.
    fn bent(&self, along: &[Row], found: &[Row]) -> Vec<Row> {
        let mut bent: Vec<Row> = along.iter().map(|row| row.map(|weight| self.ridge * weight)).collect();
        for (example, probabilities) in self.examples.iter().zip(found) {
            let change = example.odds(along);
            let mean: f64 = change.iter().zip(probabilities).map(|(by, share)| by * share).sum();
            let mut part = [0.0; 4];
            for ((out, by), share) in part.iter_mut().zip(change).zip(probabilities) {
                *out = share * (by - mean);
            }
            example.add_to(&mut bent, part);
        }
        bent
    }

    /// The step that would lead to the minimum if the loss were a parabola.
    fn newton(&self, slope: &[Row], found: &[Row]) -> Vec<Row> {
        let mut step = vec![[0.0; 4]; slope.len()];
        let mut rest: Vec<Row> = slope.iter().map(|row| row.map(|part| -part)).collect();
        let mut along = rest.clone();
        let mut size = dot(&rest, &rest);
        let enough = size * 1e-6;
        for _ in 0..INNER {
            if size <= enough {
                break;
            }
            let bent = self.bent(&along, found);
            let length = size / dot(&along, &bent);
            step = plus(&step, length, &along);
            rest = plus(&rest, -length, &bent);
            let left = dot(&rest, &rest);
            along = plus(&rest, left / size, &along);
            size = left;
        }
        step
    }
}

fn dot(a: &[Row], b: &[Row]) -> f64 {
    a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| a * b).sum()
}

/// `rows + by * along`.
fn plus(rows: &[Row], by: f64, along: &[Row]) -> Vec<Row> {
    let sum = |(row, along): (&Row, &Row)| std::array::from_fn(|at| row[at] + by * along[at]);
    rows.iter().zip(along).map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of two classes that one feature parts, with some that it parts wrongly.
    fn planted() -> Vec<Example> {
        (0..40)
            .map(|index| {
                let has = index % 2 == 0;
                let class = usize::from(has != (index % 10 == 0));
                Example::made(&[f64::from(u8::from(has)), 1.0], class, &index.to_string())
            })
            .collect()
    }

    #[test]
    fn the_slope_is_that_of_the_loss_and_vanishes_at_the_minimum() {
        let examples = planted();
        let examples: Vec<&Example> = examples.iter().collect();
        let from = vec![[0.1, -0.2, 0.3, 0.0]; 3];
        let start = examples.iter().map(|example| example.odds(&from)).collect();
        let problem = Problem { examples: &examples, start, ridge: 0.5 };
        let at = vec![[0.2, 0.1, -0.1, 0.0]; 3];
        let slope = problem.gradient(&at, &problem.loss(&at).1);
        for (row, column) in [(0, 0), (1, 1), (2, 3)] {
            let mut near = at.clone();
            near[row][column] += 1e-6;
            let measured = (problem.loss(&near).0 - problem.loss(&at).0) / 1e-6;
            assert!((measured - slope[row][column]).abs() < 1e-3, "{measured} {}", slope[row][column]);
        }
        let best = fit(&examples, &from, 0.5);
        let moved = plus(&best, -1.0, &from);
        let slope = problem.gradient(&moved, &problem.loss(&moved).1);
        assert!(slope.iter().flatten().all(|part| part.abs() < 1e-4), "{slope:?}");
    }

    #[test]
    fn a_planted_feature_moves_the_right_way_and_a_heavy_ridge_holds_it() {
        let examples = planted();
        let examples: Vec<&Example> = examples.iter().collect();
        let from = vec![[0.0; 4]; 3];
        let [light, heavy] = [0.1, 1e6].map(|ridge| fit(&examples, &from, ridge));
        assert!(light[1][1] > 0.5 && light[1][0] < -0.5, "{light:?}");
        assert!(heavy.iter().flatten().all(|weight| weight.abs() < 1e-3), "{heavy:?}");
        assert_eq!(light, fit(&examples, &from, 0.1));
    }
}
