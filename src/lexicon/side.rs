//! On which side of the anchor of a sequence its neighbour stands.

use serde::{Deserialize, Serialize};

/// Where the second word of a pair stands from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Side {
    /// Right after it.
    Next,
    /// Right before it.
    Before,
    /// After it, across a gap.
    Later,
    /// Before it, across a gap.
    Earlier,
}

impl Side {
    /// The first and the last item of a sequence that its anchor, the item with this index, and a neighbour on this side
    /// take up.
    pub(super) fn reach(self, anchor: usize) -> (usize, usize) {
        match self {
            Self::Next => (anchor, anchor + 1),
            Self::Before => (anchor - 1, anchor),
            Self::Later => (anchor, anchor + 2),
            Self::Earlier => (anchor - 2, anchor),
        }
    }
}
