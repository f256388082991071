//! Word classes in an order in which each is found at a glance.
//!
//! A class times a large odd number is spread over all of 16 bits. Where a list is sorted by that, a class stands about
//! where the product says, so that one look into a long list finds it where a binary search takes many.

use super::dictionary::WordClass;

/// A class spread over all of 16 bits; no two are spread to the same.
#[inline]
pub(super) fn spread(class: WordClass) -> u16 {
    class.wrapping_mul(0x9E37)
}

/// Sorts classes by what they are spread to and leaves one of each.
pub(super) fn sort(classes: &mut Vec<WordClass>) {
    classes.sort_unstable_by_key(|&class| spread(class));
    classes.dedup();
}

/// Where a class stands in a list that is [sorted](sort) so.
#[inline]
pub(super) fn position(sorted: &[WordClass], class: WordClass) -> Option<usize> {
    let sought = spread(class);
    let mut at = (usize::from(sought) * sorted.len()) >> 16;
    let mut found = spread(*sorted.get(at)?);
    while found < sought {
        at += 1;
        found = spread(*sorted.get(at)?);
    }
    while found > sought {
        at = at.checked_sub(1)?;
        found = spread(sorted[at]);
    }
    (found == sought).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_where_they_stand_and_no_others_are() {
        for (first, step, count) in [(1, 1, 300), (7, 13, 40), (5, 999, 60), (9, 1, 1), (1, 1, 0)] {
            let mut classes: Vec<WordClass> = (0..count).map(|number| first + step * number).collect();
            sort(&mut classes);
            for class in 0..=WordClass::MAX {
                let stands = classes.iter().position(|&known| known == class);
                assert_eq!(position(&classes, class), stands, "{first} {step} {count} {class}");
            }
        }
    }
}
