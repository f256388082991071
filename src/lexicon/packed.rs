//! Lists of small values kept as plain bytes, which are read back faster than value by value.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// A value of a fixed number of bytes.
pub(super) trait Packed: Copy {
    /// How many.
    const BYTES: usize;

    /// Appends its bytes, lowest first.
    fn put(self, bytes: &mut Vec<u8>);

    /// The value whose bytes these are.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! integers {
    ($($type:ty),+) => { $(
        impl Packed for $type {
            const BYTES: usize = size_of::<Self>();

            #[inline]
            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend(self.to_le_bytes());
            }

            #[inline]
            fn get(bytes: &[u8]) -> Self {
                bytes.first_chunk().map_or(0, |bytes| Self::from_le_bytes(*bytes))
            }
        }
    )+ };
}

integers!(u8, u16, u32);

pub(super) fn serialize<T: Packed, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(list.len() * T::BYTES);
    for value in list {
        value.put(&mut bytes);
    }
    serializer.serialize_bytes(&bytes)
}

pub(super) fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Bytes<T>(PhantomData<T>);
    impl<T: Packed> Visitor<'_> for Bytes<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the bytes of a list")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
            Ok(bytes.chunks_exact(T::BYTES).map(T::get).collect())
        }
    }
    deserializer.deserialize_bytes(Bytes(PhantomData))
}
