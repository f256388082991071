//! Compares the program with careful readers: labels in, figures and misses out.
//!
//! [`labels`] and [`lines`] read what people say of whole postings and of single lines, [`measure`] and
//! [`attribution`] count, [`gate`] holds bars against the figures, and [`render`] lays them out.

pub mod confusion;
mod fold;
pub mod labels;
pub mod lines;
pub mod attribution;
pub mod calibration;
pub mod case;
pub mod slices;
pub mod measure;
pub mod gate;
pub mod report;
pub(crate) mod section;
pub mod render;
